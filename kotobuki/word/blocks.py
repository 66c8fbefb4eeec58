"""Paragraphs and tables of a document in, the markup of the body out.

What a paragraph looks like is its style's business. The only direct formatting is what a style cannot know: indents
and tab stops shifted by `inside`, the blank before a circle, the outline level of a heading, keeping with the next,
beginning a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from kotobuki.document import Block, Cell, Figure, Paragraph, Piece, Revised, Row, Table
from kotobuki.drawing import GAP
from kotobuki.grid import starts
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.stylesheet import ParagraphStyle, table_left
from kotobuki.word.base import BasePackage
from kotobuki.word.figures import drawing_of
from kotobuki.word.inlines import Marks, bookmark, change, hidden_bookmark, label_and_inlines, lead
from kotobuki.word.markup import attribute, twips

_NOT_IN_A_NAME = lazy_pattern(r"\W")
_LONGEST_NAME = 40  # characters of a bookmark's name: Word takes no more
_CHANGES = {"": "", "inserted": "ins", "deleted": "del"}
_TINY = '<w:sz w:val="2"/><w:szCs w:val="2"/>'
_HAIRLINE = ('<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', '<w:sz w:val="2"/>')
_SLACK = 1  # twip: LibreOffice rounds widths, and a column just as wide as its text would break it


@dataclass(frozen=True, slots=True)
class Ends:
    """What stands at the head of the first paragraph, at the end of the last one and in its properties."""

    first: str = ""
    last: str = ""
    section: str = ""


_NOTHING = Ends()


class BlockWriter:
    """Writes the blocks of one file, with the styles of `base` and the unique names and numbers of `marks`."""

    def __init__(self, base: BasePackage, marks: Marks) -> None:
        self._base = base
        self._sheet = base.stylesheet
        self._marks = marks
        self._known: dict[tuple[object, ...], str] = {}

    def blocks(self, blocks: Sequence[Block], width: float, ends: Ends, old_width: float = 0.0) -> str:
        """Blocks one below the other in a room `width` pt wide (the text area or a cell).

        `old_width`: in a redline, how wide it is in the old version, if it was another.
        Word wants a paragraph behind a last table and between two tables: there stands a line of 1 pt.
        """
        written: list[str] = []
        final = len(blocks) - 1
        for at, block in enumerate(blocks):
            first = "" if at else ends.first
            last, section = (ends.last, ends.section) if at == final else ("", "")
            match block:
                case Paragraph():
                    written.append(self._paragraph(block, first, last, section))
                case Figure():
                    written.append(self._figure(block, first, last, section))
                case Table():
                    between = _hairline() if at > 0 and isinstance(blocks[at - 1], Table) else ""
                    written.append(between + first + self._table(block, width, old_width or width))
                case _:
                    assert_never(block)
        if not blocks or isinstance(blocks[-1], Table):
            written.append(_hairline(ends.last, ends.section))
        return "".join(written)

    def _paragraph(self, paragraph: Paragraph, first: str, last: str, section: str) -> str:
        own = bookmark(_bookmark_name(paragraph.bookmark), self._marks) if paragraph.bookmark else ""
        if paragraph.revised:
            # A bookmark of the paper stands before a paragraph that may go, not in it.
            return (first if paragraph.revised.mark else "") + self._revised(
                paragraph.revised, own if paragraph.revised.mark else first + own, last, section
            )
        style = self._sheet.paragraphs[paragraph.role]
        own += hidden_bookmark(paragraph, self._marks)
        return (
            f"<w:p><w:pPr>{self._properties(paragraph, style)}{section}</w:pPr>"
            f"{first}{own}{label_and_inlines(paragraph, style, self._marks)}{last}</w:p>"
        )

    def _properties(self, paragraph: Paragraph, style: ParagraphStyle) -> str:
        role, inside, blank = paragraph.role, paragraph.inside, lead(paragraph, style)
        look = (role, inside, blank, paragraph.keep_next, paragraph.page, paragraph.heading)
        if (known := self._known.get(look)) is not None:  # many paragraphs look alike
            return known
        properties = f'<w:pStyle w:val="{attribute(self._base.paragraph_ids[role])}"/>'
        if paragraph.keep_next and not style.keep_next:
            properties += "<w:keepNext/>"
        if paragraph.page and not style.page_break_before:
            properties += "<w:pageBreakBefore/>"
        shift = self._sheet.shift(inside)
        if shift:
            properties += _shifted_tabs(style.tabs, shift)
        if shift or blank:
            properties += _indent(style.left + shift, style.first_line + blank)
        if paragraph.heading and paragraph.heading != self._base.outline[role]:
            properties += f'<w:outlineLvl w:val="{paragraph.heading - 1}"/>'
        self._known[look] = properties
        return properties

    def _figure(self, figure: Figure, first: str, last: str, section: str) -> str:
        """A line as high as the figure that stands on it, its own characters as small as can be."""
        properties, mark = self._look(figure)
        return (
            f"<w:p><w:pPr>{properties}<w:rPr>{mark}</w:rPr>{section}</w:pPr>{first}{self._picture(figure)}{last}</w:p>"
        )

    def _picture(self, figure: Figure) -> str:
        return f"<w:r><w:rPr>{_TINY}</w:rPr>{drawing_of(figure, self._marks)}</w:r>"

    def _look(self, block: Paragraph | Figure | None) -> tuple[str, str]:
        """The properties of a paragraph, of one that holds a figure or of a line of 1 pt, and those of its mark."""
        if block is None:
            return _HAIRLINE
        if isinstance(block, Paragraph):
            return self._properties(block, self._sheet.paragraphs[block.role]), ""
        return (
            f'<w:snapToGrid w:val="0"/><w:spacing w:before="{twips(GAP)}" w:after="{twips(GAP)}"'
            f' w:line="240" w:lineRule="auto"/>{_indent(self._sheet.shift(block.inside), 0.0)}<w:jc w:val="center"/>',
            _TINY,
        )

    def _revised(self, revised: Revised, first: str, last: str, section: str) -> str:
        """A paragraph with tracked changes: those of its properties, of its end and of what stands in it."""
        (old, old_mark), (new, new_mark) = self._look(revised.old), self._look(revised.new)
        mark = f"{change(_CHANGES[revised.mark], self._marks)}/>" if revised.mark else ""
        mark += new_mark
        if old_mark != new_mark:
            mark += f"{change('rPrChange', self._marks)}><w:rPr>{old_mark}</w:rPr></w:rPrChange>"
        properties = f"{new}<w:rPr>{mark}</w:rPr>{section}" if mark else f"{new}{section}"
        if old != new:
            properties += f"{change('pPrChange', self._marks)}><w:pPr>{old}</w:pPr></w:pPrChange>"
        pieces = "".join([self._piece(piece, revised) for piece in revised.pieces])
        return f"<w:p><w:pPr>{properties}</w:pPr>{first}{pieces}{last}</w:p>"

    def _piece(self, piece: Piece, revised: Revised) -> str:
        if piece.figure:
            picture, name = self._picture(piece.figure), _CHANGES[piece.revision]
            return f"{change(name, self._marks)}>{picture}</w:{name}>" if name else picture
        owner = revised.old if piece.revision == "deleted" else revised.new
        assert isinstance(owner, Paragraph)  # words stand in paragraphs
        return label_and_inlines(piece, self._sheet.paragraphs[owner.role], self._marks, piece.revision)

    def _table(self, table: Table, width: float, old_width: float) -> str:
        style = self._sheet.tables[table.style]
        margins = style.cell_left + style.cell_right
        em = self._sheet.table_em(table.style)
        columns = [twips(text * em + margins) + _SLACK for text in table.widths]
        shift = self._sheet.shift(table.inside)
        old, new = (
            f'<w:tblStyle w:val="{attribute(self._base.table_ids[table.style])}"/>'
            f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{twips(table_left(sum(columns) / 20, shift, room))}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/>'
            for room in (old_width, width)
        )
        if old != new:
            new += f"{change('tblPrChange', self._marks)}><w:tblPr>{old}</w:tblPr></w:tblPrChange>"
        grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
        rows = "".join(
            f"<w:tr>{self._row_properties(row, repeats=row.head and table.repeats)}{''.join(cells)}</w:tr>"
            for row, cells in self._rows(table.rows, columns, twips(margins))
        )
        return f"<w:tbl><w:tblPr>{new}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _row_properties(self, row: Row, *, repeats: bool) -> str:
        properties = ("<w:cantSplit/>" if row.whole else "") + ("<w:tblHeader/>" if repeats else "")
        if row.revision:
            properties += f"{change(_CHANGES[row.revision], self._marks)}/>"
        return f"<w:trPr>{properties}</w:trPr>" if properties else ""

    def _rows(self, rows: Sequence[Row], columns: Sequence[int], margins: int) -> Iterator[tuple[Row, list[str]]]:
        """Each row with its cells in place: those of the row, and the lower parts of those that span from above."""
        reaching: dict[int, tuple[Cell, int]] = {}  # cells from above by first column, and the last row they cover
        joined = [row.joined for row in rows[1:]] + [False]
        for number, (row, own_starts) in enumerate(zip(rows, starts(rows), strict=True)):
            borders = _without_rules(row.joined, joined[number])
            written: list[str] = []
            own = dict(zip(own_starts, row.cells, strict=True))
            column = 0
            while column < len(columns):
                if (cell := own.get(column)) is not None:
                    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                    reaching[column] = (cell, number + cell.rows - 1)
                else:
                    cell, last = reaching.get(column, (None, -1))
                    merge = "<w:vMerge/>"
                    if cell is None or last < number:  # a row that is too short is left so
                        break
                width = sum(columns[column : column + cell.columns])
                written.append(self._cell(cell, width, margins, merge, borders))
                column += cell.columns
            yield row, written

    def _cell(self, cell: Cell, width: int, margins: int, merge: str, borders: str) -> str:
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        blocks = cell.blocks
        if merge == "<w:vMerge/>":  # Word shows nothing of it, but wants a paragraph
            roles = [block.role for block in blocks if isinstance(block, Paragraph) and block.role]
            blocks = tuple([Paragraph(role=role) for role in roles[:1]])
        content = self.blocks(blocks, (width - margins) / 20, _NOTHING)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}</w:tcPr>{content}</w:tc>'


def _without_rules(above: bool, below: bool) -> str:
    """The borders of the cells of a row that is joined with the one above or below: both rows must go without."""
    sides = ('<w:top w:val="nil"/>' if above else "") + ('<w:bottom w:val="nil"/>' if below else "")
    return f"<w:tcBorders>{sides}</w:tcBorders>" if sides else ""


def _indent(left: float, first_line: float) -> str:
    first = "hanging" if first_line < 0 else "firstLine"
    return f'<w:ind w:left="{twips(left)}" w:{first}="{twips(abs(first_line))}"/>'


def _shifted_tabs(tabs: Sequence[float], shift: float) -> str:
    """Takes the style's tab stops away and sets them `shift` further."""
    old, new = {twips(tab) for tab in tabs}, {twips(tab + shift) for tab in tabs}
    stops = "".join(f'<w:tab w:val="{"left" if at in new else "clear"}" w:pos="{at}"/>' for at in sorted(old ^ new))
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _hairline(content: str = "", section: str = "") -> str:
    """A paragraph of the smallest height that Word knows, which takes a line of 1 pt."""
    look, mark = _HAIRLINE
    return f"<w:p><w:pPr>{look}<w:rPr>{mark}</w:rPr>{section}</w:pPr>{content}</w:p>"


def _bookmark_name(name: str) -> str:
    """`name` as Word allows it: letters, digits and _ only, a letter first, 40 characters at most."""
    safe = _NOT_IN_A_NAME.sub("_", name)
    return (safe if safe[:1].isalpha() else f"b{safe}")[:_LONGEST_NAME]
