"""What stands where on the lines of a paragraph. A character of the toy sheet is 10 pt wide; text begins at x = 50."""

from __future__ import annotations

import pytest
from support.layout_toys import by_page, cell, first_line, first_page, para, row, shown, table, text_lines, toy_sheet

from kotobuki.document import Enclosed, PageRef, Paragraph, Run
from kotobuki.layout.page import Circle, Glyphs, Heading, Link, Page, Rule, TextLine


def spans(line: TextLine) -> list[tuple[str, float, float]]:
    return [(span.text, span.x, span.tracking) for span in line.spans]


def test_the_em_box_stands_in_the_middle_of_the_pitch() -> None:
    assert first_line(Run(text="文")) == TextLine(
        y=50 + 20 / 2 + 0.38 * 10, font="明朝", size=10, text="文", spans=(Glyphs(50, "文"),)
    )


def test_a_first_line_is_indented_and_all_but_the_last_are_justified() -> None:
    lines = text_lines(first_page(para("一二三四五六七八（九十壱弐参四五六七八九", "本文")))
    assert [spans(line) for line in lines] == [
        [("一二三四五六七八", 60, round(10 / 7, 3))],
        [("（九十壱弐参四五六七", 50, 0)],
        [("八九", 50, 0)],
    ]


@pytest.mark.parametrize(("role", "x"), [("文", 50), ("日付", 110), ("標題", 85)])
def test_alignment(role: str, x: float) -> None:
    assert first_line(Run(text="一二三"), role=role).spans == (Glyphs(x, "一二三"),)


def test_text_follows_its_label_at_once_without_a_tab() -> None:
    assert spans(first_line(Run(text="申込み"), label="（１）")) == [("（１）申込み", 50, 0)]


@pytest.mark.parametrize(
    ("label", "x"),
    [("１", 70), ("１２", 80), ("１２３", 90), ("１２３４", 110), ("１２３４５６", 130)],
    ids=[
        "the hanging indent",
        "the first",
        "a stop that the label reaches is passed",
        "two em on from the last",
        "and on",
    ],
)
def test_text_begins_at_the_next_tab_stop(label: str, x: float) -> None:
    line = first_line(Run(text="文"), role="項目", label=label, tab=True)
    assert (line.text, spans(line)) == (f"{label} 文", [(label, 50, 0), ("文", x, 0)])


@pytest.mark.parametrize(("labels", "x"), [("1 10 ア", 70), ("(1) (10) 第1 第10 １２", 80), ("第1条 第10条", 90)])
def test_labels_of_one_kind_have_their_text_in_one_column(labels: str, x: float) -> None:
    for label in labels.split():
        line = first_line(Run(text="文"), role="項目", label=label, tab=True)
        assert spans(line)[-1] == ("文", x, 0), label


def test_the_lines_that_follow_begin_at_the_left_indent() -> None:
    first, second = text_lines(first_page(para("一二三四五六七八九", "項目", label="１２", tab=True)))
    assert (spans(first)[1], spans(second)) == (("一二三四五六七", 80, 0), [("八九", 70, 0)])


def test_a_paragraph_inside_an_item_is_shifted_with_its_tabs() -> None:
    line = first_line(Run(text="文"), role="項目", label="１２", tab=True, inside="項目")
    assert spans(line) == [("１２", 70, 0), ("文", 100, 0)]


def test_an_indent_in_a_cell_is_measured_from_the_cell() -> None:
    inner = para("文", "項目", label="１２", tab=True)
    lines = text_lines(first_page(table(row("甲", cell(inner)), style="表", widths=(2, 5))))
    assert spans(lines[1]) == [("１２", 85, 0), ("文", 115, 0)]


def test_letter_spacing_spreads_characters_over_a_width() -> None:
    line = first_line(Run(text="村島", fit_em=4), Run(text="殿", gap_em=1), Run(text="様"))
    assert (line.text, spans(line)) == ("村島殿様", [("村島", 50, 20), ("殿", 90, 0), ("様", 110, 0)])


def test_a_character_and_its_variation_selector_are_spread_as_one() -> None:
    assert spans(first_line(Run(text="惠\U000e0101子", fit_em=4))) == [("惠\U000e0101", 50, 0), ("子", 80, 20)]


def test_a_blank_at_the_end_keeps_right_aligned_text_off_the_edge() -> None:
    assert spans(first_line(Run(text="区長", gap_em=2), role="日付")) == [("区長", 100, 0)]


def test_a_long_text_after_letter_spacing_is_broken_like_any_other() -> None:
    title = Paragraph(role="項目", inlines=(Run(text="件名", fit_em=3), Run(text="：「一二三四五六七八九十」")))
    first, second = text_lines(first_page(title))
    assert (spans(first)[0], first.text) == (("件名", 50, 10), "件名：「一二三四五")
    assert (second.text, second.spans[0].x) == ("六七八九十」", 70)


def test_what_finds_no_room_begins_on_the_next_line() -> None:
    two = (Run(text="一二三四五六七八", gap_em=2), Run(text="九十"))
    assert shown([first_page(Paragraph(role="文", inlines=two))]) == [["一二三四五六七八", "九十"]]
    assert shown([first_page(Paragraph(role="文", inlines=(*two[:1], Run(text="九十", fit_em=3))))]) == [
        ["一二三四五六七八", "九十"]
    ]


def test_an_enclosed_character_is_a_small_one_in_a_circle() -> None:
    page = first_page(Paragraph(role="文", inlines=(Enclosed("写"), Run(text="し"))))
    mark, rest = text_lines(page)
    (circle,) = by_page([page], Circle)[1]
    assert (mark.text, mark.size, rest.text, rest.spans[0].x) == ("写", 6.2, "し", 62)
    assert (circle.x, circle.y, circle.radius) == (56, 60, 5.5)
    middle = mark.spans[0].x + 3.1, mark.y - 0.38 * 6.2
    assert middle == pytest.approx((circle.x, circle.y), abs=0.01)


def test_a_page_reference_prints_its_text() -> None:
    refs = (Run(text="p. "), PageRef("b", "first", "2"), Run(text="～p. "), PageRef("b", "last", "5"))
    assert first_line(*refs).text == "p. 2～p. 5"


def test_a_link_covers_its_characters_on_each_line() -> None:
    page = first_page(
        Paragraph(
            role="文",
            inlines=(
                Run(text="一二三四五六七"),
                Run(text="諮問書", link="b"),
                Run(text="写", link="c"),
                Run(text="し"),
            ),
        )
    )
    assert by_page([page], Link)[1] == [
        Link(x=120, y=50, width=30, height=20, paper="b"),
        Link(x=50, y=70, width=10, height=20, paper="c"),
    ]


def test_a_link_may_run_over_a_line() -> None:
    page = first_page(
        Paragraph(
            role="文", inlines=(Run(text="（１）", link="b"), Run(text="一二三四五六七八九", link="b")), label="※"
        )
    )
    assert by_page([page], Link)[1] == [
        Link(x=60, y=50, width=30, height=20, paper="b"),
        Link(x=90, y=50, width=60, height=20, paper="b"),
        Link(x=50, y=70, width=30, height=20, paper="b"),
    ]


def test_a_heading_is_an_entry_of_the_outline_with_its_label() -> None:
    page = first_page(para("序"), para("諮問事項", "項目", label="１", tab=True, heading=1), para("付則", heading=2))
    assert by_page([page], Heading)[1] == [Heading(70, "１　諮問事項", 1), Heading(90, "付則", 2)]


def test_an_empty_paragraph_takes_a_line_and_draws_nothing() -> None:
    page = first_page(para("一"), para(""), para("二"))
    assert [line.y for line in text_lines(page)] == pytest.approx([63.8, 103.8])


def test_a_column_narrower_than_a_character_still_takes_one_on_each_line() -> None:
    assert shown([first_page(para("一二三"), sheet=toy_sheet(width=4))]) == [["一", "二", "三"]]


def test_an_underline_stands_under_its_characters_alone_on_every_line_they_come_to() -> None:
    page = first_page(
        Paragraph(
            role="文", inlines=(Run(text="一二三四五六七八"), Run(text="九十壱", underlined=True), Run(text="弐"))
        )
    )
    lines = [
        (rule.x1, rule.x2, round(rule.y1 - line.y, 3)) for rule, line in zip(rules(page), text_lines(page), strict=True)
    ]
    assert lines == [(130, 150, 1.6), (50, 60, 1.6)]


def rules(page: Page) -> list[Rule]:
    return [item for item in page.drawn if isinstance(item, Rule)]
