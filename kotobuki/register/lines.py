"""The lines of a ledger: how an entry is written, and how it is read without trusting it.

In: a file's bytes, or entries to add. Out: entries with their places and diagnostics, or the file's new bytes. Rules: CSV
in UTF-8 (with a BOM, so that a spreadsheet opens it and computes nothing), one entry a line, sorted by number; a line is never
changed or taken away, and its last field seals the others, so that a change by hand is noticed.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading import source
from kotobuki.register.entries import STATES, LedgerEntry
from kotobuki.spreadsheets.table import FORMULA, shielded

COLUMNS = ("文書番号", "番号", "枝番", "状態", "日付", "件名", "案件", "備考", "照合")
_BOM = b"\xef\xbb\xbf"
_MAX_REPORTS = 20  # lines of one file
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # letters alone: a spreadsheet makes no number of them
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_RESTORE = "台帳は手で直さず、git の前の版や控えから元の行に戻してください（取消しは kotobuki number void です）"


def read_entries(data: bytes, identity: str, shown: str, diagnostics: Diagnostics) -> list[LedgerEntry]:
    """The entries of a file. `identity`: the name that seals its lines; every bad line is a diagnostic."""
    head, *rest = _lines(data)
    entries = [_entry(line, identity, Place(shown, number, 1)) for number, line in enumerate(rest[:-1], 2)]
    if head != written(COLUMNS) or rest[-1:] != [""] or None in entries:
        _explain(data, entries, shown, diagnostics)
    return [entry for entry in entries if entry is not None]


def _lines(data: bytes) -> list[str]:
    """The lines as they stand, the last of them empty if the file is whole; a broken character is a fault of its line."""
    text = data.removeprefix(_BOM).decode(errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _explain(data: bytes, entries: Sequence[LedgerEntry | None], shown: str, diagnostics: Diagnostics) -> None:
    """Say what is wrong with a file that is not whole. `entries`: what its lines came to, from the second on."""
    if not data:
        diagnostics.error(Place(shown), "register-empty", "台帳に何も書かれていません", _RESTORE)
        return
    lines = source.read_lines(data.removeprefix(_BOM), shown, diagnostics)
    if lines is None or any(each.rule == "encoding" and each.place.path == shown for each in diagnostics):
        return  # every line is broken, and why has been said
    if lines[0] != written(COLUMNS):
        diagnostics.error(Place(shown, 1, 1), "register-header", "1行目が台帳の見出しではありません", _RESTORE)
    if lines[-1]:
        diagnostics.error(Place(shown, len(lines), 1), "register-cut", "台帳が行の途中で終わっています", _RESTORE)
    bad = [number for number, entry in enumerate(entries, 2) if entry is None]
    for number in bad[:_MAX_REPORTS]:
        diagnostics.error(Place(shown, number, 1), "register-line", *_fault(lines[number - 1]))
    if bad[_MAX_REPORTS:]:
        reason = f"壊れた行が、ほかに{len(bad) - _MAX_REPORTS}行あります"
        remedy = "ファイルの名を変えていないか確かめてください。" + _RESTORE
        diagnostics.error(Place(shown), "register-line", reason, remedy)


def add_entries(data: bytes, read: Sequence[LedgerEntry], new: Iterable[LedgerEntry], identity: str) -> bytes:
    """The file's bytes with `new` entries among those `read` from it (no bytes: a new file); the others untouched."""
    lines = (data or _BOM + written(COLUMNS).encode() + b"\n").splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith(b"\r\n") else "\n"
    keys = [entry.key for entry in read]
    for entry in new:
        at = sum(key <= entry.key for key in keys)
        keys.insert(at, entry.key)
        lines.insert(1 + at, (written(_fields(entry, identity)) + end).encode())
    return b"".join(lines)


def _fault(line: str) -> tuple[str, str]:
    """Why a line is no entry, and what to do about it."""
    if not line:
        return "空の行があります", "この行を消してください"
    if line.startswith(_CONFLICT):
        remedy = (
            "印の行だけを消し、両方の行を番号の順に残してください。番号が重なっていれば、次に実行したときに知らせます"
        )
        return "git の統合で食い違ったところの印が残っています", remedy
    return "この行は、壊れているか、手で書き換えられています", _RESTORE


def _fields(entry: LedgerEntry, identity: str) -> tuple[str, ...]:
    number, branch = entry.key
    branched = str(branch) if branch else ""
    what = (
        entry.text,
        str(number),
        branched,
        entry.state,
        entry.day.isoformat(),
        entry.subject,
        entry.case,
        entry.note,
    )
    return (*what, _seal(identity, what))


def _seal(identity: str, fields: Sequence[str]) -> str:
    """Eight letters that follow from a line's fields and its file."""
    return hashlib.sha256("\t".join((identity, *fields)).encode()).hexdigest()[:8].translate(_LETTERS)


def written(fields: Sequence[str]) -> str:
    """A line of CSV without its end, quoted where a field holds a comma, a quote or a line end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(map(shielded, fields))
    return out.getvalue()


def _read(cell: str) -> str:
    """A cell without the ' that keeps a spreadsheet from computing it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _entry(line: str, identity: str, place: Place) -> LedgerEntry | None:
    """The entry of a line; None if it is not as it was written."""
    try:
        fields = [_read(cell) for cell in next(csv.reader([line], strict=True), [])]
        if len(fields) != len(COLUMNS) or fields[-1] != _seal(identity, fields[:-1]):
            return None
        text, number, branch, state, day, subject, case, note, _ = fields
        if state not in STATES:
            return None
        key = (int(number), int(branch or 0))
        return LedgerEntry(
            text=text,
            key=key,
            state=state,  # type: ignore[arg-type]  # one of STATES
            day=date.fromisoformat(day),
            subject=subject,
            case=case,
            note=note,
            place=place,
        )
    except (csv.Error, ValueError):
        return None
