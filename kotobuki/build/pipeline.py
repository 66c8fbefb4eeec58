"""The whole build: from paths to papers in Word and PDF.

In: cases or meetings' folders and the options of the command. Out: files in the output folder and a summary; or every
diagnostic of every case, and nothing written. With `keep_going` the cases that can be made are written, each or none of its papers, and a list
of what was wrong with the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from kotobuki.build.command import USUAL, Built, Options, Way
from kotobuki.build.freshness import Records
from kotobuki.build.jobs import Job, agendas_of, distinct, jobs_of
from kotobuki.build.making import Made
from kotobuki.build.manifest import MANIFEST
from kotobuki.build.outputs import left, stale
from kotobuki.build.staging import Staging, staging
from kotobuki.build.workers import Chunk, ChunkMade, chunks, run, usual_workers
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostics, OutputError, Place, UsageError
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import CASES, Project, find_root
from kotobuki.visible import visible

FAILED = "失敗一覧.csv"
"""In the output folder: what was wrong with the cases that could not be made."""


def build(
    paths: list[Path],
    options: Options,
    root: Path | None,
    diagnostics: Diagnostics,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    records: Records | None = None,
    way: Way = USUAL,
) -> Built:
    """Build everything that `paths` name. Raises `InputError`, `UsageError` or `OutputError`; then nothing is written.

    `records`: what was made before; what is up to date is not made again. None = all is made.
    """
    plan = _planned(paths, root, diagnostics)
    keep_going = way.keep_going and not options.check and not _refused(plan.workshops, diagnostics)
    made: list[Made] = []
    with _writing(options, diagnostics, apart=keep_going) as writing:
        like = Chunk(root=Path(), jobs=(), options=options, here=Path.cwd(), since=records.since if records else None)
        work = chunks([(workshop.project.root, job) for workshop, job in plan.jobs], like, way.size)
        for done in _run(writing.open(work), way, len(plan.jobs)):
            progress(len(made), len(plan.jobs), plan.jobs[len(made)][1].file.name)
            own = plan.jobs[len(made) :]
            diagnostics.found += done.said
            lost = writing.done(done.files)
            made += [_as_written(each, *job, options, lost) for each, job in zip(done.made, own, strict=False)]
        progress(len(plan.jobs), len(plan.jobs), "")
        _look_at_outputs(plan, options, diagnostics)
        if keep_going:
            _list_failed(options.out, diagnostics)
        else:
            diagnostics.raise_if_errors()
        writing.finish()
    if records and not diagnostics.errors and not any(each.doubted for each in made):
        _remember(records, plan, paths, options, root, made, diagnostics)
    lines = tuple(line for each in made for line in each.lines)
    new = tuple(line for each in made if not each.kept for line in each.lines)
    return Built(lines, len(made), sum(each.kept for each in made), sum(each.failed for each in made), new)


def _as_written(
    made: Made, workshop: Workshop, job: Job, options: Options, lost: Mapping[PurePosixPath, OutputError]
) -> Made:
    """What came of a case whose files are where they belong, or could not be put there."""
    error = lost.get(job.folder)
    if error is None:
        return made
    place, remedy = Place(workshop.project.shown(options.out / job.folder)), "その後で、--resume を付けて作ってください"
    workshop.project.diagnostics.error(place, "output-unwritable", str(error), remedy)
    return replace(made, lines=(), failed=True)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be built: the cases, each with what its project's bundles share; `agendas`: the files that say which these are."""

    workshops: Sequence[Workshop]
    jobs: Sequence[tuple[Workshop, Job]]
    agendas: Sequence[Path]


def _planned(paths: Sequence[Path], root: Path | None, diagnostics: Diagnostics) -> _Plan:
    """The plan for what a command names. Raises `UsageError` where a path leads nowhere."""
    workshops: dict[Path, Workshop] = {}
    jobs: list[tuple[Workshop, Job]] = []
    agendas: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"「{path}」がありません")
        home = root or find_root(path)
        workshop = workshops.setdefault(home, Workshop(Project(home, diagnostics)))
        _ = workshop.shared  # said first: a case is held against it
        jobs += [(workshop, job) for job in jobs_of(path, workshop.project)]
        agendas += agendas_of(path, workshop.project)
    return _Plan(tuple(workshops.values()), distinct(jobs, diagnostics), agendas)


def _look_at_outputs(plan: _Plan, options: Options, diagnostics: Diagnostics) -> None:
    """What is to be said of what stands in the output folder already."""
    for workshop in plan.workshops:
        own = [job for other, job in plan.jobs if other is workshop]
        diagnostics.report(stale(options.out, workshop.project, own))
        diagnostics.report(left(options.out, workshop.project.shown(options.out)) if options.check else ())


def _remember(
    records: Records,
    plan: _Plan,
    paths: Sequence[Path],
    options: Options,
    root: Path | None,
    made: Sequence[Made],
    diagnostics: Diagnostics,
) -> None:
    """Remember the whole command, so that it need not even be looked which cases there are."""
    projects = [each.project for each in plan.workshops]
    known = records.of_command(
        paths,
        read=[*plan.agendas, *(each.organization_file for each in projects)],
        looked=[each.root / CASES for each in projects],
        stand=[*options.out.rglob(MANIFEST), options.out / FAILED],
    )
    keys = tuple({"case": each.key} for each in made)
    records.keep(options.key(paths, root), replace(known, said=tuple(diagnostics), lines=keys))


def _run(work: Iterable[Chunk], way: Way, cases: int) -> Iterator[ChunkMade]:
    if way.cluster:
        from kotobuki.build.cluster import run_on

        return run_on(way.cluster, work)
    return run(work, way.workers or usual_workers(cases))


def _refused(workshops: Sequence[Workshop], diagnostics: Diagnostics) -> bool:
    """Whether what is wrong is no single case's, but what all share, or which cases there are."""
    shared = {each for workshop in workshops for each in workshop.shared}
    return any(each in shared or each.rule == "output-twice" for each in diagnostics.errors)


@dataclass(slots=True)
class _Writing:
    """Where the files of chunks go: all into one folder aside, or each chunk's (`apart`) into its own, done when it is."""

    out: Path
    diagnostics: Diagnostics
    whole: Staging | None = None
    apart: bool = False
    under_way: deque[tuple[ExitStack, Staging]] = field(default_factory=deque)

    def open(self, work: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks, with the folder that their files are to go to."""
        for chunk in work:
            aside = self.whole
            if self.apart:
                stack = ExitStack()
                aside = stack.enter_context(staging(self.out, self.diagnostics))
                self.under_way.append((stack, aside))
            yield replace(chunk, aside=aside.aside if aside else None)

    def done(self, files: Mapping[PurePosixPath, str]) -> Mapping[PurePosixPath, OutputError]:
        """The files of the next chunk are all there. Comes back with the folders whose files could not be put in their place, and why not."""
        lost: dict[PurePosixPath, OutputError] = {}
        if self.apart:
            stack, aside = self.under_way.popleft()
            with stack:
                for folder, names in groupby(files, key=lambda name: name.parent):
                    part = aside.part({name: files[name] for name in names})
                    try:
                        part.commit()
                    except OutputError as error:  # as of a file that somebody has open
                        if part.is_half_done:
                            raise
                        lost[folder] = error
        elif self.whole:
            self.whole.adopt(files)
        return lost

    def finish(self) -> None:
        """The files of all chunks are there."""
        if self.whole:
            self.whole.commit()


@contextmanager
def _writing(options: Options, diagnostics: Diagnostics, *, apart: bool) -> Iterator[_Writing]:
    """Where files go; whatever happens, no folder aside is left."""
    with ExitStack() as stack:
        whole = None
        if not options.check and not apart:
            whole = stack.enter_context(staging(options.out, diagnostics))
        writing = _Writing(options.out, diagnostics, whole, apart)
        try:
            yield writing
        finally:
            for each, _ in writing.under_way:
                each.close()


def _list_failed(out: Path, diagnostics: Diagnostics) -> None:
    """Writes what is wrong as a table; where there is an old one, also that nothing is."""
    errors = diagnostics.errors
    if not errors and not (out / FAILED).exists():
        return
    rows: list[tuple[str, ...]] = [("ファイル", "行", "桁", "誤り", "直し方", "規則")]
    for each in errors:
        place = each.place
        words = (place.path, str(place.line or ""), str(place.column or ""), each.reason, each.remedy, each.rule)
        rows.append(tuple(map(visible, words)))
    with staging(out) as aside:
        from kotobuki.register.lines import written

        text = "".join(f"{written(row)}\r\n" for row in rows)
        aside.write(PurePosixPath(FAILED), text.encode("utf-8-sig", "replace"))  # so that Excel takes it for Japanese
        aside.commit()
