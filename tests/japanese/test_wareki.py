"""Dates: what clerks type, what eras allow, what comes out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.wareki import (
    ERAS,
    FIRST_DAY,
    DateError,
    Era,
    Wareki,
    fiscal_year,
    format_date,
    parse_date,
    to_wareki,
    wareki_of_fiscal_year,
)

DAYS = st.dates(min_value=FIRST_DAY, max_value=date(2200, 12, 31))
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-05-06", date(2022, 5, 6)),
        ("2022-5-6", date(2022, 5, 6)),
        ("２０２２－０５－０６", date(2022, 5, 6)),
        ("2022年5月6日", date(2022, 5, 6)),
        ("令和4年5月6日", date(2022, 5, 6)),
        ("令和４年５月６日", date(2022, 5, 6)),
        ("令和４年　５月　６日", date(2022, 5, 6)),
        (" 令和 4 年 5 月 6 日 ", date(2022, 5, 6)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("明治6年1月1日", date(1873, 1, 1)),
        ("令和6年2月29日", date(2024, 2, 29)),
    ],
)
def test_reads_dates_as_clerks_type_them(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("2022/05/06", "date-format", "2022-05-06"),
        ("R4.5.6", "date-format", "令和4年5月6日"),
        ("きのう", "date-format", "きのう"),
        ("令和4年5月", "date-format", "令和4年5月6日"),
        ("", "date-format", "日付"),
        ("2022-02-30", "date-impossible", "2022年2月は28日まで"),
        ("令和4年2月29日", "date-impossible", "令和4年2月は28日まで"),
        ("令和6年2月30日", "date-impossible", "令和6年2月は29日まで"),
        ("2022-04-31", "date-impossible", "2022年4月は30日まで"),
        ("2022-00-10", "date-impossible", "1から12"),
        ("2022-13-01", "date-impossible", "1から12"),
        ("2022-01-00", "date-impossible", "31日まで"),
        ("0000-01-01", "date-impossible", "年を確かめて"),
        ("平成31年5月1日", "date-era", "令和元年5月1日"),
        ("平成34年5月6日", "date-era", "平成は31年4月30日まで"),
        ("令和元年4月30日", "date-era", "平成31年4月30日"),
        ("令和0年4月30日", "date-era", "令和は2019年5月1日から"),
        ("昭和64年1月8日", "date-era", "平成元年1月8日"),
        ("明治5年12月1日", "date-era", "旧暦"),
        ("1872-12-31", "date-era", "旧暦"),
    ],
)
def test_refuses_what_is_no_date_and_says_why(text: str, rule: str, said: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.rule == rule
    assert said in caught.value.reason + caught.value.remedy


@given(DAYS)
def test_what_is_written_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(format_date(day).translate(FULL_WIDTH)) == day
    assert parse_date(day.isoformat().translate(FULL_WIDTH)) == day


@given(DAYS)
def test_an_era_year_gives_back_its_western_year(day: date) -> None:
    assert to_wareki(day).western == day.year
    assert to_wareki(day).year >= 1


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 5, 6), "令和4年5月6日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1912, 7, 30), "大正元年7月30日"),
    ],
)
def test_prints_the_era_of_the_day(day: date, text: str) -> None:
    assert format_date(day) == text
    assert to_wareki(day).text + f"{day.month}月{day.day}日" == text


@pytest.mark.parametrize(
    ("day", "year"), [(date(2022, 4, 1), 2022), (date(2023, 3, 31), 2022), (date(2023, 4, 1), 2023)]
)
def test_the_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_days_of_the_old_calendar_have_no_wareki() -> None:
    with pytest.raises(ValueError, match="旧暦"):
        to_wareki(date(1872, 12, 31))


def test_an_unknown_era_is_no_year() -> None:
    with pytest.raises(ValueError, match="慶応"):
        _ = Wareki("慶応", 3).western


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (1872, "明治5年"),
        (1873, "明治6年"),
        (1911, "明治44年"),
        (1912, "大正元年"),
        (1926, "昭和元年"),
        (1989, "平成元年"),
        (2019, "令和元年"),
        (9999, "令和7981年"),
    ],
)
def test_a_fiscal_year_is_called_by_its_era(year: int, text: str) -> None:
    assert wareki_of_fiscal_year(year).text == text


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.name)
def test_every_day_around_an_era_has_a_fiscal_year_with_a_name(era: Era) -> None:
    """Those of early 1873, too: their fiscal year begins before the calendar."""
    first = max(era.start, FIRST_DAY)
    for day in (first, date(first.year, 3, 31), date(first.year, 4, 1), min(era.end, date(9999, 12, 31))):
        if day >= FIRST_DAY:
            assert wareki_of_fiscal_year(fiscal_year(day)).western == fiscal_year(day)
