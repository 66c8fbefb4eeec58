"""Which files the browser may see and write, each by an id that tells nothing: never by a path.

In: a project. Out: its organization.yaml, and the cases and meetings below cases/. A link that leads out of the project, a
hidden file and another project inside are none of it. An id is made of the path below the root, so it stays what it
is from one start to the next.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal

from kotobuki.build.confined import Confined
from kotobuki.editor.refusal import RefusalError
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import CASES, MEETING, ORGANIZATION, is_file

Kind = Literal["case", "meeting", "organization"]
_SUFFIXES = (".yaml", ".yml")
HIDDEN = (".", "~")
"""How the names of files and folders begin that are left out."""
DEEPEST = 12
"""Folders in one another, cases/ among them."""
_MOST = 20_000
"""Files: a city's cases of thirty years are some 5,000."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its id, its path below the root, what it is."""

    id: str
    name: PurePosixPath
    kind: Kind


class Library:
    """The files of a project. Asked anew each time for what is there; an id that was told stays known when its file goes."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._told = dict[str, Entry]()

    def entries(self) -> list[Entry]:
        """What is there now, folder by folder in the order of their names."""
        found = list(self._entries())
        self._told |= {each.id: each for each in found}
        return found

    def entry(self, key: str) -> Entry:
        """The file of an id. `RefusalError` where there is none, or never was."""
        if key not in self._told:
            self.entries()
        found = self._told.get(key)
        if found is None:
            raise RefusalError("そのファイルはありません", "一覧から選び直してください", 404)
        return found

    def path(self, entry: Entry) -> Path:
        """Where it is, or was. `RefusalError` where a link leads out of cases/ by now."""
        self.held(entry)
        return self.root / entry.name

    def held(self, entry: Entry) -> tuple[Confined, PurePosixPath]:
        """Where it is read and written: cases/, in which no link is followed, and the path in it once all links are.

        So nobody can put a link in its place meanwhile. `RefusalError` as for `path`.
        """
        home, name = self._home(), self._inside(self._home(), entry.name)
        if name is None:
            reason, remedy = (
                "そのファイルは使えません",
                "案件のフォルダの外を指すリンクになっていないか確かめてください",
            )
            raise RefusalError(reason, remedy, 404)
        return Confined(home), name

    def id_of(self, file: Path) -> str | None:
        """The id of a file of the project; None if it is not one of those."""
        return self.ids_of([file]).get(file)

    def ids_of(self, files: Iterable[Path]) -> dict[Path, str]:
        """The ids of those files that are of the project, which is looked through once for all that are new."""
        home, named = self._home(), dict[Path, str]()
        for file in files:
            with suppress(ValueError):  # not below cases/
                real = Path(os.path.realpath(file.parent), file.name)
                named[file] = id_of(PurePosixPath(CASES, real.relative_to(home).as_posix()))
        if not self._told.keys() >= set(named.values()):
            self.entries()
        return {file: key for file, key in named.items() if key in self._told}

    def _home(self) -> Path:
        return Path(os.path.realpath(self.root / CASES))

    def _inside(self, home: Path, name: PurePosixPath) -> PurePosixPath | None:
        """The path below cases/ of what a name leads to; None where that is elsewhere."""
        try:
            return PurePosixPath(Path(os.path.realpath(self.root / name)).relative_to(home).as_posix())
        except ValueError:
            return None

    def _entries(self) -> Iterator[Entry]:
        count, home = 0, self._home()
        for name in self._names(PurePosixPath(CASES), 0):
            if self._inside(home, name) is None:
                continue
            kind: Kind = "meeting" if name.name == MEETING else "case"
            if name == PurePosixPath(CASES, ORGANIZATION):
                kind = "organization"
            yield Entry(id_of(name), name, kind)
            count += 1
            if count == _MOST:
                return

    def _names(self, folder: PurePosixPath, depth: int) -> Iterator[PurePosixPath]:
        """The YAML files below a folder; those of a project inside it are not ours."""
        if depth == DEEPEST or (depth and is_another(self.root / folder)):
            return
        try:
            with os.scandir(self.root / folder) as found:
                entries = sorted(found, key=lambda each: each.name)
        except OSError:  # it may not be looked into
            return
        for entry in entries:
            if entry.name.startswith(HIDDEN) or not _is_sound(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._names(folder / entry.name, depth + 1)
            elif entry.name.endswith(_SUFFIXES) and is_file(Path(entry.path)):
                yield folder / entry.name


def is_another(folder: Path) -> bool:
    """Whether a folder below cases/ is a project of its own."""
    return is_file(folder / CASES / ORGANIZATION)


def id_of(name: PurePosixPath) -> str:
    """The id of a file."""
    return hashlib.blake2b(
        name.as_posix().encode(errors="surrogateescape"), digest_size=12, person=b"kotobuki"
    ).hexdigest()


def _is_sound(name: str) -> bool:
    """Whether a name can be told in UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
