"""A YAML file as text of one item a line, for `git diff` and `git log -p` (a textconv filter).

In: the bytes of a file, of which nothing else is known: git hands over any version of it. Out: text. Rules: what the file says,
in the order written, a sentence a line; quotes, folding, comments and the two ways to write lists make no difference. What
is no YAML comes out as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from kotobuki.case.shapes import sole_entry
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.parse import sound_node

_SENTENCE = re.compile(r"[^。\n]*。[」』）]*|[^。\n]+|\n")
_STEP = "  "


def readable(data: bytes) -> str:
    """The text; what cannot be read comes out as it is."""
    node = sound_node(data)
    if node is None:
        return data.decode("utf-8", errors="replace")
    return "\n".join([*_lines(node, ""), ""])


def _lines(node: Node, indent: str) -> Iterator[str]:
    match node:
        case Scalar():
            yield from (f"{indent}{line}" for line in _sentences(node.value))
        case Mapping():
            for key, value in node.entries:
                yield from _entry(key.value, value, indent, indent + _STEP)
        case Sequence():
            for each in node.items:
                yield from _item(each, indent)
        case _:
            assert_never(node)


def _item(node: Node, indent: str) -> Iterator[str]:
    entry = sole_entry(node)
    if entry is not None:
        yield from _entry(f"- {entry[0].value}", entry[1], indent, indent + _STEP * 2)
        return
    first, *rest = list(_lines(node, "")) or [""]
    yield f"{indent}- {first}"
    yield from (f"{indent}{_STEP}{line}" for line in rest)


def _entry(key: str, value: Node, indent: str, inner: str) -> Iterator[str]:
    """`key: text`, or the key and what stands under it."""
    if not isinstance(value, Scalar):
        yield f"{indent}{key}:"
        yield from _lines(value, inner)
        return
    first, *rest = list(_sentences(value.value)) or [""]
    yield f"{indent}{key}: {first}".rstrip()
    yield from (f"{inner}{line}" for line in rest)


def _sentences(text: str) -> Iterator[str]:
    """A sentence a line; a blank line between paragraphs."""
    yield from (part.strip("\n") for part in _SENTENCE.findall(text))
