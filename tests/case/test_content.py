"""Mixed content: each block has one spelling, printed in the order written; whatever else is typed is refused."""

from __future__ import annotations

import pytest
from support import faulty_content
from support.samples import faults, lines, marked, paragraphs, resolved, runs
from support.spellings import SPELLINGS


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.values(), ids=SPELLINGS.keys())
def test_spellings(text: str, expected: list[str]) -> None:
    assert lines(f"内容: >-\n        {text}" if text[0] not in "[{" else f"内容: {text}")[1:] == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    faulty_content.CONTENT,
)
def test_what_is_no_spelling_is_refused_where_it_stands(text: str, rules: str) -> None:
    plain, expected = marked(text, rules)
    assert faults(plain) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[｛表｝: {列幅: [100], 行: [[甲]]}]", "使える範囲（0～60）にありません"),
        ("[｛表｝: {列幅: [八], 行: [[甲]]}]", "数ではありません"),
        ("[｛表｝: {行: [[甲, 1人], [乙, 21,345人]]}]", "'21,345人'"),
        ("[｛日程｝: [2022-07～2022-05: 甲]]", "終わりが始めより前です"),
        ("[｛日程｝: [2022-13: 甲]]", "ない日付です"),
        ("{市}", "全角の「｛ ｝」"),
        ("[{文}: 甲]", "「｛文｝: …」"),
    ],
)
def test_the_message_names_the_mistake(text: str, said: str) -> None:
    (fault,) = resolved(f"内容: {text}").diagnostics
    assert said in fault.reason + fault.remedy


def test_a_misspelt_block_is_told_the_nearest() -> None:
    (fault,) = resolved("内容: [｛事業主｝: 甲]").diagnostics
    assert "「｛事業者｝」の誤りではありませんか" in fault.remedy


def test_all_faults_are_said_at_once() -> None:
    text = "甲: ｛乙\n丙:\n  - []\n  - ｛表｝: 丁\n  - 戊: {}\n  - ｛→己｝"
    assert [fault.split()[0] for fault in faults(text)] == [
        *("brace-unclosed", "item-empty", "table-form", "heading-empty", "reference-target"),
    ]


def test_a_letter_spaced_word_before_a_name_is_no_space_in_the_text() -> None:
    paper = resolved("内容: [｛事業者｝: {代表者: 山田 花子}]").paper
    assert paper is not None
    *_, line = paragraphs(paper.blocks)
    assert [(run.text, run.gap_em) for run in runs(line)] == [("代表者", 1), ("山田 花子", 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("時期: [{2022-05: 諮問}, {2022-06以降: 開始}]", ["令和４年 | ５月 | 諮問", " | ６月以降 | 開始"]),
        (
            "時期: [{｛年｝: 毎行}, {2022-05: 諮問}, {2022-06: 開始}]",
            ["令和４年 | ５月 | 諮問", "令和４年 | ６月 | 開始"],
        ),
        (
            "時期: [{2022-05: 諮問}, {2023年度: 評価}, {未定: 終了}]",
            ["令和４年 | ５月 | 諮問", "令和５年度 |  | 評価", " | 未定 | 終了"],
        ),
        ("時期: [{予定: [{2022-05: 諮問}]}]", ["（１）予定", "令和４年 | ５月 | 諮問"]),
        ("時期: [{令和4年度: [甲]}]", ["（１）令和４年度", "ア 甲"]),  # which may be a heading
    ],
)
def test_a_list_of_times_is_a_schedule_wherever_it_stands(text: str, expected: list[str]) -> None:
    assert lines(text)[1:] == expected


@pytest.mark.parametrize(
    "text",
    [
        "時期: [▼2022-05: 諮問, 後日]",
        "時期: [{｛文｝: 甲}, {▼2022-05: 諮問}]",
        "時期: [｛（１）｝: [▼2022-05: 諮問]]",
        "時期: [｛・｝: [▼2022-05: 諮問]]",
    ],
)
def test_a_time_among_other_entries_is_refused(text: str) -> None:
    text, expected = marked(text, "event-outside")
    assert faults(text) == expected


@pytest.mark.parametrize("text", ["時期: [▼2022-05, 甲]", "時期: {｛値｝: {▼2022-05: 諮問}}", "時期: [▼2022-05]"])
def test_a_date_as_machines_write_it_is_no_text(text: str) -> None:
    text, expected = marked(text, "event-outside")
    assert faults(text) == expected


def test_a_time_that_cannot_be_is_said() -> None:
    assert [each.split()[0] for each in faults("時期: [{2022-13: 諮問}]")] == ["event-time"]
