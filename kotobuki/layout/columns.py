"""Column widths settled: columns without a width of their own share what the others leave of the measure.

In: a Document and the Stylesheet. Out: the Document with every width positive, for layout and the Word writer alike, and
with the rows marked that two lines hold: layout parts no such row, and Word is told not to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, inf
from typing import assert_never

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Block, Cell, Document, Figure, Paper, Paragraph, Row, Table
from kotobuki.grid import starts
from kotobuki.japanese.characters import natural_width_em
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.orientation import page_of, sections_by_orientation
from kotobuki.stylesheet import Stylesheet, TableStyle

_LEAST = 2.0  # em of text that a column keeps at the least
_LOW = 2  # lines of a row that is never parted
_TOLERANCE = 0.05  # em


def settle_columns(document: Document, sheet: Stylesheet, diagnostics: Diagnostics) -> Document:
    """The document with the widths of all its tables, nested ones too, in em; one too wide for its room is an error."""
    settler = _Settler(sheet, diagnostics)
    return replace(document, papers=tuple(settler.paper(paper) for paper in document.papers))


@dataclass(frozen=True, slots=True)
class _Settler:
    """Goes through the blocks of a document."""

    sheet: Stylesheet
    diagnostics: Diagnostics

    def paper(self, paper: Paper) -> Paper:
        """Tables on landscape pages have their width."""
        blocks = [
            self._block(block, page_of(stretch, self.sheet).text_width)
            for stretch in sections_by_orientation(paper)
            for block in stretch
        ]
        return replace(paper, blocks=tuple(blocks))

    def _block(self, block: Block, room: float) -> Block:
        """`room`: width of the text area or cell the block stands in, in pt."""
        match block:
            case Paragraph() | Figure():
                return block
            case Table():
                style = self.sheet.tables[block.style]
                widths = self._shared(block, style, room)
                return replace(block, widths=widths, rows=self._rows(block, widths, style))
            case _:
                assert_never(block)

    def _shared(self, table: Table, style: TableStyle, room: float) -> tuple[float, ...]:
        """The widths, open ones sharing what is left. A table may stand out of its room by a cell's margins on each side."""
        em, margin = self.sheet.table_em(table.style), style.cell_left + style.cell_right
        shares = sum(-width or 1.0 for width in table.widths if width <= 0)
        given = sum(width for width in table.widths if width > 0)
        inner = (room - self.sheet.shift(table.inside) - (len(table.widths) - 2) * margin) / em
        left = inner - given
        if shares:
            left -= 2 * margin / em
        least = _LEAST * sum(width <= 0 for width in table.widths)
        if left < least - _TOLERANCE:
            self._too_wide(table, given, least, given + left)
        return tuple(width if width > 0 else max(left * (-width or 1.0) / shares, _LEAST) for width in table.widths)

    def _too_wide(self, table: Table, given: float, least: float, room: float) -> None:
        """`least`: what the open columns need; `room`: for all columns, less the margins of the open ones."""
        wanted = f"{given + least:g}字" + (f"（残りの幅の列に少なくとも{least:g}字）" if least else "")
        self.diagnostics.error(
            table.place,
            "table-too-wide",
            f"表が広すぎます。列幅の合計は{wanted}、欄の余白を除いて置けるのは{max(room, 0):.4g}字です",
            "列幅を小さくするか、0（残りの幅）にしてください。「文字: 小」や、別紙の「向き: 横」も使えます",
        )

    def _rows(self, table: Table, widths: tuple[float, ...], style: TableStyle) -> tuple[Row, ...]:
        """The rows with the tables inside their cells settled."""
        found = []
        em = self.sheet.table_em(table.style)
        for row, columns in zip(table.rows, starts(table.rows), strict=True):
            cells: list[Cell] = []
            low = True
            for cell, column in zip(row.cells, columns, strict=True):
                span = range(column, min(column + cell.columns, len(widths)))
                inner = (len(span) - 1) * (style.cell_left + style.cell_right)
                room = sum(widths[at] for at in span) * em + inner
                cells.append(self._cell(cell, room))
                low = low and (cell.rows > 1 or self._lines(cell.blocks, room) <= _LOW)
            found.append(replace(row, cells=tuple(cells), whole=low))
        return tuple(found)

    def _cell(self, cell: Cell, room: float) -> Cell:
        if not any(isinstance(block, Table) for block in cell.blocks):  # as in most
            return cell
        return replace(cell, blocks=tuple(self._block(block, room) for block in cell.blocks))

    def _lines(self, blocks: Sequence[Block], room: float) -> float:
        """How many lines the blocks of a cell take at the most, or any number above `_LOW`."""
        lines = 0
        for block in blocks:
            if not isinstance(block, Paragraph) or lines == _LOW:
                return inf
            style = self.sheet.paragraphs[block.role]
            measure = (room - self.sheet.shift(block.inside) - style.left - style.right) / style.size
            words = block.label + block.text
            if measure <= 0 or len(words) / 2 > _LOW * measure:
                return inf
            width = natural_width_em(words) + abs(style.first_line) / style.size + bool(block.tab)
            lines += 1 if width <= measure else ceil((width + 1) / measure)  # a line may end an em short
        return lines
