"""The commands as a user runs them, and what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from kotobuki.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit status and what it wrote on the standard output and error."""

    status: int
    out: str
    err: str

    @property
    def rules(self) -> list[str]:
        """The rules of the diagnostics."""
        return re.findall(r"\[([a-z-]+)\]$", self.err, re.MULTILINE)


def run(*arguments: str | Path) -> Ran:
    """`kotobuki …`, without a terminal."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)
