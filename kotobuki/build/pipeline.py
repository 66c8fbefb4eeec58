"""The whole build: from paths to papers in Word and PDF, one case at a time.

In: cases or meetings' folders and the options of the command. Out: files in the output folder and a summary; or every
diagnostic of every case, and nothing written.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

from kotobuki.build.command import Built, Options
from kotobuki.build.freshness import Records
from kotobuki.build.jobs import Job, distinct, jobs_of
from kotobuki.build.making import Made, make
from kotobuki.build.outputs import left, stale
from kotobuki.build.staging import staging
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostics, UsageError
from kotobuki.project import CASES, Project, find_root


def build(
    paths: list[Path],
    options: Options,
    root: Path | None,
    diagnostics: Diagnostics,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    records: Records | None = None,
) -> Built:
    """Build everything that `paths` name. Raises `InputError`, `UsageError` or `OutputError`; then nothing is written.

    `records`: what was made before; what is up to date is not made again. None = all is made.
    """
    workshops: dict[Path, Workshop] = {}
    jobs: list[tuple[Workshop, Job]] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"「{path}」がありません")
        home = root or find_root(path)
        workshop = workshops.setdefault(home, Workshop(Project(home, diagnostics)))
        _ = workshop.shared  # said first: a case is held against it
        jobs += [(workshop, job) for job in jobs_of(path, workshop.project)]
    jobs = distinct(jobs, diagnostics)
    made: list[Made] = []
    with nullcontext() if options.check else staging(options.out, diagnostics) as aside:
        for done, (workshop, job) in enumerate(jobs):
            progress(done, len(jobs), job.file.name)
            made.append(make(workshop, job, options, aside.write if aside else _nothing, records))
        progress(len(jobs), len(jobs), "")
        for workshop in workshops.values():
            own = [job for other, job in jobs if other is workshop]
            diagnostics.report(stale(options.out, workshop.project, own))
            diagnostics.report(left(options.out, workshop.project.shown(options.out)) if options.check else ())
        diagnostics.raise_if_errors()
        if aside:
            aside.commit()
    if records:
        looked = [options.out, *(each.project.root / CASES for each in workshops.values())]
        records.keep_command(options.key(paths, root), paths, looked, diagnostics, [each.key for each in made])
    lines = tuple(line for each in made for line in each.lines)
    return Built(lines, len(made), sum(each.kept for each in made))


def _nothing(name: PurePosixPath, data: bytes) -> None:
    """A check writes no files."""
    raise AssertionError(name)
