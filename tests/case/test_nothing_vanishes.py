"""What was read is printed, or said not to be: random cases, every word of them looked for in the paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
from hypothesis import HealthCheck, given
from support.authors import cases, spoilt_cases
from support.properties import tries
from support.samples import REQUEST, compose, faults, read

from kotobuki.case.figures import words_of
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.document import Figure, Paper, Paragraph, Table, all_blocks
from kotobuki.reading.inlines import plain
from kotobuki.reading.nodes import Node, Scalar, all_nodes, children

TEMPLATE = REQUEST + "{{ 別紙 }}\n"
many = tries(100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def printed(paper: Paper) -> str:
    """Everything that a reader of the paper finds, those who cannot see its figures included."""
    return "\n".join(text for block in all_blocks(paper.blocks) for text in _texts(block))


def _texts(block: Paragraph | Table | Figure) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.label + block.text
        case Figure():
            yield block.description
            yield from map(plain, words_of(block.figure))
        case Table():
            pass


def around(node: Node, word: str) -> list[Node]:
    """The nodes around a word, from the outermost to its own text or key; none in another node."""
    if isinstance(node, Scalar):
        return [node] if word in node.value else []
    inner = next((found for child in children(node) if (found := around(child, word))), [])
    return [node, *inner] if inner else []


def is_named(word: str, node: Node, faults: Collection[Place]) -> bool:
    """Whether a fault names something around a word, or something in the same entry of a section as the word."""
    _, value, *inner = around(node, word)
    entry = {each.place().line for each in all_nodes(inner[0] if inner else value)}
    return any(fault.line in entry or fault in [each.place() for each in (value, *inner)] for fault in faults)


@given(cases())
@many
def test_every_word_of_a_case_is_printed(case: tuple[str, list[str]]) -> None:
    text, words = case
    result = compose(text, template=TEMPLATE)
    if not result.diagnostics.errors:
        assert result.paper is not None
        found = printed(result.paper)
        assert [word for word in words if word not in found] == [], text


@given(spoilt_cases())
@many
def test_what_is_not_printed_is_named(case: tuple[str, list[str]]) -> None:
    text, words = case
    result = compose(text, template=TEMPLATE)
    found = printed(result.paper) if result.paper else ""
    faults = [each.place for each in result.diagnostics.errors]
    node = read(text, Diagnostics())
    for word in words:
        assert word in found or is_named(word, node, faults), (word, text, list(result.diagnostics))


SYSTEM = "｛図｝: {種類: システム図, 説明: 図, 区画: {区: [甲, 乙]}, "
EMPTY = [
    ("｛図｝: {種類: システム図, 説明: 図, 区画: {区: []}}", "figure-empty 1:11"),
    ("｛図｝: {種類: スキーム図, 説明: 図, 当事者: []}", "figure-empty 1:11"),
    ("｛図｝: {種類: 流れ図, 説明: 図, 手順: []}", "figure-empty 1:11"),
    (
        "｛図｝: {種類: 流れ図, 説明: 図, 手順: [甲: {分岐: {可: 乙, 否: 丙, 他: [丁]}}, 乙: {形: 終了}, 丙: {形: 終了}]}",
        "figure-decision 1:57",
    ),
    (SYSTEM + "囲み: {保護: []}}", "figure-area 1:52"),
    (SYSTEM + "囲み: {保護: [甲: 説明]}}", "figure-area 1:60"),
    ("｛日程｝: [2022-05: []]", "event-text 1:22"),
    ("｛表｝: {列: [], 行: [[甲]]}", "table-columns 1:15"),
    ("｛表｝: {列: [[]], 行: [[甲]]}", "table-columns 1:16"),
]


@pytest.mark.parametrize(("block", "fault"), EMPTY)
def test_what_holds_nothing_is_named(block: str, fault: str) -> None:
    assert faults(f"目的: [{block}]") == [fault]
