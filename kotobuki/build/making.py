"""One case of a build: its files, and what came of it.

In: what all cases share, the case, the options. Out: the files, to a function that writes them; a `Made`. Each stage is a function of values; this
module only joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kotobuki.build.basis import asked, looked_through
from kotobuki.build.bundle import BundleMaker, LaidOutBundle
from kotobuki.build.command import FORMATS, Options, SummaryLine
from kotobuki.build.confined import Confined
from kotobuki.build.freshness import Record, Records
from kotobuki.build.jobs import Job, bundle_of
from kotobuki.build.manifest import MANIFEST, digests, fellows, manifest
from kotobuki.build.outputs import doubts, others
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostic, Place, UsageError
from kotobuki.digests import Contents, contents
from kotobuki.figures.pictures.files import picture_files
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import MEETING
from kotobuki.reading.openings import report_reviews
from kotobuki.settings.form import JOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of a case: all that was said of it, and what is in its papers; no `lines` if it `failed`.

    `key`: what it is remembered by. `kept`: nothing was made, as the papers that stand there are what would be made.
    `doubted`: what stood there was not whole, which is said once.
    """

    key: str
    said: tuple[Diagnostic, ...]
    lines: tuple[SummaryLine, ...]
    failed: bool = False
    kept: bool = False
    doubted: bool = False


Write = Callable[[PurePosixPath, bytes, str], None]
"""Takes a file: its path below the output folder, what it holds, and the digest of that."""


@dataclass(frozen=True, slots=True)
class _Papers:
    """The papers of a case as files, by their names.

    `read`: what they were made from; None = more than can be told, or not asked for. `beside`: other files that stand or might stand in their folder.
    """

    lines: tuple[SummaryLine, ...]
    files: dict[str, Contents]
    read: tuple[Path, ...] | None = None
    beside: tuple[str, ...] = ()


def make(workshop: Workshop, job: Job, options: Options, write: Write, records: Records | None = None) -> Made:
    """The papers of a case: its files to `write`, and what came of it.

    Nothing counts but what is said of this case, its meeting and what all share (`Workshop.shared`): a case is made or
    refused alike, whatever else the command builds, and in whatever process. `records`: of what was made before, so that
    what is up to date is not made again; None = all is made.
    """
    key = f"{job.folder} {options.key([job.file], workshop.project.root)}"
    if records and (record := records.up_to_date(key)):
        workshop.project.diagnostics.found += record.said
        return Made(key=key, said=record.said, lines=tuple(map(SummaryLine.read, record.lines)), kept=True)
    diagnostics = workshop.project.diagnostics
    with diagnostics.apart((*workshop.shared, *job.said_of_all)) as said:
        papers = _papers(workshop, job, options, remembered=records is not None)
        failed = bool(diagnostics.errors)
    if papers is None or failed:
        return Made(key=key, said=tuple(said), lines=(), failed=failed)
    shown = workshop.project.shown(options.out / job.folder)
    again = "作り直したため、手で直した所は残っていません。直しは案件のYAMLに書いてください"
    if options.papers or set(options.formats) != set(FORMATS):  # what was changed may not have been made again
        again = "直しは案件のYAMLに書き、--paper と --format を付けずに作り直してください"
    remedy = "kotobuki build で作り直してください" if options.check else again
    doubted = list(doubts(options.out, job.folder, shown, remedy))  # not of the case: never remembered
    diagnostics.report(doubted)
    for name, made in papers.files.items():
        write(job.folder / name, *made)
    if records and papers.read is not None and not doubted:
        folder = (options.out / job.folder).absolute()
        basis = [*papers.read, *(folder / name for name in papers.beside)]
        read, folders = records.basis(basis, looked_through(workshop))
        outputs = {str(folder / name): made.digest for name, made in papers.files.items()}
        lines = tuple(line.told() for line in papers.lines)
        records.keep(key, Record(read, folders, outputs, tuple(said), lines))
    return Made(key=key, said=tuple(said), lines=papers.lines, doubted=bool(doubted))


def _papers(workshop: Workshop, job: Job, options: Options, *, remembered: bool) -> _Papers | None:
    """The papers of one case; None after an error. `remembered`: whether what they were made from is asked for."""
    project, diagnostics = workshop.project, workshop.project.diagnostics
    bundle = bundle_of(workshop, job)
    if bundle is None:
        return None
    maker = BundleMaker(workshop, bundle, final=options.final, pdf="pdf" in options.formats)
    joined = job.meeting is not None
    names = [form.name for _, form in maker.forms] + [JOINED] * joined
    if not diagnostics.errors:  # as of a meeting that cannot be read, and so of papers that are not known
        _check_wanted(names, options)
    report_reviews(bundle.openings.reviews, diagnostics, final=options.final)
    made = maker.make()
    if diagnostics.errors or made is None:
        return None
    left = str(bundle.openings)
    lines = tuple(replace(each, left=left) for each in _summary(made, job.folder, options.papers))
    if options.check:
        return _Papers(lines, {})
    outputs = {name: contents(data) for name, data in made.outputs(options.papers, options.formats, joined)}
    for name in options.papers:
        if f"{name}.pdf" not in outputs and options.formats == ("pdf",) and name in made.word_forms():
            reason = f"LibreOffice がないため、書類「{name}」のPDFは作れません"
            remedy = "LibreOffice を入れるか、--format docx で作ってください"
            diagnostics.warning(bundle.case.place, "form-no-pdf", reason, remedy)
    read = [job.file, project.organization_file, project.form_files[bundle.case.form.name], workshop.base_file]
    read += [job.file.parent / MEETING] if job.meeting else []
    read += [*maker.templates, *(path for font in made.fonts() if (path := workshop.face(font).path))]
    read += [*picture_files(made.document), *bundle.case.table_files]
    out, folder = Confined(options.out), options.out / job.folder
    diagnostics.report(others(out, job.folder, bundle.organization.name, project.shown(folder)))
    if diagnostics.errors:
        return None
    all_names = [f"{name}.{kind}" for name in names for kind in FORMATS]
    inputs = digests(project, read)
    fellow, older = fellows(out, job.folder, inputs, outputs, all_names)
    if older:
        reason = f"前に作ったままの書類があります（{'、'.join(older)}）"
        remedy = "--paper と --format を付けずに作り直すか、要らなければ消してください"
        diagnostics.warning(Place(project.shown(folder)), "output-older", reason, remedy)
    digest_by_name = {name: each.digest for name, each in outputs.items()}
    new = manifest(project, inputs, made.pages_by_paper(), digest_by_name, fellow, made.producer)
    files = {**outputs, MANIFEST: contents(new)}
    other = asked(workshop, job.file, bundle, made, pdf="pdf" in options.formats) if remembered else None
    beside = tuple(name for name in (*all_names, *older) if name not in files)
    return _Papers(lines, files, None if other is None else (*read, *other), beside)


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
