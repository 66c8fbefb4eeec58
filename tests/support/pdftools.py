"""Programs that look into a PDF file from outside. They need the marker `pdftools`."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from support.programs import find


def extracted(data: bytes, *options: str) -> str:
    """The text that pdftotext finds."""
    return _run("pdftotext", data, *options, after=("-",))


def fonts(data: bytes) -> list[dict[str, str]]:
    """What pdffonts says of each font: name, emb, sub, uni …"""
    head, ruler, *rows = _run("pdffonts", data).splitlines()
    starts = [0, *(at + 1 for at, ch in enumerate(ruler) if ch == " ")]
    spans = [slice(*pair) for pair in zip(starts, [*starts[1:], None], strict=True)]
    return [{head[span].strip(): row[span].strip() for span in spans} for row in rows]


def check(data: bytes) -> None:
    """Fail if qpdf finds anything wrong."""
    _run("qpdf", data, before=("--check",))


def pixels(data: bytes, *options: str) -> bytes:
    """The first page as a grey picture (PGM) at 60 dpi."""
    return _output("pdftoppm", data, "-r", "60", "-gray", "-f", "1", "-l", "1", *options)


def _run(program: str, data: bytes, *options: str, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> str:
    return _output(program, data, *before, *options, after=after).decode()


def _output(program: str, data: bytes, *options: str, after: tuple[str, ...] = ()) -> bytes:
    found = find("pdftools", program)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.pdf")
        path.write_bytes(data)
        done = subprocess.run([found, *options, str(path), *after], capture_output=True, check=False)
    assert done.returncode == 0, f"{program}: {(done.stdout + done.stderr).decode(errors='replace')}"
    return done.stdout
