"""agenda-no-committee (誤り): a case that goes before no committee (a letter) named as a 議案.

Flagged: in meeting.yaml::

    議案: {2: 02-jinken.yaml, 3: tsuuchi.yaml}

Use instead: the cases that the committee is asked about; a letter is made by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostic


def check(entry: CaseOnAgenda) -> Iterator[Diagnostic]:
    """Where the meeting names the case."""
    if not entry.case.meets:
        yield Diagnostic(
            place=entry.place,
            reason=f"様式「{entry.case.form.name}」の案件は会議体に諮らないので、議案になりません",
            remedy="「議案」から消し、案件のファイルを kotobuki build で作ってください",
            rule="agenda-no-committee",
        )
