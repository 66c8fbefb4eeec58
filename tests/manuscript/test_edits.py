"""A YAML edited in its source: what is changed, and that nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.samples import read

from kotobuki.diagnostics import Diagnostics
from kotobuki.manuscript import edits
from kotobuki.manuscript.edits import Edit
from kotobuki.reading.nodes import Mapping, Scalar

Change = Callable[[Scalar, Scalar, list[str]], Edit | None]


def changed(text: str, change: Change) -> str | None:
    """The text with the value of 甲, at the top or below 表, changed; None where there is no certain place."""
    node = read(text, Diagnostics())
    assert isinstance(node, Mapping)
    inner = node.get("表")
    entries = inner.entries if isinstance(inner, Mapping) else node.entries
    key, value = next(entry for entry in entries if entry[0].value == "甲")
    assert isinstance(value, Scalar)
    lines = edits.lines_of(text)
    edit = change(key, value, lines)
    return "".join(edits.edited(lines, [edit])) if edit else None


def replaced(key: Scalar, value: Scalar, lines: list[str]) -> Edit | None:
    span = edits.value(key, value, lines)
    return span.becomes("新") if span else None


def replaced_within_quotes(_: Scalar, value: Scalar, lines: list[str]) -> Edit | None:
    span = edits.words(value, lines)
    return span.becomes("新") if span else None


def put_behind_colon(key: Scalar, _: Scalar, lines: list[str]) -> Edit | None:
    colon = edits.behind_colon(key, lines)
    return colon.becomes(" 新") if colon else None


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (replaced, "甲: 旧  # 注\n乙: 他\n", "甲: 新  # 注\n乙: 他\n"),
        (replaced, "甲: '旧'\r\n乙: 他\r\n", "甲: 新\r\n乙: 他\r\n"),
        (replaced, "表: {甲: 旧, 乙: 他}", "表: {甲: 新, 乙: 他}"),
        (replaced, "甲: 旧い\n  もの\n乙: 他\n", "甲: 新\n乙: 他\n"),
        (replaced, "甲:  >-\n  旧い\n  もの\n", "甲:  新\n"),
        (replaced, '甲: "旧\\x41"\n', None),
        (replaced, "甲:\n", None),
        (replaced_within_quotes, "甲: '旧'\n", "甲: '新'\n"),
        (replaced_within_quotes, "甲: ''\n", "甲: '新'\n"),
        (replaced_within_quotes, "甲: 旧い\n  もの\n", None),
        (put_behind_colon, "甲:  # 注\n", "甲: 新  # 注\n"),
        (put_behind_colon, "'甲' :\n", "'甲' : 新\n"),
        (edits.without, "甲: 旧  # 注\n乙: 他\n", "乙: 他\n"),
        (edits.without, "乙: 他\n甲: 旧", "乙: 他\n"),
        (edits.without, "表: {甲: 旧, 乙: 他}\n", "表: {乙: 他}\n"),
        (edits.without, "表: {乙: 他, 甲: 旧}\n", "表: {乙: 他}\n"),
        (edits.without, "表: {甲: 旧}\n", "表: {}\n"),
        (edits.without, "甲: 旧い\n  もの\n", None),
    ],
)
def test_one_value_is_changed(change: Change, before: str, after: str | None) -> None:
    assert changed(before, change) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("表: {乙: 他}\n", "表: {甲: 1, 丙: 2, 乙: 他}\n"),
        ("表: {}\n", "表: {甲: 1, 丙: 2}\n"),
        ("表: &a { 乙: 他}\n", "表: &a {甲: 1, 丙: 2,  乙: 他}\n"),
        ("表:\r\n    乙: 他\r\n", "表:\r\n    甲: 1\r\n    丙: 2\r\n    乙: 他\r\n"),
        ("表:\n  # 注\n  乙: 他\n", "表:\n  甲: 1\n  丙: 2\n  # 注\n  乙: 他\n"),
    ],
)
def test_entries_are_put_first(before: str, after: str) -> None:
    node = read(before, Diagnostics())
    assert isinstance(node, Mapping) and isinstance(node.entries[0][1], Mapping)
    lines = edits.lines_of(before)
    edit = edits.with_entries(node.entries[0][0], node.entries[0][1], {"甲": "1", "丙": "2"}, lines)
    assert edit and "".join(edits.edited(lines, [edit])) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲: 1\n乙: 2\n", "甲: 1\n丙: 3\n乙: 2\n"),
        ("甲: 1\n\n# 乙のこと\n乙: 2\n", "甲: 1\n丙: 3\n\n# 乙のこと\n乙: 2\n"),
        ("甲:\n  - 1\n  - 2", "甲:\n  - 1\n  - 2\n丙: 3"),
        ("甲: 1\r\n", "甲: 1\r\n丙: 3\r\n"),
    ],
)
def test_a_line_is_put_below_an_entry(before: str, after: str) -> None:
    node = read(before, Diagnostics())
    assert isinstance(node, Mapping)
    lines = edits.lines_of(before)
    edit = edits.with_line(node.entries, 0, "丙: 3", lines)
    assert edit and "".join(edits.edited(lines, [edit])) == after


def test_several_edits_are_made_at_once_and_one_that_is_told_twice_but_once() -> None:
    lines = edits.lines_of("甲: 1\n乙: 2\n")
    one, other = Edit((0, 3), (0, 4), "新"), Edit((1, 3), (1, 4), "別")
    assert "".join(edits.edited(lines, [one, other, one])) == "甲: 新\n乙: 別\n"
