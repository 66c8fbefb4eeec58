"""One document number on two papers of a packet."""

from __future__ import annotations

import pytest
from support.rules import assert_flags
from support.samples import CASE, edited


@pytest.mark.parametrize("number", ["番号: ▼80", "番号: 82", "番号: 80, 枝番: 2", "日付: 2022-05-05"])
def test_of_the_inquiry_and_a_request(number: str) -> None:
    assert_flags("number-twice", edited(CASE, "番号: 82", number).replace("日付: 2022-05-05, ", ""), made="packet")
