"""What `kotobuki packet` is asked for, and what it says in the end: a line for each paper that is bound.

Values alone, so that a command that has nothing to make imports nothing that makes papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kotobuki.build.command import FORMATS
from kotobuki.lazy_dataclasses import dataclass

if TYPE_CHECKING:
    from kotobuki.build.freshness import Records
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.packet.issue import Issue


@dataclass(frozen=True, slots=True)
class PacketOptions:
    """What the command was asked for. `issue`: when what is made is handed out; None = it is not."""

    out: Path
    formats: tuple[str, ...] = FORMATS
    final: bool = False
    issue: Issue | None = None

    def key(self, folder: Path, root: Path | None) -> str:
        """By what it is remembered what is made of a meeting's folder. What is handed out is made each time."""
        return repr(("packet", self.formats, self.final, str(folder.absolute()), str(root and root.absolute())))


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as it is bound: of which 議案 (None: the packet's own), how many pages, its first and last number ("" = none)."""

    agenda: int | None
    paper: str
    count: int
    first: str
    last: str

    @property
    def name(self) -> str:
        """As 第2号議案 諮問書."""
        return f"第{self.agenda}号議案 {self.paper}" if self.agenda else self.paper

    @property
    def numbers(self) -> str:
        """As 3～5, 3 or ""."""
        return self.first if self.first == self.last else f"{self.first}～{self.last}"


@dataclass(frozen=True, slots=True)
class BuiltPacket:
    """A packet: where it is, its papers, what the files it was made from leave open, as counted.

    `record`: that of what is handed out, if it is. `kept`: nothing was made, as what stands there is what would be made.
    """

    where: PurePosixPath
    papers: tuple[PaperLine, ...]
    left: str = ""
    record: Path | None = None
    kept: bool = False

    def told(self) -> Mapping[str, object]:
        """As JSON has it."""
        return {"where": str(self.where), "papers": [asdict(each) for each in self.papers], "left": self.left}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> BuiltPacket:
        """What `told` tells, of a packet that was made before."""
        papers = tuple(PaperLine(**each) for each in told["papers"])
        return cls(PurePosixPath(told["where"]), papers, told["left"], kept=True)


def made_before(
    folder: Path, options: PacketOptions, root: Path | None, diagnostics: Diagnostics, records: Records
) -> BuiltPacket | None:
    """What the same command has made before, if that is up to date; what was said then is said again."""
    record = None if options.issue else records.up_to_date(options.key(folder, root))
    if record is None:
        return None
    diagnostics.found += record.said
    return BuiltPacket.read(record.lines[0])
