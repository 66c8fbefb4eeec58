"""Many cases: `python -m tests.benchmark.scale [--cases 7 70 700] [--jobs 1 2] [--check] [--cluster 2]` in the project's root.

Prints, for each number of cases and of processes: seconds, processor seconds, and the peak memory of the process that was started
and of the largest of its workers (as Linux counts them). `--check` makes the pages and writes nothing; `--cluster N` also runs on
a Dask scheduler of this machine with N workers, of one thread each.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .measure import ProcessError
from .meeting import MEETING, make_project

_LOOK = 0.05
"""Seconds between two looks at the memory: the kernel remembers the peak of each process while it lives."""
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """One build: wall and processor seconds, peaks in MB (`worker` 0: there was none)."""

    seconds: float
    processor: float
    parent: float
    worker: float


def main() -> int:
    """Run it; exit status 1 if a command failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.scale", description=(__doc__ or "").partition("\n\n")[2]
    )
    parser.add_argument("--cases", type=int, nargs="+", default=[7, 70, 700])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cluster", type=int, default=0, metavar="N")
    options = parser.parse_args()
    print(f"{'cases':>6} {'jobs':>10} {'s':>8} {'CPU s':>8} {'parent MB':>10} {'worker MB':>10}")
    with TemporaryDirectory(prefix="kotobuki-scale-") as folder:
        try:
            for cases in options.cases:
                project = Path(folder, str(cases))
                make_project(project, cases)
                for jobs in options.jobs:
                    _say(cases, str(jobs), _run(project, "--jobs", str(jobs), *(["--check"] * options.check)))
                if options.cluster:
                    with _cluster(options.cluster) as address:
                        _say(cases, f"cluster {options.cluster}", _run(project, "--cluster", address))
        except ProcessError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _say(cases: int, jobs: str, run: Run) -> None:
    print(
        f"{cases:6} {jobs:>10} {run.seconds:8.1f} {run.processor:8.1f} {run.parent:10.0f} {run.worker:10.0f}",
        flush=True,
    )


def _run(project: Path, *options: str) -> Run:
    """One build of the meeting. Raises `ProcessError`."""
    command = (sys.executable, "-m", "kotobuki", "build", str(project / MEETING), "--out", str(project / "out"))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    log, start = project / "log", time.perf_counter()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*command, "--quiet", "--force", *options], stdout=stream, stderr=subprocess.STDOUT, env=environment
        )
    peaks: dict[int, float] = {}
    while True:
        for pid in _family(process.pid):
            with suppress(OSError):
                if found := _PEAK.search(Path(f"/proc/{pid}/status").read_text()):
                    peaks[pid] = int(found[1]) / 1000
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(_LOOK)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ProcessError(log.read_text(encoding="utf-8", errors="replace")[-1000:])
    parent = peaks.pop(process.pid, 0.0)
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, parent, max(peaks.values(), default=0.0))


def _family(pid: int) -> Iterator[int]:
    """A process and what it has started, and so on."""
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _family(int(child))


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """A Dask scheduler of this machine, with its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    ]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--nworkers",
        str(workers),
        "--no-dashboard",
    ]
    started = [subprocess.Popen(each, **quiet) for each in (scheduler, worker)]  # type: ignore[call-overload]  # by name
    try:
        time.sleep(5)
        yield address
    finally:
        for each in reversed(started):
            each.terminate()
            each.wait()


if __name__ == "__main__":
    sys.exit(main())
