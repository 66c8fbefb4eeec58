"""Set blocks: paragraphs and tables whose lines are broken, so that splitting them over pages is slicing tuples.

Lengths in pt. A set block lies against the left edge of its column (the text area or a cell) and knows nothing of
where on the page it will stand. Nothing here is ever changed; a part of a block is a new, smaller block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from kotobuki.document import Paragraph
from kotobuki.layout.page import Artwork, Circle, Heading, Link, Rule
from kotobuki.layout.structure import Parts
from kotobuki.named_tuples import NamedTuple
from kotobuki.stylesheet import TableStyle

EPSILON = 0.01
"""What a height may exceed its room by: the one tolerance for sums of lengths, far below a printer's dot."""


class SetText(NamedTuple):
    """Text of a line: `glyphs` are (x from the column's edge, characters, tracking), `baseline` from the line's top.

    They are the characters from `offset` to `end` of the label and text of its paragraph.
    """

    offset: int
    end: int
    baseline: float
    font: str
    size: float
    text: str
    glyphs: tuple[tuple[float, str, float], ...]


class SetLine(NamedTuple):
    """One line of a paragraph. `marks` are measured from the column's edge and the line's top."""

    texts: tuple[SetText, ...]
    marks: tuple[Mark, ...] = ()


class SetParagraph(NamedTuple):
    """Lines `pitch` apart; the rest is as in its style.

    `source`: the paragraph that they are lines of; `parts`: what its characters belong to.
    """

    lines: tuple[SetLine, ...]
    source: Paragraph
    pitch: float
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = False
    page_break_before: bool = False
    parts: Parts = ()


class SetCell(NamedTuple):
    """A cell from grid column `column` on, over `columns` × `rows`. What is left of a cell may have no blocks.

    `height`: that of its blocks; `again`: what stands in its place on the next page, once it has been printed as a whole.
    `joined`: no rule parts it from the row above.
    """

    column: int
    columns: int
    rows: int
    blocks: Column
    height: float
    again: Column = ()
    joined: bool = False

    def cut(self, blocks: Column, rows: int) -> SetCell:
        """A part of the cell, over so many rows, with these of its blocks."""
        return self._replace(rows=rows, blocks=blocks, height=column_height(blocks))


class SetTable(NamedTuple):
    """A table. `edges` are the x of the grid's vertical lines; `head` is repeated on top of each part; `after` as ever."""

    edges: tuple[float, ...]
    style: TableStyle
    head: tuple[SetRow, ...]
    body: tuple[SetRow, ...]
    after: float = 0.0
    before: float = 0.0
    keep_next: bool = False
    page_break_before: bool = False


class SetFigure(NamedTuple):
    """A figure, which is never parted: `art` from its upper left corner, and `lines` with their tops and sources."""

    art: Artwork
    lines: tuple[tuple[float, SetLine, Paragraph], ...]
    height: float
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    page_break_before: bool = False


Mark = Circle | Link | Heading | Rule
"""What stands on a line besides text."""
SetBlock = SetParagraph | SetTable | SetFigure
Column = tuple[SetBlock, ...]
SetRow = tuple[SetCell, ...]


def tops(blocks: Column) -> Iterator[tuple[float, SetBlock]]:
    """Each block with its top. Of the space after a block and the space before the next, the larger counts (Word)."""
    bottom = after = 0.0
    for block in blocks:
        top = bottom + max(after, block.before)
        yield top, block
        bottom, after = top + block_height(block), block.after


def column_height(blocks: Column) -> float:
    """Height of blocks one below the other, with the space before the first and after the last, as in a cell."""
    bottom = after = 0.0
    for block in blocks:  # as `tops`, each measured once
        bottom = bottom + max(after, block.before) + block_height(block)
        after = block.after
    return bottom + after


def block_height(block: SetBlock) -> float:
    """Height of a block without the space before and after."""
    match block:
        case SetParagraph():
            return len(block.lines) * block.pitch
        case SetFigure():
            return block.height
        case SetTable():
            return rows_height(block.head + block.body, block.style) + block.style.rule
        case _:
            assert_never(block)


def frame(style: TableStyle) -> float:
    """What a row adds to the height of its text: the cell margins and one rule (the table adds the closing rule)."""
    return style.rule + style.cell_top + style.cell_bottom


def row_bottoms(rows: Sequence[SetRow], style: TableStyle) -> Iterator[float]:
    """The bottom of each row, from the top of the first.

    A row is as tall as its tallest cell; a cell over several rows stretches the last of them, if it must.
    """
    needed = [0.0] * len(rows)
    bottom, around = 0.0, frame(style)
    for index, row in enumerate(rows):
        top = bottom
        for cell in row:
            last = index + cell.rows - 1
            needed[last] = max(needed[last], top + around + cell.height)
        bottom = max(needed[index], top + around)
        yield bottom


def rows_height(rows: Sequence[SetRow], style: TableStyle) -> float:
    """Height of the rows, without the closing rule."""
    bottom = 0.0
    for bottom in row_bottoms(rows, style):  # noqa: B007 - the last one is the answer
        pass
    return bottom


def size(block: SetBlock) -> int:
    """Lines and rows of a block: what splitting makes smaller."""
    match block:
        case SetParagraph():
            return len(block.lines)
        case SetFigure():
            return 1
        case SetTable():
            rows = block.head + block.body
            return len(rows) + sum(size(inner) for row in rows for cell in row for inner in cell.blocks)
        case _:
            assert_never(block)
