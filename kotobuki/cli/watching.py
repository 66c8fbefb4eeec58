"""A command run again whenever a file that it may read is saved, until Ctrl-C.

Files are looked at every third of a second, by time and size: that works on every system and on shared disks, where nobody
tells of a change. Folders of cases and templates are small: looking takes a few milliseconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kotobuki.cli.conventions import say

PERIOD = 0.3
"""Seconds between two looks. A change counts once two looks find the same: an editor may save in steps."""

State = dict[str, tuple[int, int]]
"""Time and size of each file."""


def watch(run: Callable[[], None], folders: Iterable[Path]) -> None:
    """Calls `run`, and again after each change below the `folders`; comes back when Ctrl-C is pressed."""
    folders = list(folders)
    with suppress(KeyboardInterrupt):
        while True:
            seen = state(folders)  # before: what is saved meanwhile is a change
            run()
            say("ファイルが変わるのを待っています（終わるには Ctrl-C）。")
            changed = _next_change(seen, folders)
            say(f"\n変わったファイル：{'、'.join(changed)}")


def state(folders: Iterable[Path]) -> State:
    """How the files below the folders are now; hidden ones, such as those of editors and of git, do not count."""
    return {path: about for folder in folders for path, about in _files(str(folder))}


def _next_change(seen: State, folders: list[Path]) -> list[str]:
    """Waits until something has changed and rests; the names of what did, from the working directory."""
    last = seen
    while True:
        now = state(folders)
        if now == last and now != seen:
            break
        last = now
        time.sleep(PERIOD)
    return [os.path.relpath(path) for path in sorted({**seen, **now}) if seen.get(path) != now.get(path)]


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
