"""Times as schedules name them: 2022-05, 2022-05-11, 2022年度, 2022-06以降, 2022-05～2022-07, 未定.

In: the text of a schedule's key, in any digit width, Western or era years. Out: a `Period`, which prints its year and
the rest apart, so that a schedule can print the year once (conventions A4).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kotobuki.japanese.wareki import ERAS, to_wareki
from kotobuki.japanese.widths import to_half

_SUFFIXES = ("以降", "以前", "から", "まで", "上旬", "中旬", "下旬", "初旬", "末", "頃", "ごろ", "予定")
_PART = (
    rf"(?:(?P<western>\d{{4}})|(?P<era>{'|'.join(era.name for era in ERAS)})(?P<year>\d{{1,2}}|元))"
    r"(?:(?P<fiscal>年度)|(?:年|-|/)?(?:(?P<month>\d{1,2})月?(?:[-/]?(?P<day>\d{1,2})日?)?)?)"
)
_PERIOD = re.compile(rf"{_PART}(?P<rest>.*)$")
_LATER = re.compile(r"(?:(?P<month>\d{1,2})月?(?:[-/]?(?P<day>\d{1,2})日?)?)(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, month or day; `fiscal`: the fiscal year."""

    year: int
    month: int | None = None
    day: int | None = None
    fiscal: bool = False

    @property
    def year_text(self) -> str:
        """The era year, as 令和4年, or 令和4年度."""
        if self.fiscal:
            return to_wareki(date(self.year, 12, 31)).text + "度"
        month = self.month or 12
        return to_wareki(date(self.year, month, self.day or monthrange(self.year, month)[1])).text

    @property
    def rest_text(self) -> str:
        """Month and day, as 5月11日."""
        return (f"{self.month}月" if self.month else "") + (f"{self.day}日" if self.day else "")


@dataclass(frozen=True, slots=True)
class Period:
    """A time or span of time; `words` alone for times without a year (未定)."""

    start: Moment | None
    words: str = ""
    end: Moment | None = None
    end_words: str = ""

    @property
    def year_text(self) -> str:
        """The year it begins in, "" without one."""
        return self.start.year_text if self.start else ""

    @property
    def rest_text(self) -> str:
        """What is printed after the year."""
        if self.start is None:
            return self.words
        text = self.start.rest_text + self.words
        if self.end is None:
            return text
        same = self.end.year_text == self.start.year_text
        return f"{text}～{'' if same else self.end.year_text}{self.end.rest_text}{self.end_words}"


def parse_period(text: str) -> Period | None:
    """The period that `text` names, or None if it names none or an impossible one."""
    text = to_half(text).replace("〜", "～").replace(" ", "")
    first, span, last = text.partition("～")
    if first in ("未定", "調整中"):
        return None if span else Period(None, first)
    start = _moment(_PERIOD.match(first))
    if start is None:
        return None
    if not span:
        return Period(*start)
    end = _moment(_PERIOD.match(last)) or _moment(_LATER.match(last), start[0].year)
    return Period(*start, *end) if end else None


def _moment(match: re.Match[str] | None, year: int | None = None) -> tuple[Moment, str] | None:
    if match is None:
        return None
    found = match.groupdict()
    if found["rest"] and found["rest"] not in _SUFFIXES:
        return None
    month, day = (int(found[key]) if found[key] else None for key in ("month", "day"))
    year = year if year is not None else _year(found)
    if year is None or not _exists(year, month, day):
        return None
    return Moment(year, month, day, bool(found.get("fiscal"))), found["rest"]


def _year(found: dict[str, str | None]) -> int | None:
    if western := found["western"]:
        return int(western)
    era = next(era for era in ERAS if era.name == found["era"])
    number = found["year"] or "1"
    return era.start.year + (1 if number == "元" else int(number)) - 1


def _exists(year: int, month: int | None, day: int | None) -> bool:
    try:
        to_wareki(date(year, month or 12, day or 28))
    except ValueError:
        return False
    return True
