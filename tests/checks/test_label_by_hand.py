"""Labels typed at the head of a text."""

from __future__ import annotations

import pytest
from support.rules import assert_flags, reason


@pytest.mark.parametrize(
    "content",
    [
        "[▼（１）甲, ▼ア　乙, ▼①丙, ▼１　丁, ▼・戊, ▼２．己]",
        "[▼（１）甲: 文, ｛文｝: ▼※注の文]",
        "▼（ア）甲",
        "[｛・｝: [▼（１）甲: 文], ｛注｝: ▼・乙, ｛表｝: {行: [[▼①甲, 乙]]}, ｛値｝: {丙: ▼①丁}]",
        "[１階の窓口, ア行の索引, 1,000件, （仮称）甲, ｛＝（１）｝甲, 2022　年, ｛※→注｝甲, ｛※注｝: 文]",
    ],
)
def test_at_the_head_of_each_paragraph_item_and_heading(content: str) -> None:
    assert_flags("label-by-hand", reason(content), severity="warning")


def test_in_every_paragraph_of_a_text() -> None:
    assert_flags("label-by-hand", reason("|-\n  ▼（１）甲\n\n  ▼（２）乙\n\n  丙"), severity="warning")


def test_in_annexes_and_regulations() -> None:
    text = "別紙:\n  - {題名: 甲, 内容: [▼（１）甲]}\n  - 規程: {題名: 乙, 本則: [目的: [甲: [▼（１）乙]]]}\n"
    assert_flags("label-by-hand", reason("甲") + text, severity="warning")
