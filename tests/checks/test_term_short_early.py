"""A short name that is printed before the paper defines it."""

from __future__ import annotations

import pytest
from support.samples import faults, marked

TERMS = "条例: みなと市個人情報保護条例"


@pytest.mark.parametrize("text", ["▼｛条例：略称｝と｛条例｝", "▼｛条例：略称｝", "｛条例：正式｝と▼｛条例：略称｝"])
def test_a_short_name_above_its_definition(text: str) -> None:
    plain, expected = marked(f"甲: {text}", "term-short-early")
    assert faults(plain, terms=TERMS) == expected


def test_one_below_its_definition_will_do() -> None:
    assert faults("甲: ｛条例｝と｛条例：略称｝", terms=TERMS) == []
