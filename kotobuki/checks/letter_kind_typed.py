"""letter-kind-typed (誤り): the kind of a letter typed at the end of its title.

（通知） is printed at the end of the title from the 種別 of the letter; one that is typed would stand there twice.

Flagged::

    件名: 会議の開催について（通知）
    発信: {種別: 通知, …}

Use instead::

    件名: 会議の開催について
    発信: {種別: 通知, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.case.case import Case
from kotobuki.diagnostics import Diagnostic
from kotobuki.reading.inlines import Text


def check(case: Case) -> Iterator[Diagnostic]:
    """At the end of the title, one of the kinds that the form has."""
    last = case.title[-1] if case.title else None
    if not isinstance(last, Text) or last.verbatim:
        return
    typed = next((kind for kind in case.form.letters if last.text.endswith((f"（{kind}）", f"({kind})"))), "")
    if typed:
        yield Diagnostic(
            place=last.place(len(last.text) - len(typed) - 2),
            reason=f"件名の終わりに「（{typed}）」が書かれています",
            remedy=f"件名からは消し、発信に「種別: {typed}」と書いてください（標題の終わりに印字します）",
            rule="letter-kind-typed",
        )
