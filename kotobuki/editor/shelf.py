"""What was made for the browser to fetch: files of the output folder, and papers that are kept in memory alone.

In: files and bytes. Out: an id for each, which nobody can guess, and what to send for it. Only what was put here can be fetched;
a link that somebody puts in its place leads nowhere.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from pathlib import PurePosixPath
from threading import Lock

from kotobuki.build.confined import Confined
from kotobuki.editor.told import Json
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import KEPT_BYTES, OUTPUT_BYTES

MOST = 500
"""Things on the shelf: a packet has two files, a meeting of twenty cases some two hundred. The oldest go first."""

TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file in the output folder."""

    folder: Confined
    name: PurePosixPath

    @property
    def size(self) -> int:
        """Its bytes. Raises `OSError` where it is gone."""
        return (self.folder.path / self.name).lstat().st_size


@dataclass(frozen=True, slots=True)
class Made:
    """A thing on the shelf: its name, and a file or its bytes."""

    name: str
    content: File | bytes

    @property
    def type(self) -> str:
        """Its media type."""
        return TYPES.get(PurePosixPath(self.name).suffix.lower(), "application/octet-stream")

    @property
    def held(self) -> int:
        """Its bytes in memory."""
        return len(self.content) if isinstance(self.content, bytes) else 0

    def data(self) -> bytes:
        """Its bytes. Raises `OSError` where the file is gone, or something else stands in its place."""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.folder.read(self.content.name, OUTPUT_BYTES)


class Shelf:
    """The things that can be fetched, by their ids."""

    def __init__(self) -> None:
        self._made = OrderedDict[str, Made]()
        self._lock = Lock()

    def put(self, name: str, content: File | bytes) -> Json:
        """Something new, as the browser is told of it: with its folder below the output folder, "" = in memory alone."""
        made, key = Made(name, content), secrets.token_urlsafe(12)
        with self._lock:
            self._made[key] = made
            held = sum(each.held for each in self._made.values())
            while len(self._made) > 1 and (len(self._made) > MOST or held > KEPT_BYTES):
                held -= self._made.popitem(last=False)[1].held
        size, folder = (len(content), "") if isinstance(content, bytes) else (content.size, str(content.name.parent))
        return {
            "id": key,
            "name": name,
            "folder": folder,
            "size": size,
            "type": PurePosixPath(name).suffix.lstrip(".").lower(),
        }

    def find(self, key: str) -> Made | None:
        """What has that id; None where nothing has."""
        with self._lock:
            return self._made.get(key)
