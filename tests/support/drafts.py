"""What the tests of drafting share: the command as a user runs it, in a project that is free to be changed."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from support.commands import Ran, run

OPEN = re.compile("｛記入：([^｛｝]*)｝")


def done(*arguments: str | Path) -> Ran:
    """`kotobuki …` that must succeed without a word of complaint."""
    ran = run(*arguments)
    assert (ran.status, ran.err) == (0, ""), ran.err
    return ran


def answered(arguments: list[str], folder: Path, answers: list[str]) -> Ran:
    """`kotobuki …` at a real terminal in `folder`, each answer typed when a question has been asked."""
    pty = pytest.importorskip("pty", reason="no terminals on this system")
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover  (another process)
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "kotobuki", *arguments])
    said, left = b"", list(answers)
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # the end, as Linux has it
            break
        if not chunk:
            break
        said += chunk
        if left and said.endswith(b": "):
            os.write(terminal, (left.pop(0) + "\n").encode())
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert not left, said.decode()
    return Ran(os.waitstatus_to_exitcode(status), said.decode().replace("\r\n", "\n"), "")
