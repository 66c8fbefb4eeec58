"""Dates that are not settled yet: the day an instrument will be decided, printed with room to write it in.

In: a date as a clerk types it, what is open as ? or left out (2022-04-?, 2022-?-?, 令和4年4月?日, 令和4年, 未定; any
digit width). Out: an `OpenDate`. Digits come out half-width: the house style makes their width later.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kotobuki.japanese.wareki import DateError, Wareki, meant_date, parse_date, to_wareki
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern

BLANK = "　"
"""Room for a number to be written in: content, not layout."""
UNDECIDED = "未定"

ISO_OPEN = lazy_pattern(r"(?P<western>[0-9]{4})(?:-(?P<month>[0-9]{1,2}|\?)(?:-(?P<day>[0-9]{1,2}|\?))?)?")
KANJI_OPEN = lazy_pattern(
    r"(?:(?P<western>[0-9]{4})|(?P<era>\w\w)(?P<year>[0-9]{1,3}|元))年"
    r"(?:(?P<month>[0-9]{1,2}|\?)?月(?:(?P<day>[0-9]{1,2}|\?)?日)?)?"
)
_SPELLING = (
    "「2022-05-06」か「令和4年5月6日」、決まっていないところは「2022-05-?」か「令和4年?月?日」のように書いてください"
)


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A date of which anything may be open: `year` as 令和4年 ("" = open), month and day (None = open)."""

    year: str = ""
    month: int | None = None
    day: int | None = None

    @property
    def text(self) -> str:
        """As 平成15年9月21日, what is open as a blank."""
        month, day = (BLANK if part is None else str(part) for part in (self.month, self.day))
        return f"{self.year or BLANK * 2 + '年'}{month}月{day}日"


def parse_open_date(text: str) -> OpenDate:
    """The date that `text` names, whatever of it is open; `DateError` if it names none."""
    plain = re.sub(r"\s", "", to_half(text)).replace("？", "?").replace("－", "-")
    if plain == UNDECIDED:
        return OpenDate()
    match = ISO_OPEN.fullmatch(plain) or KANJI_OPEN.fullmatch(plain)
    if match is None:
        meant = meant_date(plain)
        remedy = f"「{meant}」と書いてください" if meant else _SPELLING
        raise DateError("date-format", f"「{text[:30]}」は日付として読み取れません", remedy, meant)
    found = match.groupdict()
    month, day = (int(part) if part and part != "?" else None for part in (found["month"], found["day"]))
    if month is None and day is not None:
        raise DateError("date-format", f"「{text[:30]}」は、月がなく日だけがあります", _SPELLING)
    era = found.get("era")
    written = f"{era}{found['year']}年" if era else f"{found['western']}年"
    known = _known(written, month, day)
    if era:
        return OpenDate(Wareki(era, 1 if found["year"] == "元" else int(found["year"])).text, month, day)
    last = known.replace(month=month or 12, day=day or monthrange(known.year, month or 12)[1])
    return OpenDate(to_wareki(last).text, month, day)  # of a year that two eras share, the new one is meant


def _known(written_year: str, month: int | None, day: int | None) -> date:
    """A real day for what is given, so that years, months and eras are checked like those of any date."""
    if day is not None:
        return parse_date(f"{written_year}{month}月{day}日")
    try:
        return parse_date(f"{written_year}{month or 12}月28日")
    except DateError:
        return parse_date(f"{written_year}{month or 1}月1日")  # the last year of an era ends before December
