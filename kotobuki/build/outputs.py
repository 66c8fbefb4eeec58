"""What stands in an output folder: whether it is whole, and whether what it was made from is still there.

In: the output folder, which may be anybody's, the project and what of it is built. Out: what there is to say; nothing is
ever removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kotobuki.build.confined import Confined
from kotobuki.build.folders import AGENDA
from kotobuki.build.jobs import Job
from kotobuki.build.manifest import MANIFEST, read_recorded
from kotobuki.build.staging import is_renaming
from kotobuki.diagnostics import Diagnostic, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import MEETING, Project, is_file

_DEEP, _MANY = 4, 20_000
"""How deep outputs stand, and how many folders are looked into."""


@dataclass(frozen=True, slots=True)
class StaleOutput:
    """A folder of outputs that no build makes again.

    folder  below the output folder
    case    the file that it was made from, below the root: a case, or a meeting.yaml
    now     where that is made now, below the output folder; None: nowhere
    gone    whether that file is no more
    """

    folder: PurePosixPath
    case: str
    now: PurePosixPath | None
    gone: bool


def stale_outputs(out: Path, project: Project, jobs: Iterable[Job]) -> list[StaleOutput]:
    """The outputs of cases that are gone, and of those on the agendas of `jobs` that were withdrawn or stand elsewhere now."""
    organization = project.organization
    if organization is None or not out.is_dir():
        return []
    places, meetings = _places(project, jobs)
    used = set(places.values())  # what else stands there will be written over
    confined = Confined(out)
    found = []
    for folder in _folders(confined):
        old = read_recorded(confined, folder)
        if old is None or folder in used or old.municipality != organization.name or not old.case:
            continue
        gone, now = not is_file(project.root / old.case), places.get(old.case)
        withdrawn = now is None and folder.parent in meetings.get(str(PurePosixPath(old.case).parent), ())
        if gone or withdrawn or now not in (None, folder):
            found.append(StaleOutput(folder, old.case, None if gone else now, gone))
    return found


def stale(out: Path, project: Project, jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """The same, to be said."""
    for each in stale_outputs(out, project, jobs):
        reason = f"「{each.case}」の議案は取り下げられているため、ここの書類は古いままです"
        if each.gone:
            reason = f"「{each.case}」がもうないため、ここの書類は古いままです"
        elif each.now:
            reason = f"「{each.case}」の書類は、今は「{each.now}」に作るため、ここの書類は古いままです"
        remedy = "要らなければ、このフォルダを消してください（kotobuki は消しません）"
        place = Place(project.shown(out / each.folder))
        yield Diagnostic(place=place, reason=reason, remedy=remedy, rule="output-stale", severity="warning")


def others(out: Confined, folder: PurePosixPath, municipality: str, shown: str) -> Iterator[Diagnostic]:
    """Refuse to write where papers of another municipality stand. `shown`: the folder as users know it."""
    old = read_recorded(out, folder)
    if old and old.municipality not in ("", municipality):
        reason = f"ここには、別の自治体（{old.municipality}）の書類があります"
        remedy = "--out に別のフォルダを書いて、分けて作ってください（自治体の名を改めたのであれば、このフォルダを消してください）"
        yield Diagnostic(place=Place(shown), reason=reason, remedy=remedy, rule="output-of-another")


def doubts(out: Path, folder: PurePosixPath, shown: str, remedy: str) -> Iterator[Diagnostic]:
    """What is to be said of outputs that are not whole. `shown`: the folder as users know it; `remedy`: what makes it whole."""
    confined = Confined(out)
    place = Place(shown)
    if is_unfinished(confined, folder):
        reason = "書き出しの途中で止まっています。新しい書類と前の書類が混ざっています"
        yield Diagnostic(place=place, reason=reason, remedy=remedy, rule="output-unfinished", severity="warning")
    elif old := read_recorded(confined, folder):
        changed = [name for name, digest in old.outputs.items() if confined.digest(folder / name) != digest]
        if changed:
            reason = f"作った後に変わったか、なくなった書類があります（{'、'.join(changed)}）"
            yield Diagnostic(place=place, reason=reason, remedy=remedy, rule="output-changed", severity="warning")


def left(out: Path, shown: str) -> Iterator[Diagnostic]:
    """Whether files are being renamed there, or were when a build was killed: papers may be missing altogether."""
    confined = Confined(out)
    with suppress(OSError):
        if any(is_renaming(confined, each) for each in confined.names()):
            reason = (
                "書類を置き換えている間か、その途中で止まったままです。前の書類がないことも、混ざっていることもあります"
            )
            remedy = "kotobuki build でもう一度作ってください。前の書類に戻してから、作り直します"
            yield Diagnostic(
                place=Place(shown), reason=reason, remedy=remedy, rule="output-unfinished", severity="warning"
            )


def is_unfinished(out: Confined, folder: PurePosixPath) -> bool:
    """Whether papers stand there without the record of them, which is taken away first and put last."""
    try:
        names = {each.name for each in out.names(folder)}
    except OSError:
        return False
    if MANIFEST in names:
        return False
    records = (read_recorded(out, folder, name) for name in names if name.endswith(".json"))  # as 差し替え.json
    known = {name for each in records if each for name in each.outputs}
    return any(name.endswith((".docx", ".pdf")) and name not in known for name in names)


def _places(
    project: Project, jobs: Iterable[Job]
) -> tuple[dict[str, PurePosixPath], dict[str, tuple[PurePosixPath, ...]]]:
    """Where each case is made now; and for the folder of each meeting, below the root, where its outputs are."""
    places: dict[str, PurePosixPath] = {}
    meetings: dict[str, tuple[PurePosixPath, ...]] = {}
    for job in jobs:
        source = _below(job.file, project)
        places[source] = job.folder
        if job.meeting is None:
            continue
        folder = str(PurePosixPath(source).parent)
        places[f"{folder}/{MEETING}"] = job.folder.parent
        meetings[folder] = (job.folder.parent,)
        for entry in job.meeting.agenda:
            places[f"{folder}/{entry.file}"] = job.folder.parent / AGENDA.format(entry.number)
    return places, meetings


def _below(file: Path, project: Project) -> str:
    try:
        return file.resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        return ""


def _folders(out: Confined) -> Iterator[PurePosixPath]:
    """The folders that have a manifest, in order."""
    waiting, seen = [PurePosixPath()], 0
    while waiting and seen < _MANY:
        folder = waiting.pop()
        seen += 1
        try:
            names = out.names(folder)
        except OSError:
            continue
        if any(each.name == MANIFEST for each in names) and folder.parts:
            yield folder
        inner = [each for each in names if not each.name.startswith(".") and not each.suffix]
        if len(folder.parts) < _DEEP:
            waiting += [each for each in reversed(inner) if out.kind(each) == "folder"]
