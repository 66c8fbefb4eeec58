"""`kotobuki build --watch`: what is saved is made again, errors are said, Ctrl-C ends it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.paths import ROOT
from support.samples import CASE, edited, project

from kotobuki.cli import watching

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform == "win32", reason="sends no SIGINT to one process")]


def _heed_ctrl_c() -> None:
    """Even where the tests run in the background, whose shell has told them not to."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], queue.Queue[str]]]:
    """A build that watches the small city, and what it prints, line by line."""
    project(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "kotobuki", "build", "cases/第1回", "--format", "docx", "--watch"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_heed_ctrl_c,
    )
    found: queue.Queue[str] = queue.Queue()
    assert process.stdout
    reader = threading.Thread(target=lambda out: [found.put(line) for line in out], args=(process.stdout,))
    reader.start()
    yield process, found
    process.kill()
    process.wait()
    reader.join()
    process.stdout.close()


def until(found: queue.Queue[str], words: str) -> str:
    """What is printed until a line with these words."""
    said = ""
    while words not in said.rpartition("\n")[0].rpartition("\n")[2]:
        said += found.get(timeout=60)
    return said


def test_what_is_saved_is_made_again_and_ctrl_c_ends_it(
    tmp_path: Path, lines: tuple[subprocess.Popen[str], queue.Queue[str]]
) -> None:
    process, found = lines
    case, paper = tmp_path / "cases/第1回/案件.yaml", tmp_path / "output/第1回/第2号議案/依頼書.docx"
    assert "依頼書" in until(found, "待っています")
    before = paper.read_bytes()
    case.write_text(edited(CASE, "委託する", "委任する"), encoding="utf-8")
    said = until(found, "待っています")
    assert "変わったファイル：cases/第1回/案件.yaml" in said
    assert paper.read_bytes() != before
    case.write_text(edited(CASE, "件名", "件命"), encoding="utf-8")
    assert "key-unknown" in until(found, "待っています")
    case.write_text(CASE, encoding="utf-8")
    assert "依頼書" in until(found, "待っています")
    assert paper.read_bytes() == before
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0


def test_hidden_files_and_links_to_folders_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/index", "~$案件.docx", "案件.yaml"):
        (tmp_path / name).touch()
    (tmp_path / "輪").symlink_to(tmp_path)
    assert [Path(path).name for path in watching.state([tmp_path])] == ["案件.yaml"]
