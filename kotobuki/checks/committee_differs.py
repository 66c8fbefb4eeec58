"""committee-differs (誤り): a case that names another committee than the meeting in which it is built.

Flagged: 会議体: 審査会 in meeting.yaml, and in one of its cases::

    会議体: 評価委員会

Use instead: one committee in both, or none in the case: it is then the meeting's. (A packet says the same where the
meeting names the case: `other_committee`.)
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostic


def check(entry: CaseOnAgenda) -> Iterator[Diagnostic]:
    """At the case as a whole."""
    case, meeting = entry.case, entry.meeting
    if case.committee and case.committee.differs_from(meeting.committee):
        yield Diagnostic(
            place=case.place,
            reason=f"この案件の会議体は「{case.committee.key}」ですが、会議は「{meeting.committee.key}」です",
            remedy="案件か meeting.yaml の「会議体」を直してください",
            rule="committee-differs",
        )
