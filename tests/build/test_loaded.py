"""What a build loads: nothing heavy that the papers of an ordinary case do not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT
from support.samples import project

NEEDED = {
    "click": "the command",
    "uharfbuzz": "widths of characters, subsets of fonts",
    "yaml": "reads cases",
}
SPARED = {
    "jinja2": "templates when they are new (what was read of them is remembered), Word forms",
    "lxml": "base.docx when it is new (what was read of it is remembered), Word forms",
    "PIL": "pictures",
    "pypdfium2": "pages of PDFs as pictures",
    "resvg_py": "SVG pictures",
    "pikepdf": "別添, and PDFs of Word forms",
    "docx": "Word forms",
    "docxtpl": "Word forms",
    "openpyxl": "rows in an .xlsx",
    "reportlab": "texts with marks of PDF in them",
    "filelock": "the ledger of the register",
    "distributed": "--cluster",
    "multiprocessing": "--jobs",
    "asyncio": "--cluster",
    "subprocess": "LibreOffice, git, pictures",
    "logging": "comes with pikepdf and filelock",
    "socket": "serve",
    "email": "serve",
    "html": "web pages of diff",
    "xml": "SVG pictures",
    "csv": "ledgers, lists",
    "kotobuki.build.foreign": "別添, and PDFs of Word forms",
    "kotobuki.build.word_forms": "Word forms",
    "kotobuki.case.figure_reading": "figures",
    "kotobuki.figures.settle": "figures",
    "kotobuki.figures.pictures.placing": "pictures",
    "kotobuki.register.lines": "ledgers",
}
"""What is loaded, but not by an ordinary build: for whom."""


@pytest.mark.process
def test_a_build_loads_nothing_heavy_that_it_does_not_need(tmp_path: Path) -> None:
    folder = project(tmp_path)
    code = (
        "import atexit, sys; before = set(sys.modules); from kotobuki.cli import main\n"
        "atexit.register(lambda: print(*sorted(set(sys.modules) - before), file=sys.stderr))\n"
        "main(['build', 'cases/第1回', '--force'])"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", code]
    for _ in range(2):  # the first remembers what it has read
        done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=True, encoding="utf-8")
    loaded = set(done.stderr.split())
    assert set(NEEDED) <= loaded
    assert loaded & set(SPARED) == set()
