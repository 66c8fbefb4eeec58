"""A YAML file as text with positions: what `reading` gives out and every typed reader takes in.

Scalars stay as written (no 14:00 → 840); folded lines are joined by the rules of Japanese text (see `reading`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from typing import assert_never

from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as written. `segments` maps offsets in `value` to places: (offset, line, column), ascending."""

    value: str
    path: str
    segments: tuple[tuple[int, int, int], ...] = field(compare=False)
    quoted: bool = field(default=False, compare=False)

    def place(self, offset: int = 0) -> Place:
        """Where the character at `offset` of `value` stands in the file."""
        start, line, column = self.segments[0]
        if offset and len(self.segments) > 1:
            starts = [segment[0] for segment in self.segments]
            start, line, column = self.segments[max(bisect_right(starts, offset) - 1, 0)]
        return Place(self.path, line, column + offset - start)

    def places(self, start: int, end: int) -> tuple[tuple[int, Place], ...]:
        """The places of `value[start:end]`: (offset from `start`, place), one for each stretch of one source line."""
        if len(self.segments) == 1:
            at, line, column = self.segments[0]
            return ((0, Place(self.path, line, column + start - at)),)
        inner = tuple(
            (offset - start, Place(self.path, line, column))
            for offset, line, column in self.segments
            if start < offset < end
        )
        return ((0, self.place(start)), *inner)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list, in the style of a block (- …) or in brackets."""

    items: tuple[Node, ...]
    at: Place = field(compare=False)

    def place(self) -> Place:
        """Where the list begins."""
        return self.at


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping; `entries` in the order written, keys unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    at: Place = field(compare=False)

    def place(self) -> Place:
        """Where the mapping begins."""
        return self.at

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        for name, value in self.entries:
            if name.value == key:
                return value
        return None


Node = Scalar | Sequence | Mapping


def children(node: Node) -> tuple[Node, ...]:
    """What stands right in a node, in the order written: entries of a list; of a mapping, each key and its value."""
    match node:
        case Scalar():
            return ()
        case Sequence():
            return node.items
        case Mapping():
            return tuple(each for entry in node.entries for each in entry)
        case _:
            assert_never(node)


def texts_in(node: Node) -> list[Scalar]:
    """Every text in a node, keys too, in the order written."""
    found: list[Scalar] = []
    waiting: list[Node] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Scalar):
            found.append(each)
        elif isinstance(each, Sequence):
            waiting += each.items[::-1]
        else:
            for entry in each.entries[::-1]:
                waiting += entry[::-1]
    return found


def mappings_in(node: Node) -> list[Mapping]:
    """Every mapping in a node, in the order written: each before what it holds."""
    found: list[Mapping] = []
    waiting: list[Node] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Sequence):
            waiting += each.items[::-1]
        elif isinstance(each, Mapping):
            found.append(each)
            waiting += [value for _, value in each.entries[::-1]]
    return found


def all_nodes(node: Node) -> Iterator[Node]:
    """The node and all that is in it, in the order written, keys too: each before what it holds."""
    waiting: list[Node] = [node]
    while waiting:
        each = waiting.pop()
        yield each
        if not isinstance(each, Scalar):
            waiting += children(each)[::-1]
