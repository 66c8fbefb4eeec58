"""The register's files: `cases/register/2022-総総送.csv`, one a fiscal year, 記号 and kind.

In: a project's root. Out: `Book`s; and, under the lock, ledgers with entries added. Rules: who writes holds the lock of
the whole register; every file is written aside, flushed to the disk and renamed into place, so that whatever happens —
a kill, a full disk — the old file or the new one stands whole, and readers need no lock.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kotobuki.diagnostics import Diagnostics
from kotobuki.register.entries import Book, Entry, fold
from kotobuki.register.lines import add_entries, read_entries

FOLDER = Path("cases", "register")
PATIENCE = 60.0
"""Seconds to wait for others who are writing."""

_NAME = re.compile(r"(\d{4})-(.+)\.csv")
_LOCK = ".lock"


class RegisterError(Exception):
    """The register could not be read or written (exit status 2); the message says what and why, in Japanese."""


@dataclass
class Register:
    """The register of a project. `shown` gives a path as users know it."""

    root: Path
    diagnostics: Diagnostics
    shown: Callable[[Path], str] = str

    @cached_property
    def folder(self) -> Path:
        """Where its files are."""
        return self.root / FOLDER

    def file(self, year: int, series: str) -> Path:
        """The ledger of a fiscal year and series."""
        return self.folder / f"{_identity(year, series)}.csv"

    def ledgers(self) -> list[tuple[int, str]]:
        """The fiscal year and series of every ledger there is, in order."""
        with _explained(self.folder):
            names = [each.name for each in self.folder.iterdir()] if self.folder.is_dir() else []
        found = [match.groups() for name in names if (match := _NAME.fullmatch(name)) and not name.startswith(".")]
        return sorted((int(year), series) for year, series in found)

    def years(self, series: str) -> list[int]:
        """The fiscal years in which a series has a ledger, the newest first."""
        return [year for year, name in reversed(self.ledgers()) if name == series]

    def read(self, year: int, series: str) -> Book:
        """A ledger; one that does not exist is an empty book. What is wrong with it becomes diagnostics."""
        return fold(year, series, self._entries(year, series)[1], self.diagnostics)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes meanwhile. The system gives the lock back when its process ends, however it ends."""
        from filelock import FileLock, Timeout

        with _explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(str(self.folder.resolve() / _LOCK))
            try:
                lock.acquire(timeout=PATIENCE, poll_interval=0.01)
            except Timeout as error:
                raise RegisterError(
                    f"{PATIENCE:.0f}秒待ちましたが、ほかの人が台帳（{self.shown(self.folder)}）に書いています。後でもう一度実行してください"
                ) from error
        try:
            yield
        finally:
            lock.release()

    def add(self, year: int, series: str, new: Sequence[Entry], others: Mapping[Path, bytes]) -> None:
        """Record `new` entries, then replace the `others` (file → bytes). Only under the lock, only on a whole ledger."""
        data, read = self._entries(year, series)
        self.diagnostics.raise_if_errors()
        changed = {self.file(year, series): add_entries(data, read, new, _identity(year, series))} if new else {}
        self._replace({**changed, **others}, recorded=self.file(year, series))

    def _entries(self, year: int, series: str) -> tuple[bytes, list[Entry]]:
        file = self.file(year, series)
        with _explained(file):
            if not file.exists():
                return b"", []
            data = file.read_bytes()
        return data, read_entries(data, _identity(year, series), self.shown(file), self.diagnostics)

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
                os.replace(new, target)
                done = done or target == recorded.resolve()
                _flush_folder(target.parent)
        except OSError as error:
            what = self.shown(Path(error.filename2 or error.filename or recorded))
            if done:
                message = "番号は台帳に記録しましたが、案件に書き込めませんでした。同じコマンドをもう一度実行すれば、同じ番号を書き込みます"
                raise RegisterError(f"{message}（{what}：{_reason(error)}）") from error
            raise RegisterError(f"「{what}」に書けません（{_reason(error)}）。台帳は元のままです") from error
        finally:
            for new, _ in aside:
                with suppress(OSError):
                    new.unlink(missing_ok=True)


def _identity(year: int, series: str) -> str:
    return f"{year}-{series}"


def _beside(target: Path) -> Path:
    """Where a file is written aside: one name a file, so that what a killed process left is written over."""
    return target.with_name(f".{target.name}.new")


def _write(file: Path, data: bytes, like: Path) -> None:
    """`data` on the disk, under the permissions of the file `like` where it exists."""
    try:
        with file.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if like.exists():
            shutil.copymode(like, file)
    except OSError as error:
        error.filename = error.filename or str(like)
        raise


def _flush_folder(folder: Path) -> None:
    """The names of a folder on the disk, where the system has such a thing."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RegisterError(f"台帳「{path}」を読み書きできません（{_reason(error)}）") from error


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError) or error.errno == 30:  # EROFS
        return "書き込む権限がないか、読み取り専用か、ほかのソフトが使っています"
    if error.errno in (27, 28, 122):  # EFBIG, ENOSPC, EDQUOT
        return "ディスクがいっぱいです"
    return error.strerror or str(error)
