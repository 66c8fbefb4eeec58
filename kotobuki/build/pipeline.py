"""The whole build: from paths to papers in Word and PDF, one case at a time.

In: cases or meetings' folders and the options of the command. Out: files in the output folder and a summary; or every
diagnostic of every case, and nothing written. Each stage is a function of values; this module only joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kotobuki.build.bundle import BundleMaker, LaidOutBundle
from kotobuki.build.manifest import fellows, manifest
from kotobuki.build.staging import staging
from kotobuki.build.workshop import FORMATS, UsageError, Workshop
from kotobuki.checks.registry import check_on_agenda, check_to_print
from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.figures.pictures.placing import picture_files
from kotobuki.forms.compose import Bundle
from kotobuki.project import MEETING, Project, find_root, is_file
from kotobuki.settings.form import JOINED
from kotobuki.settings.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build. `papers` and `formats` empty: all of them. `check`: only look for faults, write nothing."""

    out: Path
    papers: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    final: bool = False
    check: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One case to build, in its meeting or on its own; `folder` is where its files go, below the output folder."""

    file: Path
    folder: PurePosixPath
    meeting: Meeting | None = None
    agenda: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of the summary: a paper, its pages (None: unnumbered), whether it is marked 案."""

    folder: PurePosixPath
    paper: str
    count: int
    numbers: tuple[int, int] | None
    draft: bool


def build(
    paths: list[Path],
    options: Options,
    root: Path | None,
    diagnostics: Diagnostics,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> list[SummaryLine]:
    """Build everything that `paths` name. Raises `InputError`, `UsageError` or `OutputError`; then nothing is written."""
    workshops: dict[Path, Workshop] = {}
    jobs: list[tuple[Workshop, Job]] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"「{path}」がありません")
        home = root or find_root(path)
        workshop = workshops.setdefault(home, Workshop(Project(home, diagnostics)))
        jobs += [(workshop, job) for job in jobs_of(path, workshop.project)]
    jobs = _distinct(jobs, diagnostics)
    lines: list[SummaryLine] = []
    with nullcontext() if options.check else staging(options.out) as aside:
        for done, (workshop, job) in enumerate(jobs):
            progress(done, len(jobs), job.file.name)
            for name, data in _files(workshop, job, options, lines):
                assert aside  # a check makes no files
                aside.write(job.folder / name, data)
        progress(len(jobs), len(jobs), "")
        diagnostics.raise_if_errors()
        if aside:
            aside.commit()
    return lines


def jobs_of(path: Path, project: Project) -> list[Job]:
    """The cases that a path names: all of a meeting's folder, or one; those of all meetings, by the organization."""
    if path.resolve() == project.organization_file.resolve():
        folders = sorted(meeting.parent for meeting in path.parent.glob(f"**/{MEETING}"))
        own = [folder for folder in folders if find_root(folder) == project.root.resolve()]
        return [job for folder in own for job in jobs_of(folder, project)]
    folder = path if path.is_dir() else path.parent
    if path.is_dir() and not is_file(folder / MEETING):
        raise UsageError(f"「{path}」に {MEETING} がありません。案件のファイルか、会議のフォルダを指定してください")
    alone = [] if path.is_dir() or path.name == MEETING else [Job(path, PurePosixPath(path.stem))]
    if not is_file(folder / MEETING):
        return alone
    meeting = project.meeting(folder)
    if meeting is None:  # its cases can be checked nevertheless
        return alone or _each_alone(folder)
    name = folder.resolve().name
    if not alone and meeting.placeholders and not (meeting.agenda or meeting.withdrawn):
        diagnostics, place = project.diagnostics, Place(project.shown(folder / MEETING))
        remedy = "決まったら「議案」に「議案番号: ファイル名」と書いてください"
        diagnostics.warning(place, "agenda-open", "議案が決まっていないため、案件を一つずつ作ります", remedy)
        return _each_alone(folder)
    jobs = []
    for entry in meeting.agenda:
        if alone and entry.file != path.name:
            continue
        file = project.case_file(folder, entry.file, entry.place)
        if file:
            jobs.append(Job(file, PurePosixPath(name, f"第{entry.number}号議案"), meeting, entry.number))
    return jobs or alone


def _each_alone(folder: Path) -> list[Job]:
    """The cases of a meeting that does not say which they are."""
    return [Job(each, PurePosixPath(each.stem)) for each in sorted(folder.glob("*.yaml")) if each.name != MEETING]


def _distinct(jobs: list[tuple[Workshop, Job]], diagnostics: Diagnostics) -> list[tuple[Workshop, Job]]:
    """Each case once, however often it is named. Two cases whose papers would fall into one folder are an error."""
    found: dict[PurePosixPath, tuple[Workshop, Job]] = {}
    for workshop, job in jobs:
        other = found.setdefault(job.folder, (workshop, job))[1].file
        if other.resolve() != job.file.resolve():
            diagnostics.error(
                Place(workshop.project.shown(job.file), 1, 1),
                "output-twice",
                f"出力先が {workshop.project.shown(other)} と同じ「{job.folder}」になります",
                "ファイルの名を変えるか、--out を分けて別々に作ってください",
            )
    return list(found.values())


def _files(workshop: Workshop, job: Job, options: Options, lines: list[SummaryLine]) -> Iterator[tuple[str, bytes]]:
    """The files of one case. After an error anywhere only the checks go on, and nothing more is made."""
    project, diagnostics = workshop.project, workshop.project.diagnostics
    bundle = bundle_of(workshop, job)
    if bundle is None:
        return
    maker = BundleMaker(workshop, bundle, final=options.final, pdf="pdf" in options.formats)
    joined = job.meeting is not None
    names = [form.name for _, form in maker.forms] + [JOINED] * joined
    if not diagnostics.errors:  # as of a meeting that cannot be read, and so of papers that are not known
        _check_wanted(names, options)
    made = maker.make()
    if diagnostics.errors or made is None:
        return
    lines += _summary(made, job.folder, options.papers)
    if options.check:
        return
    outputs = list(made.outputs(options.papers, options.formats, joined))
    for name in options.papers:
        if f"{name}.pdf" not in dict(outputs) and options.formats == ("pdf",) and name in made.word_forms():
            reason = f"LibreOffice がないため、書類「{name}」のPDFは作れません"
            remedy = "LibreOffice を入れるか、--format docx で作ってください"
            diagnostics.warning(bundle.case.place, "form-no-pdf", reason, remedy)
    yield from outputs
    read = [job.file, project.organization_file, project.form_files[bundle.case.form.name], workshop.base_file]
    read += [job.file.parent / MEETING] if job.meeting else []
    read += [*maker.templates, *(path for font in made.fonts() if (path := workshop.face(font).path))]
    read += picture_files(made.document)
    new = manifest(project, read, made.pages_by_paper(), outputs, office=made.producer)
    folder = options.out / job.folder
    fellow, older = fellows(folder, new, [f"{name}.{kind}" for name in names for kind in FORMATS])
    if older:
        reason = f"前に作ったままの書類があります（{'、'.join(older)}）"
        remedy = "--paper と --format を付けずに作り直すか、要らなければ消してください"
        diagnostics.warning(Place(project.shown(folder)), "output-older", reason, remedy)
    yield "manifest.json", manifest(project, read, made.pages_by_paper(), outputs, fellow, made.producer)


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


def _summary(made: LaidOutBundle, folder: PurePosixPath, wanted: tuple[str, ...]) -> Iterator[SummaryLine]:
    """A line for each paper that is written; for all of them in one file only if that was asked for."""
    papers = [SummaryLine(folder, *each) for each in made.summary()]
    yield from (each for each in papers if not wanted or each.paper in wanted)
    if JOINED in wanted:
        yield SummaryLine(folder, JOINED, sum(each.count for each in papers), None, any(each.draft for each in papers))


def _check_wanted(names: list[str], options: Options) -> None:
    for name in options.papers:
        if name not in names:
            raise UsageError(f"「{name}」という書類はありません。--paper に書けるのは {'・'.join(names)} です")
