"""A term or field that names itself."""

from __future__ import annotations

import pytest
from support.samples import faults


@pytest.mark.parametrize(
    ("terms", "text", "fault"),
    [
        ("甲: ｛甲｝の", "｛甲｝", "term-circular 1:1"),
        ("甲: ｛乙｝の\n乙: ｛甲｝の", "｛甲｝", "term-circular 1:1"),
        ("甲: ｛乙｝の\n乙: ｛丙｝の\n丙: ｛乙｝の", "｛甲｝", "term-circular 2:1"),
    ],
)
def test_a_name_within_what_it_stands_for(terms: str, text: str, fault: str) -> None:
    assert faults(f"甲: {text}", terms=terms) == [fault]


def test_a_name_used_twice_is_no_circle() -> None:
    assert faults("甲: ｛甲｝と｛乙｝", terms="甲: ｛丙｝の\n乙: ｛丙｝と｛丙｝\n丙: 丁") == []
