"""A file of the project as text, and as bytes again.

In: bytes, or the text that a browser sends. Out: the text as it is, line ends and all, without the BOM, which is kept apart.
"""

from __future__ import annotations

import errno

from kotobuki.diagnostics import reason_of
from kotobuki.editor.asked import Asked, text
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.library import Entry
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.told import Json
from kotobuki.reading.source import MAX_BYTES

BOM = b"\xef\xbb\xbf"


def open_file(desk: Desk, asked: Asked) -> Json:
    """`open {"file"}`: the text of a file as it stands now."""
    entry = desk.library.entry(text(asked, "file"))
    data = standing(desk, entry)
    if data is None:
        raise RefusalError(
            "そのファイルはありません", "ほかで消されたか、名が変わっています。一覧から選び直してください", 404
        )
    return {"file": entry.id, "path": str(entry.name), "kind": entry.kind, "title": title_of(entry), **told(desk, data)}


def told(desk: Desk, data: bytes) -> Json:
    """What a file holds, as the browser is told; it is kept, so that what is written in it can be merged with what others write."""
    held = text_of(data)
    crlf = held.count("\r\n")
    ends = {"\n": held.count("\n") - crlf, "\r\n": crlf, "\r": held.count("\r") - crlf}
    return {
        "text": held,
        "digest": desk.texts.put(data),
        "line_end": max(ends, key=lambda end: ends[end]),
        "bom": data.startswith(BOM),
    }


def standing(desk: Desk, entry: Entry) -> bytes | None:
    """What a file holds now; None where there is none."""
    folder, name = desk.library.held(entry)
    try:
        return folder.read(name, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise RefusalError("大きすぎるため、ここでは開けません", "案件のファイルは5MBまでです", 413) from error
        raise RefusalError(f"ファイルを読めません（{reason_of(error)}）", status=409) from error


def text_of(data: bytes) -> str:
    """The text of a file. `RefusalError` where it is not UTF-8: what is not read as it is would not be written as it was."""
    try:
        return data.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        reason, remedy = (
            "UTF-8 のファイルではないため、ここでは開けません",
            "メモ帳で開き、UTF-8 で保存し直してください",
        )
        raise RefusalError(reason, remedy, 415) from error


def title_of(entry: Entry) -> str:
    """What a file is called before it is read."""
    return {"organization": "自治体の設定", "meeting": entry.name.parent.name}.get(entry.kind, entry.name.stem)
