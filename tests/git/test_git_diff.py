"""Editing a case is a pleasure in `git diff`: each edit touches one place, and everything printed follows."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from support.edits import CASES, EDITS, Edit
from support.paths import ROOT
from support.programs import find
from support.samples import edited, show

from kotobuki.build.bundle import BundleMaker
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.compose import Bundle
from kotobuki.project import Project


def printed(root: Path, case: str) -> list[str]:
    """All papers of a case of the meeting, line by line."""
    diagnostics = Diagnostics()
    project = Project(root, diagnostics)
    meeting = project.meeting(root / "cases" / "r4-1")
    own = project.case(root / "cases" / "r4-1" / CASES[case])
    assert meeting and own and project.organization, list(diagnostics)
    bundle = Bundle(own, project.organization, meeting.committee, meeting, int(case))
    made = BundleMaker(Workshop(project), bundle).make()
    assert made is not None and not diagnostics.errors
    return [line for paper in made.document.papers for line in show(paper.blocks)]


@cache
def before(case: str) -> list[str]:
    """The papers of a sample case as it is."""
    return printed(ROOT, case)


def numstat(old: Path, new: Path) -> tuple[int, int]:
    """Lines added and removed, as git counts them."""
    command = [find("git"), "diff", "--no-index", "--numstat", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, check=False)
    added, removed, _ = done.stdout.split(maxsplit=2)
    return int(added), int(removed)


@pytest.mark.git
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_touches_one_place_and_all_papers_follow(edit: Edit, sample_root: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_root / "cases", tmp_path / "cases")
    name = Path("cases/r4-1", CASES.get(edit.file, edit.file))
    text = (sample_root / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(edited(text, edit.old, edit.new), encoding="utf-8")

    assert numstat(sample_root / name, tmp_path / name) == (edit.added, edit.removed)

    case = edit.case or edit.file
    old, new = Counter(before(case)), Counter(printed(tmp_path, case))
    gone, come = "\n".join((old - new).elements()), "\n".join((new - old).elements())
    assert [words for words in edit.gone if words not in gone] == []
    assert [words for words in edit.come if words not in come] == []
    assert gone or come


def test_the_title_changes_in_all_papers_at_once(sample_root: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_root / "cases", tmp_path / "cases")
    file = tmp_path / "cases" / "r4-1" / CASES["06"]
    file.write_text(edited(file.read_text(encoding="utf-8"), "件名: 犬と猫の", "件名: 犬、猫等の"), encoding="utf-8")
    lines = printed(tmp_path, "06")
    assert sum("犬、猫等のマイクロチップ情報登録システムの利用に伴う外部結合について" in line for line in lines) == 3
