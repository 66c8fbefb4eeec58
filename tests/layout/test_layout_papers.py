"""The papers of a document: their page numbers, the references to them, and what stands in the margins."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from support.layout_toys import cell, lines, paper, para, row, shown, table, text_lines, toy_sheet

from kotobuki.document import Document, PageRef, Paper, Paragraph, Run
from kotobuki.japanese.characters import advance_em
from kotobuki.layout.page import Glyphs, Page, TextLine
from kotobuki.layout.pages import lay_out, page_ranges

ADVANCES = {"明朝": advance_em}.__getitem__
TEN, SIX = lines("一二三四五六七八九十"), lines("一二三四五六")


def laid_out(*papers: Paper, **settings: bool) -> tuple[tuple[Page, ...], ...]:
    return lay_out(Document(title="", papers=papers, **settings), toy_sheet(), ADVANCES)[1]


def numbers(*papers: Paper) -> list[list[int | None]]:
    return [[page.number for page in pages] for pages in laid_out(*papers)]


def test_pages_are_numbered_as_each_paper_says() -> None:
    assert numbers(
        paper(para("表紙"), key="cover"),
        paper(SIX, key="a", numbering="start"),
        paper(para("参考"), key="x"),
        paper(SIX, key="b", numbering="continue"),
        paper(SIX, key="c", numbering="start", first_page=7),
    ) == [[None], [1, 2], [None], [3, 4], [7, 8]]


def test_a_paper_that_has_nothing_to_continue_begins_at_its_first_page() -> None:
    assert numbers(paper(SIX, numbering="continue", first_page=2)) == [[2, 3]]


def test_page_ranges_leave_out_papers_without_numbers() -> None:
    pages = laid_out(paper(key="cover"), paper(key="a", numbering="start"), paper(SIX, key="b", numbering="continue"))
    assert page_ranges(pages) == {"a": (1, 1), "b": (2, 3)}


def contents(paper: str) -> Paragraph:
    return Paragraph(
        role="文",
        inlines=(
            Run(text="p. "),
            PageRef(paper, "first"),
            Run(text="～"),
            PageRef(paper, "last"),
            Run(text="終", link="b"),
        ),
    )


def test_references_to_pages_are_filled_wherever_they_stand() -> None:
    cover = paper(contents("a"), table(row("写", cell(contents("b")))), key="cover")
    document, pages = lay_out(
        Document(
            title="",
            papers=(cover, paper(para("文"), key="a", numbering="start"), paper(TEN, key="b", numbering="continue")),
        ),
        toy_sheet(),
        ADVANCES,
    )
    assert shown(pages[0]) == [["p. 1～1終", "写|p. 2～3終"]]
    assert document.papers[0].blocks[0] == Paragraph(
        role="文",
        inlines=(
            Run(text="p. "),
            PageRef("a", "first", "1"),
            Run(text="～"),
            PageRef("a", "last", "1"),
            Run(text="終", link="b"),
        ),
    )


def test_a_reference_to_a_paper_in_another_file_keeps_its_text() -> None:
    document = Document(
        title="", papers=(paper(Paragraph(role="文", inlines=(PageRef("b", "last", "5"), PageRef("c", "first")))),)
    )
    same, pages = lay_out(document, toy_sheet(), ADVANCES)
    assert same is document
    assert shown(pages[0]) == [["5"]]


def test_numbers_that_move_a_line_over_are_counted_again() -> None:
    """A reference to the paper's own last page grows from nothing to four figures and so makes a further page."""
    refs = Paragraph(role="文", inlines=(Run(text="－" * 9), PageRef("a", "last"), PageRef("a", "last")))
    own = paper(lines("一二三四"), refs, key="a", numbering="start", first_page=10)
    _, pages = lay_out(Document(title="", papers=(own,)), toy_sheet(), ADVANCES)
    assert [page.number for page in pages[0]] == [10, 11]
    assert shown(pages[0])[1] == ["1111", "11"]  # the reference and the page number


def test_a_page_number_stands_centred_at_the_foot_as_far_from_the_edge_as_the_footer() -> None:
    ((page,),) = laid_out(paper(numbering="start", first_page=12))
    (number,) = text_lines(page)
    assert isinstance(number, TextLine)
    assert (number.text, number.size, number.spans[0].x) == ("12", 8, 50 + (100 - 8) / 2)
    assert number.y == pytest.approx(200 - 20 - 10 + 10 / 2 + 0.38 * 8)


@pytest.mark.parametrize(("draft", "words"), [(True, ["文", "案"]), (False, ["文"])])
def test_a_draft_is_marked_in_the_head_margin(draft: bool, words: list[str]) -> None:
    ((page,),) = laid_out(paper(para("文"), draft=draft))
    assert [line.text for line in text_lines(page)] == words
    assert not draft or (text_lines(page)[1].spans[0].x, text_lines(page)[1].y) == pytest.approx(
        (140, 20 + 10 / 2 + 3.8)
    )


def test_every_page_of_a_draft_is_marked() -> None:
    (pages,) = laid_out(paper(SIX, draft=True))
    assert [[line.text for line in text_lines(page)].count("案") for page in pages] == [1, 1]


def test_the_house_typeface_replaces_that_of_every_style() -> None:
    document = Document(title="", papers=(paper(para("文"), numbering="start", draft=True),), font="ゴシック")
    ((page,),) = lay_out(document, toy_sheet(), lambda font: {"ゴシック": advance_em}[font])[1]
    assert {line.font for line in text_lines(page)} == {"ゴシック"}


def test_the_settings_of_the_document_reach_the_lines() -> None:
    small = paper(para("一二三四五六七八九十ょ"))
    marks = paper(para("一、二、三、10四五六七八九"))
    assert shown(laid_out(small)[0]) == [["一二三四五六七八九十", "ょ"]]
    assert shown(laid_out(small, strict_kinsoku=True)[0]) == [["一二三四五六七八九", "十ょ"]]
    assert shown(laid_out(marks)[0]) == [["一、二、三、10四五", "六七八九"]]
    assert shown(laid_out(marks, squeeze=True)[0]) == [["一、二、三、10四五六", "七八九"]]


def test_equal_papers_make_equal_pages_with_equal_digests() -> None:
    one, two = (laid_out(paper(TEN, table(row("甲", "乙"), style="表", widths=(3, 5)))) for _ in range(2))
    assert one == two
    assert [page.digest for page in one[0]] == [page.digest for page in two[0]]


def test_a_page_of_other_words_has_another_digest() -> None:
    page, other = (laid_out(paper(para(text)))[0][0] for text in "甲乙")
    assert page.digest != other.digest
    assert page.digest == replace(page, paper="b").digest


def test_a_digest_leaves_out_no_field_that_leaves_ink() -> None:
    line = TextLine(y=1.5, font="明朝", size=12.0, text="甲'", spans=(Glyphs(1.0, "甲'", 0.25), Glyphs(2.0, "\n")))
    shown = repr(line)
    assert [field.name for field in fields(line) if field.compare and f"{field.name}=" not in shown] == []
    assert eval(shown) == line
