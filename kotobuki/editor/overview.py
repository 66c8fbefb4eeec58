"""The first page: how far all cases are, meeting by meeting, as `status` tells it.

In: a project. Out: the lines of its cases, with the ids of their files. While no file has changed, the same is told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kotobuki.build.status import Line, status_of
from kotobuki.build.watching import state
from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked
from kotobuki.editor.desk import Desk, Overview
from kotobuki.editor.library import Entry
from kotobuki.editor.told import Json
from kotobuki.project import CASES, TEMPLATES, Project

_COUNTS = ("placeholders", "reviews", "errors", "warnings")


def overview(desk: Desk, asked: Asked) -> Json:
    """`overview {}`."""
    del asked
    files = state([desk.root / CASES, desk.root / TEMPLATES, desk.out])
    if desk.overview is None or desk.overview.files != files:
        desk.overview = Overview(files, _told(desk))
    return desk.overview.told


def _told(desk: Desk) -> Json:
    entries = desk.library.entries()
    project = Project(desk.root, Diagnostics())
    organization, forms = project.organization, project.forms
    lines, said = dict[str, Line](), list[Diagnostic]()
    for line in _lines(desk, entries, said):
        if key := desk.library.id_of(Path.cwd() / line.file):
            lines.setdefault(key, line)
    meetings = [each for each in entries if each.kind == "meeting"]
    folders = {each.name.parent for each in meetings}
    cases = [each for each in entries if each.kind == "case"]
    shown = project.shown(project.organization_file)
    return {
        "root": str(desk.root),
        "organization": organization.name if organization else "",
        "file": next((each.id for each in entries if each.kind == "organization"), None),
        "meetings": [_meeting(desk, each, cases, lines) for each in meetings],
        "cases": [_case(desk, each, lines.get(each.id)) for each in cases if each.name.parent not in folders],
        "forms": [{"name": each.name, "purpose": each.purpose} for each in forms.values()],
        "said": told.diagnostics(dict.fromkeys(said), shown),
    }


def _lines(desk: Desk, entries: Sequence[Entry], said: list[Diagnostic]) -> Iterator[Line]:
    """The lines of all meetings, then those of cases that are in none."""
    known = set[str]()
    for each in entries:
        file = desk.root / each.name
        if each.kind == "organization" or (each.kind == "case" and str(each.name) in known):
            continue
        found = status_of(file.parent if each.kind == "meeting" else file, desk.out, desk.root)
        said += found.said
        for line in found.lines:
            known.add(line.file)
            yield line


def _meeting(desk: Desk, meeting: Entry, cases: Sequence[Entry], lines: dict[str, Line]) -> Json:
    line = lines.get(meeting.id) or Line(file="")
    own = [_case(desk, each, lines.get(each.id)) for each in cases if each.name.parent == meeting.name.parent]
    return {
        "id": meeting.id,
        "file": meeting.id,
        "folder": meeting.name.parent.as_posix(),
        "title": line.title or meeting.name.parent.name,
        "date": line.day,
        "number": line.number,
        **_counts(line),
        "cases": sorted(own, key=_order),
    }


def _order(case: Json) -> int:
    agenda = case["agenda"]
    return agenda if isinstance(agenda, int) else 1_000_000


def _case(desk: Desk, case: Entry, line: Line | None) -> Json:
    line = line or Line(file="")
    return {
        "file": case.id,
        "path": case.name.as_posix(),
        "agenda": line.agenda,
        "form": line.form,
        "title": line.title or case.name.stem,
        "departments": line.departments,
        "number": line.number,
        "date": line.day,
        "pages": line.pages,
        **_counts(line),
        "output": line.output,
        "changed": _changed(desk.root / case.name),
    }


def _counts(line: Line) -> Json:
    return dict(zip(_COUNTS, line.counts or (0, 0, 0, 0), strict=True))


def _changed(file: Path) -> str:
    """When a file was written, in the time of day of this machine."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except OSError:
        return ""
