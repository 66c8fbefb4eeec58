"""Item labels from a sample of the first one: 「（１）」 counts （１）, （２） … （10）; 「ア」 counts ア, イ, ウ.

In: the sample as the house style or an author writes it, and a number from 1. Out: the label text. A sample is
prefix + counter + suffix. The counters are those of official papers (公用文作成の考え方) and the forms met beside them.
Digits: a full-width sample follows the house style (one digit full-width, more half-width unless set otherwise),
a half-width sample stays half-width.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kotobuki.japanese.characters import natural_width_em
from kotobuki.japanese.widths import DigitWidths
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern

_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_GOJUON_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ALPHABETS = {first: "".join(chr(ord(first) + i) for i in range(26)) for first in "aAａＡ"}
_SERIES = {"ア": _GOJUON, "ｱ": _GOJUON_HALF, "イ": _IROHA, "①": _CIRCLED, **_ALPHABETS}
_KANJI_DIGITS = "〇一二三四五六七八九"
_OPENING = "（(［[〔【〈《「『"
_CLOSING = "）)］]〕】〉》」』"
_BEFORE = _OPENING + "第"
_AFTER = _CLOSING + ".．、条項号章節款"
_HALF_NUMBER = re.compile("[0-9]+")
SAMPLE = lazy_pattern(f"[{re.escape(_BEFORE)}]?[{''.join(_SERIES)}1１一][{re.escape(_AFTER)}]?")
"""A sample of a first label: a counter, at most one of the usual signs on either side."""


class LabelsExhaustedError(ValueError):
    """The counter has no label for so high a number (ア … ン ends at 46)."""


@dataclass(frozen=True, slots=True)
class LabelPattern:
    """A sample label taken apart."""

    prefix: str
    counter: str
    suffix: str

    def label(self, number: int, digits: DigitWidths) -> str:
        """The label of item `number` (from 1). Raises `LabelsExhaustedError` past the end of a finite series."""
        return self.prefix + _count(self.counter, number, digits) + self.suffix

    @property
    def plain(self) -> bool:
        """Whether it is a number without brackets and without words: １, 1, 1．"""
        return self.counter in "1１" and not self.prefix and self.suffix in {"", ".", "．", "、"}

    @property
    def closed(self) -> bool:
        """Whether the label ends in a full-width bracket, whose own blank parts it from the text that follows."""
        return bool(self.suffix) and self.suffix[-1] in _CLOSING and not self.suffix.isascii()


@lru_cache
def parse_label(sample: str) -> LabelPattern | None:
    """The pattern of a sample label, or None if nothing in it counts."""
    for at, character in enumerate(sample):
        if character in _SERIES or character in "1１一":
            return LabelPattern(sample[:at], character, sample[at + 1 :])
    return None


def is_label_sample(text: str) -> bool:
    """Whether `text` can stand as a sample of a first label."""
    return SAMPLE.fullmatch(text) is not None


@lru_cache
def column_em(label: str) -> float:
    """The room that a label takes in its column, in em: a half-width number takes an em, whether it has one digit or two.

    >>> column_em("(1)"), column_em("(10)"), column_em("１")
    (2.0, 2.0, 1.0)
    """
    return max(natural_width_em(label), natural_width_em(_HALF_NUMBER.sub("１", label)))


def _count(counter: str, number: int, digits: DigitWidths) -> str:
    if counter == "１":
        return digits.set_number(number)
    if counter == "1":
        return str(number)
    if counter == "一":
        return _kanji(number)
    series = _SERIES[counter]
    if number > len(series):
        raise LabelsExhaustedError(f"{series[0]}…{series[-1]}")
    return series[number - 1]


def _kanji(number: int) -> str:
    if number > 9999:
        raise LabelsExhaustedError("一…九千九百九十九")
    words = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += (_KANJI_DIGITS[digit] if digit > 1 or unit == 1 else "") + sign
    return words
