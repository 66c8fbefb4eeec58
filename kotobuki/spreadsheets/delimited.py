"""CSV as spreadsheets save it: its rows, every cell a text as it stands (leading zeros, line breaks, ※ and all).

In: the bytes. Out: rows. Rule: RFC 4180; the encoding is UTF-8, with a BOM or without one, or CP932 (Excel's 「CSV（コンマ区切り）」), and
what could be another is refused rather than guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kotobuki.spreadsheets.sheet import SheetCell, SheetError, SheetRow, column_name, fitted

_SAVE_AS = "Excel の「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選び、保存し直してください"


def read_delimited(data: bytes) -> tuple[SheetRow, ...]:
    """The rows of a CSV file. Raises `SheetError`."""
    return fitted(_rows(_text(data)))


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise SheetError("CSVではないか、文字コードがUTF-8でもShift_JIS（CP932）でもありません", _SAVE_AS)
    for codec in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "cp932" and _is_euc(data):
            break
        return text
    raise SheetError("文字コードが、UTF-8でもShift_JIS（CP932）でもありません", _SAVE_AS)


def _is_euc(data: bytes) -> bool:
    """Whether it could as well be EUC-JP, whose bytes CP932 takes for half-width katakana."""
    try:
        data.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: str) -> Iterator[SheetRow]:
    reader, number = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for number, fields in enumerate(reader, 1):
            yield tuple(
                SheetCell(field.replace("\r\n", "\n").replace("\r", "\n").strip("\n"), f"{column_name(at)}{number}")
                for at, field in enumerate(fields)
            )
    except csv.Error:
        reason = f'{number + 1}行目（引用符「"」の中の改行は数えません）が、CSVの決まりどおりに書かれていません'
        remedy = '「"」で始めた欄は「"」で閉じ、欄の中の「"」は「""」と書いてください。' + _SAVE_AS
        raise SheetError(reason, remedy) from None
