"""term-short-twice (誤り): one short name for two things in the same paper.

Flagged::

    用語:
      受託者: {正式: 業務を受託する者, 略称: 事業者}
      申請者: {正式: 申請をする事業者, 略称: 事業者}

Use instead short names that differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import NameInPaper
from kotobuki.diagnostics import Diagnostic


def check(name: NameInPaper) -> Iterator[Diagnostic]:
    """A definition that gives the short name of another one."""
    if name.term and name.rival:
        yield Diagnostic(
            place=name.use.place,
            reason=f"略称「{name.term.short_name}」が、この書類で二つのもの（｛{name.rival}｝と｛{name.term.name}｝）を指します",
            remedy="用語の「略称」を、一つずつ別にしてください",
            rule="term-short-twice",
        )
