"""Dates of which something is still open print with room to write it in."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.open_dates import parse_open_date
from kotobuki.japanese.wareki import FIRST_DAY, DateError, format_date


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2022-04-?", "令和4年4月　日"),
        ("2022-?-?", "令和4年　月　日"),
        ("2022", "令和4年　月　日"),
        ("令和４年？月？日", "令和4年　月　日"),
        ("令和4年　月　日", "令和4年　月　日"),
        ("平成31年", "平成31年　月　日"),
        ("2019", "令和元年　月　日"),
        ("未定", "　　年　月　日"),
    ],
)
def test_what_is_open_is_blank(typed: str, printed: str) -> None:
    assert parse_open_date(typed).text == printed


@given(st.dates(min_value=FIRST_DAY, max_value=datetime.date(2200, 12, 31)))
def test_a_whole_date_prints_as_any_other(day: datetime.date) -> None:
    assert parse_open_date(day.isoformat()).text == format_date(day)


@pytest.mark.parametrize(
    "typed", ["2022-13-?", "2022-02-30", "平成31年5月?日", "令和4年?月3日", "いつか", "令和0年", ""]
)
def test_what_is_no_date_is_explained(typed: str) -> None:
    with pytest.raises(DateError):
        parse_open_date(typed)
