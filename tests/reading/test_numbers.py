"""A comma in a number within { } and [ ] is told, before the number is printed in two."""

from __future__ import annotations

import pytest
from support.samples import read

from kotobuki.diagnostics import Diagnostics


def rules(text: str) -> list[str]:
    diagnostics = Diagnostics()
    read(text, diagnostics)
    return [f"{each.rule} {each.place.column}" for each in diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{件数: 約49,000件／年}", ["comma-in-number 10"]),
        ("{件数: 49,000件}", ["comma-in-number 9"]),
        ("{件数: 約49,000}", ["comma-in-number 10"]),
        ("{件数: 約1,234,567件}", ["comma-in-number 9"]),
        ("甲: [約1,234,567件, 乙]", ["comma-in-number 8"]),
        ("甲: [約49,000件]", ["comma-in-number 9"]),
        ("甲: [約49, 000件]", []),  # a blank: two entries
        ("甲: [1,000]", ["comma-in-number 7"]),
        ("{件数: 1,234, 単位: 件}", ["comma-in-number 8"]),
        ("甲: [100,200]", []),  # digits alone
        ("甲: [8,29]", []),
        ("甲: [約49,00件]", []),
        ("甲: ['約49','000件']", []),
        ("{件数: '約49,000件'}", []),
        ("時期: [2022-05: 約49,000件の送付]", ["comma-in-number 19"]),
        ("件数: 約49,000件", []),
    ],
)
def test_a_number_that_is_cut_in_two(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
