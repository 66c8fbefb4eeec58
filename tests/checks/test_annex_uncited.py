"""A 別紙 or 別添 that no text refers to."""

from __future__ import annotations

import pytest
from support.rules import reason
from support.samples import REQUEST, compose, marked

BOUND = REQUEST + "{{ 別紙 }}\n"


@pytest.mark.parametrize(
    ("content", "annexes"),
    [
        ("甲", "別紙:\n  - ▼{題名: 一覧, 内容: 文}\n"),
        ("甲", "別添:\n  - ▼{題名: 評価書}\n"),
        ("｛→一覧｝のとおり", "別紙:\n  - {題名: 一覧, 内容: 文}\n  - ▼{題名: 図, 内容: 文}\n"),
        ("｛→一覧｝のとおり", "別紙:\n  - {題名: 一覧, 内容: ｛→評価書｝のとおり}\n別添:\n  - {題名: 評価書}\n"),
    ],
)
def test_wherever_it_might_be_cited(content: str, annexes: str) -> None:
    plain, expected = marked(reason(content) + annexes, " ".join(["annex-uncited"] * annexes.count("▼")))
    assert compose(plain, template=BOUND).faults == expected
