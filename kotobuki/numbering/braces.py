"""Half-width braces where a mark was meant: {区}, {→見出し}, {※注}.

In: words as authored, the names that a paper knows. Out: diagnostics. Half-width braces are text; but when they hold what
only a mark holds, a name or one of its signs, they would be printed by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Container

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading.inlines import Text

_MEANT = re.compile(r"(?<!\{)\{\s*(?:(?P<sign>[→※＃＝])|(?P<name>[^{}：]+?)\s*(?:：正式\s*)?\})")


def check_braces(text: Text, names: Container[str], diagnostics: Diagnostics) -> None:
    """Report each brace of `text` that stands for a mark. Words that nobody wrote, without a place, are left alone."""
    for match in _MEANT.finditer(text.text) if text.at and not text.verbatim else ():
        if not match["sign"] and match["name"] not in names:
            continue
        shown = f"{{{match['sign']}…}}" if match["sign"] else match.group()
        diagnostics.error(
            _place(text, match.start()),
            "brace-half-width",
            f"「{shown}」の括弧が半角なので、このまま印字されます",
            "印の括弧は全角の「｛ ｝」で書いてください。このとおり印字するなら、｛＝{…}｝と書いてください",
        )


def _place(text: Text, offset: int) -> Place:
    start, place = next(each for each in reversed(text.at) if each[0] <= offset)
    return Place(place.path, place.line, place.column + offset - start)
