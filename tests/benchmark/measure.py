"""Whole processes measured from outside: commands in, seconds and peak memory out.

Time is from the start of a process to its end; memory and processor time are those of it and of the children it waited
for, as the kernel counts them (`os.wait4`; Linux and macOS).
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_KB = 1024 if sys.platform == "darwin" else 1  # macOS counts ru_maxrss in bytes, Linux in KB


class ProcessError(Exception):
    """A command failed; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A command that makes papers in the folder `out`, which is emptied before each run. `key`: for `--skip`."""

    key: str
    name: str
    command: tuple[str, ...]
    out: Path


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: wall time, processor time, peak of resident memory."""

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Result:
    """The runs of a contender: medians, and the fastest, whose distance from the median shows the noise."""

    samples: tuple[Sample, ...]

    @property
    def seconds(self) -> float:
        """Wall time."""
        return median(sample.seconds for sample in self.samples)

    @property
    def fastest(self) -> float:
        """Wall time of the fastest run."""
        return min(sample.seconds for sample in self.samples)

    @property
    def processor(self) -> float:
        """Processor time of all threads and children."""
        return median(sample.processor for sample in self.samples)

    @property
    def megabytes(self) -> float:
        """Peak memory."""
        return median(sample.megabytes for sample in self.samples)


def run(command: tuple[str, ...], log: Path) -> Sample:
    """Run a command to its end, what it says into `log`. Raises `ProcessError`.

    The kernel counts the memory of the process that starts another one as that one's, so the benchmark itself must
    stay small: nothing heavy is imported into it. Byte code is kept, as an installed package's is, beside `log`.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(log.parent / "bytecode")
    into_log = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=[into_log, (os.POSIX_SPAWN_DUP2, 1, 2)])
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if code := os.waitstatus_to_exitcode(status):
        said = log.read_text(encoding="utf-8", errors="replace").strip()[-1000:]
        raise ProcessError(f"{' '.join(command[:4])} …: exit status {code}\n{said}")
    return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _KB / 1000)


def interleaved(contenders: Sequence[Contender], runs: int, log: Path) -> dict[str, Result]:
    """Each contender once in every round, so that a slow minute hits all alike; the first round only warms up.

    Warm: byte code, the disk's cache, the profile of LibreOffice.
    """
    samples: dict[str, list[Sample]] = {contender.key: [] for contender in contenders}
    for number in range(runs + 1):
        for contender in contenders:
            sample = build(contender, log)
            if number:
                samples[contender.key].append(sample)
    return {key: Result(tuple(found)) for key, found in samples.items()}


def build(contender: Contender, log: Path) -> Sample:
    """One run of a contender into an empty folder."""
    shutil.rmtree(contender.out, ignore_errors=True)
    contender.out.mkdir(parents=True)
    return run(contender.command, log)
