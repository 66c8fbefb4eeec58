"""What the tests of the register share: the small city with two cases, and the command as a user runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from support.commands import Ran, run
from support.samples import CASE, HEADER, MEETING, edited, project

from kotobuki.diagnostics import Diagnostics
from kotobuki.register.ledger import Register

OPEN_REQUEST = "{日付: 2022-05-06}"
OPEN_CASE = edited(CASE, "{番号: 82, 日付: 2022-05-06}", OPEN_REQUEST)
OPEN_MEETING = edited(MEETING, "番号: 80, ", "").replace("{2: 案件.yaml}", "{2: 案件.yaml, 3: 別件.yaml}")
LEDGER = "cases/register/2022-総総送.csv"
CASE_FILE, OTHER_FILE, MEETING_FILE = (f"cases/第1回/{name}.yaml" for name in ("案件", "別件", "meeting"))


@dataclass(frozen=True)
class City:
    """A project in a folder."""

    root: Path

    def run(self, *arguments: str) -> Ran:
        """`kotobuki number …`."""
        return run("number", *arguments, "--root", self.root)

    def take(self, *arguments: str, day: str = "2022-05-01") -> str:
        """`take 総総送` that must succeed: the one line it prints."""
        given = () if "--subject" in arguments or "--case" in arguments else ("--subject", "通知")
        ran = self.run("take", "総総送", *given, *arguments, *(["--date", day] if day else []))
        assert (ran.status, ran.err) == (0, ""), ran.err
        assert ran.out.count("\n") == 1
        return ran.out.rstrip("\n")

    def case(self, name: str = CASE_FILE) -> tuple[str, str]:
        """`--case` and a file's path."""
        return "--case", str(self.root / name)

    def build(self, *names: str) -> Ran:
        """`kotobuki build` of these files."""
        arguments = [*(str(self.root / name) for name in names), "--root", str(self.root), "--format", "docx"]
        return run("build", *arguments, "--out", self.root / "output")

    def text(self, name: str) -> str:
        """A file."""
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Put a file there."""
        (self.root / name).write_text(text, encoding="utf-8")

    @property
    def ledger(self) -> list[str]:
        """The lines of 2022's 総総送 below the head."""
        return (self.root / LEDGER).read_text(encoding="utf-8-sig").splitlines()[1:]

    def states(self, year: int = 2022, series: str = "総総送") -> dict[str, str]:
        """Number as printed → its state, of a ledger that must be whole."""
        diagnostics = Diagnostics()
        book = Register(self.root, diagnostics).read(year, series)
        assert list(diagnostics) == []
        return {record.text: record.state for record in book.records.values()}


def city(folder: Path, **changed: str) -> City:
    """The small city with an open meeting and two cases whose 依頼 have a date and no number."""
    cases = {"案件.yaml": OPEN_CASE, "別件.yaml": OPEN_CASE.replace("見本", "別")}
    return City(project(folder, cases, **{"MEETING": OPEN_MEETING, **changed}))


@contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder in memory, where there is one: tests that write a thousand times must not wait for a disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


__all__ = [
    "CASE_FILE",
    "HEADER",
    "LEDGER",
    "MEETING_FILE",
    "OPEN_CASE",
    "OPEN_REQUEST",
    "OTHER_FILE",
    "City",
    "Ran",
    "city",
    "fast_folder",
]
