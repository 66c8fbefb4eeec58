"""What a spreadsheet shows of a value: numbers by their format, dates as papers have them.

In: a value and its number format (ECMA-376, part 1, 18.8.31). Out: the text. Of a format are followed: sections by sign, commas,
decimals, leading zeros, scaling (`#,##0,` shows thousands), percent and words around the number. Days are 令和4年5月6日, whatever their
format, without what it leaves out.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from kotobuki.japanese.wareki import FIRST_DAY, format_date, to_wareki

Value = bool | int | float | str | date | time | timedelta | None

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|[_*](.)')
_BRACKETED = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]")
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?,*")
_DIGITS = 15
"""Those that a spreadsheet keeps of a number."""
_WORD = "\ue000"
"""Stands for words of a format while its signs are read."""


def shown(value: Value, number_format: str) -> str:
    """The value as a spreadsheet shows it: 0.125 as `0.0%` is 12.5%."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return _number(value, number_format)
        case datetime() | date() | time() | timedelta():
            return _moment(value, _bare(number_format)[0].lower())
        case _:
            return value


def _bare(section: str) -> tuple[str, list[str]]:
    """A format with a sign in place of each of its words, and these words; colours and conditions are left out."""
    words: list[str] = []

    def keep(match: re.Match[str]) -> str:
        words.append(match[1] or match[2] or "")
        return _WORD

    def currency(match: re.Match[str]) -> str:
        return f'"{match[1]}"' if match[1] else ""

    return _QUOTED.sub(keep, _BRACKETED.sub(currency, section)), words


def _number(value: float, number_format: str) -> str:
    with localcontext(Context(prec=400)):  # the largest float has 309 digits
        exact = Decimal(f"{value:.{_DIGITS}g}")
        sections = number_format.split(";")
        own = sections[0]
        if exact < 0 and len(sections) > 1:
            own, exact = sections[1], -exact
        elif exact == 0 and len(sections) > 2:
            own = sections[2]
        bare, words = _bare(own)
        if own.strip() and not _NUMBER.search(bare) and "general" not in own.lower():  # words alone: "―"
            return _with_words(bare, words).strip() if not re.search("[@Ee/]", bare) else _general(exact)
        found = list(_NUMBER.finditer(bare))
        if len(found) != 1 or re.search("[Ee]|/", bare):
            return _general(exact)
        at = found[0]
        text = _digits(exact * (100 if "%" in bare else 1), at.group())
        return _with_words(f"{bare[: at.start()]}{text}{bare[at.end() :]}", words).strip()


def _with_words(bare: str, words: list[str]) -> str:
    left = iter(words)
    return re.sub(_WORD, lambda _: next(left), bare)


def _general(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


def _digits(value: Decimal, pattern: str) -> str:
    """The digits of a number as `#,##0.00` has them."""
    body = pattern.rstrip(",")
    whole, _, decimals = body.partition(".")
    value = value / Decimal(1000) ** (len(pattern) - len(body))
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    before, _, after = format(abs(rounded), "f").partition(".")
    before = before.zfill(whole.count("0")) if before != "0" or "0" in whole else ""
    if "," in whole:
        before = f"{int(before):,}".zfill(whole.count("0")) if before else ""
    while after and after.endswith("0") and decimals[len(after) - 1] == "#":
        after = after[:-1]
    return f"{sign}{before}{'.' if after else ''}{after}"


def _moment(value: date | time | timedelta, signs: str) -> str:
    """A day, a time of day, or both; a span in hours and minutes."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return value.strftime("%H:%M").removeprefix("0")
    clock = value.strftime(" %H:%M").replace(" 0", " ") if isinstance(value, datetime) and "h" in signs else ""
    day = value.date() if isinstance(value, datetime) else value
    has_year, has_day = re.search("[yeg]", signs) is not None, "d" in signs
    if not has_year and has_day:
        return f"{day.month}月{day.day}日{clock}"
    if not has_year and not has_day and clock:
        return clock.strip()
    if has_year and not has_day:
        return f"{_year(day)}{day.month}月" if "m" in signs else _year(day)
    return (format_date(day) if day >= FIRST_DAY else f"{day.year}年{day.month}月{day.day}日") + clock


def _year(day: date) -> str:
    return to_wareki(day).text if day >= FIRST_DAY else f"{day.year}年"
