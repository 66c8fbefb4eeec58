"""The versions of a file before each save, in a folder of their own: 履歴/cases/…/案件.yaml/2022-05-06_09-01-00.000_….yaml.

In: what stood in a file when it was saved over, and the time of day. Out: the file of that version, and all of them, the newest
first. Nothing but the editor looks there: no build, no other command. git leaves the folder out by a file in it. Of one file
there are at most `limits.VERSIONS`: of the older ones those go that have others close to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath

from kotobuki.build.confined import Confined
from kotobuki.editor.disk.texts import digest_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import VERSIONS
from kotobuki.project import HISTORY
from kotobuki.reading.source import MAX_BYTES
from kotobuki.register.lock import try_lock

_FOLDER = PurePosixPath(HISTORY)
_SUFFIX = ".yaml"
_DIGITS = 16
_WHEN = "%Y-%m-%d_%H-%M-%S.%f"
_NAME = re.compile(rf"(\d{{4}}-\d\d-\d\d_\d\d-\d\d-\d\d\.\d{{6}})_([0-9a-f]{{{_DIGITS}}}){re.escape(_SUFFIX)}")
_IGNORED, _LOCK = _FOLDER / ".gitignore", _FOLDER / ".lock"
_PATIENCE = 2.0
"""Seconds that somebody else's save is waited for: one that stands still keeps nobody from saving."""


@dataclass(frozen=True, slots=True)
class Version:
    """What stood in a file until `when` (the time of day there), by the beginning of its digest."""

    when: datetime
    digest: str

    @property
    def id(self) -> str:
        """By which it is asked for, and its file's name without the ending."""
        return f"{self.when.strftime(_WHEN)}_{self.digest}"


class History:
    """The versions of the files of a project. Files are called by their paths below the root."""

    def __init__(self, root: Path) -> None:
        self._root = Confined(root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else saves meanwhile, by another `serve` of the project either; as far as the disk knows locks."""
        release = None
        with suppress(OSError):
            self._begin()
            release = try_lock(self._root.path / _LOCK, _PATIENCE)
        try:
            yield
        finally:
            if release:
                release()

    def versions(self, name: PurePosixPath) -> list[Version]:
        """The versions of a file, the newest first. What else lies in their folder is not looked at."""
        try:
            found = [_NAME.fullmatch(each.name) for each in self._root.names(_FOLDER / name)]
        except OSError:  # there are none; or a link is in the way
            return []
        versions = [Version(when, each[2]) for each in found if each and (when := _when(each[1]))]
        return sorted(versions, key=lambda each: each.when, reverse=True)

    def read(self, name: PurePosixPath, version: Version) -> bytes:
        """What a version holds. Raises `OSError` where it is gone."""
        return self._root.read(_file(name, version), MAX_BYTES)

    def find(self, name: PurePosixPath, digest: str) -> bytes | None:
        """The version of a digest; None where it is not kept."""
        for version in self.versions(name):
            if digest.startswith(version.digest):
                with suppress(OSError):
                    data = self.read(name, version)
                    if digest_of(data) == digest:
                        return data
        return None

    def keep(self, name: PurePosixPath, data: bytes, now: datetime) -> None:
        """Keep what stands in a file, before it is saved over. Raises `OSError` where that cannot be done."""
        versions = self.versions(name)
        version = Version(now.replace(tzinfo=None), digest_of(data)[:_DIGITS])
        if versions and versions[0].digest == version.digest:
            return
        self._begin()
        self._root.replace(_file(name, version), data)
        for each in surplus([version, *versions], VERSIONS):
            self._root.unlink(_file(name, each))

    def _begin(self) -> None:
        """The folder, which git leaves out. Raises `OSError` where there can be none."""
        if self._root.kind(_IGNORED) == "":
            self._root.replace(_IGNORED, b"*\n")  # whole or not at all: nobody writes it again


def surplus(versions: Sequence[Version], most: int) -> list[Version]:
    """The versions, newest first, that are too many: of the older half, but for the oldest, those with the least time around them."""
    left, gone = list(versions), list[Version]()
    while len(left) > most:
        old = range(max(1, most // 2), len(left) - 1)
        at = min(old, key=lambda each: left[each - 1].when - left[each + 1].when, default=len(left) - 1)
        gone.append(left.pop(at))
    return gone


def _when(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _WHEN)
    except ValueError:
        return None


def _file(name: PurePosixPath, version: Version) -> PurePosixPath:
    return _FOLDER / name / f"{version.id}{_SUFFIX}"
