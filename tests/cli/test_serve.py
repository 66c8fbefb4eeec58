"""`kotobuki serve`: begins, says where, and ends."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.request import urlopen

import pytest
from support.commands import run
from support.processes import surroundings
from support.samples import CASE, project
from support.serving import serving

from kotobuki.cli import serve


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="sends no SIGINT to one process")
def test_it_serves_until_ctrl_c(tmp_path: Path) -> None:
    root = project(tmp_path / "資料", {"案件.yaml": CASE})
    command = [sys.executable, "-m", "kotobuki", "serve", "cases/第1回/案件.yaml", "--no-browser"]
    process = subprocess.Popen(
        command,
        cwd=root,
        env=surroundings(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert process.stdout
        address = process.stdout.readline()
        found = re.fullmatch(r"(http://127\.0\.0\.1:\d+/)#token=[\w-]{43}&file=[0-9a-f]{24}\n", address)
        assert found, address
        with urlopen(found[1]) as page:
            assert b"<!doctype html>" in page.read()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
        assert (process.returncode, said.splitlines()[-1]) == (0, "終わりました。")
    finally:
        process.kill()
        process.communicate()


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with serving(project(tmp_path, {"案件.yaml": CASE})) as other:
        done = run("serve", str(tmp_path), "--no-browser", "--port", str(other.port))
    assert (done.status, f"番地の番号 {other.port} は使えません" in done.err) == (2, True)


@pytest.mark.parametrize("path", ["ない", "cases/ない.yaml"])
def test_what_is_not_there_is_not_served(path: str) -> None:
    assert run("serve", path).status == 2


def test_the_root_is_that_of_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, other = project(tmp_path / "資料", {"案件.yaml": CASE}), tmp_path / "別"
    other.mkdir()
    monkeypatch.chdir(root)
    for path in (root, root / "cases/第1回", root / "cases/第1回/案件.yaml", Path(), Path("cases")):
        assert serve._root(path).resolve() == root.resolve()
    assert serve._root(other) == other  # not that of the current folder


@pytest.mark.parametrize("opened", [True, False, webbrowser.Error()])
def test_where_no_browser_can_be_opened_the_address_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], opened: bool | Exception
) -> None:
    def open_it(_: str) -> bool:
        if isinstance(opened, Exception):
            raise opened
        return opened

    monkeypatch.setattr(webbrowser, "open", open_it)
    serve._open("http://127.0.0.1:1/")
    assert ("開けませんでした" in capsys.readouterr().err) == (opened is not True)
