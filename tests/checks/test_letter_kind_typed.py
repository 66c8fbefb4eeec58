"""（通知） typed at the end of a letter's title."""

from __future__ import annotations

import pytest
from support.letters import FORM, LETTER
from support.rules import assert_flags
from support.samples import edited


@pytest.mark.parametrize(
    "title",
    [
        "会議の開催について▼（通知）",
        "会議の開催について▼(照会)",
        "｛市｝の会議▼（通知）",
        "｛＝会議（通知）｝",
        "（通知）の様式",
    ],
)
def test_one_of_the_kinds_of_the_form(title: str) -> None:
    assert_flags("letter-kind-typed", edited(LETTER, "会議の開催について", title), form=FORM)
