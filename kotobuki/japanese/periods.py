"""Times as schedules name them: 2022-05, 2022-05-11, 2022年度, 2022-06以降, 2022-05～2022-07, 未定.

In: the text of a schedule's key, in any digit width, Western or era years. Out: a `Period`, which prints its year and
the rest apart, so that a schedule can print the year once (conventions A4).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kotobuki.japanese.wareki import ERAS, Wareki, to_wareki
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern

_YEAR = rf"(?:(?P<western>[0-9]{{4}})|(?P<era>{'|'.join(era.name for era in ERAS)})(?P<year>[0-9]{{1,3}}|元))"
_MONTH = r"(?P<month>[0-9]{1,2})(?:[-/月](?P<day>[0-9]{1,2})日?|月)?"
_WORDS = r"(?P<words>(?:上旬|中旬|下旬|初旬|初め|末)?(?:以降|以後|以前|から|まで|頃|ごろ)?(?:予定|（予定）)?)"
PERIOD = re.compile(rf"{_YEAR}(?:(?P<fiscal>年度)|[-/年]{_MONTH}|年)?{_WORDS}")
LATER = lazy_pattern(rf"{_MONTH}{_WORDS}")
_DASHED, _DASHED_LENGTH = lazy_pattern("[0-9]{4}[-－/／][0-9]"), 6
UNSETTLED = ("未定", "調整中")
_HEADS = frozenset("0123456789０１２３４５６７８９").union(
    name[0] for name in (*(era.name for era in ERAS), *UNSETTLED)
)
"""With what a period begins: nearly every text that is asked does not."""
_SIGNS = str.maketrans("〜~－／", "～～-/", " \u3000")


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, month or day; `fiscal`: the fiscal year."""

    year: int
    month: int | None = None
    day: int | None = None
    fiscal: bool = False

    @property
    def first(self) -> date:
        """The first day of it. ValueError if the calendar has none."""
        return date(self.year, 4 if self.fiscal else self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day of it."""
        if self.fiscal:
            return date(self.year + 1, 3, 31)
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def year_text(self) -> str:
        """The era year, as 令和4年, or 令和4年度."""
        return to_wareki(date(self.year, 12, 31)).text + "度" if self.fiscal else to_wareki(self.last).text

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


def is_dashed(text: str) -> bool:
    """Whether a text begins as a machine writes dates, 2022-05: nobody means that as words (2022年5月 may be a heading)."""
    return text[:1].isdecimal() and _DASHED.match(to_half(text[:_DASHED_LENGTH])) is not None


def parse_period(text: str) -> Period | None:
    """The period that `text` names, or None if it names none, an impossible one or one that ends before it begins."""
    found = _period(text)
    return None if found and _is_reversed(found) else found


def is_reversed(text: str) -> bool:
    """Whether `text` names a period that ends before it begins."""
    found = _period(text)
    return found is not None and _is_reversed(found)


def _is_reversed(period: Period) -> bool:
    return bool(period.start and period.end and period.start.first > period.end.last)


def _period(text: str) -> Period | None:
    if text.lstrip(" \u3000")[:1] not in _HEADS:
        return None
    first, span, last = to_half(text).translate(_SIGNS).partition("～")
    if first in UNSETTLED:
        return None if span else Period(None, first)
    start = _moment(PERIOD.fullmatch(first))
    if start is None or not span:
        return Period(*start) if start else None
    end = _moment(PERIOD.fullmatch(last)) or _moment(LATER.fullmatch(last), start[0].year)
    return Period(*start, *end) if end else None


def _moment(match: re.Match[str] | None, year: int | None = None) -> tuple[Moment, str] | None:
    """The moment and the words after it; `year` where the text names none."""
    if match is None:
        return None
    found = match.groupdict()
    month, day = (int(found[key]) if found[key] else None for key in ("month", "day"))
    era = found.get("era")
    if era:
        year = Wareki(era, 1 if found["year"] == "元" else int(found["year"])).western
    elif year is None:
        year = int(found["western"])
    moment = Moment(year, month, day, bool(found.get("fiscal")))
    return (moment, found["words"]) if 0 not in (month, day) and _exists(moment, era) else None


def _exists(moment: Moment, era: str | None) -> bool:
    """Whether the calendar has it, and the era that it was written in (平成31年 had both 平成 and 令和)."""
    try:
        first, last = moment.first, moment.last
        to_wareki(first)
    except ValueError:
        return False
    return all(each.start <= last and first <= each.end for each in ERAS if each.name == era)
