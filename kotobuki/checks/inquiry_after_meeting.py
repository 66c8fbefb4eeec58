"""inquiry-after-meeting (誤り): the 諮問 of a meeting dated after the day on which it is held.

Flagged::

    日時: 2022-05-10 14:00
    諮問: {番号: 80, 日付: 2022-05-11}

Use instead: an inquiry on the day of the meeting or before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.japanese.wareki import format_date
from kotobuki.settings.meeting import Meeting


def check(meeting: Meeting) -> Iterator[Diagnostic]:
    """At the 諮問 of a meeting."""
    inquiry, held = meeting.inquiry.date, meeting.gathering.day
    if inquiry and held and inquiry > held:
        yield Diagnostic(
            place=meeting.inquiry.place,
            reason=f"諮問の日付（{format_date(inquiry)}）が、会議の日（{format_date(held)}）より後です",
            remedy="諮問の「日付」か会議の「日時」を直してください",
            rule="inquiry-after-meeting",
        )
