"""What was made for the browser to fetch: files of the output folder, and papers that are kept in memory alone.

In: files and bytes. Out: an id for each, which nobody can guess, and what to send for it. Only what was put here can be fetched.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from kotobuki.editor.told import Json
from kotobuki.lazy_dataclasses import dataclass

MOST = 500
"""Things on the shelf: a packet has two files, a meeting of twenty cases some two hundred. The oldest go first."""

TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A thing on the shelf: its name, and a file or its bytes."""

    name: str
    content: Path | bytes

    @property
    def type(self) -> str:
        """Its media type."""
        return TYPES.get(Path(self.name).suffix.lower(), "application/octet-stream")

    def data(self) -> bytes:
        """Its bytes. Raises `OSError` where the file is gone."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


class Shelf:
    """The things that can be fetched, by their ids."""

    def __init__(self) -> None:
        self._made = OrderedDict[str, Made]()
        self._lock = Lock()

    def put(self, name: str, content: Path | bytes, folder: str = "") -> Json:
        """Something new, as the browser is told of it. `folder`: where it stands, as users call it; "" = in memory alone."""
        made, key = Made(name, content), secrets.token_urlsafe(12)
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST:
                self._made.popitem(last=False)
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        return {"id": key, "name": name, "folder": folder, "size": size, "type": Path(name).suffix.lstrip(".").lower()}

    def find(self, key: str) -> Made | None:
        """What has that id; None where nothing has."""
        with self._lock:
            return self._made.get(key)
