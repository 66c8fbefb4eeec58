"""git as a program."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kotobuki.diagnostics import CommandError
from kotobuki.programs import find


def program() -> str:
    """Where git is. Raises `CommandError` where it is not."""
    found = find("git")
    if found is None:
        raise CommandError("git が見つかりません。git を入れてから、もう一度実行してください")
    return found


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder. Raises `CommandError`, with git's own words, if it fails."""
    done = _run(folder, *arguments)
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip()
        raise CommandError(f"git {arguments[0]} に失敗しました（{said or done.returncode}）")
    return done.stdout.decode("utf-8", errors="replace")


def asked(folder: Path, *arguments: str) -> bytes:
    """What git prints in a folder; nothing if it fails."""
    done = _run(folder, *arguments)
    return b"" if done.returncode else done.stdout


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program(), "-C", str(folder), *arguments], capture_output=True, check=False)
