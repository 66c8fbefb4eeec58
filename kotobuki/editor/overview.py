"""The first page: how far all cases are, meeting by meeting, as `status` tells it.

In: a project. Out: the lines of its cases, with the ids of their files. It takes a while to make the papers of all cases, so they
are listed at once as far as is known (`overview`), and the page then asks for one meeting after the other (`settle`). What is
known of a meeting stands until one of the files changes that it depends on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from kotobuki.build.jobs import Job, jobs_of
from kotobuki.build.status import Line, Survey, name_of
from kotobuki.build.watching import State, state
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked, text
from kotobuki.editor.desk import Desk, Settled
from kotobuki.editor.disk.library import Entry
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.told import Json
from kotobuki.project import CASES, ORGANIZATION, TEMPLATES, Project
from kotobuki.register.ledger import FOLDER as REGISTER

_COUNTS = ("placeholders", "reviews", "errors", "warnings")
_KEY = re.compile(r"^(様式|件名|主管課):[ \t]+(.*?)[ \t]*(?:[ \t]#.*)?$", re.MULTILINE)
_HEAD_BYTES = 8192
"""In which the keys at the head of a case are looked for."""


def overview(desk: Desk, asked: Asked) -> Json:
    """`overview {}`: all that is there; `settled` false where no more than what is written at its head is told of it yet."""
    del asked
    entries, lines = desk.library.entries(), dict[str, Line]()
    project, shared = Project(desk.root, Diagnostics()), _shared(desk)
    organization, forms = project.organization, project.forms
    said, settled = list(project.diagnostics), set[str]()
    for each in _subjects(entries):
        known = desk.settled.get(each.id)
        if known and known.files == _state(desk, each, shared):
            settled.add(each.id)
            said += known.said
        own = known.lines if known and each.id in settled else _as_written(desk, each, entries)
        lines |= _by_id(desk, own)
    shown = project.shown(project.organization_file)
    meetings = [each for each in entries if each.kind == "meeting"]
    loose = [each for each in _subjects(entries) if each.kind == "case"]
    return {
        "root": str(desk.root),
        "organization": organization.name if organization else "",
        "file": next((each.id for each in entries if each.kind == "organization"), None),
        "meetings": [_meeting(desk, each, entries, lines, settled=each.id in settled) for each in meetings],
        "cases": [_case(desk, each, lines.get(each.id), settled=each.id in settled) for each in loose],
        "forms": [{"name": each.name, "purpose": each.purpose} for each in forms.values()],
        "said": told.diagnostics(dict.fromkeys(said), shown),
    }


def settle(desk: Desk, asked: Asked) -> Json:
    """`settle {"file"}`: a meeting with all its cases, or a case that is in none, as it is: `{"meeting"}` or `{"case"}`, and `said`."""
    entry, entries = desk.library.entry(text(asked, "file")), desk.library.entries()
    if entry.id not in [each.id for each in _subjects(entries)]:
        raise RefusalError("そのファイルはありません", "一覧を開き直してください", 404)
    with desk.settling:
        files = _state(desk, entry, _shared(desk))
        known = desk.settled.get(entry.id)
        if known is None or known.files != files:
            known = desk.settled[entry.id] = Settled(files, *_status(desk, entry, entries, files))
    lines = _by_id(desk, known.lines)
    project = Project(desk.root, Diagnostics())
    said = told.diagnostics(dict.fromkeys(known.said), project.shown(project.organization_file))
    if entry.kind == "meeting":
        return {"meeting": _meeting(desk, entry, entries, lines, settled=True), "said": said}
    return {"case": _case(desk, entry, lines.get(entry.id), settled=True), "said": said}


def _status(
    desk: Desk, entry: Entry, entries: Sequence[Entry], files: State
) -> tuple[tuple[Line, ...], tuple[Diagnostic, ...]]:
    """The lines of a meeting, its cases and those in its folder that are not on its agenda; or of a case."""
    survey = Survey(Workshop(Project(desk.root, Diagnostics())), desk.out)
    project, said, lines = survey.workshop.project, survey.workshop.shared, tuple[Line, ...]()
    cases, jobs = [desk.root / entry.name], list[Job]()
    if entry.kind == "meeting":
        folder = desk.root / entry.name.parent
        cases = [
            desk.root / each.name for each in entries if each.kind == "case" and each.name.parent == entry.name.parent
        ]
        jobs = jobs_of(folder, project)
        about, lost, heard = survey.of_meeting(folder, jobs)
        lines, said = (about, *lost), (*said, *heard)
    known = {job.file: job for job in jobs}
    for file in cases:
        job = known.get(file) or jobs_of(file, project)[0]
        lines += (_line(desk, survey, job, _basis(desk, job, cases, files)),)
    return lines, said


def _line(desk: Desk, survey: Survey, job: Job, basis: frozenset[object]) -> Line:
    """The line of a case, whose papers are made only if what they depend on has changed."""
    known = desk.lines.get(job.file)
    if known is None or known[0] != basis:
        with desk.building:  # so that the papers of the case that is being written come in between
            known = desk.lines[job.file] = basis, survey.of_case(job)
    return known[1]


def _basis(desk: Desk, job: Job, cases: Sequence[Path], files: State) -> frozenset[object]:
    """What a case depends on, of the files of its meeting: of the other cases, that they are there; of papers, its own."""
    others, out, own = {str(each) for each in cases if each != job.file}, f"{desk.out}{os.sep}", desk.out / job.folder
    found = {path: about for path, about in files.items() if not path.startswith(out)} | state([own])
    return frozenset((path, None if path in others else about) for path, about in found.items()) | {job.agenda}


def _subjects(entries: Sequence[Entry]) -> list[Entry]:
    """What is settled by itself: meetings, and cases in whose folder there is none."""
    folders = {each.name.parent for each in entries if each.kind == "meeting"}
    return [
        each for each in entries if each.kind == "meeting" or (each.kind == "case" and each.name.parent not in folders)
    ]


def _shared(desk: Desk) -> State:
    """The files that all cases depend on."""
    files = state([desk.root / TEMPLATES, desk.root / REGISTER])
    with suppress(OSError):
        about = (desk.root / CASES / ORGANIZATION).stat()
        files[ORGANIZATION] = (about.st_mtime_ns, about.st_size)
    return files


def _state(desk: Desk, entry: Entry, shared: State) -> State:
    """The files that a meeting or a case depends on, and its papers."""
    folder = entry.name.parent
    own = state([desk.root / folder])
    outputs = state([desk.out / folder.name]) if folder != PurePosixPath(CASES) else state([desk.out])
    return {**shared, **own, **outputs}


def _as_written(desk: Desk, entry: Entry, entries: Sequence[Entry]) -> Iterator[Line]:
    """The lines of a meeting and its cases, or of a case, as they are written, none of them read as what it is."""
    if entry.kind == "case":
        yield _head(desk.root / entry.name)
        return
    folder = desk.root / entry.name.parent
    project = Project(desk.root, Diagnostics())
    jobs = {job.file.name: job for job in jobs_of(folder, project)}
    meeting = next((job.meeting for job in jobs.values() if job.meeting), None)
    about = Line(file=str(desk.root / entry.name), agenda="会議")
    yield replace(about, title=name_of(meeting)) if meeting else about
    for each in entries:
        if each.kind == "case" and each.name.parent == entry.name.parent:
            job = jobs.get(each.name.name)
            yield replace(_head(desk.root / each.name), agenda=(job.agenda if job else None) or "")


def _by_id(desk: Desk, lines: Iterable[Line]) -> dict[str, Line]:
    """The lines by the ids of their files; those of files that are not there have none."""
    named = {Path.cwd() / line.file: line for line in lines}
    return {key: named[file] for file, key in desk.library.ids_of(named).items()}


def _head(file: Path) -> Line:
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES).decode(errors="replace")
    except OSError:
        head = ""
    said = {key: value.strip("\"'") for key, value in _KEY.findall(head)}
    return Line(
        file=str(file), form=said.get("様式", ""), title=said.get("件名", ""), departments=said.get("主管課", "")
    )


def _meeting(desk: Desk, meeting: Entry, entries: Sequence[Entry], lines: dict[str, Line], *, settled: bool) -> Json:
    line = lines.get(meeting.id) or Line(file="")
    cases = [each for each in entries if each.kind == "case" and each.name.parent == meeting.name.parent]
    own = [_case(desk, each, lines.get(each.id), settled=settled) for each in cases]
    return {
        "id": meeting.id,
        "file": meeting.id,
        "folder": meeting.name.parent.as_posix(),
        "title": line.title or meeting.name.parent.name,
        "date": line.day,
        "number": line.number,
        **_counts(line),
        "settled": settled,
        "cases": sorted(own, key=_order),
    }


def _order(case: Json) -> int:
    agenda = case["agenda"]
    return agenda if isinstance(agenda, int) else 1_000_000


def _case(desk: Desk, case: Entry, line: Line | None, *, settled: bool) -> Json:
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
        "settled": settled,
    }


def _counts(line: Line) -> Json:
    return dict(zip(_COUNTS, line.counts or (0, 0, 0, 0), strict=True))


def _changed(file: Path) -> str:
    """When a file was written, in the time of day of this machine."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except OSError:
        return ""
