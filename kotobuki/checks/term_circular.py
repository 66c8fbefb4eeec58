"""term-circular (誤り): a term or field whose own words name it again.

Flagged::

    用語:
      甲: ｛乙｝の課
      乙: ｛甲｝の部

Use instead::

    用語:
      甲: ｛乙｝の課
      乙: 総務部
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import NameInPaper
from kotobuki.diagnostics import Diagnostic


def check(name: NameInPaper) -> Iterator[Diagnostic]:
    """A name within what it stands for, told where that is written."""
    called = name.use.name
    if called not in name.within:
        return
    chain = " → ".join((*name.within[name.within.index(called) :], called))
    yield Diagnostic(
        place=name.term.place if name.term and name.term.place.line else name.use.place,
        reason=f"「{called}」が自分自身を使っています（{chain}）",
        remedy=f"「{called}」の文の中から、この印を取ってください",
        rule="term-circular",
    )
