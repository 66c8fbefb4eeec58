"""Tables of many shapes at the foot of a page: LibreOffice breaks the written .docx where the PDF breaks.

Every character is another one, so that what stands on a page is known by its characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from support.office import to_pdf, words
from support.word_samples import base, cell, document, para, row, table

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Block, Cell, Document, Paragraph, Row
from kotobuki.japanese.characters import advance_em
from kotobuki.layout.columns import settle_columns
from kotobuki.layout.page import TextLine
from kotobuki.layout.pages import lay_out
from kotobuki.word.writer import write_docx

pytestmark = [pytest.mark.office, pytest.mark.pdftools]

Text = Callable[[int], str]
BEFORE = (30, 35, 36, 39)
"""Lines before the table: of the 40 of a page, some, few, or one are left for it."""
FIRST, LAST = 0x4E00, 0x9F00
KNOWN = {
    "LibreOffice leaves one line of a row where no more fits": {
        *("three lines-30", "three lines-35", "three lines-36", "three lines-39"),
        *("a repeated head-30", "labels of several lines-36", "labels of several lines-39"),
        *("rows over pages-39", "a table in a cell-39"),
    },
    "LibreOffice parts a heading from its text in a cell": {"headings in a cell-35", "headings in a cell-39"},
    "LibreOffice rounds the rules of a full page up": {"two lines-39"},
}
"""Where LibreOffice breaks otherwise, by its own rules."""


def _lines(text: Text, count: int) -> Cell:
    """A cell of so many lines, the last of them not full."""
    return cell(para("表語句", text(28 * count - 5)))


def _heading(text: Text) -> Iterator[Paragraph]:
    yield replace(para("表項目1", text(5), label="１", tab=True), keep_next=True)
    yield para("表項目1本文", text(20))


def _nested(text: Text) -> Cell:
    inner = table("罫線なし", (5.0, 10.0), row(text(3), text(8)), row(text(3), text(15)))
    return cell(para("表語句", text(10)), inner, para("表語句", text(5)))


SHAPES: dict[str, Callable[[Text], list[Row]]] = {
    "one line": lambda text: [row(text(3), _lines(text, 1)) for _ in range(40)],
    "two lines": lambda text: [row(text(3), _lines(text, 2)) for _ in range(20)],
    "three lines": lambda text: [row(text(3), _lines(text, 3)) for _ in range(20)],
    "rows over pages": lambda text: [row(text(3), _lines(text, 30)), row(text(3), _lines(text, 45))],
    "labels of several lines": lambda text: [row(text(at), _lines(text, n)) for at, n in ((20, 1), (14, 2), (3, 6))],
    "a table in a cell": lambda text: [row(text(3), _nested(text)) for _ in range(8)],
    "a repeated head": lambda text: [
        row("項", "目", head=True),
        *(row(text(3), _lines(text, 4)) for _ in range(12)),
    ],
    "headings in a cell": lambda text: [row(text(3), cell(*(each for _ in range(8) for each in _heading(text))))],
}


def _document(shape: str, before: int) -> Document:
    characters = map(chr, range(FIRST, LAST))

    def text(length: int) -> str:
        return "".join(next(characters) for _ in range(length))

    lead: list[Block] = [para("節本文", text(10)) for _ in range(before - 1)]
    lead.append(replace(para("節本文", text(10)), keep_next=True))
    return document((*lead, table("表", (7.0, 29.0), *SHAPES[shape](text)), para("節本文", text(5))))


@cache
def _made() -> dict[str, tuple[list[str], list[str]]]:
    """What stands on each page, in the PDF and in LibreOffice."""
    ours, files = {}, {}
    for shape in SHAPES:
        for before in BEFORE:
            settled = settle_columns(_document(shape, before), base().stylesheet, Diagnostics())
            settled, (pages,) = lay_out(settled, base().stylesheet, lambda _: advance_em)
            ours[f"{shape}-{before}"] = [
                _ordered(item.text for item in page.items if isinstance(item, TextLine)) for page in pages
            ]
            files[f"{shape}-{before}"] = write_docx(settled, base())
    return {name: (ours[name], _pages(data)) for name, data in to_pdf(files).items()}


def _pages(pdf: bytes) -> list[str]:
    by_page: dict[int, list[str]] = {}
    for word in words(pdf):
        by_page.setdefault(word.page, []).append(word.text)
    return [_ordered(by_page[page]) for page in sorted(by_page)]


def _ordered(texts: Iterator[str] | list[str]) -> str:
    return "".join(sorted(each for text in texts for each in text if FIRST <= ord(each) < LAST))


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_break_in_word_where_they_break_in_the_pdf(shape: str) -> None:
    made = {name: pages for name, pages in _made().items() if name.rpartition("-")[0] == shape}
    different = {name for name, (ours, theirs) in made.items() if ours != theirs}
    assert different == {name for names in KNOWN.values() for name in names} & set(made)


def test_where_they_break_otherwise_it_is_by_a_line_or_two() -> None:
    for names in KNOWN.values():
        for name in names:
            ours, theirs = _made()[name]
            assert len(set(ours[0]) ^ set(theirs[0])) <= 2 * 36, name
            assert sorted("".join(ours)) == sorted("".join(theirs)), name
