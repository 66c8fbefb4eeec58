"""What a server holds for all that is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from threading import Lock

from kotobuki.build.session import Session
from kotobuki.build.status import Line
from kotobuki.build.watching import State
from kotobuki.diagnostics import Diagnostic
from kotobuki.editor.disk.history import History
from kotobuki.editor.disk.library import Library
from kotobuki.editor.disk.texts import Texts
from kotobuki.editor.shelf import Shelf
from kotobuki.editor.text.memory import Memory
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.svg import ScreenFont


@dataclass(frozen=True, slots=True)
class Settled:
    """How far a meeting and its cases are, or a case that is in none; and how the files were then."""

    files: State
    lines: tuple[Line, ...]
    said: tuple[Diagnostic, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class Desk:
    """One project, and what is kept of it while it is written.

    out       where papers are made
    history   the versions of files before each save
    texts     what was opened and saved
    clock     the time of day: read in `cli.serve`, nowhere else
    building  held while papers are made: one at a time
    saving    held while a file is written
    settling  held while it is seen how far a meeting is
    lines     how far each case is, by its file, and what that depends on (`editor.overview`)
    settled   by its id, how far a meeting or a lone case is (`editor.overview`)
    fonts     those of pages that the browser was sent, by their keys
    memory    what was last known of files while they are typed in
    """

    root: Path
    out: Path
    session: Session
    library: Library
    clock: Callable[[], datetime]
    history: History
    texts: Texts = field(default_factory=Texts)
    shelf: Shelf = field(default_factory=Shelf)
    building: Lock = field(default_factory=Lock)
    saving: Lock = field(default_factory=Lock)
    settling: Lock = field(default_factory=Lock)
    lines: dict[Path, tuple[frozenset[object], Line]] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)
    fonts: dict[str, ScreenFont] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    @classmethod
    def at(cls, root: Path, clock: Callable[[], datetime]) -> Desk:
        """The desk of a project."""
        root = root.resolve()
        return cls(
            root=root,
            out=root / "output",
            session=Session(root),
            library=Library(root),
            clock=clock,
            history=History(root),
        )
