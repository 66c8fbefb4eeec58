"""annex-uncited (注意): a 別紙 or 別添 that no text of the paper refers to.

What is bound in, or declared, is cited somewhere in the paper or its annexes, or nobody would know to look at it.

Flagged::

    内容: 取扱件数は次のとおり。
    別紙:
      - {題名: 取扱件数, 内容: …}

Use instead::

    内容: 取扱件数は、｛→取扱件数：番号と題名｝のとおり。
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import AnnexInPaper
from kotobuki.diagnostics import Diagnostic


def check(annex: AnnexInPaper) -> Iterator[Diagnostic]:
    """At the annex."""
    if not annex.cited:
        yield Diagnostic(
            place=annex.place,
            reason=f"{annex.label}「{annex.title}」を引く文がありません",
            remedy=f"本文に「｛→{annex.title}：番号と題名｝のとおり」のように書くか、この別紙・別添を消してください",
            rule="annex-uncited",
            severity="warning",
        )
