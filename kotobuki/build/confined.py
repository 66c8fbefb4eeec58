"""A folder below which nothing is trusted: links are never followed, only plain files are read, and no more than is meant to be.

In: a folder that the user named (a link there is the user's own), and names below it. Out: files read, written, moved and
removed, or `OSError`. Where the system can (Linux, macOS), every folder on the way is opened for itself and without
following, and the next one from there, so that nobody can put a link in its place meanwhile. Elsewhere (Windows) each is
looked at before it is used; what remains there is the moment in between.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass

HELD = {os.open, os.mkdir, os.rmdir, os.unlink, os.rename, os.stat} <= os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether folders can be held open."""

Kind = Literal["", "file", "folder", "link", "other"]
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)
_OUTERMOST = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_LINKS = (0xA000000C, 0xA0000003)
"""Reparse tags of Windows: symbolic links and junctions. Others, as of files in a cloud, lead nowhere else."""


class LinkError(OSError):
    """Something on the way, `filename`, is a link."""


@dataclass(slots=True)
class Confined:
    """A folder and what is below it; every name is relative to it. `made`: the folders made, the outermost first."""

    path: Path
    made: list[PurePosixPath] = field(default_factory=list)

    def kind(self, name: PurePosixPath) -> Kind:
        """What stands there; "" = nothing."""
        try:
            with self._at(name) as (folder, at):
                return _kind(os.stat(at, dir_fd=folder, follow_symlinks=False))
        except (FileNotFoundError, NotADirectoryError):
            return ""

    def names(self, folder: PurePosixPath = PurePosixPath()) -> list[PurePosixPath]:  # noqa: B008 - a constant
        """What is in a folder, the outermost if none is named, in order."""
        with self._at(folder / "_") as (held, at), os.scandir(Path(at).parent if held is None else held) as found:
            return sorted(folder / each.name for each in found)

    def read(self, name: PurePosixPath, most: int) -> bytes:
        """A plain file of at most `most` bytes; any other is an `OSError`."""
        with self._opened(name) as descriptor, os.fdopen(descriptor, "rb", closefd=False) as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self.path / name))
        return data

    def digest(self, name: PurePosixPath) -> str:
        """SHA-256 of a plain file; "" where there is none."""
        try:
            with self._opened(name) as descriptor, os.fdopen(descriptor, "rb", closefd=False) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""

    def write(self, name: PurePosixPath, data: bytes) -> None:
        """A new file, with the folders it needs."""
        with (
            self._at(name, make=True) as (folder, at),
            os.fdopen(os.open(at, _NEW, 0o666, dir_fd=folder), "wb") as stream,
        ):
            stream.write(data)

    def replace(self, name: PurePosixPath, data: bytes, still: Callable[[], bool] = lambda: True) -> bool:
        """A file in the place of another, or where there was none, with the folders it needs: written aside, flushed and renamed, with the permissions of the old.

        Whatever happens, the one or the other stands. `still`: asked at the last moment; if not, nothing changes.
        """
        with self._at(name, make=True) as (folder, at):
            new = f".kotobuki-{secrets.token_hex(6)}.new"
            aside = new if folder is not None else str(Path(at).with_name(new))
            try:
                with os.fdopen(os.open(aside, _NEW, 0o666, dir_fd=folder), "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                with suppress(FileNotFoundError):
                    mode = os.stat(at, dir_fd=folder, follow_symlinks=False).st_mode
                    os.chmod(aside, stat.S_IMODE(mode), dir_fd=folder)
                if not still():
                    return False
                os.replace(aside, at, src_dir_fd=folder, dst_dir_fd=folder)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(aside, dir_fd=folder)
        return True

    def move(self, name: PurePosixPath, to: PurePosixPath) -> None:
        """Rename what stands there, itself where it is a link, in the place of any file; with the folders it needs."""
        with self._at(name) as (source, old), self._at(to, make=True) as (target, new):
            os.replace(old, new, src_dir_fd=source, dst_dir_fd=target)

    def unlink(self, name: PurePosixPath) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError), self._at(name) as (folder, at):
            os.unlink(at, dir_fd=folder)

    def make_folder(self, name: PurePosixPath) -> None:
        """A new folder."""
        with self._at(name) as (folder, at):
            os.mkdir(at, dir_fd=folder)

    def remove_tree(self, name: PurePosixPath) -> None:
        """Remove a folder with all that is in it; what cannot be removed stays."""
        with suppress(OSError), self._at(name) as (folder, at):
            shutil.rmtree(at, ignore_errors=True, dir_fd=folder)

    def remove_made(self) -> None:
        """Remove the folders that were made here, as far as nothing is in them."""
        for name in reversed(self.made):
            with suppress(OSError), self._at(name) as (folder, at):
                os.rmdir(at, dir_fd=folder)

    @contextmanager
    def _opened(self, name: PurePosixPath) -> Iterator[int]:
        """A plain file."""
        with self._at(name) as (folder, at):
            self._refuse_link(name.parts, at, folder)
            descriptor = os.open(at, _READ, dir_fd=folder)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.path / name))
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _at(self, name: PurePosixPath, *, make: bool = False) -> Iterator[tuple[int | None, str]]:
        """The folder that a name stands in, open, and the name in it; where none can be held, None and the whole path.

        `make`: with the folders that are not there. Errors bear the whole path.
        """
        folder = os.open(self.path, _OUTERMOST) if HELD else None
        *way, last = name.parts or ("",)
        try:
            for depth in range(1, len(way) + 1):
                if folder is None:
                    self._look_at(way[:depth], make=make)
                else:
                    inner = self._entered(folder, way[:depth], make=make)
                    os.close(folder)
                    folder = inner
            yield folder, last if HELD else str(self.path / name)
        except LinkError:
            raise
        except OSError as error:
            error.filename, error.filename2 = str(self.path / name), None
            raise
        finally:
            if folder is not None:
                os.close(folder)

    def _entered(self, folder: int, way: Sequence[str], *, make: bool) -> int:
        """The last folder of a `way` from the outermost, open, from that before it: a link cannot be opened so."""
        at = way[-1]
        try:
            return os.open(at, _FOLDER, dir_fd=folder)
        except FileNotFoundError:
            if not make:
                raise
            self._make(way, at, folder)
            return os.open(at, _FOLDER, dir_fd=folder)
        except OSError:
            self._refuse_link(way, at, folder)
            raise

    def _look_at(self, way: Sequence[str], *, make: bool) -> None:
        """Where no folder can be held: that the last one of a `way` from the outermost is there, and no link."""
        at = str(self.path.joinpath(*way))
        if make:
            self._make(way, at, None)
        self._refuse_link(way, at, None)

    def _refuse_link(self, way: Sequence[str], at: str, folder: int | None) -> None:
        if _kind(os.stat(at, dir_fd=folder, follow_symlinks=False)) == "link":
            raise LinkError(errno.ELOOP, os.strerror(errno.ELOOP), str(self.path.joinpath(*way)))

    def _make(self, way: Sequence[str], at: str, folder: int | None) -> None:
        with suppress(FileExistsError):
            os.mkdir(at, dir_fd=folder)
            self.made.append(PurePosixPath(*way))


def _kind(found: os.stat_result) -> Kind:
    if stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) in _LINKS:
        return "link"
    return "file" if stat.S_ISREG(found.st_mode) else "folder" if stat.S_ISDIR(found.st_mode) else "other"
