"""A repository told that Kotobuki merges its cases, and reads them by item for `git diff` and `git log -p`.

In: the folder of a project. Out: settings of git in this copy of the repository, and a line of `.gitattributes`, which is
to be committed. What is there already stays, but settings of an older Kotobuki, which started it in a way that is not
safe (`programs`), are mended.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from kotobuki.diagnostics import CommandError, OutputError, reason_of
from kotobuki.git.run import asked, git
from kotobuki.programs import PYTHON, own_command
from kotobuki.replacing import replace_file

ATTRIBUTES = ".gitattributes"
FILES = "cases/**/*.yaml"
HELPERS = ("merge=kotobuki", "diff=kotobuki")
"""What git is to do with the files."""
SETTINGS = {
    "merge.kotobuki.name": "案件を項目ごとに統合する（kotobuki）",
    "merge.kotobuki.driver": "{kotobuki} merge-driver -- %O %A %B %P %L",
    "diff.kotobuki.textconv": "{kotobuki} textconv --",
    "diff.kotobuki.xfuncname": "^([^ -].*):",
    "diff.kotobuki.wordRegex": "[0-9]+|[A-Za-z]+|[^[:space:]]",
}


def install(root: Path) -> list[str]:
    """Tell git; what was done, in lines. Raises `CommandError` outside a repository, `OutputError`."""
    if not asked(root, "rev-parse", "--show-toplevel").strip():
        remedy = "案件のあるリポジトリのフォルダで実行するか、git init で管理を始めてください"
        raise CommandError(f"{root} は git で管理されていません。{remedy}")
    _check_own_start()
    kotobuki = own_command()
    told = []
    for name, value in SETTINGS.items():
        git(root, "config", "--local", name, value.format(kotobuki=kotobuki))
        told.append(f"git config {name}")
    return told + _write_attributes(root / ATTRIBUTES)


def _check_own_start() -> None:
    """Raises `CommandError` where Kotobuki is not installed but runs from the current folder, which git's helpers must not."""
    with tempfile.TemporaryDirectory(prefix="kotobuki-") as elsewhere:
        command = [*PYTHON, "-m", "kotobuki", "--version"]
        done = subprocess.run(command, cwd=elsewhere, capture_output=True, check=False)
    if done.returncode:
        remedy = "「pip install」で入れてから、もう一度実行してください"
        raise CommandError(f"kotobuki がこの Python に入っていないため、git から呼べません。{remedy}")


def _write_attributes(file: Path) -> list[str]:
    """The helpers of the files, those that are not yet named on a line of their own pattern."""
    if file.is_symlink():
        raise OutputError(f"「{file}」はリンクなので、書き足せません。git もリンクの {ATTRIBUTES} は読みません")
    try:
        text = file.read_bytes().decode() if file.exists() else ""
        known = {word for line in text.splitlines() if line.split()[:1] == [FILES] for word in line.split()[1:]}
        missing = [helper for helper in HELPERS if helper not in known]
        if not missing:
            return []
        line = f"{FILES} {' '.join(missing)}"
        before = text if not text or text.endswith("\n") else text + "\n"
        replace_file(file, f"{before}{line}\n".encode())
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "UTF-8ではありません"
        raise OutputError(f"「{file}」を書けません（{reason}）") from error
    return [f"{ATTRIBUTES}: {line}"]
