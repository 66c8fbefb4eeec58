"""number-twice (誤り): one document number on two papers of a packet.

That all 諮問書 bear one number holds by construction: they have it from meeting.yaml alone.

Flagged: in two cases of one division::

    依頼: {番号: 82, 日付: 2022-05-06}

Use instead: a number for each (`kotobuki number take`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotobuki.checks.subjects import NumberedPaper
from kotobuki.diagnostics import Diagnostic


def check(papers: Sequence[NumberedPaper]) -> Iterator[Diagnostic]:
    """At every paper but the first that bears the number."""
    first: dict[str, NumberedPaper] = {}
    for each in papers:
        other = first.setdefault(each.number, each)
        if other is not each:
            yield Diagnostic(
                place=each.place,
                reason=f"文書番号「{each.number}」が、{other.name}（{other.place}）と{each.name}の両方に付いています",
                remedy="どちらかの番号を直してください",
                rule="number-twice",
            )
