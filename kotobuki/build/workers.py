"""The cases of a build made chunk by chunk, by this process or by several.

In: jobs in their order. Out: what came of each chunk, in the same order, whoever made it. A chunk is a value that can be
sent to any process that sees the same folders; its files go straight into the folder aside of the build, so that they pass through no other process. At
most two chunks a worker are under way, so that memory does not grow with the number of cases.

Nothing differs by the number of workers or the size of the chunks: bytes, diagnostics and their order are the same.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING

from kotobuki import __version__
from kotobuki.build.command import Options
from kotobuki.build.freshness import Records
from kotobuki.build.jobs import Job
from kotobuki.build.making import Made, make
from kotobuki.build.staging import Staging
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import CommandError, Diagnostic, Diagnostics
from kotobuki.garbage import look_seldom
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import Project

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from kotobuki.build.office import Office

_WORTH = 12
"""Cases a process at least: starting it takes as long as making three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Cases of one project that are made one after the other, by paths that the working directory `here` makes whole.

    `aside`: where their files go, None = they are only looked through. `since`: when the command began
    (`Records.since`); what is up to date by then stays. None = all is made, and nothing remembered.
    `version`: of the Kotobuki that asks.
    """

    root: Path
    jobs: tuple[Job, ...]
    options: Options
    here: Path
    aside: Path | None = None
    since: int | None = None
    version: str = __version__


@dataclass(frozen=True, slots=True)
class ChunkMade:
    """What came of a chunk: of each case, all that was said, and the digests of the files put aside."""

    made: tuple[Made, ...]
    said: tuple[Diagnostic, ...]
    files: Mapping[PurePosixPath, str]


def make_chunk(chunk: Chunk, find_office: Callable[[], Office] | None = None) -> ChunkMade:
    """Makes the cases of a chunk, in whatever process; `find_office`: where LibreOffice may run already. Raises `CommandError`."""
    if chunk.version != __version__:
        raise CommandError(f"ワーカーの kotobuki は版が違います（{__version__}。こちらは {chunk.version}）")
    if Path.cwd() != chunk.here:  # a worker on another machine
        os.chdir(chunk.here)
    workshop = Workshop(Project(chunk.root, Diagnostics()), find_office)
    aside = Staging(chunk.options.out, chunk.aside) if chunk.aside else None
    records = Records(chunk.options.out, chunk.since) if chunk.since is not None else None
    made = tuple(
        [make(workshop, job, chunk.options, aside.write if aside else _nothing, records) for job in chunk.jobs]
    )
    return ChunkMade(made, tuple(dict.fromkeys(workshop.project.diagnostics.found)), aside.files if aside else {})


def chunks(jobs: Sequence[tuple[Path, Job]], like: Chunk, size: int) -> Iterator[Chunk]:
    """The jobs, each with the root of its project, in chunks of at most `size`, which are otherwise `like` this one."""
    start = 0
    for end in range(1, len(jobs) + 1):
        if end == len(jobs) or end - start == size or jobs[end][0] != jobs[start][0]:
            yield replace(like, root=jobs[start][0], jobs=tuple(job for _, job in jobs[start:end]))
            start = end


def usual_workers(cases: int) -> int:
    """How many processes make so many cases soonest."""
    return max(1, min(_processors(), cases // _WORTH))


def run(work: Iterable[Chunk], workers: int) -> Iterator[ChunkMade]:
    """What comes of the chunks, in their order; with one worker in this process."""
    if workers == 1:
        office = cache(_new_office)
        yield from (make_chunk(chunk, office) for chunk in work)
        return
    with _processes(workers) as executor:
        yield from in_order(executor, make_apart, work, 2 * workers)


def make_apart(chunk: Chunk) -> ChunkMade:
    """Makes a chunk in a process that makes nothing else, with one LibreOffice for all of its chunks.

    A worker of a cluster may have been given several threads: the working directory and LibreOffice's folder are the process's, so
    one chunk waits for the other.
    """
    with _one_at_a_time:
        return make_chunk(chunk, _office)


def _new_office() -> Office:
    from kotobuki.build.office import Office  # only here: few forms have papers that it prints

    return Office()


_office = cache(_new_office)
_one_at_a_time = Lock()


def in_order(
    executor: Executor, function: Callable[[Chunk], ChunkMade], work: Iterable[Chunk], window: int
) -> Iterator[ChunkMade]:
    """What `function` makes of each chunk, in their order, at most `window` of them sent ahead."""
    waiting: deque[Future[ChunkMade]] = deque()
    for chunk in work:
        waiting.append(executor.submit(function, chunk))
        if len(waiting) == window:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    """So many processes, started afresh as on Windows: nothing of this one is copied, no module of the current folder loaded."""
    from concurrent.futures import ProcessPoolExecutor  # not for a few cases, which this process makes
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield executor
    except BrokenProcessPool as error:
        raise CommandError(
            "案件を作っていたプロセスが途中で終わりました（メモリが足りないと、システムに止められることがあります）。"
            "--jobs 1 を付けて、もう一度実行してください"
        ) from error
    finally:
        executor.shutdown(cancel_futures=True)
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _begin() -> None:
    """Ctrl-C is for the process that was started by hand; it ends the others. Garbage is looked for as seldom as there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _nothing(name: PurePosixPath, data: bytes, digest: str) -> None:
    """A check writes no files."""
    raise AssertionError(name)
