"""brace-half-width (誤り): half-width braces where a mark was meant: {区}, {→見出し}, {※注}.

Half-width braces are text. But when they hold what only a mark holds, a name that is known or one of its signs, they
would be printed by mistake. Words that nobody wrote, without a place, and ｛＝…｝ are left alone.

Flagged::

    内容: この{条例}は…

Use instead::

    内容: この｛条例｝は…

To print it as it stands: ｛＝{条例}｝.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading.inlines import Text

_MEANT = lazy_pattern(r"(?<!\{)\{\s*(?:(?P<sign>[→※＃＝])|(?P<name>[^{}：]+?)\s*(?:：(?:正式|略称)\s*)?\})")


def check(text: Text, names: Container[str]) -> Iterator[Diagnostic]:
    """Each brace that stands for a mark; `names`: the terms and fields that are known here."""
    if "{" not in text.text:  # as in nearly all words, all of which come by here
        return
    if not text.at or not text.at[0][1].line or text.verbatim:  # without a line: of a spreadsheet, which knows no marks
        return
    for match in _MEANT.finditer(text.text):
        if not match["sign"] and match["name"] not in names:
            continue
        shown = f"{{{match['sign']}…}}" if match["sign"] else match.group()
        yield Diagnostic(
            place=text.place(match.start()),
            reason=f"「{shown}」の括弧が半角なので、このまま印字されます",
            remedy="印の括弧は全角の「｛ ｝」で書いてください。このとおり印字するなら、｛＝{…}｝と書いてください",
            rule="brace-half-width",
        )
