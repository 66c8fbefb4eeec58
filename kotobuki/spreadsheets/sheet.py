"""The rows of a spreadsheet as they are taken into a paper: texts, and which cells are one.

In: nothing; these are the values that `delimited` and `worksheet` give out. Every row has as many cells as the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import SHEET_CELLS, SHEET_ROWS

ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
"""What a spreadsheet shows where it cannot compute."""


class SheetError(Exception):
    """The file, or a cell of it, cannot be taken over: why, and what to do, in Japanese. `cell`: B3, "" = all of it."""

    def __init__(self, reason: str, remedy: str, cell: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.cell = reason, remedy, cell


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as it is shown: `name` is what the spreadsheet calls it (B3); `joins`: it belongs to the one beside it."""

    text: str
    name: str
    joins: Literal["", "left", "up"] = ""


SheetRow = tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet; `hidden`: how many rows and columns among them are not shown, and so left out."""

    rows: tuple[SheetRow, ...]
    hidden: tuple[int, int] = (0, 0)


def column_name(at: int) -> str:
    """The letters of a column, counted from 0: 0 → A, 27 → AB."""
    before, letter = divmod(at, 26)
    return (column_name(before - 1) if before else "") + chr(ord("A") + letter)


def fitted(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """The rows without what is empty below and at the right of all that is written, each as long as the longest.

    Raises `SheetError` if there are more than a table can have, or if a cell shows that it could not be computed.
    """
    found = list(_bounded(rows))
    while found and not any(map(_is_filled, found[-1])):
        found.pop()
    width = max((at for row in found for at, cell in enumerate(row, 1) if _is_filled(cell)), default=0)
    if width == 0:
        raise SheetError("何も書かれていません", "見出しと行を書いて保存してください")
    names = [column_name(at) for at in range(width)]
    return tuple(
        tuple(cell or SheetCell("", f"{name}{number}") for cell, name in zip_longest(row[:width], names))
        for number, row in enumerate(found, 1)
    )


def too_many() -> SheetError:
    """What is said of a sheet with more than a table can have."""
    limit = f"{SHEET_ROWS:,}行、{SHEET_CELLS:,}の欄まで"
    return SheetError(f"行か欄が多すぎます（{limit}）", "印字する行と列だけを残して保存してください")


def _is_filled(cell: SheetCell) -> bool:
    return bool(cell.text or cell.joins)


def _bounded(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    cells = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        if number > SHEET_ROWS or cells > SHEET_CELLS:
            raise too_many()
        for cell in row:
            if cell.text in ERRORS or (len(cell.text) > 1 and set(cell.text) == {"#"}):
                reason = f"「{cell.text}」は、表計算ソフトが値を示せなかった印です"
                raise SheetError(reason, "表計算ソフトで値を直して保存してください", cell.name)
        yield row
