"""What the XML of a workbook tells besides its values: its sheets, what of one is hidden, merged or not computed.

In: the parts of an .xlsx. Out: values. Rule: ECMA-376, part 1, 18.2 and 18.3. Cells are counted from 1, as there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import SHEET_CELLS
from kotobuki.spreadsheets.sheet import SheetError, column_name

BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, slots=True)
class SheetParts:
    """A sheet that is shown, and the part that holds it."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Structure:
    """What is hidden and merged, and the cells (B3) whose formula has no result."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Range, ...]
    unknown: tuple[str, ...]


def sheets(parts: Mapping[str, bytes]) -> Iterator[SheetParts]:
    """The sheets that are shown, in order. Raises `ParseError` or `KeyError` where this is no workbook."""
    targets = {each.get("Id"): each.get("Target", "") for each in ElementTree.fromstring(parts[_RELATIONS])}
    for sheet in ElementTree.fromstring(parts[BOOK]).iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(key) or "")).lstrip("/")
        if sheet.get("state", "visible") == "visible" and part.startswith("xl/worksheets/"):
            yield SheetParts(sheet.get("name", ""), part)


def structure(part: bytes) -> Structure:
    """What a sheet hides, merges and does not know.

    Raises `SheetError` if it merges more than a table can have, `ValueError` for a row that no sheet has.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    merged, unknown = [], []
    cells, number = 0, 0
    for each in ElementTree.fromstring(part).iter():
        match each.tag.rpartition("}")[2]:
            case "row":
                number = int(each.get("r") or number + 1)
                if number > _ROWS:
                    raise ValueError(number)
                if _is_hidden(each):
                    rows.add(number)
            case "col" if _is_hidden(each):
                columns.update(range(int(each.get("min", 0)), min(int(each.get("max", 0)), _COLUMNS) + 1))
            case "c" if each.find("{*}f") is not None and each.find("{*}v") is None:
                unknown.append(each.get("r", ""))
            case "mergeCell":
                first, last = (_place(end) for end in (each.get("ref", "").split(":") * 2)[:2])
                merged.append((*first, *last))
                cells += (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
                if cells > SHEET_CELLS:
                    reason = "つなげた（結合した）セルが多すぎます"
                    raise SheetError(reason, "結合を解いて保存してください", f"{column_name(first[1] - 1)}{first[0]}")
            case _:
                pass
    return Structure(frozenset(rows), frozenset(columns), tuple(merged), tuple(unknown))


def _is_hidden(each: ElementTree.Element) -> bool:
    return each.get("hidden") in ("1", "true") or each.get("zeroHeight") in ("1", "true")


def _place(reference: str) -> tuple[int, int]:
    """B3 → (3, 2). Raises `ValueError`."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
