"""What must agree across a packet, checked before anything is bound (conventions of dates and numbers, A5).

In: the meeting and its cases. Out: diagnostics at the dates and numbers in question. That all 諮問書 bear one number and
date holds by construction: they have them from meeting.yaml alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kotobuki.build.bundle import check_meets
from kotobuki.case.case import Case
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms.dates import late_request
from kotobuki.forms.numbers import document_number
from kotobuki.japanese.wareki import format_date
from kotobuki.settings.issued import Issued
from kotobuki.settings.meeting import Agenda, Meeting
from kotobuki.settings.organization import Organization


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A document with a number: what users call it, the number as printed, where it is written."""

    what: str
    number: str
    place: Place


def check_packet(
    meeting: Meeting, cases: Sequence[tuple[Agenda, Case]], organization: Organization, diagnostics: Diagnostics
) -> None:
    """Dates in order, no number on two documents, no case of another committee."""
    for agenda, case in cases:
        check_meets(case, agenda.place, diagnostics)
        if case.committee and case.committee.differs_from(meeting.committee):
            diagnostics.error(
                agenda.place,
                "other-committee",
                f"第{agenda.number}号議案の案件は「{case.committee.key}」のもので、この会議（{meeting.committee.key}）のものではありません",
                "案件か meeting.yaml の「会議体」を直してください",
            )
    _check_dates(meeting, cases, diagnostics)
    _check_numbers(meeting, cases, organization, diagnostics)


def _check_dates(meeting: Meeting, cases: Sequence[tuple[Agenda, Case]], diagnostics: Diagnostics) -> None:
    inquiry, held = meeting.inquiry.date, meeting.gathering.day
    if inquiry and held and inquiry > held:
        diagnostics.error(
            meeting.inquiry.place,
            "inquiry-after-meeting",
            f"諮問の日付（{format_date(inquiry)}）が、会議の日（{format_date(held)}）より後です",
            "諮問の「日付」か会議の「日時」を直してください",
        )
    for agenda, case in cases:
        if late := late_request(case, meeting, agenda.number):
            diagnostics.error(*late)


def _check_numbers(
    meeting: Meeting, cases: Sequence[tuple[Agenda, Case]], organization: Organization, diagnostics: Diagnostics
) -> None:
    def numbered(what: str, issued: Issued, mark: str) -> list[_Numbered]:
        if issued.number is None:
            return []
        number = document_number(issued, mark, organization.style, meeting.fiscal_year)
        return [_Numbered(what, number, issued.number_place if issued.number_place.line else issued.place)]

    found = numbered("諮問書", meeting.inquiry, meeting.committee.secretariat.mark)
    for agenda, case in cases:
        mark = case.departments[0].mark if case.departments else ""
        found += numbered(f"第{agenda.number}号議案の諮問依頼書", case.request.issued, mark)
    first: dict[str, _Numbered] = {}
    for each in found:
        other = first.setdefault(each.number, each)
        if other is not each:
            diagnostics.error(
                each.place,
                "number-twice",
                f"文書番号「{each.number}」が、{other.what}（{other.place}）と{each.what}の両方に付いています",
                "どちらかの番号を直してください",
            )
