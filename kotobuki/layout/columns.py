"""Column widths settled: columns without a width of their own share what the others leave of the measure.

In: a Document and the Stylesheet. Out: the Document with every width positive, for layout and the Word writer alike.
"""

from __future__ import annotations

from dataclasses import replace

from kotobuki.document import Block, Cell, Document, Paper, Row, Table
from kotobuki.stretches import page_of, stretches
from kotobuki.stylesheet import Stylesheet, TableStyle

_LEAST = 1.0  # em of text that a column keeps, however little is left


def settle_columns(document: Document, sheet: Stylesheet) -> Document:
    """The document with the widths of all its tables, nested ones too, in em."""
    return replace(document, papers=tuple(_paper(paper, sheet) for paper in document.papers))


def _paper(paper: Paper, sheet: Stylesheet) -> Paper:
    """Tables on landscape pages have their width."""
    blocks = [
        _block(block, sheet, page_of(stretch, sheet).text_width) for stretch in stretches(paper) for block in stretch
    ]
    return replace(paper, blocks=tuple(blocks))


def _block(block: Block, sheet: Stylesheet, room: float) -> Block:
    """`room`: width of the text area or cell the block stands in, in pt."""
    if not isinstance(block, Table):
        return block
    style = sheet.tables[block.style]
    widths = _shared(block, style, sheet, room)
    return replace(block, widths=widths, rows=_rows(block, widths, style, sheet))


def _shared(table: Table, style: TableStyle, sheet: Stylesheet, room: float) -> tuple[float, ...]:
    shares = sum(-width or 1.0 for width in table.widths if width <= 0)
    if not shares:
        return table.widths
    margins = len(table.widths) * (style.cell_left + style.cell_right)
    given = sum(width for width in table.widths if width > 0)
    left = (room - sheet.shift(table.inside) - margins) / sheet.table_em(table.style) - given
    return tuple(width if width > 0 else max(left * (-width or 1.0) / shares, _LEAST) for width in table.widths)


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
            room = sum(widths[at] for at in span) * sheet.table_em(table.style) + inner
            cells.append(replace(cell, blocks=tuple(_block(block, sheet, room) for block in cell.blocks)))
            for at in span:
                covered[at] = cell.rows
            column += cell.columns
        covered = [max(0, rows_left - 1) for rows_left in covered]
        found.append(replace(row, cells=tuple(cells)))
    return tuple(found)
