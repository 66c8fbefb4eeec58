"""Any YAML file as a tree: its keys and its lists. For what is no case, and for cases that cannot be read as such.

In: a node of `reading.nodes`. Out: a `Node`; a key is known by its name, an entry of a list by its words. A text of several lines
is a part a line.
"""

from __future__ import annotations

from typing import assert_never

from kotobuki.case.shapes import sole_entry
from kotobuki.compare.kinds import Kind
from kotobuki.compare.tree import Node
from kotobuki.compare.words import Word, words_of
from kotobuki.reading.nodes import Mapping, Scalar, Sequence
from kotobuki.reading.nodes import Node as Source


def yaml_tree(source: Source) -> Node:
    """The tree of a whole file: a 欄名 a key, a 項目 an entry of a list, a 段落 a line of a text that has several."""
    return Node(kind=Kind.FILE, words=_own(source), children=_parts(source), place=source.place())


def _own(source: Source) -> tuple[Word, ...]:
    """The words of a text of one line."""
    return tuple(words_of(source.value)) if isinstance(source, Scalar) and "\n" not in source.value else ()


def _parts(source: Source) -> tuple[Node, ...]:
    match source:
        case Scalar():
            lines = [line for line in source.value.split("\n") if line] if "\n" in source.value else []
            return tuple(Node(kind=Kind.PARAGRAPH, words=tuple(words_of(line)), place=source.place()) for line in lines)
        case Mapping():
            return tuple(
                Node(kind=Kind.KEY, words=_own(value), children=_parts(value), name=key.value, place=key.place())
                for key, value in source.entries
            )
        case Sequence():
            return tuple(_entry(each) for each in source.items)
        case _:
            assert_never(source)


def _entry(source: Source) -> Node:
    """An entry of a list: a text, a heading with what stands under it, or a group of keys."""
    entry = sole_entry(source)
    if entry is None:
        return Node(kind=Kind.ITEM, words=_own(source), children=_parts(source), place=source.place())
    key, value = entry
    head = tuple(words_of(f"{key.value}："))
    return Node(kind=Kind.ITEM, words=(*head, *_own(value)), children=_parts(value), place=key.place())
