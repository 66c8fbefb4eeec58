"""A text saved, unless the file has changed since it was opened; and the versions that are kept of it.

In: the text, and the digest of what was opened. Out: the digest of what stands there now; or what others wrote meanwhile, and
both merged item by item (`git.merge`) where they are not at odds: then nothing is written, and the user is asked. A kill at any time
leaves the old file or the new one. What is saved over is kept in 履歴 (`editor.disk.history`).
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from kotobuki.diagnostics import CommandError, reason_of
from kotobuki.editor.asked import Asked, text
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.files import BOM, standing, text_of
from kotobuki.editor.disk.history import Version
from kotobuki.editor.disk.library import Entry
from kotobuki.editor.disk.line_ends import restored
from kotobuki.editor.disk.texts import digest_of
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.told import Json
from kotobuki.git.merge import merge
from kotobuki.reading.source import MAX_BYTES

GONE = ""
"""The digest of a file that is not there."""


def save(desk: Desk, asked: Asked) -> Json:
    """`save {"file", "text", "digest"}`: the digest of what was opened, or of what the user has seen of a conflict."""
    entry, known = desk.library.entry(text(asked, "file")), text(asked, "digest")
    with desk.saving, desk.history.alone():
        there = standing(desk, entry)
        base = desk.texts.find(known) or desk.history.find(entry.name, known)
        data = encoded(text(asked, "text"), base if base is not None else there)
        if there == data:
            return {"digest": desk.texts.put(data)}
        if _digest(there) != known:
            return {"conflict": _conflict(desk, base, data, there)}
        note = keep(desk, entry, there) if there is not None else ""
        folder, name = desk.library.held(entry)
        try:
            saved = folder.replace(name, data, lambda: standing(desk, entry) == there)
        except OSError as error:
            remedy = "書いたものはこの画面に残っています。わけを除いてから、もう一度保存してください"
            raise RefusalError(f"保存できません（{reason_of(error)}）", remedy, 409) from error
        if not saved:
            return {"conflict": _conflict(desk, base, data, standing(desk, entry))}
        return {"digest": desk.texts.put(data), **({"note": note} if note else {})}


def versions(desk: Desk, asked: Asked) -> Json:
    """`versions {"file"}`: what is kept of a file, the newest first; `changed`: lines in which it differs from what came after it.

    What is as that, where a number was to be taken and was not, is not told.
    """
    entry = desk.library.entry(text(asked, "file"))
    told, after = list[Json](), standing(desk, entry) or b""
    for version in desk.history.versions(entry.name):
        try:
            data = desk.history.read(entry.name, version)
        except OSError:  # gone meanwhile
            continue
        if data == after:
            continue
        when = version.when.isoformat(timespec="seconds")
        told.append({"id": version.id, "when": when, "size": len(data), "changed": changed_lines(data, after)})
        after = data
    return {"versions": told}


def version(desk: Desk, asked: Asked) -> Json:
    """`version {"file", "id"}`: the text of a version, for the editor: it is restored by saving it."""
    entry = desk.library.entry(text(asked, "file"))
    return {"text": text_of(kept(desk, entry, text(asked, "id")))}


def keep(desk: Desk, entry: Entry, data: bytes) -> str:
    """Keep what is saved over. What cannot be kept does not keep the user from saving: he is told."""
    try:
        desk.history.keep(entry.name, data, desk.clock())
    except OSError as error:
        return f"保存しましたが、前の版を「履歴」に残せませんでした（{reason_of(error)}）"
    return ""


def kept(desk: Desk, entry: Entry, key: str) -> bytes:
    """What a version holds, by its id. `RefusalError` where there is none."""
    found = next((each for each in desk.history.versions(entry.name) if each.id == key), None)
    data = _read(desk, entry.name, found) if found else None
    if data is None:
        raise RefusalError("その版はもうありません", "履歴から選び直してください", 404)
    return data


def encoded(written: str, old: bytes | None) -> bytes:
    """A text as a file: with the BOM, and the line ends of untouched lines, that the file had before."""
    text = restored(written, text_of(old)) if old else written
    data = (BOM if old and old.startswith(BOM) else b"") + text.encode()
    if len(data) > MAX_BYTES:
        raise RefusalError("長すぎるため保存できません", "案件のファイルは5MBまでです", 413)
    return data


def changed_lines(data: bytes, other: bytes) -> int:
    """In how many lines two states differ, wherever these stand."""
    one, two = Counter(data.splitlines()), Counter(other.splitlines())
    return max((one - two).total(), (two - one).total())


def _conflict(desk: Desk, base: bytes | None, ours: bytes, theirs: bytes | None) -> Json:
    """What others wrote, and both together; `merged` None where they are at odds, or nobody knows what they began from."""
    if theirs is None:
        return {"text": "", "digest": GONE, "merged": None}
    merged = None
    if base is not None:
        try:
            found = merge(base, ours, theirs)
            merged = text_of(found.data) if found.clean else None
        except CommandError:  # what only git could merge, and there is no git
            merged = None
    return {"text": text_of(theirs), "digest": desk.texts.put(theirs), "merged": merged}


def _read(desk: Desk, name: PurePosixPath, version: Version) -> bytes | None:
    try:
        return desk.history.read(name, version)
    except OSError:
        return None


def _digest(data: bytes | None) -> str:
    return GONE if data is None else digest_of(data)
