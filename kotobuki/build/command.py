"""What a build is asked for, how it is to work, and what it says in the end: its papers, and how many cases were up to date.

Values alone, so that a command that has nothing to make imports nothing that makes papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from kotobuki.lazy_dataclasses import dataclass

FORMATS = ("docx", "pdf")
MOST = 32
"""Cases in a chunk: seven seconds of work, so that what all cases share (some 20 ms) is read often enough to let go of it."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build. `papers` and `formats` empty: all of them. `check`: only look for faults, write nothing."""

    out: Path
    papers: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    final: bool = False
    check: bool = False

    def key(self, paths: Iterable[Path], root: Path | None = None) -> str:
        """By what it is remembered what is made of `paths`: all that counts and is not in the files themselves."""
        where = [str(each.absolute()) for each in paths]
        return repr((self.papers, self.formats, self.final, where, str(root and root.absolute())))


@dataclass(frozen=True, slots=True)
class Way:
    """How a build works, whatever it makes.

    `workers`: in how many processes, None = as many as are worth it; `size`: the most cases of a chunk. `keep_going`: cases that can be made are written
    though others cannot. `cluster`: the address of a Dask scheduler that is to have them made, "" = this machine makes them.
    """

    workers: int | None = 1
    size: int = MOST
    keep_going: bool = False
    cluster: str = ""


USUAL = Way()
"""As many processes as are worth it; all or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """A line of the summary: a paper, its pages (None: unnumbered), whether it is marked 案; what its files leave open, as counted."""

    folder: PurePosixPath
    paper: str
    count: int
    numbers: tuple[int, int] | None
    draft: bool
    left: str = ""

    def told(self) -> dict[str, object]:
        """As JSON has it."""
        return {**asdict(self), "folder": str(self.folder)}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> SummaryLine:
        """What `told` tells."""
        numbers = told["numbers"]
        return cls(**{**told, "folder": PurePosixPath(told["folder"]), "numbers": tuple(numbers) if numbers else None})


@dataclass(frozen=True, slots=True)
class Built:
    """A build: a line for each paper; how many cases there are, how many of them were up to date (`kept`) or could not be made.

    `new`: the lines of the cases that were made now.
    """

    lines: tuple[SummaryLine, ...]
    cases: int
    kept: int = 0
    failed: int = 0
    new: tuple[SummaryLine, ...] = ()
