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

IMPORTS = ("click", "yaml", "uharfbuzz")
OWN = ("kotobuki.cli", "kotobuki.build.pipeline", "kotobuki.word.writer", "kotobuki.pdf.writer", "kotobuki.fonts")
"""Kotobuki's own modules, whatever libraries they import besides."""

STAGES = {
    "reading": ("kotobuki.project:Project.case", "kotobuki.project:Project.meeting"),
    "composing, numbering": ("kotobuki.forms.compose:compose", "kotobuki.numbering.resolve:resolve"),
    "layout": ("kotobuki.layout.columns:settle_columns", "kotobuki.layout.pages:lay_out"),
    "finding the font": ("kotobuki.fonts.find:find_font",),
    "checking characters": ("kotobuki.build.workshop:Workshop._check_glyphs",),
    "subsetting": ("kotobuki.fonts.face:TrueTypeFace.subset",),
    "writing PDF": ("kotobuki.build.workshop:Workshop.press", "kotobuki.pdf.writer:write_pdf"),
    "reading base.docx": ("kotobuki.word.base_file:read_base",),
    "writing Word": ("kotobuki.word.writer:write_docx",),
    "manifest": ("kotobuki.build.manifest:manifest",),
    "files": ("kotobuki.build.staging:Staging.write", "kotobuki.build.staging:Staging.commit"),
}
"""What is timed, by the module and name it is defined under."""
OTHER, LOST = "other", "lost"


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


def stages(meeting: Path, out: Path, papers: tuple[str, ...]) -> tuple[dict[str, float], list[str]]:
    """Seconds of each stage of the build of a meeting, and the places that are lost."""
    from kotobuki.build.command import Options
    from kotobuki.build.pipeline import build
    from kotobuki.diagnostics import Diagnostics

    clock = Clock()
    lost = [place for stage, places in STAGES.items() for place in places if not _put_clock(clock, stage, place)]
    clock.switch()
    clock.seconds[OTHER] = 0.0
    build([meeting], Options(out, papers), None, Diagnostics())
    clock.switch()
    return clock.seconds, lost


def _put_clock(clock: Clock, stage: str, place: str) -> bool:
    """Replace the function at `module:name`, wherever it has been imported to; whether it is there."""
    module, _, path = place.partition(":")
    owner_path, _, name = path.rpartition(".")
    try:
        owner = import_module(module)
        function = getattr(getattr(owner, owner_path) if owner_path else owner, name)
    except (ImportError, AttributeError):
        return False
    timed = clock.timed(stage, function)
    if owner_path:
        setattr(getattr(owner, owner_path), name, timed)
        return True
    for each in [found for key, found in sys.modules.items() if key.partition(".")[0] == "kotobuki"]:
        if getattr(each, name, None) is function:
            setattr(each, name, timed)
    return True


if __name__ == "__main__":
    folder, target, *names = sys.argv[1:]
    imported = imports()
    timed, lost = stages(Path(folder), Path(target), tuple(names))
    print(json.dumps({"imports": imported, "stages": timed, LOST: lost}))
