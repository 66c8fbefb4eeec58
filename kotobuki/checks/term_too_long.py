"""term-too-long (誤り): terms within terms that have no end worth printing.

Full names may hold other terms, which are printed in full where they are not defined yet: a few lines of YAML can make
a name of thousands of characters. Reading cuts such a name to its term's own, and this rule tells it.

Flagged::

    用語:
      甲: ｛乙｝｛乙｝｛乙｝…
      乙: ｛丙｝｛丙｝｛丙｝…

Use instead names that hold few others.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.settings.terms import Term


def check(term: Term) -> Iterator[Diagnostic]:
    """A term that was cut."""
    if term.cut:
        yield Diagnostic(
            place=term.place,
            reason=f"用語「{term.name}」は、その中の用語を正式な名称にすると{term.cut}",
            remedy="正式な名称の中の用語の印を減らしてください",
            rule="term-too-long",
        )
