"""The 諮問 of a meeting dated in another fiscal year."""

from __future__ import annotations

import pytest
from support.rules import assert_flags
from support.samples import MEETING, edited


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2023-04-01", "令和4年度"),
        ("2022-03-31", "令和4年度"),
        ("2022-04-01", "2023"),
    ],
)
def test_on_the_first_day_outside_it(day: str, year: str) -> None:
    text = edited(edited(MEETING, "{番号: 80, 日付: 2022-05-11}", f"▼{{番号: 80, 日付: {day}}}"), "令和4年度", year)
    assert_flags("fiscal-year-differs", meeting=text, severity="warning")


@pytest.mark.parametrize("day", ["2022-04-01", "2023-03-31"])
def test_not_on_the_last_day_within_it(day: str) -> None:
    assert_flags("fiscal-year-differs", meeting=edited(MEETING, "2022-05-11", day))


@pytest.mark.parametrize("year", ["", "年度: いつか\n", "年度: ｛記入：年度｝\n"])
def test_not_where_the_year_is_missing_or_open(year: str) -> None:
    assert_flags("fiscal-year-differs", meeting=edited(MEETING, "年度: 令和4年度\n", year))
