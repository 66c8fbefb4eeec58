"""A sheet of an .xlsx as it is shown: its rows, without what is hidden, cells that are merged as one.

In: the bytes, and the name of the sheet. Out: rows, and what was hidden. The package is unpacked with suspicion, and of its parts only
those come to openpyxl that hold values: no picture, macro, link or query is ever read.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO

from kotobuki.archive import EXCEL, PackageError, packed, unpacked
from kotobuki.limits import SHEET_CELLS, SHEET_ROWS, XML_BYTES, XML_TAGS
from kotobuki.spreadsheets.formats import shown
from kotobuki.spreadsheets.sheet import Sheet, SheetCell, SheetError, SheetRow, column_name, fitted, too_many
from kotobuki.spreadsheets.structure import Range, SheetParts, Structure, sheets, structure

_ADMITTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml"
)
_OLE = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and an .xlsx with a password."""
_SAVE_AS = "Excel で開き、「Excel ブック（.xlsx）」として保存し直してください"
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError, ArithmeticError, AssertionError)
"""What is raised of a package whose parts do not fit each other; `SyntaxError`: XML that is not well-formed."""


def read_workbook(data: bytes, name: str = "") -> Sheet:
    """The sheet of that name, or the only one. Raises `SheetError`."""
    if data.startswith(_OLE):
        raise SheetError("パスワードがかかっているか、古い形式（.xls）のファイルです", _SAVE_AS)
    try:
        parts = _admitted(unpacked(data, EXCEL))
        chosen = _chosen(list(sheets(parts)), name)
        about = structure(parts[chosen.part])
        if about.unknown:
            reason, remedy = "数式の計算結果が保存されていません", "Excel で開き、上書き保存してください"
            raise SheetError(reason, remedy, about.unknown[0])
        return _shown(list(_cells(parts, chosen.name)), about)
    except PackageError as error:
        raise SheetError(str(error), _SAVE_AS) from None
    except _BROKEN:
        raise SheetError(f"{EXCEL}ではないか、壊れています", _SAVE_AS) from None


def _admitted(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    found = {name: data for name, data in parts.items() if _ADMITTED.fullmatch(name)}
    if sum(map(len, found.values())) > XML_BYTES or sum(data.count(b"<") for data in found.values()) > XML_TAGS:
        raise SheetError("中身が大きすぎます", "印字する行と列だけを、新しいブックに写して保存してください")
    if any(b"<!DOCTYPE" in data or b"\0" in data for data in found.values()):
        raise PackageError(f"{EXCEL}ではないか、壊れています")
    return found


def _chosen(found: list[SheetParts], name: str) -> SheetParts:
    named = [each for each in found if each.name == name] if name else found
    if len(named) == 1:
        return named[0]
    known = "".join(f"「{each.name}」" for each in found)
    if name:
        raise SheetError(f"シート「{name}」がありません", f"あるのは {known or '隠したシートだけ'} です")
    if not found:
        raise SheetError("印字できるシートがありません", "表のあるシートを表示して保存してください")
    raise SheetError(f"シートが{len(found)}つあります", f"「シート:」に、どれか一つの名を書いてください（{known}）")


def _cells(parts: Mapping[str, bytes], name: str) -> Iterator[SheetRow]:
    """All rows of a sheet, each as far as something is written in it; empty ones below the last are left out."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, which is no value
        book = load_workbook(BytesIO(packed(parts)), read_only=True, data_only=True, keep_links=False)
        sheet = book[name]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        empty = cells = 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            texts = [_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            if not texts:
                empty += 1
                continue
            cells += len(texts)
            if number > SHEET_ROWS or cells > SHEET_CELLS:
                raise too_many()
            yield from [()] * empty
            empty = 0
            yield tuple(SheetCell(text, f"{column_name(at)}{number}") for at, text in enumerate(texts))


def _text(value: object, number_format: str) -> str:
    text = shown(value, number_format)  # type: ignore[arg-type]  # openpyxl gives no other values without rich text
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _shown(rows: list[SheetRow], about: Structure) -> Sheet:
    """The rows and columns that are shown, the cells that are merged joined."""
    height, width = len(rows), max(map(len, rows), default=0)
    for first_row, first_column, last_row, last_column in about.merged:
        if first_row <= height and first_column <= width:
            height, width = max(height, min(last_row, SHEET_ROWS)), max(width, last_column)
    lines = [at for at in range(1, height + 1) if at not in about.hidden_rows]
    columns = [at for at in range(1, width + 1) if at not in about.hidden_columns]
    if len(lines) * len(columns) > SHEET_CELLS:
        raise too_many()
    texts = {(row, column): cell for row, line in enumerate(rows, 1) for column, cell in enumerate(line, 1)}
    for merged in about.merged:
        texts |= dict(_joined(merged, lines, columns, texts))
    found = (
        tuple(texts.get((row, column)) or SheetCell("", f"{column_name(column - 1)}{row}") for column in columns)
        for row in lines
    )
    return Sheet(fitted(found), (height - len(lines), width - len(columns)))


def _joined(
    merged: Range, lines: list[int], columns: list[int], texts: Mapping[tuple[int, int], SheetCell]
) -> Iterator[tuple[tuple[int, int], SheetCell]]:
    """The cells of a range that are shown: the words in the first, the others belonging to it."""
    first_row, first_column, last_row, last_column = merged
    origin = texts.get((first_row, first_column))
    first = True
    for row in (each for each in lines if first_row <= each <= last_row):
        begins = True
        for column in (each for each in columns if first_column <= each <= last_column):
            name = f"{column_name(column - 1)}{row}"
            if first:
                yield (row, column), SheetCell(origin.text if origin else "", name)
            else:
                yield (row, column), SheetCell("", name, "up" if begins else "left")
            first = begins = False
