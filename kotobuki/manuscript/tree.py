"""A YAML file as a tree that knows its layout: comments, blank lines, styles and places.

Made by `parse`, read by `writing` and `merging`. Lines and columns count from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass

Position = tuple[int, int]
"""Line and column."""


@dataclass(slots=True, eq=False, kw_only=True)
class Leaf:
    """A text or an alias. `text`: as `case.scalars` joins it. `last`: the last line that it stands on."""

    text: str
    start: Position
    end: Position
    last: int
    quoted: bool = False
    block: bool = False
    anchor: str = ""
    alias: str = ""


@dataclass(slots=True, eq=False, kw_only=True)
class Collection:
    """A list or mapping. `column`: of its entries, where it is a block. `tail`: comments behind its last entry."""

    kind: Literal["list", "mapping"]
    start: Position
    flow: bool = False
    anchor: str = ""
    end: Position = (0, 0)
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    @property
    def column(self) -> int:
        """Where the entries of a block stand."""
        return self.entries[0].at[1] if self.entries else self.start[1]

    @property
    def last(self) -> int:
        """The last line of its last entry, or of its closing bracket."""
        return self.end[0] if self.flow or not self.entries else self.entries[-1].last


@dataclass(slots=True, eq=False, kw_only=True)
class Entry:
    """An entry of a mapping, or (without a key) of a list.

    at      of its key or hyphen
    above   the lines above it that belong to it: comments, and "" for blank lines
    behind  the comments that stand behind it on a line
    below   the comments where its value would be, if it has none
    """

    key: Leaf | None
    value: Leaf | Collection
    at: Position
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Its last line, from 0, comments below it left out."""
        return max(self.at[0], self.key.last if self.key else 0, self.value.last)


@dataclass(slots=True, eq=False)
class Tree:
    """A file: the comments at its top (a "" at the end: a blank line below them), and its mapping.

    `held`: the lines within texts, and of comments that belong to what stands before them: not to the entry below.
    """

    root: Collection
    lines: tuple[str, ...]
    head: list[str] = field(default_factory=list)
    held: set[int] = field(default_factory=set)


def entries_of(collection: Collection) -> Iterator[Entry]:
    """Every entry in it, however deep, in the order of the file."""
    for entry in collection.entries:
        yield entry
        if isinstance(entry.value, Collection):
            yield from entries_of(entry.value)


def comments_of(tree: Tree) -> list[str]:
    """The text of every comment, sorted."""
    found = [*tree.head, *tree.root.tail]
    for entry in tree.root.entries:
        found += comments_in(entry)
    return sorted(each for each in found if each)


def comments_in(entry: Entry) -> list[str]:
    """The text of every comment that belongs to an entry, or to something in it."""
    inner = entry.value if isinstance(entry.value, Collection) else None
    within = [each for found in (inner.entries if inner else ()) for each in comments_in(found)]
    own = (*entry.above, *entry.behind, *entry.below, *(inner.tail if inner else ()))
    return [*(each for each in own if each), *within]


def has_aliases(tree: Tree) -> bool:
    """Whether anything in it repeats something before it, so that their order matters."""
    return any(
        isinstance(each, Leaf) and each.alias for entry in entries_of(tree.root) for each in (entry.key, entry.value)
    )
