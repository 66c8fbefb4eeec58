"""Breaking pages: `split(block, region)` gives what stands in the region, its height, and the rest.

Pure functions of set blocks. The rest is a smaller block (`blocks.size`): where a region begins a page, something is
always placed, an over-tall line alone rather than nothing. Word's rules: widows and orphans, kept lines, kept
neighbours, table heads repeated, rows split inside their cells where two lines of them stay; no space before at a
page's top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Generic, TypeVar, assert_never

from kotobuki.layout.blocks import (
    EPSILON,
    Column,
    SetBlock,
    SetCell,
    SetFigure,
    SetLine,
    SetParagraph,
    SetRow,
    SetTable,
    column_height,
    frame,
    row_bottoms,
    rows_height,
    size,
)
from kotobuki.layout.page import Heading, Link
from kotobuki.named_tuples import NamedTuple
from kotobuki.stylesheet import TableStyle

_LINES_LEFT = 2
"""How many lines of a row that is parted stay on the page, in the longest of its cells."""

B = TypeVar("B", bound=SetBlock)


class Region(NamedTuple):
    """Free height in pt. `top`: nothing stands above it on its page, so that something must go in."""

    height: float
    top: bool

    def holds(self, height: float) -> bool:
        """Whether something of that height fits in."""
        return height <= self.height + EPSILON


class SplitBlock(NamedTuple, Generic[B]):
    """A block split: what is placed, how high that is, and what is left; either may be None."""

    placed: B | None
    height: float
    rest: B | None


class SplitColumn(NamedTuple):
    """A column split, into blocks placed and blocks left."""

    placed: Column
    rest: Column


def split(block: SetBlock, region: Region) -> SplitBlock[SetParagraph] | SplitBlock[SetTable] | SplitBlock[SetFigure]:
    """What of a block stands in the region, not counting the space before and after it."""
    match block:
        case SetParagraph():
            return _split_paragraph(block, region)
        case SetFigure():
            whole: SplitBlock[SetFigure] = SplitBlock(block, block.height, None)
            none: SplitBlock[SetFigure] = SplitBlock(None, 0.0, block)
            return whole if region.top or region.holds(block.height) else none
        case SetTable():
            return _split_table(block, region)
        case _:
            assert_never(block)


def split_column(blocks: Column, region: Region) -> SplitColumn:
    """What of the blocks, one below the other, stands in the region."""
    placed, rest = _fill(blocks, region)
    return SplitColumn(_within(placed, region), rest)


def _fill(blocks: Column, region: Region) -> SplitColumn:
    """Places block after block; one that is kept with the next goes over with it, but never a whole page of them."""
    bottom = after = 0.0
    for index, block in enumerate(blocks):
        if index and block.page_break_before:
            return SplitColumn(blocks[:index], blocks[index:])
        top = bottom + max(after, block.before)
        if isinstance(block, SetParagraph):
            height = len(block.lines) * block.pitch
            if height <= region.height - top + EPSILON:  # as most do
                bottom, after = top + height, block.after
                continue
        part = split(block, Region(region.height - top, top=region.top and not index))
        if part.rest is None:
            bottom, after = top + part.height, block.after
        elif part.placed is not None:
            return SplitColumn((*blocks[:index], part.placed), (part.rest, *blocks[index + 1 :]))
        else:
            cut = _before_kept(blocks, index)
            if not cut and region.top:
                cut = index
            return SplitColumn(blocks[:cut], _at_page_top(blocks[cut:]))
    return SplitColumn(blocks, ())


def _within(blocks: Column, region: Region) -> Column:
    """The blocks, without as much of the space after the last as the foot of the region cuts off."""
    if not blocks or not blocks[-1].after:
        return blocks
    excess = column_height(blocks) - region.height
    if excess <= EPSILON:
        return blocks
    return (*blocks[:-1], blocks[-1]._replace(after=max(blocks[-1].after - excess, 0.0)))


def _before_kept(blocks: Column, index: int) -> int:
    """The place of the first block that is kept, from one to the next, with the one at `index`."""
    while index and blocks[index - 1].keep_next:
        index -= 1
    return index


def _at_page_top(blocks: Column) -> Column:
    """The blocks, without the space before the first: an automatic break swallows it."""
    first = blocks[0]
    if isinstance(first, SetParagraph | SetFigure) and first.before:
        return (first._replace(before=0.0), *blocks[1:])
    return blocks


def _split_paragraph(paragraph: SetParagraph, region: Region) -> SplitBlock[SetParagraph]:
    total = len(paragraph.lines)
    if region.holds(total * paragraph.pitch):
        return SplitBlock(paragraph, total * paragraph.pitch, None)
    fitting = max(int((region.height + EPSILON) / paragraph.pitch), 0)
    count = _allowed_lines(paragraph, fitting)
    if not count:
        if not region.top:
            return SplitBlock(None, 0.0, paragraph)
        count = max(fitting, 1)
        if count >= total:
            return SplitBlock(paragraph, total * paragraph.pitch, None)
    placed = paragraph._replace(lines=paragraph.lines[:count], after=0.0)
    rest = paragraph._replace(lines=paragraph.lines[count:], before=0.0)
    return SplitBlock(placed, count * paragraph.pitch, rest)


def _allowed_lines(paragraph: SetParagraph, fitting: int) -> int:
    """How many of the lines that fit may be parted from the others: at least two on either side, if so ruled."""
    if paragraph.keep_lines:
        return 0
    if not paragraph.widow_control:
        return fitting
    count = min(fitting, len(paragraph.lines) - 2)
    return count if count >= 2 else 0


def _split_table(table: SetTable, region: Region) -> SplitBlock[SetTable]:
    """Splits the body; the head stands on either part, never without a line of the body.

    A head that leaves no room for a line even on a page of its own is set once, like any other row.
    """
    head = rows_height(table.head, table.style)
    free = region.height - head - table.style.rule
    parts = _split_rows(table.body, table.style, Region(free, top=False))
    if not parts.placed and region.top:
        parts = _split_rows(table.body, table.style, Region(free, top=True))
        if table.head and rows_height(parts.placed, table.style) > free + EPSILON:
            return _split_table(table._replace(head=(), body=table.head + table.body), region)
    if not parts.placed:
        return SplitBlock(None, 0.0, table)
    height = head + rows_height(parts.placed, table.style) + table.style.rule
    if not parts.rest:
        return SplitBlock(table._replace(body=parts.placed), height, None)
    rest = table._replace(head=_shown_again(table.head), body=parts.rest)
    return SplitBlock(table._replace(body=parts.placed, after=0.0), height, rest)


def _shown_again(rows: tuple[SetRow, ...]) -> tuple[SetRow, ...]:
    """Rows that are what has been read on an earlier page: artifacts, which lead nowhere."""
    return tuple(tuple(cell._replace(blocks=tuple(map(_read, cell.blocks))) for cell in row) for row in rows)


def _read(block: SetBlock) -> SetBlock:
    match block:
        case SetParagraph():
            return block._replace(lines=tuple(map(_read_line, block.lines)), parts=())
        case SetFigure():
            return block._replace(art=replace(block.art, element=None))
        case SetTable():
            return block._replace(head=_shown_again(block.head), body=_shown_again(block.body))
        case _:
            assert_never(block)


def _read_line(line: SetLine) -> SetLine:
    return SetLine(line.texts, tuple(mark for mark in line.marks if not isinstance(mark, Link | Heading)))


class _Rows(NamedTuple):
    placed: tuple[SetRow, ...]
    rest: tuple[SetRow, ...]


def _split_rows(rows: tuple[SetRow, ...], style: TableStyle, region: Region) -> _Rows:
    """Splits rows: inside the first one that does not fit, or before it if it would leave but one line behind, or if one
    of its cells could place nothing.
    """
    edges = [0.0]
    for bottom in row_bottoms(rows, style):
        if not region.holds(bottom):
            break
        edges.append(bottom)
    else:
        return _Rows(rows, ())
    index = len(edges) - 1
    forced = region.top and not index
    cuts = _cut_cells(rows, index, edges, style, Region(region.height, top=forced))
    if not forced and not (region.holds(edges[-1] + frame(style)) and _is_begun(index, cuts)):
        if not index:
            return _Rows((), rows)
        # The cells that reach down from above are cut where the row before ends.
        index -= 1
        cuts = _cut_cells(rows, index, edges, style, Region(edges[-1], top=False))
    return _Rows(_placed_rows(rows, index, cuts), _rest_rows(rows, index, cuts))


def _is_begun(index: int, cuts: Sequence[_Cut]) -> bool:
    """Whether a row may be parted as it is cut: Word moves it whole when less than two lines of it would stay."""
    own = [cut for cut in cuts if cut.row == index]
    if not all(cut.part.placed or not cut.cell.blocks for cut in own):
        return False
    parted = any(cut.part.rest for cut in own)
    return not parted or max(sum(map(size, cut.part.placed)) for cut in own) >= _LINES_LEFT


class _Cut(NamedTuple):
    """A cell that begins in row `row` and is cut in a later one, or there."""

    row: int
    cell: SetCell
    part: SplitColumn


def _cut_cells(
    rows: Sequence[SetRow], index: int, edges: Sequence[float], style: TableStyle, region: Region
) -> list[_Cut]:
    """Cuts every cell that stands in row `index` or reaches into it at the foot of the region."""
    return [
        _Cut(row, cell, split_column(cell.blocks, Region(region.height - edges[row] - frame(style), top=region.top)))
        for row in range(index + 1)
        for cell in rows[row]
        if row + cell.rows > index
    ]


def _placed_rows(rows: tuple[SetRow, ...], index: int, cuts: Sequence[_Cut]) -> tuple[SetRow, ...]:
    """The rows down to `index`, where the cut cells end."""
    upper = {(cut.row, cut.cell.column): cut.cell.cut(cut.part.placed, index - cut.row + 1) for cut in cuts}
    return tuple(
        tuple(upper.get((number, cell.column), cell) for cell in row) for number, row in enumerate(rows[: index + 1])
    )


def _rest_rows(rows: tuple[SetRow, ...], index: int, cuts: Sequence[_Cut]) -> tuple[SetRow, ...]:
    """The rows from `index` on, with what is left of the cut cells; without that row if it is used up.

    A label that is to be shown again stands there as often as other text of its rows is left, so that rests end.
    """
    used_up = not any(cut.part.rest for cut in cuts if cut.row + cut.cell.rows - 1 == index)
    first = index + 1 if used_up else index
    goes_on = used_up or any(cut.part.rest for cut in cuts if not cut.cell.again)

    def again(cut: _Cut) -> Column:
        return cut.cell.again if goes_on and cut.part.placed else ()

    lower = [
        cut.cell.cut(cut.part.rest or again(cut), cut.row + cut.cell.rows - first)
        for cut in cuts
        if cut.row + cut.cell.rows > first
    ]
    if first == len(rows):
        return ()
    begun = (*lower, *rows[first]) if used_up else tuple(lower)
    return (tuple(sorted(begun, key=lambda cell: cell.column)), *rows[first + 1 :])
