"""Outputs written aside, then renamed into place all together: whatever happens, the old output or the new one stands.

In: files as (path below the output folder, bytes). Out: those files on disk. Paths that leave the output folder are
refused; a failure while renaming puts back what was there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath


class OutputError(Exception):
    """The output could not be written; the message says what and why, in Japanese."""


class Staging:
    """A folder beside the outputs, on the same disk."""

    def __init__(self, out: Path, aside: Path) -> None:
        self.out, self.aside = out, aside
        self.files: list[PurePosixPath] = []

    def write(self, name: PurePosixPath, data: bytes) -> None:
        """Put a file aside."""
        if name.is_absolute() or ".." in name.parts:
            raise OutputError(f"出力先「{name}」は出力フォルダの外を指しています")
        target = self.aside / "new" / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError as error:
            raise OutputError(f"「{name}」を書けません（{_reason(error)}）") from error
        self.files.append(name)

    def commit(self) -> None:
        """Rename everything into place; on a failure, put the old files back and raise `OutputError`."""
        moved: list[tuple[Path, Path | None]] = []
        try:
            for name in self.files:
                target, kept = self.out / name, self.aside / "old" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.parent.resolve().is_relative_to(self.out.resolve()):
                    raise OutputError(f"「{target.parent}」は出力フォルダの外を指しています")
                if target.is_dir():
                    raise OutputError(f"「{target}」という名のフォルダがあるため、書けません")
                kept.parent.mkdir(parents=True, exist_ok=True)
                had = target.exists()
                moved.append((target, kept if had else None))  # first: an interrupt may come between any two lines
                if had:
                    target.replace(kept)
                (self.aside / "new" / name).replace(target)
        except BaseException as error:
            _put_back(moved)
            for name in self.files:
                _remove_empty(self.out / name.parent, self.out)
            if isinstance(error, OSError):
                raise OutputError(
                    f"「{error.filename}」を置き換えられません（{_reason(error)}）。開いているファイルを閉じてください"
                ) from error
            raise


@contextmanager
def staging(out: Path) -> Iterator[Staging]:
    """A `Staging` for the folder `out`, removed at the end whatever happens; `out`, too, if it is new and empty."""
    existed = out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".kotobuki-", dir=out))
    except OSError as error:
        raise OutputError(f"出力フォルダ「{out}」に書けません（{_reason(error)}）") from error
    try:
        yield Staging(out, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if not existed:
            _remove_empty(out, out.parent)


def _put_back(moved: list[tuple[Path, Path | None]]) -> None:
    for target, kept in reversed(moved):
        if kept is None:
            target.unlink(missing_ok=True)
        elif kept.exists():
            kept.replace(target)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove `folder` and those around it, up to `top`, as far as nothing is in them."""
    with suppress(OSError):  # that something is in it
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "書き込む権限がないか、ほかのソフトが使っています"
    if error.errno == 28:  # ENOSPC
        return "ディスクがいっぱいです"
    return error.strerror or str(error)
