"""Where a cursor stands, told from indents alone."""

from __future__ import annotations

import pytest

from kotobuki.editor.text.cursor import cursor_at


@pytest.mark.parametrize(
    ("text", "path", "at", "word"),
    [
        ("▼", (), "key", ""),
        ("様▼", (), "key", "様"),
        ("様式: ▼", ("様式",), "value", ""),
        ("様式: 試験\n▼", (), "key", ""),
        ("主管課:\n  - 総▼", ("主管課", 0), "item", "総"),
        ("根拠:\n  ▼", ("根拠",), "key", ""),
        ("根拠:\n  条例: 第▼", ("根拠", "条例"), "value", "第"),
        ("依頼: {番号: 82, 日▼", ("依頼",), "key", "日"),
        ("依頼: {番号: 82, 日付: 2▼}", ("依頼", "日付"), "value", "2"),
        ("別紙:\n  - 題名: 甲\n    内▼", ("別紙", 0), "key", "内"),
        ("別紙:\n- 題名: 甲\n  内容:\n  - ｛表▼", ("別紙", 0, "内容", 0), "item", "｛表"),
        ("目的: >-\n  甲は｛区▼", ("目的",), "text", "甲は｛区"),
        ("目的: >-\n  甲: 乙\n  ▼", ("目的",), "text", ""),
        ("目的: >-\n  甲\n▼", (), "key", ""),
        ("目的: 甲\n  つ▼", ("目的",), "text", "つ"),
        ("甲:\n  - 乙:\n      - 丙\n  - ▼", ("甲", 1), "item", ""),
        ("甲:\n  - 乙: 1\n    丙: 2\n  - ▼", ("甲", 1), "item", ""),
        ("甲:\n  - >-\n    乙\n  - 丙▼", ("甲", 1), "item", "丙"),
        ("列: [甲, 乙▼", ("列", 1), "item", "乙"),
        ("甲: [乙,\n  丙▼]\n丁: 1", ("甲", 1), "item", "丙"),
        ("甲: [{乙: '丙, 丁▼", ("甲", 0, "乙"), "value", "'丙, 丁"),
        ("甲: [乙]\n丙: ▼", ("丙",), "value", ""),
        ("甲: [乙\n丙: 1\n丁: ▼", ("甲", 0), "item", "乙丙: 1丁: "),
        ("'甲: 乙': ▼", ("甲: 乙",), "value", ""),
        ("# 甲: ▼", (), "text", ""),
        ("甲: 乙  # 丙: 丁\n▼", (), "key", ""),
    ],
)
def test_the_path_to_a_cursor_is_told(text: str, path: tuple[str | int, ...], at: str, word: str) -> None:
    lines = text.split("\n")
    row = next(number for number, line in enumerate(lines) if "▼" in line)
    column = lines[row].index("▼")
    lines[row] = lines[row].replace("▼", "")
    found = cursor_at(lines, (row, column))
    assert (found.path, found.at, found.word) == (path, at, word)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("甲は｛区", "区"), ("｛区｝と｛", ""), ("｛区｝", None), ("甲", None), ("｛｛区", None), ("｛※→注", "※→注")],
)
def test_an_open_mark_is_seen(text: str, mark: str | None) -> None:
    assert cursor_at([f"目的: {text}"], (0, 4 + len(text))).mark == mark
