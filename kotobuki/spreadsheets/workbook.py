"""A table as .xlsx: the head stays in sight, columns are as wide as their texts, and every text is a text.

In: a `Table`. Out: the bytes of the file, the same for the same table: one fixed date, whatever the clock says.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kotobuki.spreadsheets.columns import columns
from kotobuki.spreadsheets.table import Table
from kotobuki.visible import visible_lines

_DATE = datetime(2000, 1, 1)
_LEAST, _MOST = 6, 60
"""How wide a column may be, in half-width characters; longer texts run on in the next line of their cell."""
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
_TITLE_MOST = 31
_CELL_MOST = 32767
"""Characters of a cell that Excel takes."""
_LINE = Side(style="thin", color="808080")


def as_xlsx(table: Table) -> bytes:
    """The workbook, of one sheet."""
    book = Workbook()
    book.properties.creator, book.properties.created = "Kotobuki", _DATE
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook has one
    sheet.title = _NOT_IN_A_TITLE.sub("　", table.title)[:_TITLE_MOST] or "表"
    for number, row in enumerate((table.columns, *table.rows), 1):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at)
            assert isinstance(cell, Cell)  # none is merged
            _fill(cell, value, head=number == 1)
    for at, texts in enumerate(zip(table.columns, *table.rows, strict=True), 1):
        widest = max(columns(line) for text in texts for line in str(text or "").split("\n"))
        sheet.column_dimensions[get_column_letter(at)].width = min(max(widest, _LEAST), _MOST) + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    buffer = BytesIO()
    book.save(buffer)
    return _dated(buffer)


def _fill(cell: Cell, value: str | int | None, *, head: bool) -> None:
    cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if head else None)
    if head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
    if isinstance(value, str):
        text = visible_lines(value)
        cell.value = text if len(text) <= _CELL_MOST else f"{text[: _CELL_MOST - 1]}…"
        cell.data_type = "s"  # what begins with = is no formula
    else:
        cell.value = value


def _dated(buffer: BytesIO) -> bytes:
    """The package with one fixed date: openpyxl writes that of the clock."""
    found = BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system, part.compress_type = 0, zipfile.ZIP_DEFLATED
            target.writestr(part, data)
    return found.getvalue()
