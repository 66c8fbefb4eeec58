"""How the files below some folders are, so that it can be told what has changed: by time and size.

That works on every system and on shared disks, where nobody tells of a change. Folders of cases and templates are small:
looking takes a few milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

State = dict[str, tuple[int, int]]
"""Time and size of each file."""


def state(folders: Iterable[Path]) -> State:
    """How the files below the folders are now; hidden ones, such as those of editors and of git, do not count."""
    return {path: about for folder in folders for path, about in _files(str(folder))}


def _files(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~")):
                continue
            with suppress(OSError):  # gone meanwhile
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(entry.path)
                elif entry.is_file():
                    about = entry.stat()
                    yield entry.path, (about.st_mtime_ns, about.st_size)
