"""Questions on a terminal: asked one by one on the standard error, and again until the answer is one.

In: `drafting` questions. Out: what is to be written. Where nobody sits at a terminal, nothing is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kotobuki.cli.conventions import ask, say

if TYPE_CHECKING:
    from kotobuki.drafting.questions import Question


def asker() -> Callable[[Question], str | None] | None:
    """What asks: gives out what to write, None for what is left open (Enter alone). None where nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    told = False

    def put(question: Question) -> str | None:
        nonlocal told
        if not told:
            say("答えが決まっていなければ、何も書かずに Enter を押してください。", err=True)
            told = True
        return _ask(question)

    return put


def _ask(question: Question) -> str | None:
    from kotobuki.diagnostics import Diagnostics

    for number, choice in enumerate(question.choices, 1):
        say(f"  {number:>2} {choice}", err=True)
    hints = ["番号か名前"] if question.choices else [f"例：{question.example}"] if question.example else []
    hints += ["Enter だけなら前のまま"] if question.kept else []
    prompt = question.words + (f"（{'。'.join(hints)}）" if hints else "")
    while True:
        said = ask(prompt)
        if not said.strip(" \t\u3000"):
            return None
        diagnostics = Diagnostics()
        found = question.answer(said, diagnostics)
        if found:
            return found
        for each in diagnostics:
            say(f"  {each.reason}。{each.remedy}", err=True)
