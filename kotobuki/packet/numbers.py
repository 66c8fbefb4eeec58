"""The numbered papers of a packet: its 諮問書 and the 諮問依頼書 of each case, for the rule that no two bear one number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotobuki.checks.subjects import CaseOnAgenda, NumberedPaper
from kotobuki.forms.numbers import document_number
from kotobuki.settings.issued import Issued
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.organization import Organization


def numbered_papers(
    meeting: Meeting, cases: Sequence[CaseOnAgenda], organization: Organization
) -> Iterator[NumberedPaper]:
    """Those whose number is not open, in the order of the packet."""

    def numbered(name: str, issued: Issued, mark: str) -> Iterator[NumberedPaper]:
        if issued.number is not None:
            number = document_number(issued, mark, organization.style, meeting.fiscal_year)
            yield NumberedPaper(name, number, issued.number_place if issued.number_place.line else issued.place)

    yield from numbered("諮問書", meeting.inquiry, meeting.committee.secretariat.mark)
    for each in cases:
        mark = each.case.departments[0].mark if each.case.departments else ""
        yield from numbered(f"第{each.number}号議案の諮問依頼書", each.case.request.issued, mark)
