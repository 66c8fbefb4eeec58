"""answer-before-question (注意): a letter dated before the one that it answers.

Flagged::

    発信:
      日付: 2022-06-01
      来文: {文書番号: 4環第12号, 日付: 2022-06-02}

Use instead: the dates as they stand on the two letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.case.case import Case
from kotobuki.diagnostics import Diagnostic
from kotobuki.japanese.wareki import format_date


def check(case: Case) -> Iterator[Diagnostic]:
    """At the 来文 of a letter."""
    letter = case.letter
    if not (letter and letter.answered and letter.answered.date and letter.issued.date):
        return
    if letter.answered.date > letter.issued.date:
        asked, answered = (format_date(day) for day in (letter.answered.date, letter.issued.date))
        yield Diagnostic(
            place=letter.answered.place,
            reason=f"来文の日付（{asked}）が、発信の日付（{answered}）より後です",
            remedy="来文の「日付」か、発信の「日付」を直してください",
            rule="answer-before-question",
            severity="warning",
        )
