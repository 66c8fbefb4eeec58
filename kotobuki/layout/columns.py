"""Column widths settled: a width of 0 in a table shares what the others leave of the measure.

In: a Document and the Stylesheet. Out: the Document with every width positive, for layout and the Word writer alike.
"""

from __future__ import annotations

from dataclasses import replace

from kotobuki.document import Block, Cell, Document, Row, Table
from kotobuki.stylesheet import Stylesheet, TableStyle

_LEAST = 1.0  # em of text that a column keeps, however little is left


def settle_columns(document: Document, sheet: Stylesheet) -> Document:
    """The document with the widths of all its tables, nested ones too, in em."""
    width = sheet.page.text_width
    papers = tuple(
        replace(paper, blocks=tuple(_block(block, sheet, width) for block in paper.blocks)) for paper in document.papers
    )
    return replace(document, papers=papers)


def _block(block: Block, sheet: Stylesheet, room: float) -> Block:
    """`room`: width of the text area or cell the block stands in, in pt."""
    if not isinstance(block, Table):
        return block
    style = sheet.tables[block.style]
    widths = _shared(block, style, sheet, room)
    return replace(block, widths=widths, rows=_rows(block, widths, style, sheet))


def _shared(table: Table, style: TableStyle, sheet: Stylesheet, room: float) -> tuple[float, ...]:
    open_columns = table.widths.count(0.0)
    if not open_columns:
        return table.widths
    margins = len(table.widths) * (style.cell_left + style.cell_right)
    left = (room - sheet.shift(table.inside) - margins) / sheet.em - sum(table.widths)
    share = max(left / open_columns, _LEAST)
    return tuple(width or share for width in table.widths)


def _rows(table: Table, widths: tuple[float, ...], style: TableStyle, sheet: Stylesheet) -> tuple[Row, ...]:
    """The rows with the tables inside their cells settled; a cell from above keeps its column covered."""
    covered = [0] * len(widths)
    found = []
    for row in table.rows:
        cells: list[Cell] = []
        column = 0
        for cell in row.cells:
            while column < len(widths) and covered[column]:
                column += 1
            span = range(column, min(column + cell.columns, len(widths)))
            inner = (len(span) - 1) * (style.cell_left + style.cell_right)
            room = sum(widths[at] for at in span) * sheet.em + inner
            cells.append(replace(cell, blocks=tuple(_block(block, sheet, room) for block in cell.blocks)))
            for at in span:
                covered[at] = cell.rows
            column += cell.columns
        covered = [max(0, rows_left - 1) for rows_left in covered]
        found.append(replace(row, cells=tuple(cells)))
    return tuple(found)
