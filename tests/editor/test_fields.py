"""A file as the fields of a form: what each means, what may be written in it, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.fields import Field, every, found
from support.fields import answer as told
from support.samples import CASE, MEETING, ORGANIZATION, project

from kotobuki.manuscript.edits import lines_of

BUSINESS = """\
業務:
  概要: 集計する。
  情報: {項目: [氏名], 件数: 約10件}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("city"))


def answer(root: Path, text: str, name: str = "第1回/案件.yaml") -> Field:
    return told(root, f"cases/{name}", text)


def test_a_field_knows_what_its_key_means_and_takes(root: Path) -> None:
    tree = answer(root, CASE + "担当: はい\n" + BUSINESS)["tree"]
    kinds = {
        path: found(tree, *path)["kind"]
        for path in (("件名",), ("主管課",), ("依頼",), ("依頼", "番号"), ("依頼", "日付"))
    }
    assert list(kinds.values()) == ["text", "choice", "group", "integer", "date"]
    assert found(tree, "依頼", "日付")["about"] == "2022-05-06 又は 令和4年5月6日"
    assert ["総務部総務課", ""] in found(tree, "主管課")["choices"]
    assert [each["key"] for each in found(tree, "依頼")["absent"]] == ["枝番", "記号", "発信者", "宛先"]
    assert found(tree, "理由")["required"] and not found(tree, "業務")["required"]
    assert found(tree, "業務", "情報", "件数")["label"] == "件数"


@pytest.mark.parametrize(
    ("section", "path", "expected"),
    [
        ("時期: [{2022-05: 諮問}]", (), {"label": "時期（予定）", "kind": "list"}),
        ("時期: [{2022-05: 諮問}]", (0,), {"kind": "item", "named": True}),
        ("｛目的｝ねらい: 集計", (), {"label": "ねらい", "kind": "text", "multiline": True}),
        ("｛追加｝ほか: 集計", (), {"label": "ほか"}),
        ("目的: [{｛区｝と｛市｝: 甲}]", (0, "｛区｝と｛市｝"), {"label": "｛区｝と｛市｝"}),
        ("目的: [{｛文｝: 甲}]", (0, "｛文｝"), {"label": "文", "about": "番号のない段落", "value": "甲"}),
        ("目的:", (), {"kind": "text", "value": "", "may": ["list", "group"]}),
        ("目的: >-\n  甲。\n\n  乙。", (), {"value": "甲。\n乙。", "multiline": True}),
        ("目的: 甲  # 注", (), {"comments": ["# 注"]}),
        ("目的: &a 乙", (), {"kind": "raw", "raw": "&a 乙"}),
        ("目的: [{｛図｝: {種類: 流れ図, 手順: [甲]}}]", (0, "｛図｝"), {"kind": "raw", "raw": "{種類: 流れ図, 手順: [甲]}"}),
        ("目的: [{｛表｝: {列: [甲, 乙], 行: [[1, 2]]}}]", (0, "｛表｝", "行"), {"kind": "table", "heads": ["甲", "乙"]}),
        ("目的: [{｛表｝: {列: [甲, 乙], 行: }}]", (0, "｛表｝", "行"), {"kind": "table", "heads": ["甲", "乙"], "rows": []}),
        ("目的: [{｛表｝: {列: [甲, 乙], 行: []}}]", (0, "｛表｝", "行"), {"kind": "table", "rows": []}),
        ("目的: [{｛表｝: {列: [], 行: []}}]", (0, "｛表｝", "列"), {"kind": "list"}),
        ("知らない: 甲", (), {"known": False, "kind": "text"}),
        ("用語: {甲: 乙}", (), {"named": True}),
        ("業務: {概要: 甲}", (), {"named": False, "kind": "group"}),
    ],
)  # fmt: skip
def test_what_is_written_is_shown_as_what_it_is(
    root: Path, section: str, path: tuple[str | int, ...], expected: Field
) -> None:
    key = section.partition(":")[0]
    field = found(answer(root, CASE + section + "\n")["tree"], key, *path)
    assert {name: field[name] for name in expected} == expected


@pytest.mark.parametrize("text", ["件名: [甲\n", "- 甲\n", "甲\n", ""])
def test_a_text_that_cannot_be_read_has_no_fields(root: Path, text: str) -> None:
    got = answer(root, text)
    assert (got["ok"], got["tree"]) == (False, None)
    assert got["said"][0]["severity"] == "error"


@pytest.mark.parametrize(("name", "text"), [("organization.yaml", ORGANIZATION), ("第1回/meeting.yaml", MEETING)])
def test_settings_have_fields_too(root: Path, name: str, text: str) -> None:
    tree = answer(root, text, name)["tree"]
    assert all(each["known"] for each in every(tree))


def test_a_field_stands_where_it_says(root: Path) -> None:
    text = CASE + BUSINESS
    lines = lines_of(text)
    for each in every(answer(root, text)["tree"]):
        (line, start), (last, end) = each["at"], each["end"]
        if each["value"] and line == last:
            assert lines[line - 1][start - 1 : end - 1] == each["value"]
