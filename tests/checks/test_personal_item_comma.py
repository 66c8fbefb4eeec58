"""Several items of personal data in one entry."""

from __future__ import annotations

import pytest
from support.rules import assert_flags, reason


@pytest.mark.parametrize(
    "items", ["[氏名▼、住所, 障害（手話、車椅子）]", "[「甲、乙」の別, ｛＝甲、乙｝]", "[氏名, 住所▼、電話、年齢]"]
)
def test_outside_brackets(items: str) -> None:
    assert_flags("personal-item-comma", reason(f"[｛個人情報｝: {{項目: {items}}}]"), severity="warning")


def test_in_the_row_of_a_form() -> None:
    table = "業務:\n  概要: 甲\n  情報: {項目: [氏名▼、住所]}\n"
    assert_flags("personal-item-comma", reason("甲") + table, severity="warning")
