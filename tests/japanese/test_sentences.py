"""A sentence is told from a phrase by its end."""

from __future__ import annotations

import pytest

from kotobuki.japanese.sentences import is_sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("次の業務を行う。", True),
        ("次の業務を行う。（詳細は別紙のとおり）", True),
        ("次の業務を行う。（甲（乙）を除く。）（丙）", True),
        ("区の指定する場所", False),
        ("区の指定する場所（屋内に限る。）", False),
        ("（全て）", False),
        ("閉じる）", False),
        ("", False),
    ],
)
def test_is_sentence(text: str, expected: bool) -> None:
    assert is_sentence(text) is expected
