"""Where pages break: every expectation is a list of pages, each a list of its lines, as a reader would see them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.layout_toys import by_page, cell, lines, pages_of, para, row, shown, table, text_lines, toy_sheet

from kotobuki.document import Block
from kotobuki.layout.page import Rule

HEAD = row("項", "内", head=True)
FLOWS: dict[str, tuple[tuple[Block, ...], list[list[str]]]] = {
    "an empty paper has one page": ((), [[]]),
    "lines fill pages": ((lines("あいうえおかき"),), [["あ", "い", "う", "え", "お"], ["か", "き"]]),
    "a heading goes over with its text": (
        (lines("あいうえ"), para("題", "見出し"), para("文")),
        [["あ", "い", "う", "え"], ["題", "文"]],
    ),
    "so do two headings": (
        (lines("あいう"), para("題", "見出し"), para("小題", "見出し"), para("文")),
        [["あ", "い", "う"], ["題", "小題", "文"]],
    ),
    "a paragraph may ask to be kept, too": (
        (lines("あいうえ"), para("題", keep_next=True), para("文")),
        [["あ", "い", "う", "え"], ["題", "文"]],
    ),
    "more headings than a page holds are broken all the same": (
        tuple(para(text, "見出し") for text in "一二三四五六七"),
        [["一", "二", "三", "四", "五"], ["六", "七"]],
    ),
    "kept lines stay together": (
        (lines("あいう"), lines("かきく", "一体")),
        [["あ", "い", "う"], ["か", "き", "く"]],
    ),
    "unless no page holds them": (
        (lines("あいうえおかき", "一体"),),
        [["あ", "い", "う", "え", "お"], ["か", "き"]],
    ),
    "no line is left behind alone": (
        (lines("あいうえ"), para("か" * 9 + "き" * 9, "本文")),
        [["あ", "い", "う", "え"], ["か" * 9, "き" * 9]],
    ),
    "nor goes over alone": (
        (lines("あ"), para("か" * 9 + "き" * 10 + "く" * 10 + "け" * 10 + "こ", "本文")),
        [["あ", "か" * 9, "き" * 10, "く" * 10], ["け" * 10, "こ"]],
    ),
    "three lines cannot be parted": (
        (lines("あいう"), para("か" * 9 + "き" * 10 + "く", "本文")),
        [["あ", "い", "う"], ["か" * 9, "き" * 10, "く"]],
    ),
    "a page is broken before where the style says so": (
        (para("あ"), para("改", "改頁"), para("い")),
        [["あ"], ["改", "い"]],
    ),
    "but never an empty page made": ((para("改", "改頁"), para("い")), [["改", "い"]]),
    "an over-tall line stands alone": (
        (para("あ"), para("巨", "巨大"), para("い")),
        [["あ"], ["巨"], ["い"]],
    ),
}
TABLES: dict[str, tuple[tuple[Block, ...], list[list[str]]]] = {
    "rows fill pages": (
        (table(*(row(str(n), "内") for n in range(7))),),
        [[f"{n}|内" for n in range(5)], ["5|内", "6|内"]],
    ),
    "the head is repeated": (
        (table(HEAD, *(row(str(n), "内") for n in range(6))),),
        [["項|内", *(f"{n}|内" for n in range(4))], ["項|内", "4|内", "5|内"]],
    ),
    "a row is split inside its cells, and its label is not repeated": (
        (para("あ"), table(HEAD, row("一", "いろはにほへとちりぬるをわかよたれそつねならむ"), row("二", "済"))),
        [
            ["あ", "項|内", "一|いろはにほへ", "とちりぬるを", "わかよたれそ"],
            ["項|内", "つねならむ", "二|済"],
        ],
    ),
    "each cell goes on where it was cut": (
        (lines("あいう"), table(row("かきくけこさしすせそたち", "いろはにほへとちりぬるをわかよたれそつねならむ"))),
        [["あ", "い", "う", "かきくけ|いろはにほへ", "こさしす|とちりぬるを"], ["せそたち|わかよたれそ", "つねならむ"]],
    ),
    "the head does not stay behind alone": (
        (lines("あいうえ"), table(HEAD, row("一", "内"))),
        [["あ", "い", "う", "え"], ["項|内", "一|内"]],
    ),
    "nor does a heading with it": (
        (lines("あいう"), para("題", "見出し"), table(HEAD, row("一", "内"))),
        [["あ", "い", "う"], ["題", "項|内", "一|内"]],
    ),
    "a heading stays with the head and two lines of the first row": (
        (lines("あ"), para("題", "見出し"), table(HEAD, row("一", "いろはにほへとちりぬるをわ"))),
        [["あ", "題", "項|内", "一|いろはにほへ", "とちりぬるを"], ["項|内", "わ"]],
    ),
    "a row of which one line would stay goes over whole": (
        (lines("あい"), para("題", "見出し"), table(HEAD, row("一", "いろはにほへとち"))),
        [["あ", "い"], ["題", "項|内", "一|いろはにほへ", "とち"]],
    ),
    "a heading in a cell stays with what is below it": (
        (lines("あ"), table(row("一", cell("一", "二", "三", para("題", "見出し"), "文")))),
        [["あ", "一|一", "二", "三"], ["題", "文"]],
    ),
    "a head without rows is a table": ((table(HEAD),), [["項|内"]]),
    "a head taller than a page is set once": (
        (table(row(cell(lines("甲乙丙丁戊己")), head=True), row("一"), row("二"), widths=(10,)),),
        [["甲", "乙", "丙", "丁", "戊"], ["己", "一", "二"]],
    ),
    "kept paragraphs do not keep rows": (
        (table(*(row(cell(para(str(n), "見出し")), "内") for n in range(7))),),
        [[f"{n}|内" for n in range(5)], ["5|内", "6|内"]],
    ),
    "a row goes over whole when one of its cells has no line to leave": (
        (lines("あいう"), table(row("甲", cell(para("かきくけこさしすせそたちつてと", "一体"))))),
        [["あ", "い", "う"], ["甲|かきくけこさ", "しすせそたち", "つてと"]],
    ),
    "cells over two columns": (
        (table(row(cell("い" * 10, columns=2)), row("一", "内")),),
        [["い" * 10, "一|内"]],
    ),
}
SPANS: dict[str, tuple[tuple[Block, ...], list[list[str]]]] = {
    "a label beside two rows": (
        (
            table(
                row(cell("体制", rows=2), "管理", "課長"), row("運用", "係長"), row("場所", "区", ""), widths=(3, 3, 4)
            ),
        ),
        [["体制|管理|課長", "運用|係長", "場所|区"]],
    ),
    "a long label stretches the last row": (
        (table(row(cell("管理責任体制の定", rows=2), "責"), row("取"), row("場", "区"), widths=(2, 8)),),
        [["管理|責", "責任|取", "体制", "の定", "場|区"]],
    ),
    "a break between the rows of a label": (
        (lines("あいうえ"), table(row(cell("体制", rows=2), "責"), row("取"), widths=(3, 7))),
        [["あ", "い", "う", "え", "体制|責"], ["取"]],
    ),
    "the label goes on with the rows": (
        (lines("あいうえ"), table(row(cell("管理責任", rows=2), "責"), row("取"), row("場", "区"), widths=(2, 8))),
        [["あ", "い", "う", "え", "管理|責"], ["責任|取", "場|区"]],
    ),
    "a break inside a row beside a label": (
        (
            lines("あいう"),
            table(row(cell("管理責任者", rows=2), "責"), row("いろはにほへとちりぬるを"), widths=(2, 5)),
        ),
        [["あ", "い", "う", "管理|責"], ["責任|いろはにほ", "者|へとちりぬ", "るを"]],
    ),
    "a label longer than its rows": (
        (lines("あいう"), table(row(cell("管理責任体制", rows=2), "責"), row("取"), row("場", "区"), widths=(2, 8))),
        [["あ", "い", "う", "管理|責", "責任|取"], ["体制", "場|区"]],
    ),
    "a label over pages": (
        (table(row(cell("体", rows=8), "０"), *(row(str(n)) for n in "１２３４５６７"), widths=(2, 8)),),
        [["体|０", "１", "２", "３", "４"], ["５", "６", "７"]],
    ),
    "a label at the right": (
        (lines("あいうえ"), table(row("責", cell("管理責任", rows=2)), row("取"), row("場", "区"), widths=(8, 2))),
        [["あ", "い", "う", "え", "責|管理"], ["取|責任", "場|区"]],
    ),
}
NESTED: dict[str, tuple[tuple[Block, ...], list[list[str]]]] = {
    "a table in a cell": (
        (
            lines("あい"),
            table(row("事業者", cell("次の者", table(row("名", "株式"), row("所", "江戸川"), widths=(2, 4)), "以上"))),
        ),
        [["あ", "い", "事業者|次の者", "名|株式", "所|江戸川"], ["以上"]],
    ),
    "is split inside its cells": (
        (
            lines("あい"),
            table(HEAD, row("者", cell(table(row("名", "株式会社江戸川商事"), row("所", "区"), widths=(2, 4))))),
        ),
        [["あ", "い", "項|内", "者|名|株式会社", "江戸川商"], ["項|内", "事", "所|区"]],
    ),
}


@pytest.mark.parametrize("case", (FLOWS | TABLES | SPANS | NESTED).items(), ids=lambda case: case[0])
def test_pages_break(case: tuple[str, tuple[tuple[Block, ...], list[list[str]]]]) -> None:
    blocks, expected = case[1]
    assert shown(pages_of(*blocks)) == expected


def baselines(*blocks: Block, lines: float = 9) -> list[float]:
    """Of the first page, from the top of the text area, in lines of 20 pt; a baseline lies 13.8 pt down its line."""
    ys = [item.y for item in text_lines(pages_of(*blocks, sheet=toy_sheet(lines))[0])]
    return [round((y - 50 - 13.8) / 20, 3) for y in ys]


def test_of_space_after_and_before_the_larger_counts() -> None:
    assert baselines(para("題", "標題"), para("題", "標題"), para("文")) == [1, 3, 5]


def test_space_before_stands_on_the_first_page_and_after_a_break_that_is_asked_for() -> None:
    pages = pages_of(para("題", "標題"), para("改", "改頁"))
    assert [text_lines(page)[0].y for page in pages] == [pytest.approx(50 + 20 + 13.8)] * 2


def test_space_before_is_swallowed_by_a_page_that_is_full() -> None:
    pages = pages_of(lines("あいうえお"), para("題", "標題"))
    assert text_lines(pages[1])[0].y == 50 + 13.8


def test_space_after_needs_no_room_at_the_foot_of_a_page() -> None:
    assert shown(pages_of(lines("あいう"), para("題", "標題"), para("文"))) == [["あ", "い", "う", "題"], ["文"]]


def test_a_row_ends_at_the_foot_of_the_page_though_its_text_has_space_after() -> None:
    pages = pages_of(lines("あい"), table(row(cell(para("題", "標題"))), row("次"), style="表", widths=(9,)))
    assert shown(pages) == [["あ", "い", "題"], ["次"]]
    assert max(rule.y1 for rule in by_page(pages, Rule)[1]) < 150


def test_space_before_and_after_counts_inside_a_cell() -> None:
    assert baselines(table(row(cell(para("題", "標題")), "甲"), row("乙", "丙"))) == [1, 0, 3, 3]


def test_a_row_is_one_rule_higher_than_its_text_and_the_table_one_more() -> None:
    ys = baselines(table(row("甲", "乙"), row("丙", "丁"), style="表", widths=(4, 4)), para("文"))
    assert ys == [0.025, 0.025, 1.05, 1.05, 2.075]


def test_a_table_with_no_paragraph_after_it_is_followed_by_the_hairline_that_word_needs() -> None:
    one = table(row("甲", "乙"))
    assert baselines(one, one, para("文")) == [0, 0, 1.05, 1.05, 2.05]
    assert baselines(table(row(cell(one))), para("文")) == [0, 0, 1.05]


def test_cells_that_the_grid_has_no_room_for_are_not_printed() -> None:
    assert shown(pages_of(table(row("甲", "乙", "丙"), row(cell("丁", columns=5))))) == [["甲|乙", "丁"]]


def test_rules_close_at_the_foot_of_a_page_and_open_on_the_next() -> None:
    body = table(row("甲", cell(para("いろはにほへとちりぬるをわかよ"))), style="表", widths=(3, 5))
    rules = by_page(pages_of(lines("あい"), body), Rule)
    across = {page: sorted({rule.y1 for rule in found if rule.y1 == rule.y2}) for page, found in rules.items()}
    down = {page: sorted({(r.x1, r.y1, r.y2) for r in found if r.x1 == r.x2}) for page, found in rules.items()}
    # Rules of 0.5 pt on either side of two lines on page 1, of one on page 2.
    assert across == {1: [90.25, 130.75], 2: [50.25, 70.75]}
    assert down == {
        1: [(50, 90.25, 130.75), (90, 90.25, 130.75), (150, 90.25, 130.75)],
        2: [(50, 50.25, 70.75), (90, 50.25, 70.75), (150, 50.25, 70.75)],
    }


def test_rules_stop_at_cells_that_span() -> None:
    body = table(row(cell("体", rows=2), "い"), row("う"), row(cell("え", columns=2)), style="表", widths=(3, 5))
    rules = by_page(pages_of(body), Rule)[1]
    assert sorted((r.x1, r.x2) for r in rules if r.y1 == r.y2) == [
        (49.75, 150.25),
        (49.75, 150.25),
        (49.75, 150.25),
        (89.75, 150.25),
    ]
    assert sorted((r.x1, r.y2 - r.y1) for r in rules if r.x1 == r.x2) == [(50, 61.5), (90, 41), (150, 61.5)]


def test_no_rule_parts_a_joined_row_from_the_one_above_but_the_table_closes_on_each_page() -> None:
    head, body = row("頭", "頭", head=True), [replace(row(text, text), joined=True) for text in "甲乙丙丁"]
    rules = by_page(pages_of(lines("あ"), table(head, *body, style="表", widths=(4, 4))), Rule)
    across = {page: sorted({rule.y1 for rule in found if rule.y1 == rule.y2}) for page, found in rules.items()}
    # Above and below the head, and at the foot: two joined rows on either page.
    assert across == {1: [70.25, 90.75, 131.75], 2: [50.25, 70.75, 111.75]}


def test_a_table_without_rules_has_none() -> None:
    assert by_page(pages_of(table(row("甲", "乙"))), Rule) == {}


def test_a_table_wider_than_the_text_area_stands_out_on_both_sides() -> None:
    wide = table(row("甲", "乙"), style="表", widths=(5, 5))
    narrow = table(row("甲", "乙"), style="表", widths=(2, 5))
    assert [item.spans[0].x for item in text_lines(pages_of(wide, narrow)[0])] == [45, 105, 55, 85]


def test_a_table_inside_an_item_begins_at_its_text() -> None:
    inner = table(row("甲", "乙"), widths=(2, 2), inside="項目")
    assert [item.spans[0].x for item in text_lines(pages_of(inner)[0])] == [70, 90]


def test_reading_order_goes_cell_by_cell() -> None:
    page = pages_of(table(row("甲乙丙丁戊", "いろはにほへと"), row("己", "ち")))[0]
    assert [line.text for line in text_lines(page)] == ["甲乙丙丁", "戊", "いろはにほへ", "と", "己", "ち"]
