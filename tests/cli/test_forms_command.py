"""`kotobuki forms`: the list, one form in full, and both as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import run
from support.drafts import done
from support.samples import FORM, edited, project

from kotobuki.drafting.listing import aligned, columns


@pytest.fixture
def root(tmp_path: Path) -> Path:
    form = FORM.replace("様式: 試験\n", "様式: 試験\n説明: 試しに使う様式\n先頭: {根拠: なし, 会議体: 必須}\n")
    return project(
        tmp_path, FORM=edited(form, "{名: 理由, 必須: はい}", "{名: 理由, 必須: はい, 手引: 何に当たるかを書く。}")
    )


def test_the_list_names_purpose_and_source(root: Path) -> None:
    lines = done("forms", "--root", root).out.splitlines()
    assert lines[0].split() == ["試験", "試しに使う様式", f"（{root.as_posix()}/templates/試験/form.yaml）"]
    assert any(line.startswith("外部委託 ") and line.endswith("（Kotobuki に付属）") for line in lines)
    (at,) = {columns(line[: line.index("（Kotobuki")]) for line in lines if "（Kotobuki" in line}
    assert at == columns(lines[0][: lines[0].index("（")])


def test_one_form_in_full(root: Path) -> None:
    assert done("forms", "試験", "--root", root).out.splitlines()[1:] == [
        "  試しに使う様式",
        "書類",
        "  表紙    会議のときだけ",
        "  依頼書",
        "先頭のキー",
        *(f"  {key}{' ' * (8 - columns(key))}{use}" for key, use in HEAD.items()),
        "節と行",
        "  事項    自動  内容      書かなければ「｛件名｝」と印字する。",
        "  理由    必須  内容      何に当たるかを書く。",
        "  目的    任意  内容",
        "  時期    任意  日程",
        "  担当    自動  内容      書かなければ「｛主管課｝」と印字する。",
        "  業務    任意  表",
        "    概要  必須  内容",
        "    体制  任意  体制",
        "    情報  任意  個人情報",
        "    予定  任意  日程",
    ]


def test_the_columns_of_a_table_of_several_are_shown(tmp_path: Path) -> None:
    root = project(tmp_path, FORM=FORM + "  - {名: 指摘, 種類: 表, 列: [区分, 内容, 措置], 手引: 漏れなく書く。}\n")
    assert done("forms", "試験", "--root", root).out.splitlines()[-1].endswith("漏れなく書く。列は、区分・内容・措置。")
    one = json.loads(done("forms", "試験", "--format", "json", "--root", root).out)
    assert one["節"][-1]["列"] == ["区分", "内容", "措置"]


HEAD = {
    "様式": "必須",
    "件名": "必須",
    "主管課": "必須",
    "依頼": "任意",
    "会議体": "必須",
    "用語": "任意",
    "文言": "任意",
    "別紙": "任意",
    "別添": "任意",
    "組版": "任意",
}


def test_as_json(root: Path) -> None:
    every = json.loads(done("forms", "--format", "json", "--root", root).out)
    one = json.loads(done("forms", "試験", "--format", "json", "--root", root).out)
    assert every[0] == one and len(every) > 3
    assert one["先頭"]["根拠"] == "なし" and one["先頭"]["会議体"] == "必須"
    assert one["節"][1] == {"名": "理由", "種類": "内容", "必須": True, "手引": "何に当たるかを書く。"}
    assert one["節"][5]["行"][1] == {"名": "体制", "種類": "体制", "必須": False, "手引": ""}
    assert [each["名"] for each in one["書類"]] == ["表紙", "依頼書"]


def test_a_form_that_is_unknown_and_one_that_is_wrong(root: Path) -> None:
    ran = run("forms", "試練", "--root", root)
    assert (ran.status, ran.rules) == (1, ["form-unknown"]) and "「試験」の誤り" in ran.err
    (root / "templates/試験/form.yaml").write_text("様式: 試験\n", encoding="utf-8")
    ran = run("forms", "--root", root)
    assert (ran.status, ran.rules) == (1, ["missing-key", "missing-key"]) and "外部委託" in ran.out


def test_without_a_project_the_forms_that_come_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "外部委託" in done("forms").out and "templates" not in done("forms").out


def test_columns_stand_under_each_other() -> None:
    assert list(aligned([("甲", "a", "末"), ("ab", "乙乙", ""), ("か\u3099", "", "x")])) == [
        "甲  a     末",
        "ab  乙乙",
        "か\u3099        x",
    ]
