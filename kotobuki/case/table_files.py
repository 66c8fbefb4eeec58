"""The rows of ｛表｝ that stand in a CSV or .xlsx file beside the case.

In: the name of the file, as written. Out: its rows, their texts never taken for markup. Whatever is wrong with the file is a
diagnostic at its name, which tells the cell as the spreadsheet calls it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kotobuki.case import blocks as b
from kotobuki.case.table_cells import LEFT, UP, TableCell, TableRow
from kotobuki.diagnostics import Diagnostics, Place, reason_of
from kotobuki.limits import SHEET_BYTES
from kotobuki.reading.inlines import Text
from kotobuki.reading.nodes import Node, Scalar, mappings_in
from kotobuki.reading.source import forbidden
from kotobuki.roles import CELL_HEAD, ROW_LABEL, Role
from kotobuki.spreadsheets.sheet import Sheet, SheetCell, SheetError, SheetRow

FILE = "ファイル"
OF_FILE = ("シート", "ファイルの見出し")
"""Keys that say how a file is read."""
_CSV, _EXCEL = ".csv", ".xlsx"
FILE_HEADS = {"なし": 0, "1行": 1, "2行": 2, "3行": 3}


def table_files(case: Node) -> Iterator[Path]:
    """The files beside a case that its tables have rows in.

    A table stands below ｛表｝, below ｛様式の内容｝ or in a row that its form makes one. So what counts is what is named, not
    where: it is better to say of a file too many that the papers were made from it than not to notice that it changed.
    """
    for mapping in mappings_in(case):
        named = mapping.get(FILE)
        if isinstance(named, Scalar) and _path(named).suffix.lower() in (_CSV, _EXCEL) and _is_beside(named):
            yield _path(named)


def rows_of_file(
    name: Scalar,
    sheet_name: Scalar | None,
    heads_in_file: int,
    labels: int,
    heads: list[TableRow],
    diagnostics: Diagnostics,
) -> tuple[list[TableRow], list[TableRow]]:
    """The rows of heads (the first `heads_in_file`) and the others of a file; none after a diagnostic.

    labels  how many columns hold labels of rows; `heads`: those that the case says instead of the file's, [] = none
    """
    sheet = _sheet(name, sheet_name, diagnostics)
    found = []
    for number, row in enumerate(sheet):
        place = Place(_path(name).as_posix(), int(re.sub("[A-Z]+", "", row[0].name)), 1)
        role = CELL_HEAD if number < heads_in_file else None
        cells = tuple(
            _sheet_cell(name, cell, role or (ROW_LABEL if at < labels else None)) for at, cell in enumerate(row)
        )
        found.append(TableRow(cells, place))
    own, body = found[:heads_in_file], found[heads_in_file:]
    if sheet and not body:
        reason = f"{_called(name)}：見出しの下に行がありません"
        remedy = "行を書いて保存するか、見出しがなければ「ファイルの見出し: なし」と書いてください"
        diagnostics.error(name.place(), "table-file", reason, remedy)
    width = max((len(line.cells) for line in heads), default=len(sheet[0]) if sheet else 0)
    if sheet and width != len(sheet[0]):
        reason = f"{_called(name)}の列は{len(sheet[0])}、「列:」の見出しは{width}あります"
        diagnostics.error(name.place(), "table-file", reason, "列の数を合わせてください")
        return [], []
    if own and not heads and (missing := _without_head(own, body)):
        reason = f"{_called(name, missing)}：見出しのない列に値があります"
        remedy = '見出しを書くか、欄の中の「,」が欄を分けていないか確かめてください（CSVでは欄の全体を「"」で囲みます）'
        diagnostics.error(name.place(), "table-file", reason, remedy)
    return own, body


def _without_head(heads: list[TableRow], body: list[TableRow]) -> str:
    """The first cell, as the spreadsheet calls it, that stands under no head; "" = there is none."""
    bare = {
        at
        for at in range(len(heads[0].cells))
        if not any(row.cells[at].content or row.cells[at].joins for row in heads)
    }
    cells = (line.cells[at] for line in body for at in sorted(bare) if line.cells[at].content)
    return next((cell.called.rpartition("の")[2] for cell in cells), "")


def _sheet_cell(name: Scalar, cell: SheetCell, role: Role | None) -> TableCell:
    """A cell of a file: each of its lines a paragraph, its words as they stand."""
    joins = {"": "", "left": LEFT, "up": UP}[cell.joins]
    at = ((0, _cell_place(name, cell.name)),)
    lines = cell.text.split("\n") if cell.text else ()
    content = tuple(b.Para((Text(line, at=at),) if line else ()) for line in lines)
    label = role is ROW_LABEL
    return TableCell(
        content=content, joins=joins, role=role, label=label, place=name.place(), called=_called(name, cell.name)
    )


def _sheet(name: Scalar, sheet: Scalar | None, diagnostics: Diagnostics) -> tuple[SheetRow, ...]:
    """The rows of the file; none after a diagnostic."""
    try:
        found = _read(name, sheet)
        for cell in (cell for row in found.rows for cell in row):
            if fault := forbidden(cell.text):
                raise SheetError(fault[1], fault[2], cell.name)
    except SheetError as error:
        diagnostics.error(name.place(), "table-file", f"{_called(name, error.cell)}：{error.reason}", error.remedy)
        return ()
    if any(found.hidden):
        hidden = "、".join(f"{count}{what}" for count, what in zip(found.hidden, ("行", "列"), strict=True) if count)
        reason = f"{_called(name)}：隠れている行や列（{hidden}）は印字しません"
        diagnostics.warning(name.place(), "table-file-hidden", reason, "印字するのであれば、表示して保存してください")
    return found.rows


def _called(name: Scalar, cell: str = "") -> str:
    """How messages call the file, or a cell of it: 「件数.csv」のB3."""
    return f"「{name.value}」" + (f"の{cell}" if cell else "")


def _cell_place(name: Scalar, cell: str) -> Place:
    """Where a cell stands, for those who say what is wrong with its words."""
    return Place(f"{_path(name).as_posix()}の{cell}")


def _path(name: Scalar) -> Path:
    return Path(name.path).parent / name.value


def _is_beside(name: Scalar) -> bool:
    """Whether there is such a file in the folder of the case."""
    file, folder = _path(name), Path(name.path).parent
    with suppress(OSError, ValueError):
        return file.resolve().is_relative_to(folder.resolve()) and file.is_file()
    return False


def _read(name: Scalar, sheet: Scalar | None) -> Sheet:
    file = _path(name)
    kind = file.suffix.lower()
    if kind not in (_CSV, _EXCEL):
        remedy = "CSV（.csv）か Excel ブック（.xlsx）で保存したファイルの名を書いてください"
        raise SheetError("CSVでもExcel ブックでもありません", remedy)
    data = _bytes(file, Path(name.path).parent)
    if kind == _EXCEL:
        from kotobuki.spreadsheets.worksheet import read_workbook

        return read_workbook(data, sheet.value if sheet else "")
    if sheet:
        raise SheetError("CSVにはシートがありません", "「シート:」の行を消してください")
    from kotobuki.spreadsheets.delimited import read_delimited

    return Sheet(read_delimited(data))


def _bytes(file: Path, folder: Path) -> bytes:
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            raise SheetError("案件のフォルダの外を指しています", "ファイルそのものを案件のフォルダに置いてください")
        if not file.is_file():
            raise SheetError("ファイルがありません", "案件と同じフォルダにあるファイルの名を書いてください")
        with file.open("rb") as stream:
            data = stream.read(SHEET_BYTES + 1)
    except OSError as error:
        reason, remedy = f"開けません（{reason_of(error)}）", "読み取りの許可があるかを確かめてください"
        raise SheetError(reason, remedy) from None
    except ValueError:  # a NUL in the name
        raise SheetError("ファイルの名になりません", "案件と同じフォルダにあるファイルの名を書いてください") from None
    if len(data) > SHEET_BYTES:
        raise SheetError(
            f"大きすぎます（{SHEET_BYTES // 1_000_000}MBまで）", "印字する行と列だけを残して保存してください"
        )
    return data
