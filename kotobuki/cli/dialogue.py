"""Questions on a terminal: asked one by one on the standard error, and again until the answer is one.

In: `drafting` questions. Out: what is to be written. Where nobody sits at a terminal, nothing is asked.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kotobuki.drafting.questions import Question


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question) -> str | None:
    """What to write; None for an answer left open (Enter alone)."""
    from kotobuki.diagnostics import Diagnostics

    for number, choice in enumerate(question.choices, 1):
        click.echo(f"  {number:>2} {choice}", err=True)
    how = "番号か名前" if question.choices else f"例：{question.example}" if question.example else ""
    words = f"{question.words}（{how}。" if how else f"{question.words}（"
    while True:
        said: str = click.prompt(
            f"{words}空のままなら{'前のまま' if question.kept else '後で書く'}）",
            default="",
            show_default=False,
            err=True,
        )
        if not said.strip(" \t\u3000"):
            return None
        diagnostics = Diagnostics()
        found = question.answer(said, diagnostics)
        if found:
            return found
        for each in diagnostics:
            click.echo(f"  {each.reason}。{each.remedy}", err=True)
