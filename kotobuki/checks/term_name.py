"""term-name (誤り): a term whose name ｛…｝ cannot mean.

A text names a term in ｛ ｝. What these take for something else (｛→甲｝ is a reference, ｛記入｝ a placeholder), and the
fields of a case (｛件名｝), would never print the term.

Flagged::

    用語:
      →甲: 正式な名称
      件名: 正式な名称

Use instead::

    用語:
      甲: 正式な名称
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.reading.inlines import Name, inlines_of
from kotobuki.reading.nodes import Scalar
from kotobuki.settings.terms import CASE_FIELDS, LETTER_FIELDS, Term


def check(term: Term) -> Iterator[Diagnostic]:
    """A term that no text can name."""
    mark = Scalar(f"｛{term.name}｝", term.place.path, ((0, 0, 0),))
    taken = term.name in (*CASE_FIELDS, *LETTER_FIELDS)
    if [inline for inlines in inlines_of(mark) for inline in inlines] == [Name(term.name, term.place)] and not taken:
        return
    remedy = "｛ ｝を付けず、｛ ｝の中に書く略称だけを書いてください（→ ※ ＃ ＝ で始まる語と「記入」は使えません）"
    yield Diagnostic(
        place=term.place,
        reason=f"「{term.name}」は、{'案件の項目の名なので、' if taken else ''}用語の名に使えません",
        remedy="別の略称にしてください" if taken else remedy,
        rule="term-name",
    )
