"""A case made again after each change of a word, in a process that goes on: what a preview costs.

Run as a module. Arguments: the folder of a meeting, how often. Out: JSON of processor seconds, one for each change, for
`__main__`. What is made the first time is not counted: a preview has a first page, too, but that is a fresh process.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kotobuki.build.session import Session
from kotobuki.project import MEETING, find_root


def again(folder: Path, times: int) -> list[float]:
    """Processor seconds of each making; the cases of the meeting take turns."""
    session = Session(find_root(folder))
    cases = sorted(file for file in folder.glob("*.yaml") if file.name != MEETING)
    for file in cases:
        session.make(file)
    seconds = []
    for number in range(times):
        file = cases[number % len(cases)]
        text = file.read_text(encoding="utf-8")
        changed = text.replace("の", f"の{number}番目の", 1)
        start = time.process_time()
        made = session.make(file, {file: changed.encode()})
        seconds.append(time.process_time() - start)
        assert made.papers, made.diagnostics
    return seconds


if __name__ == "__main__":
    print(json.dumps(again(Path(sys.argv[1]), int(sys.argv[2]))))
