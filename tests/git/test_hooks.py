"""`.pre-commit-hooks.yaml`, run by pre-commit itself in a repository of cases."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support import processes
from support.paths import ROOT
from support.programs import find
from support.samples import CASE, HEADER, project

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

TIDY = HEADER + "\n理由: 委託するため\n"


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return processes.run(folder, *command, PRE_COMMIT_HOME=str(folder / ".home"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small city in git, with the hooks in its configuration: the Kotobuki of this environment, nothing installed."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    root = project(tmp_path)
    kotobuki = f"{sys.executable} -m kotobuki"
    hooks = [each | {"language": "system", "entry": each["entry"].replace("kotobuki", kotobuki, 1)} for each in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    (root / ".gitignore").write_text(".home\n", encoding="utf-8")
    assert run(root, find("git"), "init", "--quiet").returncode == 0
    return root


def hook(root: Path, name: str, text: str) -> subprocess.CompletedProcess[str]:
    """A hook on a commit of the case."""
    (root / "cases" / "第1回" / "案件.yaml").write_text(text, encoding="utf-8")
    assert run(root, find("git"), "add", "--all").returncode == 0
    return run(root, sys.executable, "-m", "pre_commit", "run", "--all-files", name)


def test_the_hooks_are_kotobuki_and_look_at_cases() -> None:
    assert [(each["id"], each["language"]) for each in HOOKS] == [
        ("kotobuki-fmt", "python"),
        ("kotobuki-build", "python"),
    ]
    assert all(each["entry"].split()[0] == "kotobuki" for each in HOOKS)


@pytest.mark.git
@pytest.mark.process
def test_the_hook_of_fmt_puts_a_case_in_order_and_stops_the_commit(repository: Path) -> None:
    first = hook(repository, "kotobuki-fmt", CASE)
    assert first.returncode == 1 and "files were modified by this hook" in first.stdout
    assert (repository / "cases" / "第1回" / "案件.yaml").read_text(encoding="utf-8") == TIDY
    assert hook(repository, "kotobuki-fmt", TIDY).returncode == 0


@pytest.mark.git
@pytest.mark.process
def test_the_hook_of_build_stops_a_faulty_case_and_writes_nothing(repository: Path) -> None:
    assert hook(repository, "kotobuki-build", TIDY).returncode == 0
    done = hook(repository, "kotobuki-build", TIDY + "\n目的: ｛上例｝による。\n")
    assert done.returncode == 1 and "「｛上例｝」という用語はありません" in done.stdout
    assert not (repository / "output").exists()
