"""Nesting is numbering: labels by depth and scheme, notes by section and cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples import faults, lines, marked, paragraphs, resolved, runs

from kotobuki.japanese.widths import DigitWidths
from kotobuki.settings.house_style import HouseStyle

PACKET = replace(HouseStyle(), labels=("１", "（１）", "ア", "（ｱ）", "ａ", "（ａ）"))
NATIONAL = replace(HouseStyle(), labels=("１", "（１）", "ア", "（ア）", "ａ", "（ａ）"))
DEEP = """
目的:
  - 甲:
      - 乙:
          - 丙:
              - 丁:
                  - 戊
"""
MANY = "目的:\n" + "".join(f"  - 項{number}\n" for number in range(1, 12))


def test_sections_and_items_are_numbered_by_depth() -> None:
    assert lines(DEEP, style=PACKET) == ["１ 目的", "（１）甲", "ア 乙", "（ｱ）丙", "ａ 丁", "（ａ）戊"]
    assert lines(DEEP, style=NATIONAL) == ["１ 目的", "（１）甲", "ア 乙", "（ア）丙", "ａ 丁", "（ａ）戊"]


def test_two_figures_are_half_width_by_house_style() -> None:
    assert lines(MANY)[9:] == ["（９）項９", "（10）項10", "（11）項11"]
    full = replace(HouseStyle(), digits=DigitWidths(several_full=True))
    assert lines(MANY, style=full)[10:] == ["（１０）項１０", "（１１）項１１"]


def test_a_cell_begins_at_the_first_level_and_counts_by_itself() -> None:
    text = """
    内容:
      - ｛表｝: {行: [[[甲, 乙], [丙]], [文, [丁]]]}
    """
    assert lines(text) == ["１ 内容", "１ 甲／２ 乙 | １ 丙", "文 | １ 丁"]


def test_a_list_counts_on_past_what_stands_between_its_items() -> None:
    text = """
    内容:
      - ｛文｝: 次のとおりとする。
      - 甲
      - ｛文｝: なお、次のものを含む。
      - ｛・｝: [い, ろ]
      - 乙
    """
    assert lines(text) == [
        *("１ 内容", "次のとおりとする。", "（１）甲", "なお、次のものを含む。"),
        *("・い", "・ろ", "（２）乙"),
    ]


def test_a_list_begins_at_the_level_chosen_and_goes_on_below_it() -> None:
    text = """
    内容:
      - ｛ア｝: [い, {ろ: [は]}]
      - ｛①｝: [い, {ろ: [は]}]
      - ｛１）｝: [い, ろ]
      - ｛表｝: {行: [[{｛（１）｝: [い, {ろ: [は]}]}]]}
    """
    assert lines(text) == [
        *("１ 内容", "ア い", "イ ろ", "（ｱ）は"),
        *("① い", "② ろ", "ア は"),  # a scheme of its own stands for the level it is at
        *("１）い", "２）ろ"),
        "（１）い／（２）ろ／ア は",
    ]


def test_an_item_has_a_sentence_a_heading_or_a_run_in_heading() -> None:
    text = """
    内容:
      - 文である。
      - 見出し: 下の段落。
      - 見出し｛同行｝: 後の文。
      - 見出し｛※注｝｛同行｝: [子]
      - |
        一つ目の段落。

        二つ目の段落。
    """
    result = resolved(text)
    assert result.lines == [
        *("１ 内容", "（１）文である。", "（２）見出し", "下の段落。", "（３）見出し後の文。"),
        *("（４）見出し（※）", "ア 子", "（５）一つ目の段落。", "二つ目の段落。", "※ 注"),
    ]
    assert result.paper is not None
    run_in = next(each for each in paragraphs(result.paper.blocks) if each.label == "（３）")
    assert [(run.text, run.gap_em) for run in runs(run_in)] == [("見出し", 1), ("後の文。", 0)]


def test_roles_tell_depth_and_place() -> None:
    text = """
    内容:
      - ｛文｝: 文。
      - 甲: 段落。
      - ｛表｝: {題名: 表題, 列: [列], 行: [[[甲: [乙]]], [語句], [文。]]}
      - ｛※｝: 注。
    """
    paper = resolved(text).paper
    assert paper is not None
    assert [each.role for each in paragraphs(paper.blocks)] == [
        *("節見出し", "節本文", "項目2", "項目2本文", "表題"),
        *("表見出し", "表項目1", "表項目2", "表語句", "表本文", "注"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "内容:\n" + "".join(f"{'  ' * depth}- 甲:\n" for depth in range(1, 7)) + "  " * 7 + "- 乙",
            ["list-too-deep 7:13"],
        ),
        ("内容:\n  - 甲:\n" + "".join(f"      - 項{number}\n" for number in range(1, 48)), ["labels-exhausted 49:9"]),
        (
            "内容:\n  - ｛①｝:\n" + "".join(f"      - 項{number}\n" for number in range(1, 22)),
            ["labels-exhausted 23:9"],
        ),
    ],
    ids=["past the last level", "past ン", "past ⑳"],
)
def test_numbering_ends_where_its_scheme_does(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


NESTED = st.recursive(st.just("文"), lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=12)


def as_yaml(tree: object, depth: int = 1) -> str:
    assert isinstance(tree, list)
    entries = (f"{'  ' * depth}- " + ("見\n" if each == "文" else f"見:\n{as_yaml(each, depth + 1)}") for each in tree)
    return "".join(entries)


@given(st.lists(NESTED, min_size=1, max_size=4), st.sampled_from([PACKET, NATIONAL]))
def test_labels_are_unique_below_each_item_and_count_up(tree: list[object], style: HouseStyle) -> None:
    result = resolved("内容:\n" + as_yaml(tree), style=style)
    if result.faults:
        assert all(fault.startswith("list-too-deep") for fault in result.faults)
        return
    assert result.paper is not None
    found = [(int(each.role[2]), each.label) for each in paragraphs(result.paper.blocks) if each.role[:2] == "項目"]
    firsts = {2: "（１）", 3: "ア", 4: style.labels[3], 5: "ａ", 6: "（ａ）"}
    open_labels: dict[int, list[str]] = {}
    for level, label in found:
        open_labels = {depth: labels for depth, labels in open_labels.items() if depth <= level}
        labels = open_labels.setdefault(level, [])
        assert label not in labels
        assert bool(labels) or label == firsts[level]
        labels.append(label)


def test_notes_stand_at_the_end_of_their_section() -> None:
    text = """
    理由: 甲｛※一つの注｝である。
    目的: >-
      乙｛※初めの注｝である。
      丙｛※次の注。｝である。

      丁である。
    """
    assert lines(text) == [
        *("１ 理由", "甲（※）である。", "※ 一つの注"),
        *("２ 目的", "乙（※１）である。丙（※２）である。", "丁である。", "※１ 初めの注", "※２ 次の注。"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[｛値｝: {電話: 03｛※甲｝, 住所: い｛※乙｝}]",
            ["電話： | 03（※１）", "住所： | い（※２）", "※１ 甲", "※２ 乙"],
        ),
        ("[2022-05: 諮問｛※甲｝, 2022-06: 開始]", ["令和４年 | ５月 | 諮問（※）", " | ６月 | 開始", "※ 甲"]),
        ("[｛体制｝: {長｛※甲｝: 課長}, ｛文｝: 文｛※乙｝]", ["長（※１）： | 課長", "文（※２）", "※１ 甲", "※２ 乙"]),
    ],
)
def test_notes_in_lines_without_rules_stand_at_the_end_of_the_section(text: str, expected: list[str]) -> None:
    assert lines(f"内容: {text}")[1:] == expected


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("児童（要件あり｛※注｝）の家庭", "児童（要件あり※）の家庭"),
        ("例）児童（要件あり｛※注｝）の家庭", "例）児童（要件あり※）の家庭"),
        ("児童（要件あり）｛※注｝の家庭", "児童（要件あり）（※）の家庭"),
        ("（甲｛※注｝）（乙｛※注｝）丙｛※注｝", "（甲※１）（乙※２）丙（※３）"),
        ("（甲（乙）丙｛※注｝）", "（甲（乙）丙※）"),
    ],
)
def test_a_mark_inside_a_bracket_takes_none_of_its_own(text: str, printed: str) -> None:
    assert lines(f"内容: {text}")[1] == printed


def test_notes_in_a_cell_stand_in_that_cell() -> None:
    text = """
    内容:
      - ｛表｝: {行: [[甲｛※注一｝, 乙｛※注二｝と丙｛※注三｝], [丁, 戊]]}
      - 己｛※注四｝
    """
    assert lines(text) == [
        *("１ 内容", "甲（※）／※ 注一 | 乙（※１）と丙（※２）／※１ 注二／※２ 注三", "丁 | 戊"),
        *("（１）己（※）", "※ 注四"),
    ]


def test_a_note_may_stand_in_a_section_heading() -> None:
    assert lines("目的｛※注｝: 文。") == ["１ 目的（※）", "文。", "※ 注"]


def test_a_note_without_a_mark_stands_where_it_is_written() -> None:
    text = """
    内容:
      - 甲
      - ｛※｝: 注である。
      - 乙
    """
    assert lines(text) == ["１ 内容", "（１）甲", "※ 注である。", "（２）乙"]


def test_a_named_note_is_marked_in_the_text_and_may_hold_a_list() -> None:
    text = """
    内容:
      - 甲｛※→丁｝と乙｛※丙の注｝と再び甲｛※→丁｝
      - ｛※丁｝:
          - ｛文｝: 次のとおり。
          - い
          - ｛表｝: {行: [[ろ, は]]}
    """
    assert lines(text) == [
        *("１ 内容", "（１）甲（※１）と乙（※２）と再び甲（※１）"),
        *("※１ 次のとおり。", "（１）い", "ろ | は", "※２ 丙の注"),
    ]


def test_named_notes_at_the_end_stand_among_the_others_by_number() -> None:
    text = """
    内容:
      - 甲｛※注一｝と乙｛※→い｝と丙｛※注三｝
      - ｛※い｝: 注二
    """
    assert lines(text)[2:] == ["※１ 注一", "※２ 注二", "※３ 注三"]


def test_a_note_that_begins_with_a_list_keeps_its_sign() -> None:
    assert lines("内容:\n  - ｛※｝: [甲, 乙]") == ["１ 内容", "※ ", "（１）甲", "（２）乙"]


def test_a_paper_may_leave_notes_and_marks_out() -> None:
    text = """
    理由:
      - ｛文｝: 甲｛※注｝と乙｛※→名｝
      - 見出し｛※注｝｛同行｝: 文｛※注｝
      - ｛※｝: 注
      - ｛※名｝: 注
      - ｛表｝: {行: [[丙｛※注｝]]}
    """
    assert lines(text, notes=False) == ["１ 理由", "甲と乙", "（１）見出し文", "丙"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("内容: 甲▼｛※→名｝", "note-missing"),
        ("内容:\n  - 甲\n  - ▼｛※名｝: 注", "note-unmarked"),
        ("理由: 甲▼｛※→名｝\n内容:\n  - ▼｛※名｝: 注", "note-missing note-unmarked"),  # another section
        ("内容:\n  - 甲▼｛※→名｝\n  - ｛表｝: {行: [[{▼｛※名｝: 注}]]}", "note-missing note-unmarked"),
        ("内容:\n  - 甲｛※→名｝\n  - ▼｛※名｝: 注\n  - ▼｛※名｝: 注", "note-twice note-twice"),
        ("内容:\n  - 甲｛※注｝\n  - ▼｛※0｝: 注", "note-unmarked"),  # no number is a name
        ("内容:\n  - 甲▼｛同行｝", "run-in-not-here"),
        ("内容: 甲▼｛同行｝乙", "run-in-not-here"),
    ],
)
def test_marks_and_notes_belong_together(text: str, rules: str) -> None:
    plain, expected = marked(text, rules)
    assert faults(plain) == expected


def test_an_unmarked_note_is_shown_at_its_own_place_though_another_section_has_one_of_its_name() -> None:
    text = """\
    理由:
      - 甲｛※→名｝
      - ｛※名｝: 注
    内容:
      - ｛※名｝: 注
    """
    assert faults(text) == ["note-unmarked 5:5"]


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        ("１ （１） ア", ["項目2", "項目3"]),
        ("1 (1) ア", ["項目1本文 項目2", "項目1本文 項目3"]),
        ("第１ １ （１）", ["項目1本文 項目1", "項目1本文 項目2"]),
        ("第1 1 (1) ア", ["項目1本文 項目1", "項目1本文/項目1本文 項目2", "項目1本文/項目1本文 項目3"]),
    ],
)
def test_each_level_stands_in_a_column_of_its_own(labels: str, columns: list[str]) -> None:
    style = replace(HouseStyle(), labels=(*labels.split(), "ａ", "（ａ）", "①"))
    items = [each for each in paragraphs(resolved(DEEP, style=style).paper.blocks) if each.label][1 : len(columns) + 1]
    assert [f"{each.inside} {each.role}".strip() for each in items] == columns
