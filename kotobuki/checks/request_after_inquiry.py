"""request-after-inquiry (注意; 誤り in a packet): the 依頼 of a case dated after the 諮問 that it asks for.

Flagged: in meeting.yaml 諮問: {日付: 2022-05-11}, and in one of its cases::

    依頼: {番号: 82, 日付: 2022-05-12}

Use instead: a request on the day of the inquiry or before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostic
from kotobuki.japanese.wareki import format_date


def check(entry: CaseOnAgenda) -> Iterator[Diagnostic]:
    """At the 依頼 of the case."""
    issued, inquiry = entry.case.request.issued, entry.meeting.inquiry.date
    if issued.date and inquiry and issued.date > inquiry:
        request, asked = format_date(issued.date), format_date(inquiry)
        yield Diagnostic(
            place=issued.place,
            reason=f"第{entry.number}号議案の依頼の日付（{request}）が、諮問の日付（{asked}）より後です",
            remedy="依頼の「日付」か、meeting.yaml の諮問の「日付」を直してください",
            rule="request-after-inquiry",
            severity="warning",
        )
