"""The files of a project as git keeps them in a revision.

In: the root of a project and a revision. Out: its cases and templates in a folder of their own. Raises `CommandError` where
git cannot give them.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from kotobuki.diagnostics import CommandError
from kotobuki.git.run import asked

_KEPT = ("cases", "templates")


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


def check_out(root: Path, commit: str, folder: Path) -> None:
    """The cases and templates of a commit, put into `folder` as git keeps them."""
    there = asked(root, "ls-tree", "--name-only", "-z", commit, *_KEPT).decode().split("\0")
    names = [name for name in _KEPT if name in there]
    if not names:
        raise CommandError(f"git の版「{commit[:10]}」に cases がありません")
    data = asked(root, "-c", "core.autocrlf=false", "archive", "--format=tar", commit, *names)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")
