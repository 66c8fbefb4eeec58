"""Where a new file may go, and how it comes there: never in the place of another, whole or not at all.

In: the path a user gave and the project's root. Out: `DraftingError` for a place that is none; files on the disk.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kotobuki.diagnostics import CommandError, reason_of
from kotobuki.file_names import REMEDY, fault_of, folded
from kotobuki.project import CASES, MEETING, ORGANIZATION

_REGISTER = "register"


class DraftingError(CommandError):
    """A file cannot be begun as asked (exit status 2); the message is Japanese."""


def check_place(path: Path, root: Path) -> None:
    """That a new case or meeting may be written there: a .yaml below cases/, in nobody's place."""
    if path.is_dir():
        raise DraftingError(f"「{path}」はフォルダです。その中の、.yaml で終わる名を書いてください")
    if path.suffix != ".yaml":
        raise DraftingError(f"「{path}」は .yaml で終わる名ではありません（例：cases/r4-2/05-annai.yaml）")
    cases = (root / CASES).resolve()
    try:
        parent = path.parent.resolve()
    except (OSError, RuntimeError) as error:  # a link that leads to itself
        raise DraftingError(f"「{path.parent}」がどこか分かりません（リンクが輪になっています）") from error
    if not parent.is_relative_to(cases) or parent.is_relative_to(cases / _REGISTER):
        raise DraftingError(f"「{path}」には書けません。案件は「{cases}」の中（{_REGISTER} を除く）に置いてください")
    for name in (*parent.relative_to(cases).parts, path.name):
        if fault := fault_of(name):
            raise DraftingError(f"「{name}」という名は使えません（{fault}）。{REMEDY}")
    if path.name.casefold() == ORGANIZATION:
        raise DraftingError(f"「{ORGANIZATION}」は自治体のことを書くファイルの名です。別の名にしてください")
    check_free(path)
    _check_twin(path)


def check_case_name(path: Path) -> None:
    """That a case is not called as the file of its meeting."""
    if path.name.casefold() == MEETING:
        raise DraftingError(f"「{MEETING}」は会議のファイルの名です。会議であれば kotobuki new meeting {path.parent}")


def check_free(path: Path) -> None:
    """That nothing is there, not even a link that leads nowhere."""
    try:
        if path.is_dir():
            raise DraftingError(f"「{path}」という名のフォルダがあるため、書けません。別の名にしてください")
        if path.is_symlink() or path.exists():
            raise DraftingError(f"「{path}」はすでにあります。上書きはしません。別の名にしてください")
        above = next(each for each in path.parents if each.is_symlink() or each.exists())
        if not above.is_dir():
            raise DraftingError(f"「{above}」はフォルダではないため、その中に書けません")
    except OSError as error:
        raise DraftingError(f"「{path}」に書けません（{reason_of(error)}）") from error


def _check_twin(path: Path) -> None:
    """That nothing beside the file, and beside each new folder on the way to it, has a name that some systems take for its own."""
    for each in (path, *path.parents):
        if each.is_dir() or not each.parent.is_dir():
            continue
        twin = next((other for other in each.parent.iterdir() if folded(other.name) == folded(each.name)), None)
        if twin:
            how = "大文字と小文字や、濁点の入れ方が違うだけの名は、同じ名と見なすパソコンがあります"
            raise DraftingError(f"「{each}」と紛れる「{twin}」があります。{how}。別の名にしてください")


def write_new(files: Mapping[Path, bytes]) -> None:
    """All of the files or none, with the folders they need. `DraftingError` where one of them has come to be meanwhile."""
    made: list[Path] = []
    folders = sorted({each for file in files for each in file.parents if not each.exists()})
    at = Path()
    try:
        for at in folders:
            at.mkdir(exist_ok=True)
        for at, data in files.items():
            _write(at, data)
            made.append(at)
    except BaseException as error:
        for file in made:
            file.unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):  # that something is in it
                folder.rmdir()
        if isinstance(error, FileExistsError):
            raise DraftingError(f"「{at}」はすでにあります。上書きはしません") from error
        if isinstance(error, OSError):
            raise DraftingError(f"「{at}」に書けません（{reason_of(error)}）") from error
        raise


def _write(file: Path, data: bytes) -> None:
    """A file written aside and linked to its name, which fails where there is one already."""
    aside = file.with_name(f".{secrets.token_hex(6)}.new")
    try:
        with aside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(aside, file)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            _copy(file, data)
    finally:
        aside.unlink(missing_ok=True)


def _copy(file: Path, data: bytes) -> None:
    """The file where no link can be made; nothing of it stays if the disk is full."""
    with file.open("xb") as stream:
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            file.unlink()
            raise
