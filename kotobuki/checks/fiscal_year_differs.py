"""fiscal-year-differs (注意): the 諮問 of a meeting dated in another fiscal year (April to March) than the meeting's.

The number of the 諮問書 begins with the year of its date; the year of the meeting stands on every front page.

Flagged::

    年度: 令和4年度
    諮問: {番号: 80, 日付: 2023-04-01}

Use instead::

    年度: 令和5年度
    諮問: {番号: 80, 日付: 2023-04-01}
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.japanese.wareki import fiscal_year, format_date
from kotobuki.settings.meeting import STAND_IN_YEAR, Meeting


def check(meeting: Meeting) -> Iterator[Diagnostic]:
    """At the 諮問 of a meeting whose year is known."""
    year, day = meeting.fiscal_year, meeting.inquiry.date
    if year not in (None, STAND_IN_YEAR) and day and fiscal_year(day) != year:
        yield Diagnostic(
            place=meeting.inquiry.place,
            reason=f"諮問の日付（{format_date(day)}）が、会議の年度（{year}年度）の日ではありません",
            remedy="年度か諮問の「日付」を確かめてください",
            rule="fiscal-year-differs",
            severity="warning",
        )
