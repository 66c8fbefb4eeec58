"""The versions of one file that git keeps.

In: the root of a project and a file below it. Out: the commits that changed it, the newest first, and what it held in one.
Nothing is fetched: of a partial copy, what is not there is told as nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from kotobuki.git.run import asked
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.programs import find

MOST = 200
"""Commits that are listed: a file that changes twice a day for a hundred days."""
HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
"""What a commit is called by."""
_FIELDS = "%H%x00%cI%x00%s"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its hash, when it was made (ISO 8601), the first line of its message."""

    id: str
    when: str
    subject: str


def commits_of(root: Path, file: Path) -> list[Commit]:
    """The commits that changed a file; [] where git keeps nothing of it, or is not there."""
    if find("git") is None:
        return []
    told = asked(
        root, "log", f"--max-count={MOST}", f"--format={_FIELDS}", "-z", "--end-of-options", "HEAD", "--", str(file)
    )
    parts = told.decode("utf-8", errors="replace").split("\0")
    return [Commit(*parts[at : at + 3]) for at in range(0, len(parts) - 2, 3)]


def content_in(root: Path, commit: str, file: Path) -> bytes | None:
    """What a file held in a commit; None where it was not there."""
    if not HASH.fullmatch(commit):
        return None
    name = f"./{file.resolve().relative_to(root.resolve()).as_posix()}"
    return asked(root, "cat-file", "blob", f"{commit}:{name}") or None
