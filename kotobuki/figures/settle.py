"""Figures settled: each figure of a document laid out for the room it stands in, for layout and the Word writer alike.

In: a Document whose columns are settled, the Stylesheet and the faces of its fonts. Out: the Document
with a drawing in every figure. The largest type that makes a figure fit one page is taken; one that does not fit even
in the least is a diagnostic, and is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from math import ceil
from typing import assert_never

from kotobuki.case import figures as f
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Block, Cell, Document, Figure, Paper, Paragraph, Row, Table, has_figures
from kotobuki.drawing import Box, Drawing
from kotobuki.figures.type import TooNarrowError, Type, broken_words
from kotobuki.fonts.face import FontFace
from kotobuki.grid import starts
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.orientation import page_of, sections_by_orientation
from kotobuki.roles import STANDARD
from kotobuki.stylesheet import PageSetup, Stylesheet

_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""The sizes of type, in pt, that are tried: half points, as Word has no others; nothing smaller is legible."""
_EASY = 9.0  # pt: type that reads as easily as larger one
_PITCH = 1.3  # line pitch in em
_TITLE_LINES = 3  # lines of 標準 kept free on the page, for the mark and the title of the annex


def settle_figures(
    document: Document, sheet: Stylesheet, faces: Callable[[str], FontFace], diagnostics: Diagnostics
) -> Document:
    """The document with all its figures, those in cells too, laid out. `faces` gives the face for a font's name."""
    font = document.font or sheet.paragraphs[STANDARD.style].font
    settler = _Settler(sheet, faces(font), diagnostics)
    return replace(document, papers=tuple(replace(paper, blocks=settler.paper(paper)) for paper in document.papers))


@dataclass(slots=True)
class _Settler:
    """Goes through the blocks of a document."""

    sheet: Stylesheet
    face: FontFace
    diagnostics: Diagnostics
    page: PageSetup = field(init=False)

    def paper(self, paper: Paper) -> tuple[Block, ...]:
        """The blocks of a paper, each on the page it stands on."""
        found: list[Block] = []
        for stretch in sections_by_orientation(paper):
            self.page = page_of(stretch, self.sheet)
            found += self.blocks(stretch, self.page.text_width)
        return tuple(found)

    def blocks(self, blocks: tuple[Block, ...], room: float) -> tuple[Block, ...]:
        """The blocks in a text area or cell `room` pt wide."""
        return tuple(self._block(block, room) for block in blocks)

    def _block(self, block: Block, room: float) -> Block:
        match block:
            case Paragraph():
                return block
            case Figure():
                return self._figure(block, room - self.sheet.shift(block.inside))
            case Table():
                return replace(block, rows=tuple(self._rows(block))) if has_figures((block,)) else block
            case _:
                assert_never(block)

    def _rows(self, table: Table) -> Iterator[Row]:
        """The rows, the figures in each cell made for the width of the columns it stands in."""
        style = self.sheet.tables[table.style]
        margins = style.cell_left + style.cell_right
        for row, columns in zip(table.rows, starts(table.rows), strict=True):
            cells: list[Cell] = []
            for cell, column in zip(row.cells, columns, strict=True):
                last = min(column + cell.columns, len(table.widths))
                room = sum(table.widths[column:last]) * self.sheet.table_em(table.style) + (last - column - 1) * margins
                cells.append(replace(cell, blocks=self.blocks(cell.blocks, room)))
            yield replace(row, cells=tuple(cells))

    def _figure(self, figure: Figure, room: float) -> Figure:
        described = figure.figure
        if isinstance(described, f.Picture):
            from kotobuki.figures.pictures.placing import draw_picture

            height = self._free(self.page)
            drawing = draw_picture(described, self.sheet.em, room, height, self.face, self.diagnostics)
            return replace(figure, drawing=drawing)
        fitted = self._fitted(described, room, self._free(self.page))
        if isinstance(fitted, Drawing):
            return replace(figure, drawing=fitted)
        self.diagnostics.error(
            figure.place,
            "figure-too-large",
            f"図が1ページに収まりません（文字を{_SIZES[-1]:g}ポイントまで小さくしても、{fitted}）",
            self._remedy(described, room),
        )
        return figure

    def _free(self, page: PageSetup) -> float:
        """The height that a page has for a figure."""
        return page.text_height - _TITLE_LINES * self.sheet.paragraphs[STANDARD.style].line

    def _fitted(self, figure: f.Drawn, width: float, height: float) -> Drawing | str:
        """The figure in the largest type in which it fits; why it does not, if it never does.

        Type down to `_EASY` is as good if it breaks fewer words.
        """
        fault = "横に並べる箱や矢印が多すぎます"
        found: list[Drawing] = []
        for size in _SIZES:
            if found and (size < _EASY or not broken_in(found[-1])):
                break
            try:
                drawing = draw(figure, Type(size, size * _PITCH, self.face.advance_em), width)
            except TooNarrowError:
                continue
            if drawing.height <= height:
                found.append(drawing)
            over = ceil((drawing.height - height) / drawing.pitch)
            fault = f"あと{over}行分の高さが足りません"
        return min(found, key=broken_in, default=fault)

    def _remedy(self, figure: f.Drawn, room: float) -> str:
        """What to do about a figure too large for its page: to turn the page, if that is enough."""
        turned, others = self.page.turned(), "図を二つに分けるか、箱、列、文を減らしてください"
        if room < self.page.text_width / 2:  # in a narrow cell, to which the page does not matter
            return others
        width = room + turned.text_width - self.page.text_width
        if not isinstance(self._fitted(figure, width, self._free(turned)), Drawing):
            return others
        if self.page.width < self.page.height:
            return (
                f"別紙に置いて「向き: 横」と書けば、横長のページに収まります。{others.replace('図を', 'または、図を')}"
            )
        return "別紙の「向き: 横」を取れば、縦長のページに収まります"


def broken_in(drawing: Drawing) -> int:
    """How many words of a drawing are broken between two lines."""
    return sum(broken_words(shape.words) for shape in drawing.shapes if isinstance(shape, Box))


def draw(figure: f.Drawn, type_: Type, width: float) -> Drawing:
    """The drawing of a figure of any kind. Raises `TooNarrowError`. Each kind is imported when met: few papers have figures."""
    match figure:
        case f.Relations():
            from kotobuki.figures.relations import draw_relations

            return draw_relations(figure, type_, width)
        case f.Flow():
            from kotobuki.figures.flow import draw_flow

            return draw_flow(figure, type_, width)
        case f.Contrast():
            from kotobuki.figures.contrast import draw_contrast

            return draw_contrast(figure, type_, width)
        case _:
            assert_never(figure)
