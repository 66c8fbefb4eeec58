"""Times of a schedule: as clerks type them, as papers print them, and those that no calendar has."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.periods import Moment, is_reversed, parse_period
from kotobuki.japanese.wareki import FIRST_DAY, to_wareki


@pytest.mark.parametrize(
    ("text", "year", "rest"),
    [
        ("2022-05", "令和4年", "5月"),
        ("2022-5", "令和4年", "5月"),
        ("２０２２－０５", "令和4年", "5月"),
        ("2022/05", "令和4年", "5月"),
        ("2022年5月", "令和4年", "5月"),
        ("令和4年5月", "令和4年", "5月"),
        ("令和４年５月", "令和4年", "5月"),
        ("令和4年 5月", "令和4年", "5月"),
        ("2022-05-11", "令和4年", "5月11日"),
        ("令和4年5月11日", "令和4年", "5月11日"),
        ("2022", "令和4年", ""),
        ("2022年", "令和4年", ""),
        ("2022年度", "令和4年度", ""),
        ("令和4年度", "令和4年度", ""),
        ("令和元年度", "令和元年度", ""),
        ("2022-06以降", "令和4年", "6月以降"),
        ("2022-06上旬", "令和4年", "6月上旬"),
        ("2022-06中旬頃", "令和4年", "6月中旬頃"),
        ("2022-06下旬まで", "令和4年", "6月下旬まで"),
        ("2022-06末", "令和4年", "6月末"),
        ("2022-06-01から", "令和4年", "6月1日から"),
        ("2022-06（予定）", "令和4年", "6月（予定）"),
        ("2022年度末", "令和4年度", "末"),
        ("2022-05～2022-07", "令和4年", "5月～7月"),
        ("2022-05〜2022-07", "令和4年", "5月～7月"),
        ("2022-05~07", "令和4年", "5月～7月"),
        ("2022-05-11～05-13", "令和4年", "5月11日～5月13日"),
        ("2022-11～2023-02", "令和4年", "11月～令和5年2月"),
        ("2022-05上旬～2022-07下旬", "令和4年", "5月上旬～7月下旬"),
        ("2022年度～2024年度", "令和4年度", "～令和6年度"),
        ("2019-04", "平成31年", "4月"),
        ("2019-05", "令和元年", "5月"),
        ("2019-04～2019-05", "平成31年", "4月～令和元年5月"),
        ("平成31年", "令和元年", ""),
        ("平成31年4月", "平成31年", "4月"),
        ("未定", "", "未定"),
    ],
)
def test_times_read_as_typed_and_print_as_in_papers(text: str, year: str, rest: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.year_text, period.rest_text) == (year, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "いつか",
        "5月",
        "R4.5",
        "2022-",
        "202205",
        "2022-111",
        "2022-00",
        "2022-13",
        "2022-05-00",
        "2022-05-32",
        "2022-02-29",
        "2022-05ごろになったら",
        "2022-05～",
        "～2022-05",
        "2022-05～未定",
        "未定～2022-05",
        "2022-07～2022-05",
        "2022-11～02",
        "2022-05-11～13日",
        "令和0年5月",
        "平成31年5月",
        "平成40年",
        "令和元年4月",
        "1872年",
        "0000-01",
        "9999年度",
        "99999",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert parse_period(text) is None


@given(st.dates(FIRST_DAY, date(2200, 12, 31)))
def test_every_day_reads_alike_in_every_spelling(day: date) -> None:
    wareki = to_wareki(day)
    spellings = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{wareki.text}{day.month}月{day.day}日",
    ]
    periods = {parse_period(text) for text in spellings}
    assert len(periods) == 1
    (period,) = periods
    assert period is not None
    assert period.year_text + period.rest_text == spellings[2]


@given(st.dates(FIRST_DAY, date(2200, 12, 31)), st.dates(FIRST_DAY, date(2200, 12, 31)))
def test_a_span_never_ends_before_it_begins(one: date, other: date) -> None:
    assert (parse_period(f"{one}～{other}") is not None) is (one <= other)


@given(st.text(alphabet="令和平成元年度月日～-/0123456789２ 以降上旬まで未定", max_size=14))
def test_no_text_raises(text: str) -> None:
    period = parse_period(text)
    assert period is None or period.year_text + period.rest_text


def test_a_moment_knows_its_days() -> None:
    assert (Moment(2024, 2).first, Moment(2024, 2).last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (Moment(2022, fiscal=True).first, Moment(2022, fiscal=True).last) == (date(2022, 4, 1), date(2023, 3, 31))


@pytest.mark.parametrize(
    ("text", "reversed_"),
    [
        ("2022-07～2022-05", True),
        ("2022-07～5月", True),
        ("2022-05～2022-07", False),
        ("2022-13～2022-05", False),
        ("未定", False),
    ],
)
def test_a_period_that_ends_before_it_begins_is_told_apart(text: str, reversed_: bool) -> None:
    assert is_reversed(text) is reversed_
