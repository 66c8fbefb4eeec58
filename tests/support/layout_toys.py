"""A sheet so small that pages can be counted by eye: ten characters of 10 pt a line, five lines of 20 pt a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from kotobuki.document import Block, Cell, Document, Inline, Paper, Paragraph, Row, Run, Table
from kotobuki.japanese.characters import advance_em
from kotobuki.layout.page import Page, TextLine
from kotobuki.layout.pages import lay_out
from kotobuki.stylesheet import PageSetup, ParagraphStyle, Stylesheet, TableStyle

MARGIN = 50.0
PLAIN = ParagraphStyle(name="文", font="明朝", size=10, line=20, widow_control=False)
STYLES = (
    PLAIN,
    replace(PLAIN, name="見出し", keep_next=True),
    replace(PLAIN, name="一体", keep_lines=True),
    replace(PLAIN, name="本文", align="both", first_line=10, widow_control=True),
    replace(PLAIN, name="標題", align="center", before=20, after=20),
    replace(PLAIN, name="日付", align="right", right=10),
    replace(PLAIN, name="改頁", page_break_before=True, before=20),
    replace(PLAIN, name="項目", left=20, first_line=-20, tabs=(30, 40), align="both"),
    replace(PLAIN, name="巨大", line=120),
    replace(PLAIN, name="ページ番号", align="center", size=8, line=10),
    replace(PLAIN, name="案", align="right", line=10),
)


def toy_sheet(lines: float = 5, width: float = 100) -> Stylesheet:
    page = PageSetup(
        width=width + 2 * MARGIN,
        height=lines * 20 + 2 * MARGIN,
        top=MARGIN,
        right=MARGIN,
        bottom=MARGIN,
        left=MARGIN,
        header=20,
        footer=20,
    )
    tables = (
        TableStyle(name="表", cell_left=5, cell_right=5, cell_top=0, cell_bottom=0, rule=0.5),
        TableStyle(name="罫線なし"),
    )
    return Stylesheet(page, 10, {style.name: style for style in STYLES}, {style.name: style for style in tables})


def para(text: str, role: str = "文", **more: Any) -> Paragraph:  # noqa: ANN401 - whatever a Paragraph takes
    return Paragraph(role=role, inlines=(Run(text=text),), **more)


def lines(text: str, role: str = "文") -> Paragraph:
    """A paragraph with each character on a line of its own: nine spaces fill up a line."""
    return para("".join(character + "－" * 9 for character in text), role)


def cell(*blocks: Block | str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(tuple(para(block) if isinstance(block, str) else block for block in blocks), columns, rows)


def row(*cells: Cell | str, head: bool = False) -> Row:
    return Row(tuple(cell(one) if isinstance(one, str) else one for one in cells), head)


def table(*rows: Row, style: str = "罫線なし", widths: Sequence[float] = (4, 6), inside: str = "") -> Table:
    return Table(style=style, widths=tuple(widths), rows=rows, inside=inside)


def paper(*blocks: Block, key: str = "a", **more: Any) -> Paper:  # noqa: ANN401 - whatever a Paper takes
    return Paper(key=key, name=key, blocks=blocks, **{"numbering": "none", **more})


def pages_of(*blocks: Block, sheet: Stylesheet | None = None) -> tuple[Page, ...]:
    _, papers = lay_out(Document(title="", papers=(paper(*blocks),)), sheet or toy_sheet(), lambda font: advance_em)
    return papers[0]


def first_page(*blocks: Block, sheet: Stylesheet | None = None) -> Page:
    return pages_of(*blocks, sheet=sheet)[0]


def first_line(*inlines: Inline, role: str = "文", **more: Any) -> TextLine:  # noqa: ANN401 - as above
    return text_lines(first_page(Paragraph(role=role, inlines=inlines, **more)))[0]


def text_lines(page: Page) -> list[TextLine]:
    return [item for item in page.drawn if isinstance(item, TextLine)]


def shown(pages: Sequence[Page]) -> list[list[str]]:
    """What a reader sees: for each page its lines from top to bottom, what stands side by side parted by a bar."""
    return [
        [
            "|".join(line.text.rstrip("－") for line in sorted(side_by_side, key=lambda line: line.spans[0].x))
            for _, side_by_side in groupby(sorted(text_lines(page), key=_y), key=_y)
        ]
        for page in pages
    ]


def _y(line: TextLine) -> float:
    return line.y


def by_page(pages: Sequence[Page], kind: type) -> dict[int, list[Any]]:
    """Items of one kind, by page from 1; pages without any are left out."""
    found = defaultdict(list)
    for number, page in enumerate(pages, 1):
        for item in page.items:
            if isinstance(item, kind):
                found[number].append(item)
    return dict(found)
