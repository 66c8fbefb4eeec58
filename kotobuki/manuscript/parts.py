"""The lines of a file, divided among the entries of its tree.

In: a tree. Out: `Part`s, which can be taken apart further and put together again in another order or another column, and
what each of them says, as a value to compare: texts and comments, whatever their layout.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import assert_never

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.tree import Collection, Entry, Leaf, Tree

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An entry with its lines, those above it that belong to it included. Its key or hyphen stands in `column`.

    The first one beside the hyphen of a list has blanks in the place of that.
    """

    tree: Tree
    entry: Entry
    first: int
    end: int
    column: int

    @property
    def lines(self) -> Lines:
        """All its lines, those above it that belong to it first, as they stand in the file."""
        return self._blanked(self.first, self.end)

    @property
    def said(self) -> Hashable:
        """What it says, to compare: texts and comments, whatever their layout (`said`)."""
        return said(self.entry)

    @property
    def inner(self) -> Collection | None:
        """What can be taken apart in it: a list or mapping that is no line of brackets."""
        value = self.entry.value
        return value if isinstance(value, Collection) and is_divisible(self.tree, value) else None

    @property
    def head(self) -> Lines:
        """The lines before those of its first inner part; of one that begins beside a hyphen, without the latter."""
        inner = self.inner
        return self._blanked(self.first, _top(self.tree, inner.entries[0])) if inner else self.lines

    @property
    def beside(self) -> bool:
        """Whether its first inner part stands in the line of its hyphen."""
        inner = self.inner
        return inner is not None and inner.entries[0].at[0] == self.entry.at[0]

    def _blanked(self, first: int, end: int) -> Lines:
        lines = list(self.tree.lines[first:end])
        at = self.entry.at[0] - first
        if 0 <= at < len(lines):
            lines[at] = " " * self.column + lines[at][self.column :]
        return tuple(lines)


def parts_of(tree: Tree, collection: Collection, end: int) -> tuple[list[Part], Lines]:
    """The entries of a list or mapping whose lines go up to `end`, and the lines behind the last of them."""
    tops = [_top(tree, entry) for entry in collection.entries]
    last = _bottom(tree, collection.entries[-1], end)
    ends = [*tops[1:], last]
    column = collection.column
    parts = [Part(tree, *each, column) for each in zip(collection.entries, tops, ends, strict=True)]
    return parts, tree.lines[last:end]


def inner_parts(part: Part) -> tuple[list[Part], Lines]:
    """The parts of what can be taken apart in a part."""
    assert part.inner is not None  # asked only of such
    return parts_of(part.tree, part.inner, part.end)


def is_divisible(tree: Tree, collection: Collection) -> bool:
    """Whether each entry has lines of its own: not in brackets, nor with ? before its key."""
    if collection.flow or not collection.entries:
        return False
    first, *others = collection.entries
    before = tree.lines[first.at[0]][: first.at[1]].strip(" -")
    return not before and all(
        entry.at[1] == first.at[1] and not tree.lines[entry.at[0]][: entry.at[1]].strip() for entry in others
    )


def shifted(lines: Iterable[str], by: int) -> Lines:
    """Lines moved to the right, or, as far as there are blanks, to the left."""
    if by >= 0:
        return tuple(" " * by + line if line.strip() else line for line in lines)
    return tuple(line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)


def said(each: Entry | Leaf | Collection | None) -> Hashable:
    """What something says, its comments included; equal for equal content in any layout."""
    match each:
        case None:
            return None
        case Leaf():
            return each.text, each.alias, each.anchor
        case Collection():
            return each.kind, each.anchor, tuple(map(said, each.entries)), texts(each.tail)
        case Entry():
            return said_head(each), said(each.value)
        case _:
            assert_never(each)


def said_head(entry: Entry) -> Hashable:
    """What an entry says besides its value."""
    return said(entry.key), texts(entry.above), texts(entry.behind), texts(entry.below)


def texts(comments: Iterable[str]) -> Lines:
    """Comments without the blank lines between them."""
    return tuple(comment for comment in comments if comment)


def _top(tree: Tree, entry: Entry) -> int:
    """The first of the lines that belong to an entry."""
    top = entry.at[0]
    before = tree.lines[top][: entry.at[1]].strip()
    while not before and top and top - 1 not in tree.held and tree.lines[top - 1].lstrip()[:1] in ("", "#"):
        top -= 1
    return top


def _bottom(tree: Tree, entry: Entry, end: int) -> int:
    """Behind the last line that belongs to an entry: its own, or of a comment that is held by something in it."""
    held = _held(entry)
    bottom = entry.last + 1
    for number in range(entry.last + 1, end):
        if held and number in tree.held:
            held -= 1
            bottom = number + 1
    return bottom


def _held(entry: Entry) -> int:
    """How many comments stand below the last line of an entry and belong to it."""
    count, value = len(texts(entry.below)), entry.value
    if isinstance(value, Collection) and not value.flow:
        count += len(texts(value.tail)) + (_held(value.entries[-1]) if value.entries else 0)
    return count
