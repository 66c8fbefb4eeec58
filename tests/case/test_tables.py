"""｛表｝: any columns, merged cells, grouped and numbered rows, several heads, labels shown again."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent

import pytest
from support import faulty_content
from support.layout_toys import cell, pages_of, para, row, shown
from support.samples import faults, lines, resolved
from support.word_samples import base

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Cell, Document, Paper, Paragraph, Row, Table
from kotobuki.layout.columns import settle_columns
from kotobuki.settings.house_style import HouseStyle


def table(text: str, **settings: object) -> Table:
    result = resolved("節:\n  - ｛表｝:\n" + indent(text, "      "), **settings)  # type: ignore[arg-type]
    assert result.faults == [] and result.paper is not None
    return next(block for block in result.paper.blocks if isinstance(block, Table))


def spans(found: Table) -> list[list[tuple[int, int]]]:
    """Columns and rows of each cell."""
    return [[(each.columns, each.rows) for each in one.cells] for one in found.rows]


def test_cells_join_those_at_their_left_and_above() -> None:
    found = table("行:\n  - [甲, ｛←｝, 乙]\n  - [丙, 丁, ｛↑｝]\n  - [戊, ｛←｝, ｛←｝]\n")
    assert spans(found) == [[(2, 1), (1, 2)], [(1, 1), (1, 1)], [(3, 1)]]


def test_a_block_of_cells_joins_both_ways() -> None:
    assert spans(table("行:\n  - [甲, ｛←｝, 乙]\n  - [｛↑｝, ｛↑｝, 丙]\n")) == [[(2, 2), (1, 1)], [(1, 1)]]


def test_heads_may_have_several_rows() -> None:
    found = table("列:\n  - [区分, 件数, ｛←｝]\n  - [｛↑｝, 前年, 今年]\n行:\n  - [甲, 1, 2]\n")
    assert [one.head for one in found.rows] == [True, True, False]
    assert spans(found)[:2] == [[(1, 2), (2, 1)], [(1, 1), (1, 1)]]


GROUPS = """\
番号: [1., １）]
行:
  - 体制: [課長]
  - 対策:
      - 物: [鍵]
      - 人: [研修]
  - 整備: [規程]
"""


def test_rows_are_numbered_and_grouped_by_nesting() -> None:
    assert lines("節:\n  - ｛表｝:\n" + indent(GROUPS, "      "))[1:] == [
        "1. 体制 | 課長",
        "2. 対策／１）物 | 鍵",
        "２）人 | 研修",
        "3. 整備 | 規程",
    ]


def test_groups_may_have_a_column_of_their_own() -> None:
    found = table("見出し列: 2\n" + GROUPS)
    assert spans(found) == [[(2, 1), (1, 1)], [(1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1)], [(2, 1), (1, 1)]]
    assert [[each.label for each in one.cells] for one in found.rows][1] == [True, True, False]


def test_groups_of_groups_show_each_label_once() -> None:
    text = "行:\n  - 甲:\n      - 乙:\n          - 丙: [一]\n          - 丁: [二]\n      - 戊: [三]\n"
    assert lines("節:\n  - ｛表｝:\n" + indent(text, "      "))[1:] == ["甲／乙／丙 | 一", "丁 | 二", "戊 | 三"]


def test_a_rows_label_can_be_referred_to() -> None:
    text = "節:\n  - ｛文｝: ｛→人｝のとおり\n  - ｛表｝:\n" + indent(GROUPS, "      ")
    assert lines(text)[1] == "「人」のとおり"


def test_cells_hold_lists_and_notes() -> None:
    text = "行:\n  - - [項目, {見出し: [細目]}, {｛※｝: 注}]\n    - 文｛※一つ｝\n"
    assert lines("節:\n  - ｛表｝:\n" + indent(text, "      "))[1:] == [
        "１ 項目／２ 見出し／（１）細目／※ 注 | 文（※）／※ 一つ"
    ]


def test_small_type_has_styles_of_its_own() -> None:
    found = table("文字: 小\n列: [甲]\n行: [[文です。]]\n")
    assert found.style == "小表"
    assert [each.blocks[0].role for one in found.rows for each in one.cells] == ["小表見出し", "小表本文"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "rule"),
    faulty_content.TABLES,
)
def test_faults_are_explained(text: str, rule: str) -> None:
    found = faults("節:\n  - ｛表｝:\n" + indent(text, "      "))
    assert [each.split()[0] for each in found] == [rule]


# -- labels shown again ---------------------------------------------------------------------------------------------


def test_what_the_house_says_of_labels_holds_unless_the_table_says_otherwise() -> None:
    rows = "行: [{甲: [乙]}]\n"
    house = HouseStyle(labels_again="（続き）")
    assert table(rows).again is None
    assert table(rows, style=house).again == "（続き）"
    assert table("再掲: なし\n" + rows, style=house).again is None
    assert table("再掲: 再掲\n" + rows).again == ""


def labelled(text: str, *blocks: Paragraph, rows: int = 1) -> Row:
    """A row with a label."""
    return row(replace(cell(text, rows=rows), label=True), cell(*blocks))


@pytest.mark.parametrize(("again", "label"), [(None, ""), ("", "甲"), ("続", "甲続")])
def test_a_label_stands_again_on_each_page_of_its_row(again: str | None, label: str) -> None:
    rows = (labelled("甲", para("文" * 42)), labelled("乙", para("終")))
    found = shown(pages_of(Table(style="罫線なし", widths=(4, 6), rows=rows, again=again)))
    firsts = [page[0].split("|") for page in found]
    assert firsts == [["甲", "文" * 6], [label, "文" * 6] if label else ["文" * 6]]
    assert found[-1][-1] == "乙|終"


def test_a_label_over_several_rows_stands_again_at_the_row_that_begins_a_page() -> None:
    rows = [labelled("甲", para("０"), rows=12), *(row(str(number)) for number in range(1, 12))]
    found = shown(pages_of(Table(style="罫線なし", widths=(4, 6), rows=tuple(rows), again="続")))
    assert [page[0] for page in found] == ["甲|０", "甲続|5", "甲続|10"]


def test_a_label_alone_is_not_shown_without_end() -> None:
    rows = (row(*(replace(cell("長" * 60), label=True) for _ in range(2))),)
    assert len(pages_of(Table(style="罫線なし", widths=(4, 6), rows=rows, again="続"))) < 10


def test_a_table_wider_than_its_page_is_refused() -> None:
    table = Table(
        style="表",
        widths=(60.0, 60.0),
        rows=(Row((Cell((Paragraph(role="表語句"),)), Cell((Paragraph(role="表語句"),)))),),
    )
    diagnostics = Diagnostics()
    settle_columns(
        Document(title="題", papers=(Paper(key="a", name="甲", blocks=(table,)),)), base().stylesheet, diagnostics
    )
    assert [each.rule for each in diagnostics] == ["table-too-wide"]


@pytest.mark.parametrize(
    "cell", ["{｛体制｝: {管理者: 課長, 責任者: 係長}}", "[{｛体制｝: {管理者: 課長, 責任者: 係長}}]"]
)
def test_posts_split_their_column_wherever_they_stand(cell: str) -> None:
    found = table(f"列: [項目, 内容, 備考]\n列幅: [6, 20, 0]\n行:\n  - [甲, 乙, 丙]\n  - [体制, {cell}, 丁]\n")
    assert spans(found) == [
        [(1, 1), (2, 1), (1, 1)],
        [(1, 1), (2, 1), (1, 1)],
        [(1, 2), (1, 1), (1, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]
    assert len(found.widths) == 4


def test_posts_beside_a_cell_that_covers_several_rows() -> None:
    posts = "{｛体制｝: {管理者: 課長, 責任者: 係長}}"
    found = table(f"行:\n  - [甲, {posts}]\n  - [｛↑｝, {posts}]\n  - [乙, 丙]\n")
    assert spans(found) == [
        [(1, 4), (1, 1), (1, 1)],
        [(1, 1), (1, 1)],
        [(1, 1), (1, 1)],
        [(1, 1), (1, 1)],
        [(1, 1), (2, 1)],
    ]


def test_posts_among_other_content_stay_lines() -> None:
    found = table("行:\n  - [甲, [{｛文｝: 次のとおり}, {｛体制｝: {管理者: 課長}}]]\n")
    assert spans(found) == [[(1, 1), (1, 1)]]


@pytest.mark.parametrize(
    ("style", "own", "repeats"),
    [
        (True, "", True),
        (False, "", False),
        (True, "見出しの行: 初めだけ\n", False),
        (False, "見出しの行: 毎ページ\n", True),
    ],
)
def test_heads_are_repeated_as_the_house_or_the_table_has_it(style: bool, own: str, repeats: bool) -> None:
    found = table(f"列: [甲]\n{own}行: [[乙]]\n", style=replace(HouseStyle(), repeats_heads=style))
    assert (found.repeats, found.rows[0].head) == (repeats, True)


def test_a_table_whose_heads_are_not_repeated_is_split_without_them() -> None:
    rows = (row("見出し", head=True), *(row(str(number)) for number in range(10)))
    once = Table(style="罫線なし", widths=(4.0,), rows=rows, repeats=False)
    again, here = shown(pages_of(replace(once, repeats=True))), shown(pages_of(once))
    assert ["見出し" in page for page in again] == [True] * len(again)
    assert ["見出し" in page for page in here] == [True] + [False] * (len(here) - 1)


@pytest.mark.parametrize(
    ("reference", "printed"),
    [("｛→乙｝", "「乙」"), ("｛→丙｝", "「丙」"), ("｛→名前｝", "「丙」")],
)
def test_a_row_is_cited_by_its_first_cell(reference: str, printed: str) -> None:
    text = f"節: {reference}のとおり\n他:\n  - ｛表｝: {{列: [種別, 数], 行: [[乙, 1], [丙｛＃名前｝, 2]]}}\n"
    assert lines(text)[1] == f"{printed}のとおり"


def test_a_heading_is_meant_before_a_row_of_the_same_name() -> None:
    assert lines("節: ｛→乙｝のとおり\n他:\n  - ｛表｝: {行: [[乙, 1]]}\n乙: 丁")[1] == "「３ 乙」のとおり"
    text = "節: ｛→乙｝のとおり\n他:\n  - ｛表｝: {行: [[乙, 1], [乙, 2]]}"
    assert [each.split()[0] for each in faults(text)] == ["reference-ambiguous"]


def test_a_row_with_one_cell_beside_its_label_needs_no_list() -> None:
    assert lines("節:\n  - ｛表｝: {列: [分類, 基準], 行: [{機密性3: 秘密}, {機密性1: [公開]}]}")[2:] == [
        "機密性３ | 秘密",
        "機密性１ | 公開",
    ]
