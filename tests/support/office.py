"""LibreOffice as a reader of .docx files: what somebody else's program makes of them. Needs the marker `office`."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

from support.pdftools import extracted
from support.programs import find

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
    office = find("office")
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


def settled(files: Mapping[str, tuple[bytes, str]]) -> dict[str, bytes]:
    """Each .docx as LibreOffice writes it after it did what is said: "accept" or "reject" all changes, or "" nothing."""
    office = find("office")
    profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
    # When it first starts, the program makes its profile and overwrites what is there.
    first = [office, profile, "--headless", "--terminate_after_init"]
    subprocess.run(first, capture_output=True, check=False, timeout=_SECONDS)
    standard = Path(_profile().name) / "user" / "basic" / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (standard / "Changes.xba").write_text(_MODULE, encoding="utf-8")
    (standard / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = []
        for key, (data, what) in files.items():
            (folder / f"{key}.docx").write_bytes(data)
            command = {"accept": "AcceptAllTrackedChanges", "reject": "RejectAllTrackedChanges", "": ""}[what]
            lines.append(f"{(folder / key).as_uri()}\t{command}")
        (folder / "jobs.txt").write_text("\n".join(lines), encoding="utf-8")
        macro = f'macro:///Standard.Changes.Settle("{(folder / "jobs.txt").as_uri()}")'
        command_line = [office, profile, "--headless", macro]
        done = subprocess.run(command_line, capture_output=True, check=False, timeout=_SECONDS)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return {key: (folder / f"{key}-settled.docx").read_bytes() for key in files}


_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">
Sub Settle(jobs As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    Dim word(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    word(0).Name = "FilterName"
    word(0).Value = "MS Word 2007 XML"
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    file = FreeFile
    Open ConvertFromURL(jobs) For Input As #file
    Do While Not EOF(file)
        Line Input #file, job
        parts = Split(job, Chr(9))
        doc = StarDesktop.loadComponentFromURL(parts(0) &amp; ".docx", "_blank", 0, hidden())
        If parts(1) &lt;&gt; "" Then
            dispatcher.executeDispatch(doc.CurrentController.Frame, ".uno:" &amp; parts(1), "", 0, Array())
        End If
        doc.storeToURL(parts(0) &amp; "-settled.docx", word())
        doc.close(True)
    Loop
    Close #file
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false">
 <library:element library:name="Changes"/>
</library:library>
"""


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
