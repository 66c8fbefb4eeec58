"""Where the time of a build goes: one build in this process, which must be a fresh one, timed stage by stage.

Run as a script. Arguments: the folder of a meeting, the folder for the outputs, names of papers (none: all). Out: JSON
of seconds by stage, for `__main__`. A stage's time is its own, without that of a stage within it; what belongs to no
stage (checks, manifest, files) is under `OTHER`. Imports are done beforehand, one library after the other: what two of
them share counts for the first.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

IMPORTS = ("click", "yaml", "jinja2", "jinja2.sandbox", "lxml.etree", "uharfbuzz", "reportlab.pdfbase.pdfdoc")
OWN = ("kotobuki.cli", "kotobuki.pipeline", "kotobuki.word.writer", "kotobuki.pdf.writer", "kotobuki.fonts")
"""Kotobuki's own modules, whatever libraries they import besides."""

STAGES = {
    "reading": ("kotobuki.project:Project.case", "kotobuki.project:Project.meeting"),
    "composing, numbering": ("kotobuki.pipeline:compose", "kotobuki.pipeline:resolve"),
    "layout": ("kotobuki.pipeline:settle_columns", "kotobuki.pipeline:lay_out"),
    "finding the font": ("kotobuki.fonts:find_font",),
    "subsetting": ("kotobuki.fonts.face:TrueTypeFace.subset",),
    "writing PDF": ("kotobuki.pdf.writer:write_pdf",),
    "reading base.docx": ("kotobuki.word.base:read_base",),
    "writing Word": ("kotobuki.word.writer:write_docx",),
}
OTHER = "other"


class Clock:
    """Seconds by stage, each moment counted for the innermost stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys([*STAGES, OTHER], 0.0)
        self._stack = [OTHER]
        self._last = time.perf_counter()

    def switch(self) -> None:
        """Count the time since the last switch."""
        now = time.perf_counter()
        self.seconds[self._stack[-1]] += now - self._last
        self._last = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, its time counted."""

        @wraps(function)
        def call(*arguments: object, **options: object) -> object:
            self.switch()
            self._stack.append(stage)
            try:
                return function(*arguments, **options)
            finally:
                self.switch()
                self._stack.pop()

        return call


def imports() -> dict[str, float]:
    """Seconds to import each library and then Kotobuki's own modules."""
    found = {}
    for label, names in [(name, (name,)) for name in IMPORTS] + [("kotobuki", OWN)]:
        start = time.perf_counter()
        for name in names:
            import_module(name)
        found[label] = time.perf_counter() - start
    return found


def stages(meeting: Path, out: Path, papers: tuple[str, ...]) -> dict[str, float]:
    """Seconds of each stage of the build of a meeting."""
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.pipeline import Options, build

    clock = Clock()
    for stage, places in STAGES.items():
        for place in places:
            _put_clock(clock, stage, place)
    clock.switch()
    clock.seconds[OTHER] = 0.0
    build([meeting], Options(out, papers), None, Diagnostics())
    clock.switch()
    return clock.seconds


def _put_clock(clock: Clock, stage: str, place: str) -> None:
    """Replace the function at `module:name` by one that counts its time. AttributeError if there is none any more."""
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner = import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    setattr(owner, name, clock.timed(stage, getattr(owner, name)))


if __name__ == "__main__":
    folder, out, *names = sys.argv[1:]
    print(json.dumps({"imports": imports(), "stages": stages(Path(folder), Path(out), tuple(names))}))
