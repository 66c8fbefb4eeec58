"""Widths of digits in Japanese text: typed in any width, printed as the house style says.

In: text as typed. Out: text of the same length, so that places in the source stay true. Rule (design, 表記): only
digits that stand alone in Japanese text convert; digits that touch Latin letters, `.` `,` `/` `-` `:` or half-width
brackets stay as they are (IPv4, 11.2, 1,000). The packet's practice, one digit full-width and more half-width, is the default.
"""

from __future__ import annotations

import re

from kotobuki.lazy_dataclasses import dataclass

_TO_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_TO_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = re.compile(
    r"[0-9０-９][0-9０-９]*"
)  # not +: what a pattern begins with is looked for much faster than a repetition
_FULL = re.compile(r"[０-９]")
_TOUCHING = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ.,/\-:()\[\]#&+_@%]")


@dataclass(frozen=True, slots=True)
class DigitWidths:
    """The house style: whether a single digit, and whether several, are full-width."""

    single_full: bool = True
    several_full: bool = False

    def set_number(self, number: int) -> str:
        """A number by itself, as in a label."""
        return self._convert(str(number))

    def set_text(self, text: str, verbatim: frozenset[int] = frozenset()) -> str:
        """`text` with its free-standing digits converted; offsets in `verbatim` are left alone."""

        def convert(match: re.Match[str]) -> str:
            typed = match.group()
            words = self._convert(typed)
            if words == typed:
                return words
            start, end = match.span()
            return typed if _touches(text, start, end) or not verbatim.isdisjoint(range(start, end)) else words

        return _DIGITS.sub(convert, text) if _DIGITS.search(text) else text

    def _convert(self, digits: str) -> str:
        full = self.single_full if len(digits) == 1 else self.several_full
        return digits.translate(_TO_FULL if full else _TO_HALF)


def to_half(text: str) -> str:
    """Full-width digits made half-width, everything else as it is."""
    return text.translate(_TO_HALF) if _FULL.search(text) else text


def _touches(text: str, start: int, end: int) -> bool:
    """Whether the digits at [start, end) belong to something Western, looking past half-width blanks."""
    before = text[max(0, start - 4) : start].rstrip(" ")[-1:]
    after = text[end : end + 4].lstrip(" ")[:1]
    return bool(_TOUCHING.match(before) or _TOUCHING.match(after))
