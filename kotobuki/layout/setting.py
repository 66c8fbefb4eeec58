"""Blocks of a document in, set blocks out: the look of each role and table style applied, every line broken once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import assert_never

from kotobuki.document import Block, Cell, Figure, Paragraph, Row, Run, Table
from kotobuki.grid import starts
from kotobuki.layout.blocks import Column, SetBlock, SetCell, SetParagraph, SetRow, SetTable, column_height
from kotobuki.layout.figures import set_figure
from kotobuki.layout.paragraphs import Look, set_paragraph
from kotobuki.layout.structure import Flow, RowFlow
from kotobuki.stylesheet import table_left

HAIRLINE = 1.0
"""Height in pt of the line that Word needs behind a table with no paragraph after it."""


def set_blocks(blocks: Sequence[Block], look: Look, width: float, flow: Flow | None = None) -> Column:
    """The blocks set to a column `width` pt wide; `flow` gives them their elements, None = they are artifacts."""
    following = [*blocks[1:], None]
    return tuple([_set_block(block, after, look, width, flow) for block, after in zip(blocks, following, strict=False)])


def _set_block(block: Block, following: Block | None, look: Look, width: float, flow: Flow | None) -> SetBlock:
    match block:
        case Paragraph():
            return set_paragraph(block, look, width, flow.paragraph(block) if flow else None)
        case Figure():
            return set_figure(block, look, flow.figure(block) if flow else None)
        case Table():
            return _set_table(block, look, width, 0.0 if isinstance(following, Paragraph) else HAIRLINE, flow)
        case _:
            assert_never(block)


def _set_table(table: Table, look: Look, width: float, after: float, flow: Flow | None) -> SetTable:
    style = look.sheet.tables[table.style]
    margins = style.cell_left + style.cell_right
    em = look.sheet.table_em(table.style)
    widths = [text * em + margins for text in table.widths]
    left = table_left(sum(widths), look.sheet.shift(table.inside), width)
    edges = tuple(accumulate(widths, initial=left))
    heads = next((number for number, row in enumerate(table.rows) if not row.head), len(table.rows))
    count = heads if table.repeats else 0
    rows = flow.rows(table) if flow else None
    head = _set_rows(table.rows[:count], edges, margins, look, None, rows)
    body = _set_rows(table.rows[count:], edges, margins, look, table.again, rows)
    return SetTable(edges, style, head, body, after) if body else SetTable(edges, style, (), head, after)


def _set_rows(
    rows: Sequence[Row], edges: Sequence[float], margins: float, look: Look, again: str | None, flow: RowFlow | None
) -> tuple[SetRow, ...]:
    """Puts each cell into its columns."""
    set_rows: list[SetRow] = []
    for number, (row, columns) in enumerate(zip(rows, starts(rows), strict=True)):
        cells: list[SetCell] = []
        if flow:
            flow.begin()
        for cell, column in zip(row.cells, columns, strict=True):
            if column >= len(edges) - 1:  # more cells than columns: Word shows none of them
                break
            last = min(column + cell.columns, len(edges) - 1)
            down = min(cell.rows, len(rows) - number)
            width = edges[last] - edges[column] - margins
            inner = flow.cell(cell, row, range(column, last), down) if flow else None
            blocks = _set_cell(cell.blocks, look, width, inner)
            label = _set_cell(_labelled_again(cell, again), look, width) if again is not None and cell.label else ()
            cells.append(
                SetCell(
                    column=column,
                    columns=last - column,
                    rows=down,
                    blocks=blocks,
                    height=column_height(blocks),
                    again=label,
                    joined=row.joined,
                )
            )
        set_rows.append(tuple(cells))
    return tuple(set_rows)


def _set_cell(blocks: Sequence[Block], look: Look, width: float, flow: Flow | None = None) -> Column:
    return tuple([_in_cell(block) for block in set_blocks(blocks, look, width, flow)])


def _labelled_again(cell: Cell, again: str) -> tuple[Block, ...]:
    """A row's label as it is shown again: with the words that say so behind it."""
    last = cell.blocks[-1]
    if not again or not isinstance(last, Paragraph):
        return cell.blocks
    return (*cell.blocks[:-1], replace(last, inlines=(*last.inlines, Run(text=again))))


def _in_cell(block: SetBlock) -> SetBlock:
    """A block as it behaves in a cell: Word breaks no page before it there."""
    if isinstance(block, SetParagraph) and block.page_break_before:
        return block._replace(page_break_before=False)
    return block
