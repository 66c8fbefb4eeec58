"""The 諮問 dated after the day of the meeting."""

from __future__ import annotations

import pytest
from support.rules import assert_flags
from support.samples import MEETING, edited

INQUIRY = "{番号: 80, 日付: 2022-05-11}"


@pytest.mark.parametrize(("held", "inquiry"), [("2022-05-10", f"▼{INQUIRY}"), ("2022-05-11", INQUIRY)])
def test_a_day_later(held: str, inquiry: str) -> None:
    text = edited(MEETING, INQUIRY, inquiry) + f"日時: {held} 14:00\n"
    assert_flags("inquiry-after-meeting", meeting=text, made="packet")
