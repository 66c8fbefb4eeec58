"""Cases made on a Dask cluster of two workers: the same bytes, and a worker that is killed loses nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.many_cases import MANY, made, many
from support.paths import ROOT

from kotobuki.build.command import Options, Way
from kotobuki.build.pipeline import build
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics

pytest.importorskip("distributed")
pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")]


def started(folder: Path, *command: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler, and its two workers, one process each."""
    folder = tmp_path_factory.mktemp("dask")
    running = [
        started(folder, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    ]
    address = _said(running[0], r"Scheduler at: +(tcp://\S+)")
    for _ in range(2):
        running.append(
            started(folder, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        )
        _said(running[-1], r"Registered to: +(tcp://\S+)")
    yield address, running[1:]
    for each in running:
        each.kill()
        each.wait()
        assert each.stderr
        each.stderr.close()


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """What a process says of itself in a line; the rest of it is read away, so that it never waits."""
    assert process.stderr
    for line in process.stderr:
        if match := re.search(pattern, line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return match[1]
    raise AssertionError(f"{process.args} ended")


def test_a_cluster_makes_the_same(tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[str]]]) -> None:
    root, address = many(tmp_path / "町", (2, 3)), scheduler[0]
    assert made(root, tmp_path / "two", Way(cluster=address, size=2)) == made(root, tmp_path / "one", Way(workers=1))
    root = many(tmp_path / "村")
    assert made(root, tmp_path / "four", Way(cluster=address, size=2)) == made(root, tmp_path / "three", Way(workers=1))


def test_a_worker_that_is_killed_loses_nothing(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[str]]]
) -> None:
    root, (address, workers) = many(tmp_path / "町"), scheduler
    one = made(root, tmp_path / "one", Way(workers=1))

    def kill(done: int, total: int, name: str) -> None:
        if done and workers[0].poll() is None:
            workers[0].send_signal(signal.SIGKILL)

    diagnostics, out = Diagnostics(), tmp_path / "out"
    way = Way(cluster=address, size=1)
    build([root / "cases/第1回"], Options(out, formats=("docx",)), None, diagnostics, kill, way=way)
    files = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
    assert (files, list(diagnostics)) == (one[0], [])
    assert (len(files), workers[0].wait()) == (4 * MANY, -signal.SIGKILL)


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kotobuki.build.cluster._PATIENCE", "1s")
    result = CliRunner().invoke(main, ["build", str(many(tmp_path) / "cases/第1回"), "--cluster", "tcp://127.0.0.1:9"])
    assert (result.exit_code, "つながりません" in result.output) == (2, True)
