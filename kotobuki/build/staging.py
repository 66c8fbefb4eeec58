"""Outputs written aside, then renamed into place all together: whatever happens, the old output or the new one stands.

In: files as (path below the output folder, bytes). Out: those files on disk. Paths that leave the output folder are
refused; a failure while renaming puts back what was there. A build that was killed leaves its folder `.kotobuki-…`
behind; the next build to the same place finds nobody holding its lock, puts back what was there, and removes it.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from kotobuki.diagnostics import CommandError, reason_of
from kotobuki.register.lock import try_lock

_PREFIX, _LOCK = ".kotobuki-", ".lock"
_PLAN = "plan.json"
"""Stands in the folder aside while files are renamed: all of them, and those that nothing was there of before."""


class OutputError(CommandError):
    """The output could not be written; the message says what and why, in Japanese."""


class Staging:
    """A folder beside the outputs, on the same disk."""

    def __init__(self, out: Path, aside: Path) -> None:
        self.out, self.aside = out, aside
        self.files: list[PurePosixPath] = []
        self._names: set[str] = set()

    def write(self, name: PurePosixPath, data: bytes) -> None:
        """Put a file aside. Each name once, in whatever case it is written: some systems make no difference."""
        if name.is_absolute() or ".." in name.parts:
            raise OutputError(f"出力先「{name}」は出力フォルダの外を指しています")
        if str(name).casefold() in self._names:
            raise OutputError(f"「{name}」という名の書類が二つあります。form.yaml の書類の名を変えてください")
        self._names.add(str(name).casefold())
        target = self.aside / "new" / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError as error:
            raise OutputError(f"「{name}」を書けません（{reason_of(error)}）") from error
        self.files.append(name)

    def commit(self) -> None:
        """Rename everything into place; on a failure, put the old files back and raise `OutputError`."""
        targets = [_target(self.out, name) for name in self.files]
        made = _missing_folders(targets)
        try:
            _write_plan(
                self.aside, self.files, [name for name, to in zip(self.files, targets, strict=True) if not to.exists()]
            )
            for name, target in zip(self.files, targets, strict=True):
                kept = self.aside / "old" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                kept.parent.mkdir(parents=True, exist_ok=True)
                if target.exists():
                    target.replace(kept)
                (self.aside / "new" / name).replace(target)
            (self.aside / _PLAN).unlink()
        except BaseException as error:
            _put_back(self.out, self.aside)
            for folder in made:
                with suppress(OSError):  # that something is in it
                    folder.rmdir()
            if isinstance(error, OSError):
                raise OutputError(
                    f"「{error.filename}」を置き換えられません（{reason_of(error)}）。開いているファイルを閉じてください"
                ) from error
            raise


@contextmanager
def staging(out: Path) -> Iterator[Staging]:
    """A `Staging` for the folder `out`, removed at the end whatever happens; `out`, too, if it is new and empty."""
    try:
        made = _missing_folders([out / "file"])
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        aside = out / f"{_PREFIX}{secrets.token_hex(6)}"
        release = try_lock(_lock_of(aside))  # first: a folder that is there and not locked is dead
        aside.mkdir()
    except OSError as error:
        raise OutputError(f"出力フォルダ「{out}」に書けません（{reason_of(error)}）") from error
    try:
        yield Staging(out, aside)
    finally:
        _remove(aside)
        if release:
            release()
        if not aside.exists():
            _unlock(aside)
        for folder in made:
            with suppress(OSError):  # that something is in it
                folder.rmdir()


def _sweep(out: Path) -> None:
    """Remove what builds left that were killed; what one of them was replacing is made whole first."""
    for aside in sorted(out.glob(f"{_PREFIX}*")):
        if not aside.is_dir() or aside.is_symlink() or not _lock_of(aside).is_file():
            continue  # without a lock nobody can tell whether it is alive
        release = try_lock(_lock_of(aside))
        if release is None:
            continue
        try:
            _put_back(out, aside, unless_done=True)
            _remove(aside)
        finally:
            release()
        if not aside.exists():
            _unlock(aside)


def _put_back(out: Path, aside: Path, *, unless_done: bool = False) -> None:
    """What was there before `commit` began, as the plan has it; `unless_done`: but not if all was renamed already."""
    try:
        plan = json.loads((aside / _PLAN).read_bytes())
        files = [(PurePosixPath(name), name in plan["added"]) for name in plan["files"]]
    except (FileNotFoundError, ValueError):  # there is none, or not all of it: nothing was renamed yet
        return
    if not unless_done or any((aside / "new" / name).exists() for name, _ in files):
        try:
            for name, added in files:
                target, kept = _target(out, name), aside / "old" / name
                if kept.exists():
                    kept.replace(target)
                elif added and not (aside / "new" / name).exists():
                    target.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(
                f"「{error.filename}」を元に戻せません（{reason_of(error)}）。開いているファイルを閉じて、もう一度実行してください。"
                f"前の出力は「{aside / 'old'}」にあります"
            ) from error
    (aside / _PLAN).unlink(missing_ok=True)


def _target(out: Path, name: PurePosixPath) -> Path:
    """Where a file goes: inside `out`, through links too, and in no folder's place."""
    target = out / name
    if not target.parent.resolve().is_relative_to(out.resolve()):
        raise OutputError(f"「{target.parent}」は出力フォルダの外を指しています")
    if target.is_dir():
        raise OutputError(f"「{target}」という名のフォルダがあるため、書けません")
    return target


def _write_plan(aside: Path, files: Iterable[PurePosixPath], added: Iterable[PurePosixPath]) -> None:
    plan = {"files": list(map(str, files)), "added": list(map(str, added))}
    (aside / _PLAN).write_text(json.dumps(plan), encoding="utf-8")


def _missing_folders(files: Iterable[Path]) -> list[Path]:
    """The folders that these files need and that are not there yet, the innermost first."""
    return sorted({each for file in files for each in file.parents if not each.exists()}, reverse=True)


def _remove(aside: Path) -> None:
    """Remove the folder; but where a plan is left, old files could not be put back: they are all there is."""
    if not (aside / _PLAN).exists():
        shutil.rmtree(aside, ignore_errors=True)


def _lock_of(aside: Path) -> Path:
    return aside.with_name(aside.name + _LOCK)


def _unlock(aside: Path) -> None:
    with suppress(OSError):  # that another has it already
        _lock_of(aside).unlink()
