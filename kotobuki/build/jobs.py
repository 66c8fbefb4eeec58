"""What a command is to build: each case with its place in a meeting and the folder of its papers.

In: the paths of the command line. Out: `Job`s, in the order of the agenda, and the `Bundle` of each; or diagnostics.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from kotobuki.build.folders import AGENDA, folder_of
from kotobuki.build.workshop import Workshop
from kotobuki.checks.registry import check_on_agenda, check_to_print
from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostic, Diagnostics, Place, UsageError
from kotobuki.file_names import folded
from kotobuki.forms.compose import Bundle
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import MEETING, Project, find_root, is_file
from kotobuki.settings.meeting import Meeting

OF_A_FILE = ("agenda-no-file", "agenda-outside")
"""The rules about the file of one case on an agenda (`Project.case_file`)."""


@dataclass(frozen=True, slots=True)
class Job:
    """One case to build, in its meeting or on its own; `folder` is where its files go, below the output folder.

    `said`: what there is to say of its meeting.
    """

    file: Path
    folder: PurePosixPath
    meeting: Meeting | None = None
    agenda: int | None = None
    said: tuple[Diagnostic, ...] = ()

    @property
    def said_of_all(self) -> tuple[Diagnostic, ...]:
        """That of it which is about all cases of the meeting, and not about another whose file cannot be taken."""
        return tuple(each for each in self.said if each.rule not in OF_A_FILE)


def jobs_of(path: Path, project: Project) -> list[Job]:
    """The cases that a path names: all of a meeting's folder, or one; those of all meetings, by the organization."""
    if _is_organization(path, project):
        return [job for agenda in agendas_of(path, project) for job in jobs_of(agenda.parent, project)]
    with project.diagnostics.apart() as said:
        found = _jobs_of_folder(path, project)
    return [replace(job, said=tuple(said)) for job in found]


def agendas_of(path: Path, project: Project) -> list[Path]:
    """The meeting.yaml that say which cases a path names; that of a case or folder may not be there."""
    if not _is_organization(path, project):
        return [(path if path.is_dir() else path.parent) / MEETING]
    found = sorted(path.parent.glob(f"**/{MEETING}"))
    return [each for each in found if find_root(each.parent) == project.root.resolve()]


def _is_organization(path: Path, project: Project) -> bool:
    return path.resolve() == project.organization_file.resolve()


def _jobs_of_folder(path: Path, project: Project) -> list[Job]:
    folder = path if path.is_dir() else path.parent
    if path.is_dir() and not is_file(folder / MEETING):
        raise UsageError(f"「{path}」に {MEETING} がありません。案件のファイルか、会議のフォルダを指定してください")
    alone = [] if path.is_dir() or path.name == MEETING else [Job(path, folder_of(path, project))]
    if not is_file(folder / MEETING):
        return alone
    meeting = project.meeting(folder)
    if meeting is None:  # its cases can be checked nevertheless
        return alone or _each_alone(folder, project)
    if not alone and meeting.placeholders and not (meeting.agenda or meeting.withdrawn):
        diagnostics, place = project.diagnostics, Place(project.shown(folder / MEETING))
        remedy = "決まったら「議案」に「議案番号: ファイル名」と書いてください"
        diagnostics.warning(place, "agenda-open", "議案が決まっていないため、案件を一つずつ作ります", remedy)
        return _each_alone(folder, project)
    jobs, own = [], folder_of(folder, project)
    for entry in meeting.agenda:
        if alone and entry.file != path.name:
            continue
        file = project.case_file(folder, entry.file, entry.place)
        if file:
            jobs.append(Job(file, own / AGENDA.format(entry.number), meeting, entry.number))
    return jobs or alone


def _each_alone(folder: Path, project: Project) -> list[Job]:
    """The cases of a meeting that does not say which they are."""
    return [Job(each, folder_of(each, project)) for each in sorted(folder.glob("*.yaml")) if each.name != MEETING]


def distinct(jobs: list[tuple[Workshop, Job]], diagnostics: Diagnostics) -> list[tuple[Workshop, Job]]:
    """Each case once, however often it is named. Two cases whose papers would fall into one folder are an error."""
    found: dict[str, tuple[Workshop, Job]] = {}
    for workshop, job in jobs:
        other = found.setdefault(folded(str(job.folder)), (workshop, job))[1].file
        if other.resolve() != job.file.resolve():
            diagnostics.error(
                Place(workshop.project.shown(job.file), 1, 1),
                "output-twice",
                f"出力先が {workshop.project.shown(other)} と同じ「{job.folder}」になります",
                "ファイルの名を変えるか、--out を分けて別々に作ってください",
            )
    return list(found.values())


def bundle_of(workshop: Workshop, job: Job) -> Bundle | None:
    """The case with its place in the meeting, checked against it; None after a diagnostic."""
    project, diagnostics = workshop.project, workshop.project.diagnostics
    case = project.case(job.file)
    if case is None or project.organization is None:
        return None
    committee = job.meeting.committee if job.meeting else case.committee
    if job.meeting and job.agenda:
        diagnostics.report(check_on_agenda(CaseOnAgenda(case, job.meeting, job.agenda)))
    committee = committee or next(iter(project.organization.committees), None)  # for what else there is to check
    if committee is None:
        return None
    workshop.numbers.check_build(job.file, case, job.meeting, project.organization.style)
    diagnostics.report(check_to_print(case))
    return Bundle(case, project.organization, committee, job.meeting, job.agenda)
