"""文言: a case words the lines of a paper that its form leaves to it."""

from __future__ import annotations

import pytest
from support.samples import CASE, FORM, REQUEST, Result, compose

ABLE = FORM.replace("{雛形: 試験/依頼書.txt}", "{雛形: 試験/依頼書.txt, 文言: [標題, 本文]}")


def worded(words: str, reason: str = "委託するため", *, template: str = REQUEST) -> Result:
    """The request of a case with a 文言."""
    return compose(CASE.replace("委託するため", reason) + f"文言: {words}\n", form=ABLE, template=template)


def test_a_case_words_the_title_and_the_opening_sentence() -> None:
    found = worded("{依頼書: {標題: 見本の標題, 本文: お願いします。}}").lines
    assert "見本の標題" in found
    assert "お願いします。" in found
    assert not any("諮問願います" in line for line in found)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            "｛審査会｝のため",
            "みなと市審査会（以下「審査会」という。）に、みなと市個人情報保護条例第14条第３項により諮る。",
        ),
        ("委託するため", "みなと市審査会に、みなと市個人情報保護条例第14条第３項により諮る。"),  # named once
    ],
)
def test_the_sentence_defines_its_own_terms_but_not_the_ordinance(reason: str, sentence: str) -> None:
    terms = "用語: {審査会: みなと市審査会}\n"
    case = CASE.replace("委託するため", f"{reason}、｛条例｝による。") + terms
    case += "文言: {依頼書: {本文: ｛審査会｝に、｛根拠｝により諮る。}}\n"
    found = compose(case, form=ABLE).lines
    assert sentence in found
    assert any("個人情報保護条例による。" in line for line in found)


def test_a_template_that_defines_leaves_the_ordinance_alone() -> None:
    template = REQUEST.replace("本文：", "本文（定義）：")
    found = compose(CASE.replace("委託するため", "｛条例｝と｛条例｝による。"), template=template).lines
    assert "みなと市個人情報保護条例第14条第３項の規定に基づき諮問願います。" in found


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{依頼状: {本文: 甲}}", "wording-unknown"),
        ("{依頼書: {日付: 甲}}", "wording-unknown"),
        ("{表紙: {標題: 甲}}", "wording-unknown"),
        ("{依頼書: 甲}", "wording-form"),
        ("{依頼書: {本文: [甲, 乙]}}", "wording-form"),
        ("{依頼書: {本文: ''}}", "wording-form"),
        ("甲", "wrong-type"),
    ],
)
def test_what_is_no_wording_is_refused(words: str, fault: str) -> None:
    assert [each.split()[0] for each in worded(words).faults] == [fault]


@pytest.mark.parametrize("template", [REQUEST.replace("本文：", "日付："), REQUEST + "本文：終わりに。\n"])
def test_a_template_without_that_one_line_is_said(template: str) -> None:
    assert [each.split()[0] for each in worded("{依頼書: {本文: 甲}}", template=template).faults] == ["wording-line"]
