"""Files that look as if nobody had touched them for a minute: what is written while papers are made is not remembered.

And `opened`: what a command opens, so that it can be held against what it remembers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from support.paths import ROOT
from support.samples import edited


def age(*files: Path) -> None:
    """Let a minute have passed since: what is written in the moment in which a build begins is not remembered."""
    for file in files:
        written = file.stat().st_mtime_ns - 60_000_000_000
        os.utime(file, ns=(written, written))
    time.sleep(0.01)  # the disk tells hundredths of seconds apart, also of when a file was put there


def write(file: str, text: str) -> None:
    """Write a file, a minute ago."""
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text, encoding="utf-8")
    age(Path(file))


def change(file: str, old: str, new: str) -> None:
    """Change one place of a file, a minute ago."""
    write(file, edited(Path(file).read_text(encoding="utf-8"), old, new))


def link(file: str, target: str) -> None:
    """Move a file, and let a link stand in its place."""
    Path(file).rename(target)
    Path(file).symlink_to(Path(target).absolute())


_WATCHED = """\
import sys
from kotobuki.cli import main
opened = set()
sys.addaudithook(lambda event, of: opened.add(str(of[0])) if event == "open" else None)
try:
    main(sys.argv[1:])
finally:
    print("\\0".join(opened))
"""


def unremembered(command: list[str], home: Path, below: tuple[Path, ...]) -> tuple[set[Path], set[Path]]:
    """The files below some folders that a command opens, programs aside; and those of them that it does not remember.

    `home`: an empty folder; there the command is run, and remembers.
    """
    environment = {**os.environ, "XDG_CACHE_HOME": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    started = [sys.executable, "-c", _WATCHED, *command]
    done = subprocess.run(started, capture_output=True, check=False, env=environment, cwd=home)
    opened = {Path(each).resolve() for each in done.stdout.decode().split("\n")[-2].split("\0") if each[:1] == "/"}
    records = [json.loads(file.read_bytes()) for file in (home / "cache").rglob("*.json")]
    known = {Path(file).resolve() for record in records for file in [*record["files"], *record["outputs"]]}
    files = (file for file in opened if any(map(file.is_relative_to, below)) and file.is_file())
    inputs = {file for file in files if file.suffix not in (".py", ".pyc")}
    return inputs, inputs - known
