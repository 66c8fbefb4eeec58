"""One case of a build: its files, and what came of it.

In: what all cases share, the case, the options. Out: the files, to a function that writes them; a `Made`. Each stage is a function of values; this
module only joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from kotobuki.build.bundle import BundleMaker, LaidOutBundle
from kotobuki.build.confined import Confined
from kotobuki.build.jobs import Job, bundle_of
from kotobuki.build.manifest import MANIFEST, fellows, manifest
from kotobuki.build.outputs import doubts, others
from kotobuki.build.workshop import FORMATS, Workshop
from kotobuki.diagnostics import Diagnostic, Place, UsageError
from kotobuki.figures.pictures.placing import picture_files
from kotobuki.project import MEETING
from kotobuki.reading.openings import Openings, report_reviews
from kotobuki.settings.form import JOINED


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build. `papers` and `formats` empty: all of them. `check`: only look for faults, write nothing."""

    out: Path
    papers: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    final: bool = False
    check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """A line of the summary: a paper, its pages (None: unnumbered), whether it is marked 案; what its files leave open."""

    folder: PurePosixPath
    paper: str
    count: int
    numbers: tuple[int, int] | None
    draft: bool
    openings: Openings = field(default_factory=Openings)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a case: all that was said of it, and what is in its papers; no `lines` if it `failed`."""

    job: Job
    said: tuple[Diagnostic, ...]
    lines: tuple[SummaryLine, ...]
    failed: bool


Write = Callable[[PurePosixPath, bytes], None]
"""Takes a file: its path below the output folder, and what it holds."""


def make(workshop: Workshop, job: Job, options: Options, write: Write) -> Made:
    """The papers of a case: its files to `write`, and what came of it.

    Nothing counts but what is said of this case, its meeting and what all share (`Workshop.shared`): a case is made or refused alike, whatever
    else the command builds, and in whatever process.
    """
    lines: list[SummaryLine] = []
    diagnostics = workshop.project.diagnostics
    with diagnostics.apart((*workshop.shared, *job.said)) as said:
        for name, data in _files(workshop, job, options, lines):
            write(job.folder / name, data)
        failed = bool(diagnostics.errors)
    return Made(job, tuple(said), () if failed else tuple(lines), failed)


def _files(workshop: Workshop, job: Job, options: Options, lines: list[SummaryLine]) -> Iterator[tuple[str, bytes]]:
    """The files of one case; none after an error."""
    project, diagnostics = workshop.project, workshop.project.diagnostics
    bundle = bundle_of(workshop, job)
    if bundle is None:
        return
    maker = BundleMaker(workshop, bundle, final=options.final, pdf="pdf" in options.formats)
    joined = job.meeting is not None
    names = [form.name for _, form in maker.forms] + [JOINED] * joined
    if not diagnostics.errors:  # as of a meeting that cannot be read, and so of papers that are not known
        _check_wanted(names, options)
    report_reviews(bundle.openings.reviews, diagnostics, final=options.final)
    made = maker.make()
    if diagnostics.errors or made is None:
        return
    lines += [replace(each, openings=bundle.openings) for each in _summary(made, job.folder, options.papers)]
    if options.check:
        remedy = "kotobuki build で作り直してください"
        diagnostics.report(doubts(options.out, job.folder, project.shown(options.out / job.folder), remedy))
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
    out, folder = Confined(options.out), options.out / job.folder
    diagnostics.report(others(out, job.folder, bundle.organization.name, project.shown(folder)))
    if diagnostics.errors:
        return
    fellow, older = fellows(out, job.folder, new, [f"{name}.{kind}" for name in names for kind in FORMATS])
    if older:
        reason = f"前に作ったままの書類があります（{'、'.join(older)}）"
        remedy = "--paper と --format を付けずに作り直すか、要らなければ消してください"
        diagnostics.warning(Place(project.shown(folder)), "output-older", reason, remedy)
    yield MANIFEST, manifest(project, read, made.pages_by_paper(), outputs, fellow, made.producer)


def _summary(made: LaidOutBundle, folder: PurePosixPath, wanted: tuple[str, ...]) -> Iterator[SummaryLine]:
    """A line for each paper that is written; for all of them in one file only if that was asked for."""
    papers = [
        SummaryLine(folder=folder, paper=name, count=count, numbers=numbers, draft=draft)
        for name, count, numbers, draft in made.summary()
    ]
    yield from (each for each in papers if not wanted or each.paper in wanted)
    if JOINED in wanted:
        count, draft = sum(each.count for each in papers), any(each.draft for each in papers)
        yield SummaryLine(folder=folder, paper=JOINED, count=count, numbers=None, draft=draft)


def _check_wanted(names: list[str], options: Options) -> None:
    for name in options.papers:
        if name not in names:
            raise UsageError(f"「{name}」という書類はありません。--paper に書けるのは {'・'.join(names)} です")
