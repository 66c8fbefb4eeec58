"""The 依頼 of a case dated after the 諮問: noticed by a build, refused by a packet."""

from __future__ import annotations

import pytest
from support.rules import For, assert_flags
from support.samples import CASE, edited

REQUEST = "{番号: 82, 日付: 2022-05-06}"


@pytest.mark.parametrize(("made", "severity"), [("build", "warning"), ("packet", "error")])
@pytest.mark.parametrize(
    "request_", ["▼{番号: 82, 日付: 2022-05-12}", "{番号: 82, 日付: 2022-05-11}", "{番号: 82, 日付: 2022-05-06}"]
)
def test_a_day_later(request_: str, made: For, severity: str) -> None:
    assert_flags("request-after-inquiry", edited(CASE, REQUEST, request_), made=made, severity=severity)
