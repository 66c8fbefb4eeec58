"""（以下「…」という。） typed in a text."""

from __future__ import annotations

import pytest
from support.rules import assert_flags, reason


@pytest.mark.parametrize(
    "content",
    [
        "甲▼（以下「乙」という。）は",
        "[甲▼（以下「乙」という。）: 丙▼（以下「丁」という。第２章において同じ。）]",
        "甲▼（以下「｛市｝」という。）は",
        "甲｛＝（以下「乙」という。）｝は（以下同じ。）",
    ],
)
def test_wherever_it_stands_in_a_text(content: str) -> None:
    assert_flags("definition-by-hand", reason(content), severity="warning")
