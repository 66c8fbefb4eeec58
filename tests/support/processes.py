"""git and Kotobuki as programs of their own: the code of this checkout, and nothing of the user's settings.

They need the markers `git` and `process`; so does a `kotobuki` that starts git.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.paths import ROOT
from support.programs import find

_IDENTITY = {f"GIT_{who}_{what}": "test@example.jp" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def surroundings(**changed: str) -> dict[str, str]:
    """The environment of a program that is to behave alike on every machine."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8"}
    return {**os.environ, **settings, **_IDENTITY, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **changed}


def run(folder: Path, *command: str | Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """What came of a command in a folder; `changed`: variables of its environment."""
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=surroundings(**changed),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    """What `git …`, which must succeed, prints."""
    done = run(folder, find("git"), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def kotobuki(folder: Path, *arguments: str | Path, status: int = 0) -> str:
    """What `kotobuki …`, which must end with this status, says on its output and, after it, its error."""
    done = run(folder, sys.executable, "-m", "kotobuki", *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr
