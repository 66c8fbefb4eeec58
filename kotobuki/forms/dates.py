"""Dates that must stand in order, whichever command notices it: no request after the inquiry, no answer before its question.

In: a case and its meeting. Out: what `Diagnostics.error` (of a packet) or `Diagnostics.warning` (of a build) takes.
"""

from __future__ import annotations

from kotobuki.case.case import Case
from kotobuki.diagnostics import Place
from kotobuki.japanese.wareki import format_date
from kotobuki.settings.meeting import Meeting


def late_request(case: Case, meeting: Meeting, agenda: int) -> tuple[Place, str, str, str] | None:
    """Place, rule, reason and remedy, if the 依頼 of 議案 `agenda` is dated after the 諮問."""
    issued, inquiry = case.request.issued, meeting.inquiry.date
    if not (issued.date and inquiry and issued.date > inquiry):
        return None
    return (
        issued.place,
        "request-after-inquiry",
        f"第{agenda}号議案の依頼の日付（{format_date(issued.date)}）が、諮問の日付（{format_date(inquiry)}）より後です",
        "依頼の「日付」か、meeting.yaml の諮問の「日付」を直してください",
    )


def early_answer(case: Case) -> tuple[Place, str, str, str] | None:
    """Place, rule, reason and remedy, if a letter is dated before the one that it answers."""
    letter = case.letter
    if not (letter and letter.answered and letter.answered.date and letter.issued.date):
        return None
    if letter.answered.date <= letter.issued.date:
        return None
    asked, answered = (format_date(day) for day in (letter.answered.date, letter.issued.date))
    return (
        letter.answered.place,
        "answer-before-question",
        f"来文の日付（{asked}）が、発信の日付（{answered}）より後です",
        "来文の「日付」か、発信の「日付」を直してください",
    )
