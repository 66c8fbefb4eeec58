"""A file while one of its fields is changed: what it says, where, and what may be written there.

In: a `Source`. Out: an `Editing`, which every change asks, and the shape of what a change comes to, `Change`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never, cast

from kotobuki.editor.form.expected import Expected
from kotobuki.editor.form.source import Source
from kotobuki.editor.refusal import RefusalError
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.edits import Edit
from kotobuki.manuscript.rearranging import (
    Rows,
    Value,
    rows_in,
)
from kotobuki.manuscript.retyping import Site
from kotobuki.manuscript.tree import Collection, Leaf
from kotobuki.reading import nodes as n

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change asks for: what the file then says, and ways to edit it so, the best first.

    lost  comments that go with what is taken out
    free  where something else may stand that is not known before
    """

    wanted: Value
    ways: Iterable[list[Edit]]
    lost: tuple[str, ...] = ()
    free: Steps | None = None


class Editing:
    """A file that is changed: what it says, and where. `expected`: what it may say."""

    def __init__(self, source: Source, expected: Expected) -> None:
        self.source, self.expected = source, expected
        self.says = plain(source.node)

    @property
    def lines(self) -> list[str]:
        """Its source."""
        return self.source.lines

    def chain(self, path: Steps) -> list[tuple[Collection, int]]:
        """The lists and mappings that a path leads through, and which of its entries it takes in each."""
        found: list[tuple[Collection, int]] = []
        inner: Leaf | Collection = self.source.tree.root
        for step in path:
            if not isinstance(inner, Collection):
                raise gone()
            index = _index(inner, step)
            found.append((inner, index))
            inner = inner.entries[index].value
        return found

    def entry(self, path: Steps) -> tuple[Collection, int]:
        """The list or mapping that a path leads into, and which of its entries it leads to."""
        if not path:
            raise impossible()
        return self.chain(path)[-1]

    def value(self, path: Steps) -> Leaf | Collection:
        """What stands at a path."""
        if not path:
            return self.source.tree.root
        collection, index = self.entry(path)
        return collection.entries[index].value

    def rows(self, path: Steps) -> Rows | None:
        """The entries of the list or mapping at a path, where they have lines of their own."""
        return rows_in(self.source.tree, self.lines, [index for _, index in self.chain(path)])

    def at(self, path: Steps) -> Value:
        """What the value at a path says."""
        return value_at(self.says, path)

    def changed(self, path: Steps, make: Callable[[Value], Value]) -> Value:
        """What the file says with one value made another."""
        return changed_value(self.says, path, make)

    def expected_at(self, path: Steps) -> Expected:
        """What may stand at a path."""
        expected, node = self.expected, cast(n.Node, self.source.node)
        for step in path:
            if isinstance(node, n.Mapping) and isinstance(step, str):
                expected, node = expected.value(node, step), node.get(step) or node
            elif isinstance(node, n.Sequence) and isinstance(step, int):
                expected, node = expected.item(node), node.items[step]
        return expected

    def node(self, path: Steps) -> n.Node:
        """The node at a path."""
        node: n.Node | None = self.source.node
        for step in path:
            if isinstance(node, n.Mapping) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, n.Sequence) and isinstance(step, int):
                node = node.items[step]
        if node is None:
            raise gone()
        return node

    def site(self, path: Steps) -> Site:
        """Where a value stands."""
        collection, index = self.entry(path)
        return Site(self.lines, collection.entries[index], collection.flow, self.source.known_keys)


def plain(node: n.Node) -> Value:
    """What a node says."""
    match node:
        case n.Scalar():
            return node.value
        case n.Sequence():
            return [plain(each) for each in node.items]
        case n.Mapping():
            return {key.value: plain(value) for key, value in node.entries}
        case _:
            assert_never(node)


def same(one: Value, other: Value) -> bool:
    """Whether both say the same, keys in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def changed_value(value: Value, path: Steps, make: Callable[[Value], Value]) -> Value:
    """What a value says with one in it made another. Raises `RefusalError` where there is none."""
    if not path:
        return make(value)
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return {key: changed_value(each, rest, make) if key == step else each for key, each in value.items()}
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return [changed_value(each, rest, make) if index == step else each for index, each in enumerate(value)]
    raise gone()


def value_at(value: Value, path: Steps) -> Value:
    """What a value in it says. Raises `RefusalError` where there is none."""
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if 0 <= step < len(value):
                value = value[step]
            case _:
                raise gone()
    return value


def _index(collection: Collection, step: str | int) -> int:
    if isinstance(step, int) and collection.kind == "list" and 0 <= step < len(collection.entries):
        return step
    if isinstance(step, str) and collection.kind == "mapping":
        for index, entry in enumerate(collection.entries):
            if entry.key and entry.key.text == step:
                return index
    raise gone()


def gone() -> RefusalError:
    """The refusal where a path leads nowhere: the text has changed meanwhile."""
    return RefusalError("本文が変わったため、この項目が見つかりません", "もう一度選び直してください")


def impossible() -> RefusalError:
    """The refusal where no way does what is asked and nothing else."""
    return RefusalError("この項目は、ここからは書き換えられません", "「本文」で直してください")
