"""A git repository of the small city, in which real git and Kotobuki run. Needs the markers `git` and `process`."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support import processes
from support.programs import find
from support.samples import CASE, edited, project

BASE = CASE + "目的:\n  - 一つ目\n  - 二つ目\n  - 三つ目\n  - 四つ目\n"
FILE = "cases/第1回/案件.yaml"


class Repository:
    """A repository of the small city, with its case on a branch main."""

    def __init__(self, folder: Path) -> None:
        self.folder = project(folder, {"案件.yaml": BASE})
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("base")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What came of `git …` in it."""
        return processes.run(self.folder, find("git"), *arguments)

    def git(self, *arguments: str) -> str:
        """What `git …`, which must succeed, prints."""
        return processes.git(self.folder, *arguments)

    def kotobuki(self, *arguments: str) -> str:
        """What `kotobuki …`, which must succeed, says."""
        return processes.kotobuki(self.folder, *arguments)

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def branch(self, name: str, *edits: tuple[str, str], start: str = "main") -> None:
        """A branch from `start` with edits of the case."""
        self.git("checkout", "--quiet", "-b", name, start)
        text = self.text
        for edit in edits:
            text = edited(text, *edit)
        self.write(text)
        self.commit(name)

    def write(self, text: str) -> None:
        """Write the case."""
        (self.folder / FILE).write_text(text, encoding="utf-8")

    @property
    def text(self) -> str:
        """The case."""
        return (self.folder / FILE).read_text(encoding="utf-8")
