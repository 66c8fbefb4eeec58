"""｛表｝ with its rows in an .xlsx beside the case: as Excel shows them, and nothing else of the file."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.samples import resolved, show
from support.spoilt import rezipped

from kotobuki.spreadsheets.formats import shown

SHEET = "xl/worksheets/sheet1.xml"
KEYS = "ファイル: 表.xlsx"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def book(fill: Callable[[Worksheet], object]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in [["区分", "件数", "日付"], ["甲｛件名｝", 1234, datetime.date(2022, 5, 6)], ["乙", "―", "007"]]:
        sheet.append(row)
    fill(sheet)
    made.save("表.xlsx")
    return Path("表.xlsx").read_bytes()


def printed(keys: str = KEYS) -> list[str]:
    result = resolved(f"節: [｛表｝: {{{keys}}}]\n")
    assert not result.diagnostics.errors
    assert result.paper
    return show(result.paper.blocks)[1:]


def told(data: bytes, keys: str = KEYS) -> str:
    Path("表.xlsx").write_bytes(data)
    errors = resolved(f"節: [｛表｝: {{{keys}}}]\n").diagnostics.errors
    assert [each.rule for each in errors] == ["table-file"]
    return errors[0].reason


def with_part(data: bytes, old: str, new: str, part: str = SHEET) -> bytes:
    text = zipfile.ZipFile(BytesIO(data)).read(part).decode()
    assert old in text
    return rezipped(data, {part: text.replace(old, new).encode()})


def test_values_are_printed_as_they_are_shown() -> None:
    book(lambda sheet: sheet["B2"].__setattr__("number_format", '#,##0"件"'))
    assert printed() == ["区分 | 件数 | 日付", "甲｛件名｝ | 1,234件 | 令和４年５月６日", "乙 | ― | 007"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        *[(1234, "General", "1234"), (1.5, "General", "1.5"), (0.1 + 0.2, "General", "0.3"), (0, "General", "0")],
        *[(1234567, "#,##0", "1,234,567"), (1234.5, "0", "1235"), (2.5, "0.00", "2.50"), (7, "000", "007")],
        *[(0.125, "0.0%", "12.5%"), (0.5, "0%", "50%"), (1234567, '#,##0,"千円"', "1,235千円"), (3, '0"件"', "3件")],
        *[
            (-5, '#,##0;"△"#,##0', "△5"),
            (-5, "#,##0", "-5"),
            (0, '0;-0;"―"', "―"),
            (-1234, "#,##0;[Red]-#,##0", "-1,234"),
        ],
        *[(5, "[$¥-411]#,##0", "¥5"), (5, "#,##0_ ;[Red]\\-#,##0\\ ", "5"), (12345, "@", "12345")],
        *[
            (1e21, "General", "1" + "0" * 21),
            (1e300, "0", "1" + "0" * 300),
            (0.5, "# ?/?", "0.5"),
            (True, "General", "TRUE"),
        ],
        (0.5, "#.##", ".5"),
        (datetime.datetime(2022, 5, 6), "yyyy/m/d", "令和4年5月6日"),
        (datetime.datetime(2019, 5, 1), '[$-411]ggge"年"m"月"d"日"', "令和元年5月1日"),
        (datetime.datetime(2022, 5, 6), 'yyyy"年"m"月"', "令和4年5月"),
        (datetime.datetime(2022, 5, 6), 'm"月"d"日"', "5月6日"),
        (datetime.datetime(2022, 5, 6, 9, 5), "yyyy/m/d h:mm", "令和4年5月6日 9:05"),
        (datetime.datetime(1800, 1, 2), "yyyy/m/d", "1800年1月2日"),
        (datetime.time(9, 30), "h:mm", "9:30"),
        (datetime.timedelta(hours=30), "[h]:mm", "30:00"),
        (None, "General", ""),
        ("=SUM(A1)", "General", "=SUM(A1)"),
    ],
)
def test_a_value_is_shown_by_its_format(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text  # type: ignore[arg-type]  # of many types


def test_merged_cells_are_one_cell_and_hidden_ones_are_left_out() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["丙", 5, 6])
        sheet.append(["丁", 7, 8])
        sheet.merge_cells("A4:A5")
        sheet.merge_cells("B3:C3")
        sheet.row_dimensions[2].hidden = True

    book(fill)
    assert resolved(f"節: [｛表｝: {{{KEYS}}}]\n").faults == ["table-file-hidden 1:17"]
    assert printed() == ["区分 | 件数 | 日付", "乙 | ―", "丙 | ５ | ６", "７ | ８"]
    sheet = book(lambda each: each.column_dimensions.__getitem__("C").__setattr__("hidden", True))
    assert sheet and printed() == ["区分 | 件数", "甲｛件名｝ | 1234", "乙 | ―"]


def test_the_sheet_is_named_where_there_are_several() -> None:
    data = book(lambda sheet: sheet.parent.create_sheet("別").append(["列"]) if sheet.parent else None)
    assert "シートが2つあります" in told(data)
    assert "シート「無」がありません" in told(data, f"{KEYS}, シート: 無")
    assert printed(f"{KEYS}, シート: 別, ファイルの見出し: なし") == ["列"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data[:200], "「表.xlsx」：Excel ブック（.xlsx）ではないか、壊れている"),
        (lambda _: b"\xd0\xcf\x11\xe0" + bytes(600), "「表.xlsx」：パスワードがかかっている"),
        (lambda _: b"", "「表.xlsx」：Excel ブック"),
        (lambda data: rezipped(data, {SHEET: b"<x"}), "壊れて"),
        (lambda data: rezipped(data, {SHEET: None}), "壊れて"),
        (lambda data: rezipped(data, {"xl/workbook.xml": None}), "壊れて"),
        (lambda data: rezipped(data, {"xl/styles.xml": b"<a>" * 1000}), "壊れて"),
        (lambda data: rezipped(data, {SHEET: b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "壊れて"),
        (lambda data: rezipped(data, {"xl/a.bin": bytes(70_000_000)}), "大きすぎます"),
        (lambda data: rezipped(data, {SHEET: b"<a>" + b"<b/>" * 300_000 + b"</a>"}), "中身が大きすぎます"),
        (lambda data: with_part(data, '<row r="3"', '<row r="99999999999"'), "壊れて"),
        (lambda data: with_part(data, "<v>1234</v>", "<f>1+1</f>"), "のB2：数式の計算結果"),
        (lambda data: with_part(data, 't="n"><v>1234</v>', 't="e"><f>1/0</f><v>#DIV/0!</v>'), "のB2：「#DIV/0!」"),
        (
            lambda data: with_part(
                data, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
            "のA1：つなげた",
        ),
    ],
)
def test_what_is_wrong_with_a_workbook_is_told(spoil: Callable[[bytes], bytes], reason: str) -> None:
    assert reason in told(spoil(book(str)))


def test_a_formula_prints_its_result_and_size_is_not_believed() -> None:
    data = with_part(book(str), "<v>1234</v>", "<f>1+1</f><v>2</v>")
    Path("表.xlsx").write_bytes(with_part(data, '<dimension ref="A1:C3"', '<dimension ref="A1"'))
    assert printed()[1].startswith("甲｛件名｝ | ２ | ")


def test_what_stands_far_away_is_too_much() -> None:
    book(lambda sheet: sheet.cell(6_000, 1, "x"))
    assert "行か欄が多すぎます" in told(Path("表.xlsx").read_bytes())
