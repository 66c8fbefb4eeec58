"""Document and stylesheet in, pages out: the papers are set, broken into pages, numbered and drawn.

Page numbers run as each paper's `numbering` says; references to pages (`PageRef`) are filled from the finished pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kotobuki.document import Document, Paper
from kotobuki.layout.blocks import Column
from kotobuki.layout.drawing import draw_column
from kotobuki.layout.furniture import draft_mark, page_number
from kotobuki.layout.page import Page
from kotobuki.layout.pagerefs import resolve_page_refs
from kotobuki.layout.paragraphs import Advances, Look
from kotobuki.layout.setting import set_blocks
from kotobuki.layout.splitting import Region, split_column
from kotobuki.layout.structure import Flow
from kotobuki.named_tuples import NamedTuple
from kotobuki.orientation import page_of, sections_by_orientation
from kotobuki.stylesheet import PageSetup, Stylesheet

_MOST_PASSES = 4
"""Page numbers filled in may move a line and so a number; after so many passes they are left as they are."""


def lay_out(document: Document, sheet: Stylesheet, advances: Advances) -> tuple[Document, tuple[tuple[Page, ...], ...]]:
    """The document with its page references filled, and the pages of each of its papers.

    `advances(font)(character)` is a width in em. A reference to a paper that is not in this
    document keeps its text. Raises KeyError for a role or table style that the stylesheet lacks.
    """
    look = Look.of(document, sheet, advances)
    columns = [_paginate(paper, look) for paper in document.papers]
    for _ in range(_MOST_PASSES):
        filled = resolve_page_refs(document, _ranges(document.papers, columns))
        if filled is document:
            break
        columns = [
            old if new is paper else _paginate(new, look)
            for paper, new, old in zip(document.papers, filled.papers, columns, strict=True)
        ]
        document = filled
    firsts = _first_numbers(document.papers, columns)
    pages = (
        tuple(_draw_page(paper, look, leaf, number) for leaf, number in zip(parts, _count(first), strict=False))
        for paper, parts, first in zip(document.papers, columns, firsts, strict=True)
    )
    return document, tuple(pages)


def page_ranges(papers: Iterable[Sequence[Page]]) -> dict[str, tuple[int, int]]:
    """First and last page number of each numbered paper, by its key."""
    return {
        pages[0].paper: (pages[0].number, pages[-1].number)
        for pages in papers
        if pages[0].number is not None and pages[-1].number is not None
    }


class _Leaf(NamedTuple):
    """What stands on a page, and that page."""

    column: Column
    page: PageSetup


def _paginate(paper: Paper, look: Look) -> list[_Leaf]:
    parts: list[_Leaf] = []
    flow = Flow.of(paper)
    for stretch in sections_by_orientation(paper):
        page = page_of(stretch, look.sheet)
        rest = set_blocks(stretch, look, page.text_width, flow)
        while rest or not parts:
            placed, rest = split_column(rest, Region(page.text_height, top=True))
            parts.append(_Leaf(placed, page))
    return parts


def _ranges(papers: Sequence[Paper], columns: Sequence[Sequence[_Leaf]]) -> dict[str, tuple[int, int]]:
    firsts = _first_numbers(papers, columns)
    return {
        paper.key: (first, first + len(parts) - 1)
        for paper, parts, first in zip(papers, columns, firsts, strict=True)
        if first is not None
    }


def _first_numbers(papers: Sequence[Paper], columns: Sequence[Sequence[_Leaf]]) -> list[int | None]:
    """The number of each paper's first page. The first of the numbered papers has nothing to continue: it starts."""
    firsts: list[int | None] = []
    following: int | None = None
    for paper, parts in zip(papers, columns, strict=True):
        if paper.numbering == "none":
            firsts.append(None)
            continue
        first = paper.first_page if paper.numbering == "start" or following is None else following
        firsts.append(first)
        following = first + len(parts)
    return firsts


def _count(first: int | None) -> Iterator[int | None]:
    while True:
        yield first
        first = None if first is None else first + 1


def _draw_page(paper: Paper, look: Look, leaf: _Leaf, number: int | None) -> Page:
    page = leaf.page
    items = (*draw_column(leaf.column, page.left, page.top), *(draft_mark(look, page) if paper.draft else ()))
    furniture = () if number is None else tuple(page_number(str(number), look, page))
    return Page(width=page.width, height=page.height, paper=paper.key, number=number, items=items, furniture=furniture)
