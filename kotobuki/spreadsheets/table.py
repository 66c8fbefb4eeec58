"""A table as values, and what it is in a terminal, as CSV and as JSON. As .xlsx: `workbook`.

In: a title, the names of the columns, rows of texts and numbers. Out: lines, or the bytes of a file, the same for the same
table. Rule: no cell is computed by the spreadsheet that opens it (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.spreadsheets.columns import aligned, columns, shortened
from kotobuki.visible import json_text, visible, visible_lines

Cell = str | int | None
"""A text, a number, or what is not known."""

UNKNOWN = "—"
FORMULA = lazy_pattern("'*[=+\\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet would compute; ' before it makes it a text."""
_BOM = b"\xef\xbb\xbf"
_MOST = (48, 32, 24, 18, 14)
"""Columns of a terminal for one cell: the first that makes the table fit, else the last."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Each row has a cell for each of the `columns`; numbers stand in columns of their own."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def shielded(text: str) -> str:
    """A cell of a CSV file that no spreadsheet computes."""
    return f"'{text}" if FORMULA.match(text) else text


def _field(cell: Cell) -> str | int:
    return "" if cell is None else shielded(visible_lines(cell)) if isinstance(cell, str) else cell


def lines(table: Table, width: int | None = None) -> list[str]:
    """As lines of a terminal: columns aligned, numbers to the right; cells but the last shortened to fit a `width` if they can."""
    for most in _MOST:
        found = _lines(table, most)
        if width is None or max(map(columns, found)) <= width:
            break
    return found


def _lines(table: Table, most: int) -> list[str]:
    rows = [(*(_shown(cell, most) for cell in row[:-1]), _shown(row[-1], None)) for row in table.rows]
    by_column = list(zip(table.columns, *rows, strict=True))
    numbers = [any(isinstance(row[at], int) for row in table.rows) for at in range(len(table.columns))]
    turned = [_to_the_right(own) if number else own for own, number in zip(by_column, numbers, strict=True)]
    return list(aligned(list(zip(*turned, strict=True))))


def _shown(cell: Cell, most: int | None) -> str:
    text = UNKNOWN if cell is None else visible(" ".join(str(cell).split("\n")))
    return text if most is None else shortened(text, most)


def _to_the_right(cells: tuple[str, ...]) -> tuple[str, ...]:
    width = max(map(columns, cells))
    return tuple(" " * (width - columns(each)) + each for each in cells)


def as_csv(table: Table) -> bytes:
    """As CSV in UTF-8 with a BOM, which Excel needs to know it; what is not known is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(shielded, table.columns))
    for row in table.rows:
        writer.writerow(map(_field, row))
    return _BOM + out.getvalue().encode()


def as_json(table: Table) -> bytes:
    """As a list of objects, a key for each column; what is not known is null."""
    return (json_text([dict(zip(table.columns, row, strict=True)) for row in table.rows]) + "\n").encode()
