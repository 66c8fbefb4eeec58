"""Dates and numbers that do not fit: a number dated before the one before it, or in a fiscal year that nobody has reached.

In: a ledger, a number and its date. Out: a reason, or "" where nothing is amiss. Rule: within a series numbers go out in the
order of their dates. A 枝番 is sent after others, and a reserved number is kept for later: neither is held to it.
"""

from __future__ import annotations

from datetime import date

from kotobuki.japanese.wareki import fiscal_year, format_date
from kotobuki.register.entries import Ledger, NumberKey, NumberRecord, name_of

CHECK_DATE = "日付を確かめてください（このとおりであれば、直さなくて構いません）"


def out_of_order(book: Ledger, key: NumberKey, day: date) -> str:
    """Why a date does not fit between those of the numbers before and behind, "" = it does."""
    own = book.records.get(key)
    if key[1] or (own and not _in_turn(own)):
        return ""
    turns = [record for record in book.records.values() if record.key != key and _in_turn(record)]
    before = max((each for each in turns if each.key < key), key=lambda each: each.key, default=None)
    behind = min((each for each in turns if each.key > key), key=lambda each: each.key, default=None)
    if before and day < before.day:
        return f"{name_of(key)}の日付（{format_date(day)}）が、前の{name_of(before.key)}（{format_date(before.day)}）より前です"
    if behind and day > behind.day:
        return f"{name_of(key)}の日付（{format_date(day)}）が、次の{name_of(behind.key)}（{format_date(behind.day)}）より後です"
    return ""


def is_far(day: date, today: date) -> bool:
    """Whether a date lies so far ahead that it must be mistyped: behind the end of the next fiscal year."""
    return fiscal_year(day) > fiscal_year(today) + 1


def strays(year: int, years: list[int]) -> str:
    """Why a ledger of that fiscal year would stand alone among those of its series, "" = it would not."""
    if not years or year in years or min(years) - 1 <= year <= max(years) + 1:
        return ""
    known = "・".join(f"{each}年度" for each in sorted(years))
    return f"{year}年度は、この記号の台帳のある年度（{known}）から離れています"


def _in_turn(record: NumberRecord) -> bool:
    return not record.key[1] and record.state == "発行" and record.entries[0].state == "発行"
