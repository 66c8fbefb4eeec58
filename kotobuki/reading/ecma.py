"""Patterns of the readers as a schema writes them (ECMA 262): the readers' own expressions, so that there is one of each.

In: a compiled expression that a reader matches against text whose digits were made half-width. Out: the source of one
that matches the text as typed, digits of any width.
"""

from __future__ import annotations

import re

from kotobuki.japanese import open_dates, periods, wareki
from kotobuki.reading.placeholders import SIGN

DIGIT = "[0-9０-９]"
_ERAS = "|".join(era.name for era in wareki.ERAS)
_PARTS = {
    "(?P<month>[0-9]{1,2}": "(?:[0０]?[1-9１-９]|[1１][0-2０-２]",
    "(?P<day>[0-9]{1,2}": "(?:[0０]?[1-9１-９]|[12１２]" + DIGIT + "|[3３][01０１]",
}
"""What a month and a day can be: the readers ask the calendar instead."""
_BLANKS = "[ 　]"


def as_typed(expression: re.Pattern[str]) -> str:
    """The expression for text as typed, without anchors."""
    source = expression.pattern
    for part, meant in _PARTS.items():
        source = source.replace(part, meant)
    source = re.sub(r"\(\?P<\w+>", "(?:", source)
    return source.replace("[0-9]", DIGIT)


def _spaced(source: str) -> str:
    """Blanks may stand anywhere in it: a text with some is left to the reader."""
    return f"^(?:{source})$|^(?=.*{_BLANKS}).*[年月日度{DIGIT[1:-1]}]"


_NO_DAY = (
    r"(?!.*[-－年]\s*(?:[0０]?[2２]\s*[-－月]\s*[3３][01０１]|(?:[0０]?[469４６９]|[1１][1１])\s*[-－月]\s*[3３][1１]))"
)
"""Not the 30th and 31st of months that have none; leap years are left to the reader."""
DATE = rf"^{_NO_DAY}\s*(?:{as_typed(wareki.ISO_DATE)}|{as_typed(wareki.KANJI_DATE)})\s*$"
"""As `wareki.parse_date`."""
DATE_FIRST = rf"^{_NO_DAY}\s*(?:{as_typed(wareki.ISO_DATE)}|{as_typed(wareki.KANJI_DATE)})(?!{DIGIT}|本)"
"""A date, and whatever behind it: as 日時 in `packet`."""


def _time() -> str:
    first, later = (as_typed(each).replace("[-/", "[-－/／") for each in (periods.PERIOD, periods.LATER))
    return f"{'|'.join(periods.UNSETTLED)}|{first}(?:[～〜~](?:{first}|{later}))?"


def _open_date() -> str:
    iso, kanji = (as_typed(each).replace(r"\?", "[?？]") for each in (open_dates.ISO_OPEN, open_dates.KANJI_OPEN))
    iso, kanji = iso.replace("(?:-", "(?:[-－]"), kanji.replace(r"\w\w", _ERAS)
    return _spaced(f"{open_dates.UNDECIDED}|{iso}|{kanji}")


TIME = _spaced(_time())
"""As `periods.parse_period`."""
EXACT_TIME = f"^(?:{_time()})$"
"""Without blanks: nothing that is no time."""
OPEN_DATE = _open_date()
"""As `open_dates.parse_open_date`."""
YEAR = _spaced(rf"(?:{DIGIT}{{4}}|(?:{_ERAS})(?:{DIGIT}{{1,3}}|元))(?:年度?)?")
"""A year, or a fiscal year."""

PLACEHOLDER = rf"｛\s*{SIGN}\s*[：｝]"
"""A mark for what is still to be written: passes wherever a value may stand, and as a key is a heading."""
BLOCK = rf"^(?!{PLACEHOLDER})｛[^｝]*｝$"
"""A key that names a block: as `shapes.block_kind`."""
HEADING = rf"^(?!(?!{PLACEHOLDER})｛[^｝]*｝$)"
"""Any other key."""
