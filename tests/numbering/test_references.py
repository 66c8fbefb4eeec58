"""｛→…｝: which heading, item, row, table or 別紙 it means, how it reads, and that it follows when numbers move."""

from __future__ import annotations

import pytest
from support.samples import CASE, FORM, REQUEST, compose, edited, faults, lines, marked, resolved

from kotobuki.numbering.targets import TRAITS, TargetKind

BODY = """
目的: 文
業務の内容:
  - 申込み:
      - 受付: 受け付ける。
      - 確認: 確かめる。
      - その他:
          - 問合せ
          - 集計
  - 開催
  - 報告
  - 精算
  - ｛表｝: {題名: 件数の表, 行: [[甲]]}
"""


def printed(mark: str, body: str = BODY, **settings: object) -> str:
    """What a reference prints at the end of the last section of `body`, which a section follows."""
    return lines(f"{body}  - ｛文｝: {mark}\n結び: 文", **settings)[-3]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("｛→目的｝", "「１ 目的」"),
        ("｛→目的：番号｝", "１"),
        ("｛→目的：題名｝", "目的"),
        ("｛→目的：番号と題名｝", "「１ 目的」"),
        ("｛→申込み｝", "（１）"),
        ("｛→申込み：題名｝", "申込み"),
        ("｛→申込み：番号と題名｝", "「（１）申込み」"),
        ("｛→受付｝", "（１）ア"),
        ("｛→集計｝", "（１）ウ（ｲ）"),
        ("｛→集計：番号と題名｝", "「（１）ウ（ｲ）集計」"),
        ("｛→件数の表｝", "「件数の表」"),
        ("｛→件数の表：題名｝", "件数の表"),
        ("｛→業務の内容／申込み｝", "（１）"),
        ("｛→業務の内容／受付｝", "（１）ア"),  # levels may be passed over
        ("｛→申込み／その他／集計｝", "（１）ウ（ｲ）"),
        ("｛→／目的｝", "「１ 目的」"),
        ("｛→／業務の内容／申込み｝", "（１）"),
        # Neighbours.
        ("｛→申込み｝｛→開催｝", "（１）（２）"),
        ("｛→申込み｝、｛→開催｝", "（１）、（２）"),
        ("｛→申込み｝｛→開催｝｛→報告｝", "（１）から（３）まで"),
        ("｛→申込み｝｛→開催｝｛→精算｝", "（１）（２）（４）"),
        ("｛→受付｝｛→確認｝", "（１）ア及びイ"),  # what they share is said once
        ("｛→受付｝｛→確認｝｛→その他｝", "（１）アからウまで"),
        ("｛→受付｝｛→その他｝", "（１）ア及びウ"),
        ("｛→受付｝｛→開催｝", "（１）ア及び（２）"),
        ("｛→受付｝｛→開催｝｛→報告｝", "（１）ア、（２）及び（３）"),
        ("｛→問合せ｝｛→集計｝", "（１）ウ（ｱ）（ｲ）"),
        ("｛→目的：番号｝｛→業務の内容：番号｝", "１及び２"),
        ("｛→目的：番号｝｛→業務の内容：番号｝｛→結び：番号｝", "１から３まで"),
        ("｛→目的｝｛→業務の内容｝", "「１ 目的」及び「２ 業務の内容」"),
        ("｛→申込み：題名｝｛→開催：題名｝｛→報告：題名｝", "申込み、開催及び報告"),
    ],
)
def test_how_references_read(mark: str, words: str) -> None:
    assert printed(mark) == words


def test_a_reference_says_only_what_its_own_place_does_not() -> None:
    text = """
    内容:
      - 甲:
          - 乙: ｛→丙｝と｛→丁｝と｛→甲｝
          - 丙: [丁]
      - 戊: ｛→丙｝
      - ｛表｝: {行: [[[己, ｛→己｝及び｛→丙｝]]]}
    """
    assert lines(text) == [
        *("１ 内容", "（１）甲", "ア 乙", "イとイ（ｱ）と（１）", "イ 丙", "（ｱ）丁"),
        *("（２）戊", "（１）イ", "１ 己／２ １及び（１）イ"),
    ]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("｛→申込み｝", "「２ 業務の内容」の（１）"),
        ("｛→業務の内容／集計｝", "「２ 業務の内容」の（１）ウ（ｲ）"),
        ("｛→集計：番号と題名｝", "「２ 業務の内容」の「（１）ウ（ｲ）集計」"),
        ("｛→集計：番号｝", "（１）ウ（ｲ）"),
        ("｛→集計：題名｝", "集計"),
        ("｛→申込み｝｛→開催｝", "「２ 業務の内容」の（１）（２）"),
        ("｛→申込み｝｛→開催｝｛→報告｝", "「２ 業務の内容」の（１）から（３）まで"),
        ("｛→業務の内容｝の｛→申込み｝", "「２ 業務の内容」の（１）"),  # what the author has said is not said again
        ("｛→業務の内容：番号｝の｛→申込み｝の｛→受付｝", "２の（１）のア"),
        ("｛→目的｝の｛→申込み｝", "「１ 目的」の「２ 業務の内容」の（１）"),
        ("｛→業務の内容｝と｛→申込み｝", "「２ 業務の内容」と「２ 業務の内容」の（１）"),
    ],
)
def test_a_reference_to_an_item_elsewhere_names_its_section(mark: str, words: str) -> None:
    assert lines(f"{BODY}結び: {mark}")[-1] == words


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("｛→概要／丙｝", "「概要」の２"),
        ("｛→概要／丙：番号と題名｝", "「概要」の「２ 丙」"),
        ("｛→概要／丁｝｛→概要／乙｝", "「概要」の２（１）及び１"),
        ("｛→概要／丙｝｛→利用／戊｝", "「概要」の２及び「利用」の１"),
        ("｛→己｝と｛→概要／丙｝", "１と「概要」の２"),
    ],
)
def test_a_reference_to_an_item_in_another_row_names_the_row(mark: str, words: str) -> None:
    rows = "業務:\n  概要: [乙, 丙: [丁]]\n  ｛追加｝利用: [戊]\n"
    assert compose(f"{CASE}{rows}  ｛追加｝対策: [己, {mark}]\n").lines[-1] == f"対策 | １ 己／２ {words}"
    if "己" not in mark:
        assert words in compose(f"{CASE}目的: {mark}\n{rows}").lines


def test_a_row_is_named_by_the_first_column_alone() -> None:
    table = "内容: [｛表｝: {行: [[甲, 乙], [｛↑｝, 丙], [丁, ｛←｝]]}]"
    assert lines(f"目的: ｛→甲｝と｛→丁｝\n{table}")[1] == "「甲」と「丁」"
    text, expected = marked(f"目的: ▼｛→丙｝\n{table}", "reference-target")
    assert faults(text) == expected


def test_a_reference_to_an_item_of_an_annex_names_the_annex() -> None:
    case = (
        CASE + "別紙: [{題名: 図, 内容: [甲, ｛表｝: {題名: 件数, 行: [[[乙]]]}]}]\n目的: ｛→甲｝と｛→乙｝と｛→図｝\n"
    )
    assert "別紙の１と別紙の「件数」の１と別紙" in compose(case, template=REQUEST + "{{ 別紙 }}\n").lines


def test_references_follow_when_numbers_move() -> None:
    moved = BODY.replace("目的: 文\n", "前書: 文\n目的: 文\n").replace("  - 開催\n", "  - 新設\n  - 開催\n")
    moved = moved.replace("      - 確認", "      - 審査: 審査する。\n      - 確認")
    marks = "｛→業務の内容｝の｛→確認｝｛→その他｝と｛→報告｝"
    assert printed(marks) == "「２ 業務の内容」の（１）イ及びウと（３）"
    assert printed(marks, moved) == "「３ 業務の内容」の（１）ウ及びエと（４）"


@pytest.mark.parametrize(
    ("annexes", "mark", "words"),
    [
        (["運用規程"], "｛→運用規程｝", "別紙"),
        (["運用規程"], "｛→運用規程：番号と題名｝", "別紙「運用規程」"),
        (["運用規程", "図"], "｛→図｝", "別紙２"),
        (["運用規程", "図"], "｛→運用規程：番号と題名｝｛→図：題名｝", "別紙１「運用規程」及び図"),
        (["一", "二", "三"], "｛→一｝｛→二｝｛→三｝", "別紙１、別紙２及び別紙３"),
        (["一", "二"], "｛→別紙２：題名｝", "二"),
    ],
)
def test_annexes_are_numbered_if_there_are_several(annexes: list[str], mark: str, words: str) -> None:
    assert printed(mark, annexes=annexes) == words


def test_an_identifier_names_headings_items_rows_and_tables() -> None:
    text = """
    目的｛＃え｝: 文
    内容:
      - 長い文である｛＃い｝。
      - 見出し:
          - ｛文｝: 文の中の名前｛＃ろ｝も、その項目を指す。
          - 細目
      - ｛表｝: {題名: 件数の表｛＃は｝, 行: [[甲]]}
      - ｛→い｝｛→ろ｝と｛→は｝と｛→え：番号｝
    """
    assert lines(text)[-1] == "（３）（１）（２）と「件数の表」と１"


def test_headings_are_named_by_their_words_whatever_marks_and_widths_they_are_typed_with() -> None:
    text = """
    ｛条例｝第14条の事務:
      - ｛条例｝の10項目｛※注｝: 文
      - ｛→条例第１４条の事務：番号｝の｛→条例の１０項目｝
    """
    assert lines(text, terms="条例: みなと市条例")[-2:] == ["（２）１の（１）", "※ 注"]


def test_a_heading_may_hold_the_sign_of_a_path() -> None:
    assert printed("｛→約100件／年｝", "目的:\n  - 約100件／年\n") == "（１）"


def test_a_title_reads_as_its_heading_does() -> None:
    terms = "条例: みなと市条例"
    text = "｛条例｝との関係: ｛条例｝と｛条例｝\n結び: ｛→条例との関係｝"
    assert lines(text, terms=terms)[-1] == "「１ みなと市条例との関係」"
    item = "内容:\n  - ｛文｝: ｛条例｝\n  - ｛条例｝との関係\n  - ｛→条例との関係：題名｝"
    assert lines(item, terms=terms)[1:] == [
        "みなと市条例（以下「条例」という。）",
        "（１）条例との関係",
        "（２）条例との関係",
    ]


def test_an_annex_may_have_an_identifier() -> None:
    case = CASE + "別紙: [{題名: 図, 識別: 図, 内容: 文}, {題名: 図, 識別: 表, 内容: 文}]\n"
    assert "別紙２のとおり" in compose(case + "目的: ｛→表｝のとおり\n").lines
    assert compose(case + "目的: [甲｛＃表｝]\n").faults == ["anchor-twice 8:7"]


ROWS = f"""\
{CASE}業務:
  概要: [甲, ｛→乙｝による]
  ｛追加｝業務: {{｛（１）｝: [乙, ｛→体制｝と｛→／業務｝と｛→業務／業務｝と｛→概要／甲｝]}}
  ｛体制｝運用の体制: {{管理責任者: ｛→運用の体制｝}}
"""


def test_rows_are_named_by_their_heading_and_by_the_name_of_the_form() -> None:
    assert compose(ROWS).lines[-4:] == [
        "項目 | 内容",
        "概要 | １ 甲／２ 「業務」の（１）による",
        "業務 | （１）乙／（２）「運用の体制」と「４ 業務」と「業務」と「概要」の１",
        "運用の体制 | 管理責任者 | 「運用の体制」",
    ]


def test_sections_are_named_by_their_heading_and_by_the_name_of_the_form() -> None:
    case = CASE + "｛目的｝再実施の理由: ｛→目的：番号｝と｛→再実施の理由：番号｝と｛→時期｝\n"
    assert compose(case + "時期: [2022-05: 開始]\n").lines[11] == "３と３と「４ 時期（予定）」"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("甲: ▼｛→乙｝", "reference-target"),
        ("甲: ▼｛→甲／乙｝", "reference-target"),
        ("甲: ▼｛→／｝", "reference-empty"),
        ("甲: [乙, ▼｛→／乙｝]", "reference-target"),  # / asks for a section
        ("甲: [乙, 乙, ▼｛→乙｝]", "reference-ambiguous"),
        ("甲: [甲, ▼｛→甲｝]", "reference-ambiguous"),
        ("甲: [甲, ｛→／甲｝と｛→甲／甲｝]", ""),
        ("甲: [乙: [丁], 丙: [丁], 戊: ▼｛→丁｝]", "reference-ambiguous"),
        ("甲: [乙: [丁], 丙: [丁], 戊: ｛→丙／丁｝]", ""),
        ("甲: [乙｛＃名｝, 丙▼｛＃名｝]", "anchor-twice"),
        ("甲: [&a 乙, 丁: [*a], 戊: ▼｛→乙｝]", "reference-ambiguous"),  # one text, printed twice
        ("甲: [乙｛＃名｝, ｛→乙｝と｛→名｝]", ""),  # two names of one item
    ],
)
def test_a_reference_means_one_target(text: str, rules: str) -> None:
    plain, expected = marked(text, rules)
    assert faults(plain) == expected


def test_an_ambiguous_reference_is_told_where_its_targets_are_and_a_lost_one_the_nearest() -> None:
    (ambiguous,) = resolved("甲:\n  - 乙\n  - 乙\n  - ｛→乙｝").diagnostics
    assert "2行目、3行目" in ambiguous.reason
    (lost,) = resolved("実施目的: 文\n甲: ｛→実施日的｝").diagnostics
    assert "「実施目的」の誤りではありませんか" in lost.remedy


def test_a_paper_that_lacks_the_target_says_so() -> None:
    case = edited(CASE, "委託する", "｛→目的｝の") + "目的: 文\n"
    assert "「３ 目的」のため" in compose(case).lines
    assert compose(case, template="節見出し：理由\n{{ 節.理由 }}\n").faults == ["reference-target 6:5"]


def test_columns_of_a_form_need_not_be_named() -> None:
    bare = edited(FORM, "    列: [項目, 内容]\n    列幅: [8, 29]\n", "")
    assert compose(CASE + "業務: {概要: 甲}\n", form=bare).lines[-2:] == ["４ 業務", "概要 | 甲"]


def test_every_kind_of_target_has_its_traits() -> None:
    assert set(TRAITS) == set(TargetKind)
