"""The files of a project as git keeps them in a revision.

In: the root of a project and a revision. Out: its cases and templates in a folder of their own. Raises `CommandError` where
git cannot give them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from kotobuki.diagnostics import CommandError

_KEPT = ("cases", "templates")


def commit_of(root: Path, revision: str) -> str:
    """The commit that a revision names."""
    if not _git(root, "rev-parse", "--is-inside-work-tree").strip():
        raise CommandError(f"「{revision}」というフォルダはなく、{root} は git で管理されていません")
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found.strip():
        raise CommandError(f"「{revision}」というフォルダも、git の版もありません")
    return found.decode().strip()


def check_out(root: Path, commit: str, folder: Path) -> None:
    """The cases and templates of a commit, put into `folder` as git keeps them."""
    there = _git(root, "ls-tree", "--name-only", "-z", commit, *_KEPT).decode().split("\0")
    names = [name for name in _KEPT if name in there]
    if not names:
        raise CommandError(f"git の版「{commit[:10]}」に cases がありません")
    data = _git(root, "-c", "core.autocrlf=false", "archive", "--format=tar", commit, *names)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing if it fails."""
    git = shutil.which("git")
    if git is None:
        raise CommandError("git が見つかりません。git の版でなく、ファイルかフォルダを指定してください")
    done = subprocess.run((git, "-C", str(root), *arguments), capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else b""
