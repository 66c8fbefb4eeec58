"""other-committee (誤り): a packet with a case of another committee.

Flagged: in meeting.yaml of 会議体: 審査会, where 02-jinken.yaml says 会議体: 評価委員会::

    議案: {2: 02-jinken.yaml}

Use instead: the cases of the meeting's own committee. (A build of the case alone says the same at the case:
`committee_differs`.)
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostic


def check(entry: CaseOnAgenda) -> Iterator[Diagnostic]:
    """Where the meeting names the case."""
    case, meeting = entry.case, entry.meeting
    if case.committee and case.committee.differs_from(meeting.committee):
        yield Diagnostic(
            place=entry.place,
            reason=f"第{entry.number}号議案の案件は「{case.committee.key}」のもので、この会議（{meeting.committee.key}）のものではありません",
            remedy="案件か meeting.yaml の「会議体」を直してください",
            rule="other-committee",
        )
