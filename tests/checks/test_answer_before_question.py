"""A letter dated before the one that it answers."""

from __future__ import annotations

import pytest
from support.letters import FORM, LETTER, TO
from support.rules import assert_flags
from support.samples import edited


@pytest.mark.parametrize(
    "answered", ["▼{日付: 2022-06-02}", "{日付: 2022-06-01}", "{文書番号: 4環第12号, 日付: 2022-05-20}"]
)
def test_a_day_later(answered: str) -> None:
    text = edited(LETTER, TO, f"{TO}  来文: {answered}\n")
    assert_flags("answer-before-question", text, form=FORM, severity="warning")
