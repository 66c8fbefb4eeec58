"""Commands where nobody reads them, where the disk is full, where the locale knows no Japanese, where nothing may be written."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from support.processes import run, surroundings
from support.samples import project

pytestmark = [
    pytest.mark.process,
    pytest.mark.git,
    pytest.mark.skipif(os.name == "nt", reason="the shell is that of POSIX"),
]

COMMANDS = [
    "--help",
    "--version",
    "forms",
    "forms --format json",
    "forms 試験",
    "schema 試験",
    "build cases/第1回",
    "build --check cases/第1回",
    "build --check cases/無い.yaml",
    "packet cases/第1回",
    "fmt --check cases",
    "fmt --diff cases",
    "diff cases/第1回/案件.yaml cases/第1回/meeting.yaml",
    "textconv cases/第1回/案件.yaml",
    "new 試験 cases/新.yaml",
    "init 新市",
    "number list",
    "number check",
    "無い",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


def shell(root: Path, command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """What came of a line for the shell; {} stands for kotobuki."""
    own = f"{shlex.quote(sys.executable)} -m kotobuki"
    return run(root, "sh", "-c", command.replace("{}", own), **changed)


def said_well(done: subprocess.CompletedProcess[str]) -> bool:
    """Neither a traceback nor a fault of the program, nor words of Python's at its end."""
    text = done.stdout + done.stderr
    return not any(words in text for words in ("Traceback", "予期しない", "Exception ignored", "Errno", "None"))


CLOSED = ("| true", ">&-", "> /dev/full 2>&1", "2>&1 | true", "2>&-", ">&- 2>&- <&-")


@pytest.mark.parametrize("command", COMMANDS)
def test_who_reads_no_further_is_told_nothing(root: Path, command: str) -> None:
    """Three ways of each command, all six of any two that follow each other."""
    first = 3 * (COMMANDS.index(command) % 2)
    for closed in CLOSED[first : first + 3]:
        done = shell(root, f"{{}} {command} {closed}")
        assert said_well(done), (closed, done.stderr)
        assert "Broken" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_locale_without_japanese_is_none_of_ours(root: Path, command: str) -> None:
    usual = shell(root, f"{{}} {command}")
    other = project(root / "other")
    plain = shell(other, f"{{}} {command}", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="")
    assert (plain.returncode, plain.stdout, plain.stderr) == (usual.returncode, usual.stdout, usual.stderr)


WRITING = [
    "build cases/第1回",
    "packet cases/第1回",
    "new 試験 cases/新.yaml",
    "init 新市",
    "schema",
    "number take 総総送 --subject 件",
]


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_is_said_and_leaves_nothing(root: Path, command: str) -> None:
    before = set(root.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-m", "kotobuki", *shlex.split(command)],
        cwd=root,
        env=surroundings(),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20)),
    )
    assert (done.returncode, said_well(done)) == (2, True), done.stderr
    assert "ディスクがいっぱいです" in done.stderr
    left = {each for each in set(root.rglob("*")) - before if each.is_file() and each.stat().st_size}
    assert [each for each in left if each.name not in (".lock", ".gitignore")] == []


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("command", WRITING)
def test_a_folder_that_may_not_be_written_is_said(root: Path, command: str) -> None:
    folders = [root, *(each for each in root.rglob("*") if each.is_dir())]
    for each in folders:
        each.chmod(0o555)
    done = shell(root, f"{{}} {command}")
    for each in folders:
        each.chmod(0o755)
    assert (done.returncode, said_well(done)) == (2, True), done.stderr
    assert "読み取り専用" in done.stderr


def test_output_goes_to_no_other_file(root: Path) -> None:
    """A file that is opened while the standard output is closed does not take its number."""
    shell(root, "{} build cases/第1回 >&-")
    shell(root / "..", f"cd {root} && {{}} build cases/第1回 --out other")
    files = {each.relative_to(root / "output") for each in (root / "output").rglob("*") if each.is_file()}
    assert files
    assert [
        each for each in files if (root / "output" / each).read_bytes() != (root / "other" / each).read_bytes()
    ] == []
