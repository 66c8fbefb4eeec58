"""Document and page ranges in, document out: the text of every reference to a page.

What does not change is kept as the same object, so that a caller sees at once which papers must be laid out anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import is_
from typing import assert_never

from kotobuki.document import Block, Cell, Document, Figure, Inline, PageRef, Paper, Paragraph, Row, Table

Ranges = Mapping[str, tuple[int, int]]
"""First and last page number of papers, by their keys."""


def resolve_page_refs(document: Document, ranges: Ranges) -> Document:
    """The document with the text of every reference to a paper in `ranges` filled; itself, if nothing changes."""
    papers = tuple(_fill_paper(paper, ranges) for paper in document.papers)
    return document if _same(papers, document.papers) else replace(document, papers=papers)


def _fill_paper(paper: Paper, ranges: Ranges) -> Paper:
    blocks = _fill_blocks(paper.blocks, ranges)
    return paper if blocks is paper.blocks else replace(paper, blocks=blocks)


def _fill_blocks(blocks: tuple[Block, ...], ranges: Ranges) -> tuple[Block, ...]:
    filled = tuple([_fill_block(block, ranges) for block in blocks])
    return blocks if _same(filled, blocks) else filled


def _fill_block(block: Block, ranges: Ranges) -> Block:
    match block:
        case Paragraph():
            return _fill_paragraph(block, ranges)
        case Table():
            return _fill_table(block, ranges)
        case Figure():
            return block  # its words are settled, and none of them is the number of a page
        case _:
            assert_never(block)


def _fill_paragraph(paragraph: Paragraph, ranges: Ranges) -> Paragraph:
    for inline in paragraph.inlines:
        if isinstance(inline, PageRef):
            break
    else:  # as in most: of all blocks of a document each is asked
        return paragraph
    inlines = tuple([_fill_inline(inline, ranges) for inline in paragraph.inlines])
    return paragraph if _same(inlines, paragraph.inlines) else replace(paragraph, inlines=inlines)


def _fill_inline(inline: Inline, ranges: Ranges) -> Inline:
    if not isinstance(inline, PageRef) or inline.paper not in ranges:
        return inline
    first, last = ranges[inline.paper]
    text = str(first if inline.edge == "first" else last)
    return inline if text == inline.text else replace(inline, text=text)


def _fill_table(table: Table, ranges: Ranges) -> Table:
    rows = tuple([_fill_row(row, ranges) for row in table.rows])
    return table if _same(rows, table.rows) else replace(table, rows=rows)


def _fill_row(row: Row, ranges: Ranges) -> Row:
    cells = tuple([_fill_cell(cell, ranges) for cell in row.cells])
    return row if _same(cells, row.cells) else replace(row, cells=cells)


def _fill_cell(cell: Cell, ranges: Ranges) -> Cell:
    blocks = _fill_blocks(cell.blocks, ranges)
    return cell if blocks is cell.blocks else replace(cell, blocks=blocks)


def _same(new: Sequence[object], old: Sequence[object]) -> bool:
    return all(map(is_, new, old))
