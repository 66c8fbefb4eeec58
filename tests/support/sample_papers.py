"""The papers of the cases of the sample meeting, as Documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from support.edits import CASES
from support.paths import ROOT

from kotobuki.build.bundle import BundleMaker, LaidOutBundle
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document
from kotobuki.forms.compose import Bundle
from kotobuki.project import Project


def built(root: Path, case: str, edit: Callable[[str], str] | None = None) -> LaidOutBundle:
    """The papers of a case ("02") of the project below `root`, made without an error; of the case as `edit` makes it."""
    diagnostics = Diagnostics()
    file = (root / "cases" / "r4-1" / CASES[case]).resolve()
    edited = {file: edit(file.read_text(encoding="utf-8")).encode()} if edit else None
    project = Project(root, diagnostics, edited)
    meeting = project.meeting(root / "cases" / "r4-1")
    own = project.case(root / "cases" / "r4-1" / CASES[case])
    assert meeting and own and project.organization, list(diagnostics)
    bundle = Bundle(own, project.organization, meeting.committee, meeting, int(case))
    made = BundleMaker(Workshop(project), bundle).make()
    assert made is not None and not diagnostics.errors, list(diagnostics)
    return made


@cache
def sample(case: str) -> Document:
    """All papers of a case as it is."""
    return built(ROOT, case).document
