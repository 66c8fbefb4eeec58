"""What is up to date: a case whose papers were made before from the same files, in the same way, is not made again.

In: what a case was made from and what came of it. Out: the same again, as long as it holds. What counts is what the files
hold (by SHA-256), never when they were written: git sets times anew. It also counts which files stand in the
folders that were looked through, since a form, a register or a font that is added there may be another answer, and of fonts also
when they were written, since there are too many to be read; the version of Kotobuki and the programs and packages it runs with. What is remembered stands in the user's own folder: an output folder may come from
others, and nothing in it is believed.

>>> Records(out).up_to_date(key) is None   # it is to be made
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, field
from functools import cache
from pathlib import Path

from kotobuki import remembering
from kotobuki.diagnostics import Diagnostic, Place
from kotobuki.digests import digest_of
from kotobuki.file_names import FONT_ENDINGS
from kotobuki.lazy_dataclasses import dataclass

ABSENT = ""
"""The digest of a file that is not there, or cannot be read."""
_FORMAT = 1
_ROOT = Path("cases", "organization.yaml")


@dataclass(frozen=True, slots=True)
class Record:
    """What was made: from what, what stands there now, what was said, the lines of the summary.

    files    what stood at the absolute paths of the files that it was made from (`Records.standing`)
    folders  digests of the names of all files below these folders (`_names`)
    outputs  digests of the files that were made, by their absolute paths
    """

    files: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    said: tuple[Diagnostic, ...] = ()
    lines: tuple[Mapping[str, object], ...] = ()


class Records:
    """What is remembered of the outputs below a folder, while one command runs."""

    def __init__(self, out: Path, since: int | None = None) -> None:
        """`since`: when the command began, if that was said to another process (`since` of its records)."""
        out = out.absolute()
        self._out, self._folder = (
            out,
            remembering.cache_folder() / "built" / hashlib.sha256(os.fsencode(out)).hexdigest()[:32],
        )
        self._names: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._standing: dict[Path, str] = {}
        self._plain: dict[str, bool] = {}
        stamp()  # now, and not when the papers have been made: this process goes on as it began, whatever is installed meanwhile
        self.since = self._now() if since is None else since
        """When the command began, by the time of the disk, in ns; None = nothing can be remembered."""

    def up_to_date(self, key: str) -> Record | None:
        """What came of `key` (a case, a command) if it would come out alike and stands as it was made; None: make it."""
        record = self._read(key)
        if record is None:
            return None
        holds = (
            all(self.names(Path(folder)) == known for folder, known in record.folders.items())
            and all(self.standing(Path(file)) == known for file, known in record.files.items())
            and all(self._made(file) == known for file, known in record.outputs.items())
        )
        return record if holds else None

    def command_up_to_date(self, key: str) -> tuple[tuple[Diagnostic, ...], list[Record]] | None:
        """What a command said and the records of its cases, if none of them is to be made; None: see which."""
        command = self.up_to_date(key)
        cases = [self.up_to_date(str(line["case"])) for line in command.lines] if command else []
        found = [each for each in cases if each]
        return (command.said, found) if command and len(found) == len(cases) else None

    def of_command(
        self, paths: Iterable[Path], read: Iterable[Path], looked: Iterable[Path], stand: Iterable[Path] = ()
    ) -> Record:
        """What is to be remembered of a command, but for what it said and made.

        paths   what it was told to make papers of
        read    the files that say which papers these are
        looked  the folders that it looked through for them
        stand   what stands in the output folder, whoever wrote it, and counts: all manifests, which say whose papers are stale
        """
        paths = [each.absolute() for each in paths]
        roots = [folder / _ROOT for each in paths for folder in (each, *each.parents)]  # where the root is looked for
        looked = [*looked, *(each if each.is_dir() else each.parent for each in paths)]
        files, folders = self.basis([*roots, *read], looked)
        folders[str(self._out)] = _names_digest(self._out)  # as it is now: this command has written there
        return Record(files, folders, {file: self._made(file) for file in {str(each.absolute()) for each in stand}})

    def keep(self, key: str, record: Record) -> None:
        """Remember it; where that cannot be done, it is made again next time.

        Nothing is remembered of what was made from a file that was written meanwhile: which of its contents was read?
        """
        if self.since is None or any(_written(file) >= self.since for file in record.files):
            return
        around = {folder for file in record.files for folder in [*Path(file).parents][:2] if self._is_apart(folder)}
        if any(
            _changed(folder) >= self.since for folder in around
        ):  # a folder put in the place of another, old files in it
            return
        if any(_filled(folder, self._out) >= self.since for folder in record.folders):
            return
        content = {"stamp": stamp(), "key": key, "out": str(self._out), **asdict(record)}
        file = self._file(key)
        with suppress(OSError):
            new = file.with_suffix(f".{os.getpid()}")
            new.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8", errors="surrogateescape")
            new.replace(file)

    def basis(self, files: Iterable[Path], folders: Iterable[Path]) -> tuple[dict[str, str], dict[str, str]]:
        """The `files` and `folders` of a record, as they are now."""
        return (
            {str(each): self.standing(each) for each in sorted({each.absolute() for each in files})},
            {str(each): self.names(each) for each in sorted({each.absolute() for each in folders})},
        )

    def standing(self, file: Path) -> str:
        """What a file holds, and where it is if links lead to it: what lies outside a folder is refused."""
        if file not in self._standing:
            real = os.path.realpath(file)
            self._standing[file] = self.digest(file) if real == str(file) else f"{self.digest(file)} {real}"
        return self._standing[file]

    def digest(self, file: Path) -> str:
        """SHA-256 of what a file holds, taken once; `ABSENT` without one."""
        if str(file) not in self._digests:
            self._digests[str(file)] = _digest(file)
        return self._digests[str(file)]

    def names(self, folder: Path) -> str:
        """A digest of the names of all files below a folder, taken once."""
        if str(folder) not in self._names:
            self._names[str(folder)] = _names_digest(folder)
        return self._names[str(folder)]

    def _made(self, file: str) -> str:
        """SHA-256 of an output; of none that a link leads to, which a build would not write to."""
        folder = os.path.dirname(file)  # noqa: PTH120 - of a thousand files, each time
        if folder not in self._plain:
            real = os.path.realpath(self._out) + folder[len(str(self._out)) :]
            self._plain[folder] = os.path.realpath(folder) == real
        return _digest(Path(file)) if self._plain[folder] and not os.path.islink(file) else ABSENT  # noqa: PTH114 - the same

    def _is_apart(self, folder: Path) -> bool:
        """Whether nothing that is written to the output folder changes this one."""
        return not self._out.is_relative_to(folder) and not folder.is_relative_to(self._out)

    def _now(self) -> int | None:
        """When the command began, by the time that the disk gives to what is written; None = nothing can be written.

        The disk of the outputs, and as a rule of what they are made from, may be another computer's, with a clock of its own: if
        that is behind, what is saved while papers are made would seem to be of before.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            now = _now_in(self._folder)
        except OSError:
            return None
        there = next((each for each in (self._out, *self._out.parents) if each.is_dir()), self._folder)
        if os.path.realpath(there) == str(there):  # where a link leads nothing is written
            with suppress(OSError):
                now = min(now, _now_in(there))
        return now

    def _read(self, key: str) -> Record | None:
        try:
            found = json.loads(self._file(key).read_bytes())
            if found.pop("stamp") != stamp() or found.pop("key") != key:
                return None
            said = tuple(Diagnostic(**{**each, "place": Place(**each["place"])}) for each in found["said"])
            files, folders, outputs = (dict(found[name]) for name in ("files", "folders", "outputs"))
            return Record(files, folders, outputs, said, tuple(map(dict, found["lines"])))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # none, or not as we write them
            return None

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode(errors='surrogateescape')).hexdigest()[:32]}.json"


def _now_in(folder: Path) -> int:
    """The time of the disk, in ns."""
    begun = folder / f".begun-{os.urandom(6).hex()}"
    begun.touch(exist_ok=False)
    try:
        return begun.stat().st_mtime_ns
    finally:
        begun.unlink()


def _digest(file: Path) -> str:
    try:
        if not file.is_file():  # a pipe would be waited for
            return ABSENT
        return digest_of(file)
    except (OSError, ValueError):
        return ABSENT


def _written(file: str) -> int:
    """When a file was last written or put there (a copy may bear the time of its original), or taken away, in ns."""
    for each in (Path(file), Path(file).parent):
        with suppress(OSError, ValueError):
            status = each.stat()
            return max(status.st_mtime_ns, status.st_ctime_ns)
    return 0


def _changed(folder: Path) -> int:
    """When something last came into a folder, went or was renamed there, or the folder itself was, in ns."""
    with suppress(OSError):
        return folder.stat().st_ctime_ns
    return 0


def _filled(folder: str, out: Path) -> int:
    """When a file last came, went or was renamed below a folder, in ns; but for what is written to `out`."""
    inner = {str(Path(each).parent) for each, _ in _names(folder)} | {folder}
    return max((_written(each) for each in inner if not Path(each).is_relative_to(out)), default=0)


def _names_digest(folder: Path) -> str:
    names = "\0".join(sorted(f"{path}\0{about}" for path, about in _names(str(folder))))
    return hashlib.sha256(names.encode(errors="surrogateescape")).hexdigest()


def _names(folder: str) -> Iterator[tuple[str, str]]:
    """The paths below a folder, and what counts of each besides: where a link leads, how a font is.

    Links to folders are not followed.
    """
    waiting = [folder]
    while waiting:
        each = waiting.pop()
        try:
            with os.scandir(each) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry.path, _about(entry)
        except OSError:
            yield f"{each}/?", ""


def _about(entry: os.DirEntry[str]) -> str:
    about = os.path.realpath(entry.path) if entry.is_symlink() else ""
    if about or entry.name.lower().endswith(FONT_ENDINGS):
        with suppress(OSError):  # a link that leads nowhere
            status = entry.stat()
            font = entry.name.lower().endswith(FONT_ENDINGS)
            about += f" {status.st_size} {status.st_mtime_ns}" if font else f" {stat.S_IFMT(status.st_mode)}"
    return about


@cache
def stamp() -> str:
    """What makes papers, as far as it is known: Kotobuki, Python and their packages, and where it runs."""
    about = [remembering.stamp(), str(_FORMAT), os.environ.get("KOTOBUKI_FONT_PATH", ""), str(Path.cwd())]
    about += [os.path.expanduser("~"), *(os.environ.get(name, "") for name in ("LOCALAPPDATA", "WINDIR"))]  # noqa: PTH111 - of fonts
    return hashlib.sha256("\n".join(about).encode(errors="surrogateescape")).hexdigest()
