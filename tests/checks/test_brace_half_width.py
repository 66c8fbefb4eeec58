"""Half-width braces that hold what only a mark holds."""

from __future__ import annotations

import pytest
from support.samples import lines, marked, resolved

TERMS = "条例: みなと市個人情報保護条例"


@pytest.mark.parametrize(
    "text",
    [
        "この▼{条例}は",
        "この▼{ 条例：正式 }は",
        "この▼{件名}は",
        "この▼{→甲}は",
        "この▼{※注}は",
        "この▼{※｛条例｝の注}は",
        "この▼{＃名}は",
        "｛※この▼{条例}｝",
        "▼{条例}と▼{条例}",
    ],
)
def test_a_name_or_a_sign(text: str) -> None:
    plain, expected = marked(f"甲: '{text}'", " ".join(["brace-half-width"] * text.count("▼")))
    assert resolved(plain, terms=TERMS).faults == expected


def test_what_holds_no_mark_is_text() -> None:
    assert lines("甲: この{a}と{条令}と｛＝{条例}｝と{ }", terms=TERMS)[1:] == ["この{a}と{条令}と{条例}と{ }"]
