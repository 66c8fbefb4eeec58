"""git as a program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from kotobuki.workshop import UsageError


def program() -> str:
    """Where git is. Raises `UsageError` where it is not."""
    found = shutil.which("git")
    if found is None:
        raise UsageError("git が見つかりません。git を入れてから、もう一度実行してください")
    return found


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder. Raises `UsageError`, with git's own words, if it fails."""
    command = [program(), "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise UsageError(f"git {arguments[0]} に失敗しました（{done.stderr.strip() or done.returncode}）")
    return done.stdout
