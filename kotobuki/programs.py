"""Other programs, and Kotobuki itself as one: started so that nothing in the folder that is worked in can take their place.

In: a name. Out: where the program is. Rule: a project comes from other people, and what it holds never runs. So programs
are looked for in the absolute folders of PATH alone (Windows would look in the current folder first), and Python starts
with -P, which keeps the current folder out of its path: else a `yaml.py` in a repository would run with the next `git diff`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

PYTHON = (sys.executable, "-P")
"""How this Python is started."""


def find(name: str) -> str | None:
    """Where a program is; None if PATH does not have it."""
    # `which` takes a name with a folder as it is, but for the endings that Windows adds.
    return next((found for each in folders() if (found := shutil.which(str(each / name)))), None)


def folders() -> list[Path]:
    """The absolute folders of PATH, in which programs are looked for."""
    return [Path(each) for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(each).is_absolute()]


def own_command() -> str:
    """Kotobuki as a command of a shell: '/usr/bin/python3' -P -m kotobuki."""
    python, *options = PYTHON
    return " ".join((shlex.quote(Path(python).as_posix()), *options, "-m", "kotobuki"))
