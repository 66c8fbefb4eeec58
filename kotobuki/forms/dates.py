"""Dates that must stand in order, whichever command notices it: no request after the inquiry that answers it.

In: a case and its meeting. Out: what `Diagnostics.error` (of a packet) or `Diagnostics.warning` (of a build) takes.
"""

from __future__ import annotations

from kotobuki.case.case import Case
from kotobuki.case.meeting import Meeting
from kotobuki.diagnostics import Place
from kotobuki.japanese.wareki import format_date


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
