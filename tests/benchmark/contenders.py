"""Who takes part: Kotobuki twice, and those of its peers that are here.

In: the folder of a synthetic project. Out: the commands, each a fresh process, and the reasons why others are missing.
The peers get words that are ready to print, so that they number, resolve and check nothing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .measure import Contender, run
from .meeting import MEETING

JOINED, ALL, OFFICE, WEASYPRINT, TYPST = "joined", "all", "docxtpl", "weasyprint", "typst"
PEERS = (OFFICE, WEASYPRINT, TYPST)

_SCRIPTS = Path(__file__).parent / "peers"
_NEEDS = {OFFICE: "docxtpl", WEASYPRINT: "weasyprint", TYPST: "typst"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A peer that cannot take part."""

    key: str
    reason: str


def kotobuki(project: Path) -> Iterator[Contender]:
    """Kotobuki, in one process: the joined 議案 of each case, and every paper."""
    build = (
        sys.executable,
        "-m",
        "kotobuki",
        "build",
        str(project / MEETING),
        "--root",
        str(project),
        "--quiet",
        "--force",
        "--jobs",
        "1",
        "--out",
    )
    for key, name, options in (
        (JOINED, "Kotobuki, 議案 of each case", ("--paper", "議案")),
        (ALL, "Kotobuki, every paper", ()),
    ):
        out = project / f"out-{key}"
        yield Contender(key, name, (*build, str(out), *options), out)


def peers(project: Path, log: Path, skip: list[str]) -> Iterator[Contender | Missing]:
    """The peers, ready to run on the words of `project`, or why not."""
    for key in PEERS:
        missing = _missing(key, skip)
        yield Missing(key, missing) if missing else _peer(key, project, log)


def _missing(key: str, skip: list[str]) -> str:
    if key in skip:
        return "left out (--skip)"
    if find_spec(_NEEDS[key]) is None:
        return f"{_NEEDS[key]} is not installed (pip install '.[bench]')"
    if key == OFFICE and shutil.which("soffice") is None:
        return "soffice is not installed (libreoffice-writer)"
    return ""


def _peer(key: str, project: Path, log: Path) -> Contender:
    words, out = str(project / "words.json"), project / f"out-{key}"
    match key:
        case "docxtpl":
            template, profile = str(project / "template.docx"), str(project / "profile")
            base = str(project / "templates" / "base.docx")
            run(_script("docxtpl_template.py", base, template), log)
            return Contender(
                key, "docxtpl + LibreOffice", _script("docxtpl_office.py", template, words, str(out), profile), out
            )
        case "weasyprint":
            command = _script("weasyprint_pdf.py", words, str(out / "papers.pdf"))
            return Contender(key, "WeasyPrint, one PDF", command, out)
        case _:
            source = shutil.copy(_SCRIPTS / "papers.typ", project)
            command = _script("typst_pdf.py", str(source), words, str(out / "papers.pdf"))
            return Contender(key, "Typst, one PDF", command, out)


def _script(name: str, *arguments: str) -> tuple[str, ...]:
    return sys.executable, str(_SCRIPTS / name), *arguments
