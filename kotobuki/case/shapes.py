"""The shapes that what authors write can have, told by its keys and by what is left empty."""

from __future__ import annotations

from typing import assert_never

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import is_placeholder


def is_blank(node: Node) -> bool:
    """Whether nothing is written where something is due."""
    match node:
        case Scalar():
            return not node.value.strip()
        case Sequence():
            return not node.items
        case Mapping():
            return not node.entries
        case _:
            assert_never(node)


def block_kind(key: str) -> str | None:
    """The kind that a key such as ｛表｝ names, None for a heading (such as ｛記入：見出し｝)."""
    kind = key[1:-1] if key.startswith("｛") and key.find("｝") == len(key) - 1 else None
    return None if kind is None or is_placeholder(kind) else kind


def sole_entry(node: Node) -> tuple[Scalar, Node] | None:
    """Key and value of a mapping with one key."""
    return node.entries[0] if isinstance(node, Mapping) and len(node.entries) == 1 else None


def expect_list(value: Node, what: str, diagnostics: Diagnostics) -> Sequence | None:
    """A list, or None and an error; `what` is the name of what should have been one: "日程"."""
    if isinstance(value, Sequence):
        return value
    diagnostics.error(
        value.place(), "list-expected", f"{what}には一覧を書きます", "一つずつ、行の頭に「- 」を付けて書いてください"
    )
    return None
