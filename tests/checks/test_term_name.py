"""A term whose name ｛…｝ takes for something else."""

from __future__ import annotations

import pytest
from support.samples import CASE, citing, compose, marked


@pytest.mark.parametrize("name", ["件名", "→甲", "※甲", "＃甲", "＝甲", "｛甲｝", "記入", "甲：正式", "来文"])
def test_a_name_that_no_text_can_mean(name: str) -> None:
    case, expected = marked(CASE + f"用語:\n  ▼{name}: 正式な名称\n", "term-name")
    assert compose(case).faults == expected


def test_a_name_in_a_regulation() -> None:
    law = "別紙:\n  - 規程: {題名: 要領, 用語: {▼件名: 甲}, 本則: [目的: 乙]}\n"
    case, expected = marked(citing(law, "｛→要領｝"), "term-name")
    assert compose(case).faults == expected


def test_any_other_name_will_do() -> None:
    assert compose(CASE + "用語: {甲・乙: 正式な名称, 第1号: 正式な名称}\n").faults == []
