"""Dates in 和暦 and in Western years.

In: a date as a clerk types it (2022-05-06, 2022年5月6日, 令和4年5月6日, 令和元年5月1日; any digit width). Out: a
`datetime.date`, or its era and year. Digits come out half-width: the house style makes their width later.
Rule: an era runs from its first to its last day (明治 and 大正 end on the day the next begins). Dates before
明治6年1月1日, when Japan took over the Western calendar, are refused: they were those of another calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern


@dataclass(frozen=True, slots=True)
class Era:
    """An era (元号) with its first and its last day; the present one has no last."""

    name: str
    start: date
    end: date = date.max


ERAS = (
    Era("明治", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", date(2019, 5, 1)),
)
FIRST_DAY = date(1873, 1, 1)

_SPELLING = "「2022-05-06」か「令和4年5月6日」のように書いてください"
_YEAR = rf"(?:(?P<western>[0-9]{{4}})|(?P<era>{'|'.join(era.name for era in ERAS)})\s*(?P<year>[0-9]{{1,3}}|元))"
KANJI_DATE = lazy_pattern(rf"{_YEAR}\s*年\s*(?P<month>[0-9]{{1,2}})\s*月\s*(?P<day>[0-9]{{1,2}})\s*日")
_SHORT = {
    "明治": ("明治", "明", "M"),
    "大正": ("大正", "大", "T"),
    "昭和": ("昭和", "昭", "S"),
    "平成": ("平成", "平", "H"),
    "令和": ("令和", "令", "R"),
}
_OTHER_SPELLING = lazy_pattern(
    r"(?:(?P<western>[0-9]{4})[-/.・年]|"
    r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\s*(?P<year>[0-9]{1,2}|元)[-/.・年])"
    r"\s*(?P<month>[0-9]{1,2})[-/.・月]\s*(?P<day>[0-9]{1,2})日?",
    re.IGNORECASE,
)
ISO_DATE = re.compile(r"(?P<western>[0-9]{4})[-－](?P<month>[0-9]{1,2})[-－](?P<day>[0-9]{1,2})")


class DateError(ValueError):
    """A text that is no date: `rule` is date-format, date-impossible or date-era; reason and remedy are Japanese.

    `meant`: the date that was hardly meant otherwise, as it is to be written; "" where that is not known.
    """

    def __init__(self, rule: str, reason: str, remedy: str, meant: str = "") -> None:
        """Keep apart what a diagnostic needs."""
        super().__init__(reason)
        self.meant = meant
        self.rule = rule
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Wareki:
    """A year of an era, the first of which is 元年."""

    era: str
    year: int

    @property
    def year_text(self) -> str:
        """元, 2, 3, …"""
        return "元" if self.year == 1 else str(self.year)

    @property
    def text(self) -> str:
        """As 令和4年."""
        return f"{self.era}{self.year_text}年"

    @property
    def western(self) -> int:
        """The Western year; ValueError if there is no such era."""
        return _era(self.era).start.year + self.year - 1


def to_wareki(day: date) -> Wareki:
    """The era and year of a day; on a day that two eras share, the later. ValueError before `FIRST_DAY`."""
    if day < FIRST_DAY:
        raise _too_early()
    era = next(era for era in reversed(ERAS) if era.start <= day)
    return Wareki(era.name, day.year - era.start.year + 1)


def format_date(day: date) -> str:
    """As 令和4年5月6日. ValueError before `FIRST_DAY`."""
    return f"{to_wareki(day).text}{day.month}月{day.day}日"


def fiscal_year(day: date) -> int:
    """The Western year in which the 年度 of a day begins, on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def wareki_of_fiscal_year(year: int) -> Wareki:
    """The era and year of a 年度 as it is called: those of its last day of December. 1872, which a day in early 1873 is in, is 明治5年度."""
    era = next(era for era in reversed(ERAS) if era.start.year <= year)
    return Wareki(era.name, year - era.start.year + 1)


def parse_date(text: str) -> date:
    """The day that `text` names; `DateError` if it names none."""
    plain = to_half(text).strip()
    match = ISO_DATE.fullmatch(plain) or KANJI_DATE.fullmatch(plain)
    if match is None:
        meant = meant_date(plain)
        remedy = f"「{meant}」と書いてください" if meant else _SPELLING
        raise DateError("date-format", f"「{_shortened(text)}」は日付として読み取れません", remedy, meant)
    found = match.groupdict()
    era = found.get("era")
    wareki = Wareki(era, 1 if found["year"] == "元" else int(found["year"])) if era else None
    written = wareki.text if wareki else f"{int(found['western'])}年"
    day = _existing(wareki.western if wareki else int(found["western"]), found["month"], found["day"], written)
    if wareki:
        _check_era(wareki, day)
    if day < FIRST_DAY:
        raise _too_early()
    return day


def meant_date(plain: str) -> str:
    """The day of another spelling (2022/5/6, R4.5.6, 令4.5.6), as it is written here; "" where it is none.

    >>> meant_date("R4.5.6")
    '令和4年5月6日'
    """
    match = _OTHER_SPELLING.fullmatch(plain)
    if match is None:
        return ""
    found = match.groupdict()
    era = next((era.name for era in ERAS if found["era"] and found["era"].upper() in _SHORT[era.name]), "")
    month, day = int(found["month"]), int(found["day"])
    written = f"{era}{found['year']}年{month}月{day}日" if era else f"{found['western']}-{month:02}-{day:02}"
    try:
        parse_date(written)
    except DateError:
        return ""
    return written


def _existing(year: int, month: str, day: str, written_year: str) -> date:
    """The date, if the calendar has it; `written_year` as the author counts, for the message."""
    impossible = f"{written_year}{int(month)}月{int(day)}日という日付はありません"
    if not 1 <= int(month) <= 12:
        raise DateError("date-impossible", impossible, "月は1から12までの数で書いてください")
    if year < 1:
        raise DateError("date-impossible", impossible, "年を確かめてください")
    last = monthrange(year, int(month))[1]
    if not 1 <= int(day) <= last:
        remedy = f"{written_year}{int(month)}月は{last}日までです。日付を確かめてください"
        raise DateError("date-impossible", impossible, remedy)
    return date(year, int(month), int(day))


def _check_era(wareki: Wareki, day: date) -> None:
    era = _era(wareki.era)
    if era.start <= day <= era.end:
        return
    if day < era.start:
        limit = f"{era.name}は{era.start.year}年{era.start.month}月{era.start.day}日からです"
    else:
        limit = f"{era.name}は{era.end.year - era.start.year + 1}年{era.end.month}月{era.end.day}日までです"
    meant = format_date(day) if day >= FIRST_DAY else ""
    remedy = f"{limit}。「{meant}」ではありませんか" if meant else limit
    raise DateError("date-era", f"{wareki.text}{day.month}月{day.day}日という日付はありません", remedy, meant)


def _too_early() -> DateError:
    return DateError(
        "date-era",
        "明治6年（1873年）1月1日より前の日付は、旧暦のため扱えません",
        "年を確かめてください。旧暦の日付は、文として書く欄に書いてください",
    )


def _era(name: str) -> Era:
    for era in ERAS:
        if era.name == name:
            return era
    raise ValueError(name)


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
