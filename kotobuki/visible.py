"""Text made visible before anybody reads it: what steers a terminal or hides or turns words is shown by its number.

In: text of any origin (a file name, a case, a message). Out: the same with ‹U+202E› for each character that is a control,
a mark of direction, of no width, a separator of lines, or the half of a pair that a broken file name leaves. Rule: Unicode's
categories Cc, Cf, Cs, Zl and Zp, and the letters and marks that have no shape (fillers of Hangul); a tab stays, and so do variation selectors, which choose the shape of a 漢字.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_SHAPELESS = re.compile("[\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u2800\\u3164\\uffa0]")


def is_unseen(character: str) -> bool:
    """Whether nobody sees it."""
    return unicodedata.category(character) in _UNSEEN or bool(_SHAPELESS.match(character))


def visible(text: str) -> str:
    """As one line: line breaks are shown, too. "a\\x1b[2J" gives "a‹U+001B›[2J"."""
    return _replaced(text, _number)


def visible_lines(text: str) -> str:
    """As lines, which stay lines."""
    return "\n".join(map(visible, text.split("\n")))


def json_text(value: object) -> str:
    """A value as JSON that every reader takes: what cannot be seen is escaped, and half a pair shown by its number."""
    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(_replaced(line, _escaped) for line in lines)


def _replaced(text: str, shown: Callable[[str], str]) -> str:
    if text.isprintable() and not _SHAPELESS.search(text):
        return text
    return "".join(shown(each) if each != "\t" and is_unseen(each) else each for each in text)


def _number(character: str) -> str:
    return f"‹U+{ord(character):04X}›"


def _escaped(character: str) -> str:
    is_half = unicodedata.category(character) == "Cs"
    return _number(character) if is_half else json.dumps(character)[1:-1]  # in ASCII
