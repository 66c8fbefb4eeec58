"""git as a program, started so that nothing in a repository runs and nothing comes from elsewhere.

In: a folder and what is asked. Out: what git prints. Rules: a repository, its `.git/config` too, may come from anybody. So no
program that it names is started (file system monitors, hooks, pagers, what looks at signatures, transports to fetch what is
missing), no repository is taken from among its files, and its commits are read as they were made (no replaced objects, no
grafts); and whatever called Kotobuki (a hook of another repository) does not say which repository is meant.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from kotobuki.diagnostics import CommandError
from kotobuki.programs import find

_OPTIONS = tuple(
    part
    for setting in (
        "core.fsmonitor=false",
        f"core.hooksPath={os.devnull}",
        "log.showSignature=false",
        "safe.bareRepository=explicit",
    )
    for part in ("-c", setting)
)
_SURROUNDINGS = {
    "GIT_ALLOW_PROTOCOL": "none",  # such a one there is not: nothing is fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "",
    "GIT_TERMINAL_PROMPT": "0",
}
_THE_USERS = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_EXEC_PATH",
    "GIT_CEILING_DIRECTORIES",
)
"""What is left of the variables that speak to git: the user's own settings, where they are."""


def program() -> str:
    """Where git is. Raises `CommandError` where it is not."""
    found = find("git")
    if found is None:
        raise CommandError("git が見つかりません。git を入れてから、もう一度実行してください")
    return found


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder. Raises `CommandError`, with git's own words, if it fails."""
    done = ran(folder, *arguments)
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip()
        raise CommandError(f"git {arguments[0]} に失敗しました（{said or done.returncode}）")
    return done.stdout.decode("utf-8", errors="replace")


def asked(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints in a folder; nothing if it fails. `given`: what it reads.

    Raises `CommandError` where git refuses a repository that is another user's.
    """
    done = ran(folder, *arguments, given=given)
    if done.returncode and b"safe.directory" in done.stderr:
        remedy = f"信用できるものであれば、git config --global --add safe.directory {folder.resolve().as_posix()}"
        raise CommandError(
            f"{folder} のリポジトリは別の利用者のものなので、git が読みません。{remedy} で読めるようになります"
        )
    return b"" if done.returncode else done.stdout


def surroundings() -> dict[str, str]:
    """The environment in which git is started."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _THE_USERS}
    return kept | _SURROUNDINGS


def ran(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """git, run in a folder in these surroundings. Raises `CommandError` where it is not to be had."""
    command = [program(), *_OPTIONS, "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, env=surroundings(), capture_output=True, check=False)
