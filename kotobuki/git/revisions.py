"""The files of a project as git keeps them in a revision.

In: the root of a project and a revision. Out: its cases and templates in a folder of their own, byte by byte as they were
committed: no attribute of the repository (export-ignore, filters) has a say. What cannot be given so (links that lead
out, other repositories, contents that are kept elsewhere) is told. Raises `CommandError` where git cannot give them.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kotobuki.diagnostics import CommandError, reason_of
from kotobuki.file_names import fault_of
from kotobuki.git.run import asked
from kotobuki.lazy_dataclasses import dataclass

_KEPT = ("cases", "templates")
_MOST, _MOST_IN_ALL, _LONGEST_LINK = 100_000_000, 500_000_000, 4096
"""Bytes of a file, of a revision, of the path in a link: more than any project has."""
_POINTER = b"version https://git-lfs.github.com/spec/"
_LINKS = 20
"""Links in a row before it is a circle."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of a revision that cannot be had, or a folder with all that is below it."""

    path: PurePosixPath
    reason: str

    def touches(self, name: str) -> bool:
        """Whether it is that file or folder (a path below the root, "." the root), or within it, or around it."""
        other = PurePosixPath(name)
        return self.path.is_relative_to(other) or other.is_relative_to(self.path)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file as git lists it; `size` in bytes, 0 for what has none of its own."""

    mode: int
    blob: str
    size: int


def commit_of(root: Path, revision: str) -> str:
    """The hash of the commit that a revision (HEAD~1, a tag, a branch) names. Raises `CommandError` where there is none."""
    if not asked(root, "rev-parse", "--is-inside-work-tree").strip():
        raise CommandError(f"「{revision}」というファイルもフォルダもなく、{root} は git で管理されていません")
    found = asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found.strip():
        shallow = asked(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = (
            "（この複製には履歴の一部しかありません。git fetch --unshallow で残りを取り寄せられます）"
            if shallow
            else ""
        )
        raise CommandError(f"「{revision}」というファイルもフォルダも、git の版もありません{hint}")
    return found.decode().strip()


def check_out(root: Path, commit: str, folder: Path) -> list[Unreadable]:
    """The cases and templates of a commit, put into `folder`; what of them could not be had."""
    entries = dict(_entries(asked(root, "ls-tree", "-r", "-l", "-z", commit, *_KEPT)))
    if not entries:
        raise CommandError(f"git の版「{commit[:10]}」に cases がありません")
    wanted: dict[PurePosixPath, _Entry] = {}
    faults = []
    for path, entry in entries.items():
        found = _found(path, entry, entries, root)
        if isinstance(found, Unreadable):
            faults.append(found)
        else:
            wanted[path] = found
    if sum(each.size for each in wanted.values()) > _MOST_IN_ALL:
        raise CommandError(f"git の版「{commit[:10]}」は大きすぎるため、読めません")
    for path, data in _contents(root, wanted):
        if data.startswith(_POINTER):
            faults.append(Unreadable(path, "中身が Git LFS に別に置かれています"))
        elif fault := _write(folder, path, data):
            faults.append(Unreadable(path, fault))
    return faults


def refuse(faults: list[Unreadable], revision: str, needed: Callable[[Unreadable], bool]) -> None:
    """Raises `CommandError` if a file that is needed could not be had: without it, the result would be wrong."""
    for each in filter(needed, faults):
        raise CommandError(
            f"git の版「{revision}」の「{each.path}」が読めないため、比べられません（{each.reason}）。"
            "この版に要るのであれば、ファイルそのものを入れて commit し直した版を使ってください"
        )


def _entries(listed: bytes) -> Iterator[tuple[PurePosixPath, _Entry]]:
    """What `ls-tree -l -z` lists: mode, kind, hash, size, a tab, the path."""
    for line in listed.split(b"\0"):
        about, _, path = line.partition(b"\t")
        if path:
            mode, _, blob, size = about.split()
            yield (
                PurePosixPath(os.fsdecode(path)),
                _Entry(int(mode, 8), blob.decode(), int(size) if size.isdigit() else 0),
            )


def _found(
    path: PurePosixPath, entry: _Entry, entries: Mapping[PurePosixPath, _Entry], root: Path
) -> _Entry | Unreadable:
    """The file that is behind an entry: itself, or the one in the same commit that a link leads to."""
    for _ in range(_LINKS):
        if stat.S_IFMT(entry.mode) == 0o160000:
            return Unreadable(path, "別のリポジトリ（submodule）です")
        if entry.size > (_LONGEST_LINK if stat.S_ISLNK(entry.mode) else _MOST):
            return Unreadable(path, "大きすぎます")
        if not stat.S_ISLNK(entry.mode):
            return entry
        told = os.fsdecode(asked(root, "cat-file", "blob", entry.blob))
        path_then = PurePosixPath(os.path.normpath(path.parent / told))
        target = entries.get(path_then)
        if target is None or PurePosixPath(told).is_absolute():
            return Unreadable(path, f"リンクで、この版にない「{told}」を指しています")
        path, entry = path_then, target
    return Unreadable(path, "リンクが輪になっています")


def _contents(root: Path, wanted: Mapping[PurePosixPath, _Entry]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The bytes of the files, as `cat-file --batch` gives them: a line about each, then its bytes and a line end."""
    asking = "".join(f"{each.blob}\n" for each in wanted.values()).encode()
    data = asked(root, "cat-file", "--batch", given=asking) if wanted else b""
    at = 0
    for path, entry in wanted.items():
        end = data.find(b"\n", at)
        if data[at:end].split()[1:2] != [b"blob"]:
            raise CommandError(
                f"git が「{path}」の中身を持っていません（一部だけの複製です）。git fetch で取り寄せてください"
            )
        at = end + 1 + entry.size + 1
        yield path, data[end + 1 : end + 1 + entry.size]


def _write(folder: Path, path: PurePosixPath, data: bytes) -> str:
    """Put a file there; why that cannot be, "" = it is there. There are no links below the folder that it could go through."""
    if ".." in path.parts or (sys.platform == "win32" and any(map(fault_of, path.parts))):
        return "ファイルの名になりません"
    file = folder / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        return "名の大文字と小文字だけが違うファイルがあります"
    except (OSError, ValueError) as error:
        return reason_of(error) if isinstance(error, OSError) else "ファイルの名になりません"
    return ""
