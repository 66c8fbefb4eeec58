"""A table in a terminal, as CSV, as JSON and as .xlsx: the same cells, the same bytes, nothing computed."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import datetime, timezone
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from kotobuki.spreadsheets.columns import columns, shortened
from kotobuki.spreadsheets.table import Cell, Table, as_csv, as_json, lines
from kotobuki.spreadsheets.workbook import as_xlsx

FORMULAS = ("=1+1", "＝1+1", "+81", "-1", "@SUM(A1)", "\t=1", "#N/A", "007", "'=1")
TABLE = Table("一覧", ("名", "数", "備考"), (("甲", 7, "か\u3099"), ("ab", 123, "一\n二"), ("乙乙", None, "")))


def cells(data: bytes) -> list[tuple[Cell, ...]]:
    (sheet,) = load_workbook(BytesIO(data)).worksheets
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_a_terminal_shows_aligned_columns() -> None:
    assert lines(TABLE) == ["名     数  備考", "甲      7  か\u3099", "ab    123  一 二", "乙乙   —"]


def test_long_cells_make_room_and_the_last_stays_whole() -> None:
    table = Table("一覧", ("件名", "ファイル"), (("長" * 60, "cases/" + "f" * 60),))
    wide, narrow = lines(table)[1], lines(table, 90)[1]
    assert columns(narrow) <= 90 < columns(wide)
    assert narrow.split()[0].endswith("…") and narrow.endswith("f" * 60)
    assert shortened("一二三", 5) == "一…" and shortened("一二", 4) == "一二"


def test_a_terminal_is_not_steered() -> None:
    assert "\x1b" not in "".join(lines(Table("一覧", ("名",), (("甲\x1b[2J",),))))


def test_each_rendering_has_every_cell() -> None:
    assert json.loads(as_json(TABLE)) == [dict(zip(TABLE.columns, row, strict=True)) for row in TABLE.rows]
    read = list(csv.reader(StringIO(as_csv(TABLE).decode("utf-8-sig"))))
    assert read == [list(TABLE.columns), ["甲", "7", "か\u3099"], ["ab", "123", "一\n二"], ["乙乙", "", ""]]
    assert cells(as_xlsx(TABLE)) == [TABLE.columns, *TABLE.rows[:2], ("乙乙", None, None)]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_computes_a_text(text: str) -> None:
    table = Table("一覧", ("名", text), ((text, 1),))
    (sheet,) = load_workbook(BytesIO(as_xlsx(table))).worksheets
    for cell in (sheet["A2"], sheet["B1"]):
        assert (cell.value, cell.data_type) == (text, "s")
    name = next(csv.reader(StringIO(as_csv(table).decode("utf-8-sig").splitlines()[1])))[0]
    assert name == (text if text[0] in "#0" else f"'{text}")


@pytest.mark.parametrize("text", ["a\x00b\x1b", "\ud800", "\u202e甲", "長" * 40000])
def test_whatever_stands_in_a_cell_is_written(text: str) -> None:
    table = Table("名:前/[1]" * 9, ("名",), ((text,),))
    assert all((as_csv(table), as_json(table)))
    assert cells(as_xlsx(table))[1][0]


def test_a_workbook_is_the_same_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    first = as_xlsx(TABLE)
    later = SimpleNamespace(now=lambda tz: datetime(2099, 1, 1, tzinfo=tz))
    monkeypatch.setattr("openpyxl.writer.excel.datetime", SimpleNamespace(datetime=later, timezone=timezone))
    assert as_xlsx(TABLE) == first
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_workbook_can_be_read_at_a_glance() -> None:
    (sheet,) = load_workbook(BytesIO(as_xlsx(TABLE))).worksheets
    assert (sheet.title, sheet.freeze_panes, sheet.print_title_rows) == ("一覧", "A2", "$1:$1")
    assert all(6 <= sheet.column_dimensions[name].width <= 62 for name in "ABC")
