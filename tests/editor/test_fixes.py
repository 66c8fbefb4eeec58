"""直す: what the reader knows to be meant is done by a button, and the fault is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.samples import CASE, edited, project

from kotobuki.build.session import Session
from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import told
from kotobuki.manuscript.edits import Edit, lines_of
from kotobuki.manuscript.edits import edited as with_edits
from kotobuki.project import Project

WHOLE = f"{CASE}目的:\n  - 一つ目\n  - 二つ目｛→目的／一つ目｝\n業務: {{概要: 見本}}\n"

FAULTS = [  # what stands in the case, what is written instead, the rule, what 直す makes of it ("" = what stood there)
    ("件名: ", "件名：", "colon-full-width", ""),
    ("件名: ", "件名： ", "colon-full-width", ""),
    ("件名: ", "件名:", "colon-space", ""),
    ("  - 一つ目", "\t- 一つ目", "indent-tab", ""),
    ("  - 一つ目", "　- 一つ目", "indent-full-width", ""),
    ("  - 一つ目", "  － 一つ目", "list-mark", ""),
    ("  - 二つ目", "  -二つ目", "list-mark-space", ""),
    ("件名: ", "件名　: ", "key-space", ""),
    ("様式: 試験\n", "様式: 試験\n＃注\n", "comment-full-width", "様式: 試験\n# 注\n"),
    ("理由: 委託するため", "理由: ＞\n  委託するため", "block-full-width", "理由: >-\n  委託するため"),
    ("2022-05-06", "2022/5/6", "date-format", ""),
    ("2022-05-06", "R4.5.6", "date-format", "令和4年5月6日"),
    ("2022-05-06", "平成34年5月6日", "date-era", "令和4年5月6日"),
    ("様式: 試験", "様式: 試検", "form-unknown", ""),
    ("主管課: 総務部総務課", "主管課: 総務部総務科", "department-unknown", ""),
    ("主管課: 総務部総務課", '主管課: "総務部総務科"', "department-unknown", '主管課: "総務部総務課"'),
    ("件名: ", "件名前: ", "key-unknown", ""),
    ("{番号: 82", "{番合: 82", "unknown-key", ""),
    ("{条例: ", "{条令: ", "law-unknown", ""),
    ("業務: {概要", "業務: {概用", "key-unknown", ""),
    ("｛→目的／一つ目｝", "｛→目的／一つめ｝", "reference-target", ""),
    ("委託するため", "｛市町｝が委託するため", "term-unknown", "｛市｝が委託するため"),
]


def said(root: Path, text: str) -> list[Any]:
    """What the browser is told of a case with this text."""
    file = root / "cases/第1回/案件.yaml"
    shown = Project(root, Diagnostics()).shown(file)
    return list(told.diagnostics(Session(root).make(file, {file: text.encode()}).diagnostics, shown))


def mended(text: str, edits: Any) -> str:  # noqa: ANN401  (what the browser is told)
    def at(place: list[int]) -> tuple[int, int]:
        return place[0] - 1, place[1] - 1

    return "".join(with_edits(lines_of(text), [Edit(at(each["from"]), at(each["to"]), each["text"]) for each in edits]))


def test_without_a_fault_nothing_is_said(tmp_path: Path) -> None:
    assert said(project(tmp_path), WHOLE) == []


@pytest.mark.parametrize(("right", "wrong", "rule", "meant"), FAULTS)
def test_a_button_mends_what_the_reader_knows(tmp_path: Path, right: str, wrong: str, rule: str, meant: str) -> None:
    root = project(tmp_path)
    text = edited(WHOLE, right, wrong)
    found = next(each for each in said(root, text) if each["rule"] == rule)
    after = mended(text, found["fix"]["edits"])
    assert after == edited(WHOLE, right, meant or right)
    assert rule not in [each["rule"] for each in said(root, after)]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("様式: 試験", '様式: "試\\u691c"'),  # does not stand there as it reads
        ("主管課: 総務部総務課", "主管課: まったく別の名"),  # nothing is near
        ("2022-05-06", "5月ごろ"),
    ],
)
def test_what_is_not_known_has_no_button(tmp_path: Path, right: str, wrong: str) -> None:
    found = said(project(tmp_path), edited(WHOLE, right, wrong))
    assert found and all(each["fix"] is None for each in found)
