"""LibreOffice as a reader of .docx files: what somebody else's program makes of them. Skips where it is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from pdftools import extracted

_SECONDS = 180


class Word(NamedTuple):
    """A stretch of text as pdftotext finds it: page from 1, position in pt from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def to_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each .docx as the PDF that LibreOffice prints of it; all in one start of the program."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice (LibreOffice) is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{key}.docx" for key in files]
        for source, data in zip(sources, files.values(), strict=True):
            source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, *map(str, sources)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return {key: source.with_suffix(".pdf").read_bytes() for key, source in zip(files, sources, strict=True)}


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return extracted(pdf, "-layout").split("\f")[:-1]


def words(pdf: bytes) -> list[Word]:
    """Every stretch of text with its place."""
    found: list[Word] = []
    for number, page in enumerate(extracted(pdf, "-bbox").split("<page ")[1:], 1):
        for *edges, text in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page
        ):
            left, top, right, bottom = map(float, edges)
            found.append(Word(number, left, top, right, bottom, unescape(text)))
    return found


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile of its own, for as long as the tests run: nothing of the user's settings, nothing left behind."""
    return tempfile.TemporaryDirectory(prefix="kotobuki-office-", ignore_cleanup_errors=True)
