"""What happens on the disk, told to the browser as it happens: server-sent events.

Files are looked at every half second, as `build --watch` does (`build.watching`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

from kotobuki.build.watching import state
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.files import standing
from kotobuki.editor.disk.texts import digest_of
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.told import Json
from kotobuki.project import CASES, TEMPLATES

PERIOD = 0.5
"""Seconds between two looks."""
_QUIET = 20
"""Looks without a change after which a sign of life is sent, that a connection that is broken may be found out."""


def changes(desk: Desk, ended: Callable[[], bool], rest: Callable[[float], None] = time.sleep) -> Generator[bytes]:
    """`ping` at once and now and then, b"" at each look, `changed` when files have changed; until it is to end."""
    folders = [desk.root / CASES, desk.root / TEMPLATES]
    seen, quiet = state(folders), 0
    yield event("ping", {})
    while not ended():
        rest(PERIOD)
        now = state(folders)
        if now != seen:
            changed = sorted(path for path in {**seen, **now} if seen.get(path) != now.get(path))
            seen, quiet = now, 0
            yield event("changed", {"files": list(_told(desk, map(Path, changed)))})
        elif quiet == _QUIET:
            quiet = 0
            yield event("ping", {})
        else:
            quiet += 1
            yield b""
    yield event("end", {})


def event(name: str, data: Json) -> bytes:
    """An event on the wire."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode(errors="replace")


def _told(desk: Desk, files: Iterable[Path]) -> Iterator[Json]:
    """The files of the library among these: the digest now, "" where it is gone. Others change papers, too, and are not named."""
    for key in desk.library.ids_of(files).values():
        try:
            data = standing(desk, desk.library.entry(key))
        except RefusalError:
            data = None
        yield {"file": key, "digest": "" if data is None else digest_of(data)}
