"""Files of thousands of entries: whether the time of a command grows as they do.

In: a project, sizes. Out: seconds of processor time by shape, command and size. Each run is a process of its own; what the smallest file
takes is mostly its start.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from .measure import run
from .meeting import MEETING

SIZES = (2_500, 5_000, 10_000)
_SECTION = "実施目的"
"""Of a case of the meeting: what it says there is replaced."""
_SHAPES: Mapping[str, tuple[str, str]] = {
    "items": ("", "  - 項目の{0}件目である。\n"),
    "rows of a table": ("  - ｛表｝:\n      列: [名, 数, 備考]\n      行:\n", "        - [名{0}, {0}, 備考]\n"),
    "notes and references": ("", "  - ｛＃所{0}｝件{0}｛※注{0}｝、｛→所{0}｝を見る。\n"),
}
_KOTOBUKI = (sys.executable, "-m", "kotobuki")
_COMMANDS = {
    "build --check": ("build", "{file}", "--check", "--quiet", "--root", "{root}"),
    "fmt --check": ("fmt", "{file}", "--check", "--root", "{root}"),
    "diff": ("diff", "{file}", "{file}"),
    "diff of one word": ("diff", "{file}", "{other}"),
}


def long_files(project: Path, runs: int, log: Path) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The name of each shape with each command, and its seconds at each of `SIZES`. Raises `ProcessError`."""
    folder = project / "cases" / "long"
    folder.mkdir(exist_ok=True)
    case = min((project / MEETING).glob("[0-9]*.yaml")).read_text(encoding="utf-8")
    before, after = re.split(rf"(?m)^{_SECTION}:(?s:.*?)^(?=\S)", case, maxsplit=1)
    for shape, (opening, entry) in _SHAPES.items():
        for size in SIZES:
            text = f"{before}{_SECTION}:\n{opening}{''.join(map(entry.format, range(1, size + 1)))}{after}"
            (folder / f"{size}.yaml").write_text(text, encoding="utf-8", newline="\n")
            (folder / f"{size}-other.yaml").write_text(text.replace("1件", "一件", 1), encoding="utf-8", newline="\n")
        run((*_KOTOBUKI, "fmt", str(folder), "--root", str(project)), log)
        for command, words in _COMMANDS.items():
            seconds = []
            for size in SIZES:
                names = {"file": folder / f"{size}.yaml", "other": folder / f"{size}-other.yaml", "root": project}
                line = (*_KOTOBUKI, *(word.format(**names) for word in words))
                seconds.append(median(run(line, log).processor for _ in range(runs)))
            yield f"{command}, {shape}", tuple(seconds)
