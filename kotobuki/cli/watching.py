"""A command run again whenever a file that it may read is saved, until Ctrl-C.

Files are looked at every third of a second, as `build.watching` does it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from kotobuki.build.watching import State, state
from kotobuki.cli.conventions import say

PERIOD = 0.3
"""Seconds between two looks. A change counts once two looks find the same: an editor may save in steps."""


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
