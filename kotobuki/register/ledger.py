"""The register's files: `cases/register/2022-総総送.csv`, one a fiscal year, 記号 and kind.

In: a project's root. Out: `Ledger`s; and, under the lock, ledgers with entries added. Rules: who writes holds the lock of
the whole register; every file is written aside, flushed to the disk and renamed into place, so that whatever happens —
a kill, a full disk — the old file or the new one stands whole, and readers need no lock.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path

from kotobuki.diagnostics import CommandError, Diagnostics, Place, reason_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading.source import read_bytes
from kotobuki.register.entries import Ledger, LedgerEntry, fold

FOLDER = Path("cases", "register")
PATIENCE = 60.0
"""Seconds to wait for others who are writing."""

_NAME = lazy_pattern(r"(\d{4})-(.+)\.csv")
_LOCK = ".lock"


class RegisterError(CommandError):
    """The register could not be read or written (exit status 2); the message says what and why, in Japanese."""


@dataclass(slots=True)
class Register:
    """The register of a project. `shown` gives a path as users know it."""

    root: Path
    diagnostics: Diagnostics
    shown: Callable[[Path], str] = str
    _read: dict[Path, tuple[bytes, list[LedgerEntry]]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where its files are: a ledger for each series and year."""
        return self.root / FOLDER

    def file(self, year: int, series: str) -> Path:
        """The ledger of a fiscal year and series; one that is there, however its name is composed (NFC or NFD)."""
        name = f"{_identity(year, series)}.csv"
        there = [
            file
            for file in self._files
            if unicodedata.normalize("NFC", file.name) == unicodedata.normalize("NFC", name)
        ]
        if len(there) > 1:
            reason = "同じ台帳のファイルが二つあります（名の濁点の入れ方だけが違います）"
            remedy = "二つの中身を見比べて一つにまとめ、もう一つを消してください"
            self.diagnostics.error(Place(self.shown(there[1])), "register-two-files", reason, remedy)
        return there[0] if there else self.folder / name

    def ledgers(self) -> list[tuple[int, str]]:
        """The fiscal year and series of every ledger there is, in order."""
        names = [unicodedata.normalize("NFC", file.name) for file in self._files]
        found = {match.groups() for name in names if (match := _NAME.fullmatch(name))}
        return sorted((int(year), series) for year, series in found)

    @property
    def _files(self) -> list[Path]:
        try:
            return sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        except OSError as error:
            reason = f"台帳のフォルダを読めません（{reason_of(error)}）"
            remedy = "フォルダを読む許可があるか確かめてください"
            self.diagnostics.error(Place(self.shown(self.folder)), "register-unreadable", reason, remedy)
            return []

    def years(self, series: str) -> list[int]:
        """The fiscal years in which a series has a ledger, the newest first."""
        return [year for year, name in reversed(self.ledgers()) if name == series]

    def read(self, year: int, series: str) -> Ledger:
        """A ledger; one that does not exist is an empty book. What is wrong with it becomes diagnostics."""
        file = self.file(year, series)
        shown = self.shown(file)
        data = read_bytes(file, shown, self.diagnostics) if _may_exist(file) else None
        entries: list[LedgerEntry] = []
        if data is not None:
            from kotobuki.register.lines import read_entries  # only here: a ledger is begun with the first number

            entries = read_entries(data, _identity(year, series), shown, self.diagnostics)
        self._read[file] = (data or b"", entries)
        return fold(year, series, entries, self.diagnostics)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes meanwhile. The system gives the lock back when its process ends, however it ends."""
        from filelock import FileLock, Timeout

        where = self.shown(self.folder)
        self._check_inside(self.folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(str(self.folder.resolve() / _LOCK))
            lock.acquire(timeout=PATIENCE, poll_interval=0.02)
        except Timeout as error:
            message = f"台帳のフォルダ「{where}」に、{PATIENCE:.0f}秒待ってもほかの人が書き込み中です"
            raise RegisterError(f"{message}。後でもう一度実行してください") from error
        except OSError as error:
            message = f"台帳のフォルダ「{where}」に書けません（{reason_of(error)}）"
            raise RegisterError(f"{message}。書き込めるようにしてから、もう一度実行してください") from error
        try:
            self._read.clear()
            yield
        finally:
            lock.release()

    def add(self, year: int, series: str, new: Sequence[LedgerEntry], others: Mapping[Path, bytes]) -> None:
        """Record `new` entries, then replace the `others` (file → bytes).

        Only for a ledger that was read, without fault, since the lock was taken.
        """
        from kotobuki.register.lines import add_entries

        file = self.file(year, series)
        self._check_inside(file)
        changed = {file: add_entries(*self._read[file], new, _identity(year, series))} if new else {}
        self._replace({**changed, **others}, recorded=file)

    def _check_inside(self, path: Path) -> None:
        """Raises `RegisterError` where a link leads out of the project: what is written there is not the project's."""
        if not path.resolve().is_relative_to(self.root.resolve()):
            message = f"「{path}」はリンクで、{self.root} の外を指しています"
            raise RegisterError(f"{message}。台帳そのものを {FOLDER.as_posix()} に置いてください")

    def _replace(self, files: Mapping[Path, bytes], recorded: Path) -> None:
        """Write every file aside, then rename them into place in their order."""
        aside: list[tuple[Path, Path]] = []
        done = False
        try:
            for file, data in files.items():
                target = file.resolve()
                aside.append((_beside(target), target))
                _write(aside[-1][0], data, target)
            for new, target in aside:
                new.replace(target)
                done = done or target == recorded.resolve()
                _flush_folder(target.parent)
        except OSError as error:
            what = self.shown(Path(error.filename2 or error.filename or recorded))
            if done:
                message = f"番号は台帳に記録しましたが、「{what}」に書き込めませんでした（{reason_of(error)}）"
                raise RegisterError(f"{message}。同じコマンドをもう一度実行すれば、同じ番号を書き込みます") from error
            message = f"「{what}」に書けません（{reason_of(error)}）"
            raise RegisterError(
                f"{message}。台帳は元のままです。書けるようにしてから、もう一度実行してください"
            ) from error
        finally:
            for new, _ in aside:
                with suppress(OSError):
                    new.unlink(missing_ok=True)


def _may_exist(file: Path) -> bool:
    """Whether there is a file, or none can tell: then reading it says why."""
    try:
        return file.exists()
    except OSError:
        return True


def _identity(year: int, series: str) -> str:
    return f"{year}-{series}"


def _beside(target: Path) -> Path:
    """Where a file is written aside: one name a file, so that what a killed process left is written over."""
    return target.with_name(f".{target.name}.new")


def _write(file: Path, data: bytes, like: Path) -> None:
    """`data` on the disk, under the permissions of the file `like` where it exists."""
    try:
        file.unlink(missing_ok=True)  # a link, too: what it leads to is not ours
        with file.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if like.exists():
            shutil.copymode(like, file)
    except OSError as error:
        error.filename = str(like)
        raise


def _flush_folder(folder: Path) -> None:
    """The names of a folder on the disk, where the system has such a thing."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
