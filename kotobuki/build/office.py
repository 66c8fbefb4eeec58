"""LibreOffice, where it is there: the PDF of a .docx that Kotobuki has not laid out itself.

In: the bytes of a .docx. Out: those of its PDF, as LibreOffice writes them; None where there is no LibreOffice. It runs
with a profile, a home and a folder of its own, and is given nothing but the file.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kotobuki import programs
from kotobuki.diagnostics import CommandError

_SECONDS = 180
"""Of one conversion: a first start on a machine with much else to do took 12."""
_OPTIONS = {
    "SelectPdfVersion": ("long", "2"),
    "PDFUACompliance": ("boolean", "true"),
    "UseTaggedPDF": ("boolean", "true"),
}
_TAGGED = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": of, "value": is_} for name, (of, is_) in _OPTIONS.items()}
)
"""PDF/A-2 and PDF/UA-1 (LibreOffice 7.4 and later)."""
_KEPT_PAPERS = 64
"""How many PDFs are kept, in case that they are asked for again: a packet is bound twice to be compared, a run may have thousands."""
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
_NAMES = (
    "soffice",
    "libreoffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""On the path, or where Windows and macOS have it."""
_VERSIONS = ("versionrc", "version.ini", "../Resources/versionrc")
"""What says, beside the program, which LibreOffice it is: on Linux, Windows and macOS."""


@dataclass
class Office:
    """One LibreOffice for all papers of a run."""

    _made: dict[bytes, bytes] = field(default_factory=dict)

    @cached_property
    def program(self) -> str | None:
        """Where LibreOffice is; None: this computer has none, and papers that are Word forms get no PDF."""
        return next((found for name in _NAMES if (found := programs.find(name))), None)

    def traces(self) -> Iterator[Path]:
        """The files, there or not, by which another LibreOffice would be noticed: on the path, and what says its version."""
        yield from (folder / name for folder in programs.folders() for name in _NAMES[:2])
        if self.program:
            program = Path(self.program)
            yield from (program, *(program.resolve().parent / each for each in _VERSIONS))

    @cached_property
    def _home(self) -> Path:
        """A folder for as long as the run: a profile that is warm converts in half the time."""
        home = Path(tempfile.mkdtemp(prefix="kotobuki-office-"))
        weakref.finalize(self, shutil.rmtree, home, ignore_errors=True)
        return home

    def to_pdf(self, data: bytes) -> bytes | None:
        """The PDF. Raises `CommandError` if LibreOffice fails."""
        if self.program is None:
            return None
        if data not in self._made:
            if len(self._made) == _KEPT_PAPERS:
                del self._made[next(iter(self._made))]
            self._made[data] = self._converted(self.program, data)
        return self._made[data]

    def _converted(self, program: str, data: bytes) -> bytes:
        home = self._home
        source = home / "paper.docx"
        source.write_bytes(data)
        target = source.with_suffix(".pdf")
        target.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", _TAGGED, "--outdir", str(home), str(source)]
        settings = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
                env={**settings, "HOME": str(home), "LC_ALL": "C.UTF-8"},
            )
        except (subprocess.TimeoutExpired, OSError):
            raise CommandError("LibreOffice が動かないため、Word の様式のPDFを作れません") from None
        if done.returncode or not target.is_file():
            raise CommandError("LibreOffice が Word の様式のPDFを作れませんでした")
        return target.read_bytes()
