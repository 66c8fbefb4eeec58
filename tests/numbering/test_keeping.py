"""What is kept with what follows it, and which rows are never parted."""

from __future__ import annotations

import pytest
from support.samples import paragraphs, resolved
from support.word_samples import base, cell, document, para, row, table

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Table
from kotobuki.layout.columns import settle_columns

KEPT = """
内容:
  - ｛文｝: 次のとおりとする。
  - ｛表｝: {行: [[甲, 乙]]}
  - ｛文｝: 前の文。次の表に示す。
  - ｛表｝: {行: [[丙, 丁]]}
  - ｛※｝:
      - 注の表は次のとおり
      - ｛表｝: {題名: 注の表, 行: [[戊, 己]]}
"""
IN_CELLS = """
内容:
  - ｛表｝:
      行:
        - [甲, [頭: [下の文], 次の頭: [その下の文]]]
"""


def kept(text: str) -> list[str]:
    blocks = resolved(text).paper.blocks
    return [each.text for each in paragraphs(blocks) if each.keep_next]


def test_a_lead_in_stays_with_its_table_in_notes_too() -> None:
    assert kept(KEPT) == ["内容", "次のとおりとする。", "注の表は次のとおり", "注の表"]


def test_a_heading_in_a_cell_is_kept_but_for_the_first_which_would_keep_the_row() -> None:
    assert kept(IN_CELLS) == ["内容", "次の頭"]


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        (["短い", "文" * 10], True),
        (["短い", "文" * 19], True),
        (["短い", "文" * 30], False),
        (["短い", cell("一", "二")], True),
        (["短い", cell("一", "二", "三")], False),
        (["短い", cell(table("表", (4,), row("内")))], False),
        ([cell("長い文" * 10, rows=2), "文"], True),
    ],
)
def test_a_row_of_two_lines_at_the_most_is_whole(cells: list[str], whole: bool) -> None:
    made = document((para("標準", "前"), table("表", (4, 10), row(*cells)), para("標準", "後")))
    diagnostics = Diagnostics()
    settled = settle_columns(made, base().stylesheet, diagnostics).papers[0].blocks[1]
    assert isinstance(settled, Table) and not list(diagnostics)
    assert settled.rows[0].whole is whole
