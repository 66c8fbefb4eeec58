"""A git repository of the small city, in which real git runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from support.samples import CASE, project

GIT = shutil.which("git")

BASE = CASE + "目的:\n  - 一つ目\n  - 二つ目\n  - 三つ目\n  - 四つ目\n"
FILE = "cases/第1回/案件.yaml"


class Repository:
    """A repository of the small city, with its case on a branch main."""

    def __init__(self, folder: Path) -> None:
        self.folder = project(folder, {"案件.yaml": BASE})
        self.git("init", "--quiet", "--initial-branch=main")
        for name, value in (("user.name", "試験"), ("user.email", "test@example.jp"), ("commit.gpgsign", "false")):
            self.git("config", name, value)
        self.commit("base")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`git …` in it, with nothing of the user's settings."""
        assert GIT
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [GIT, *arguments],
            cwd=self.folder,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """What `git …`, which must succeed, prints."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def kotobuki(self, *arguments: str) -> str:
        """What `kotobuki …`, which must succeed, prints."""
        done = subprocess.run(
            [sys.executable, "-m", "kotobuki", *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def branch(self, name: str, *edits: tuple[str, str], start: str = "main") -> None:
        """A branch from `start` with edits of the case."""
        self.git("checkout", "--quiet", "-b", name, start)
        text = self.text
        for old, new in edits:
            assert text.count(old) == 1
            text = text.replace(old, new)
        self.write(text)
        self.commit(name)

    def write(self, text: str) -> None:
        """Write the case."""
        (self.folder / FILE).write_text(text, encoding="utf-8")

    @property
    def text(self) -> str:
        """The case."""
        return (self.folder / FILE).read_text(encoding="utf-8")
