"""term-short-early (注意): a short name that is printed before the paper defines it.

｛条例：略称｝ prints the short name wherever it stands. Who reads it before its （以下「条例」という。） cannot know what it means.

Flagged::

    ｛条例：略称｝の改正に伴い、｛条例｝第14条により…

Use instead::

    ｛条例｝の改正に伴い、｛条例｝第14条により…
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import NameInPaper
from kotobuki.diagnostics import Diagnostic


def check(name: NameInPaper) -> Iterator[Diagnostic]:
    """A short name that was asked for and is not defined above."""
    if name.term and name.use.extent == "short" and not name.is_defined:
        yield Diagnostic(
            place=name.use.place,
            reason=f"略称「{name.term.short_name}」が、この書類で定義される前に印字されます",
            remedy=f"ここか、これより前に｛{name.use.name}｝と書くか、正式な名称でよければ｛{name.use.name}：正式｝と書いてください",
            rule="term-short-early",
            severity="warning",
        )
