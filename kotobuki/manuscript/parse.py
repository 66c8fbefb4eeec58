"""From the lines of a YAML file to its `Tree`: marks from `reading.structure`, then comments and blank lines in place.

Rule: a comment behind something belongs to that entry; one on a line of its own to the entry below it, or, if it is
indented like the entries of the list or mapping above it and nothing more of that follows, to the end of that one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import assert_never

from kotobuki.manuscript.tree import Collection, Entry, Leaf, Position, Tree, entries_of
from kotobuki.named_tuples import NamedTuple
from kotobuki.reading import scalars, source
from kotobuki.reading.nodes import Mapping
from kotobuki.reading.parse import sound_node
from kotobuki.reading.structure import StructureMark, structure

_SIGN = re.compile(r"(?:^|(?<=[ \t]))#")
_PROPERTIES = re.compile(r"(?:[ \t]+|[&!][^ \t]*)*")


def read_tree(data: bytes) -> Tree | None:
    """The tree of a file's bytes; None where it has errors, is empty or no mapping."""
    return parse(source.sound_lines(data)) if isinstance(sound_node(data), Mapping) else None


def parse(lines: tuple[str, ...]) -> Tree:
    """The tree of lines that `reading.parse` has read without error, as a mapping."""
    builder = _Builder(lines)
    next(builder.marks)  # the beginning of the document
    root = builder.value(next(builder.marks))
    assert isinstance(root, Collection)
    tree = Tree(root, lines, held=builder.inner)
    _place_comments(tree, builder)
    return tree


class _Builder:
    """Makes the structure, and notes where texts stand (`spans`, and the lines `inner` to them): nothing there is a comment."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.marks: Iterator[StructureMark] = structure(lines)
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.inner: set[int] = set()

    def value(self, mark: StructureMark) -> Leaf | Collection:
        """The text, list or mapping that begins at a mark, read up to its end."""
        match mark.kind:
            case "list":
                return self._list(mark)
            case "mapping":
                return self._mapping(mark)
            case "text" | "alias":
                return self._leaf(mark)
            case "document" | "end":
                raise AssertionError(f"no value begins with {mark}")
            case _:
                assert_never(mark.kind)

    def _list(self, mark: StructureMark) -> Collection:
        made = Collection(kind="list", start=mark.extent.start, flow=mark.flow, anchor=mark.anchor)
        dash = self._content(mark)
        while (inner := next(self.marks)).kind != "end":
            value = self.value(inner)
            if made.entries:
                dash = self._dash(made.entries[-1].last, made.column, value.start)
            made.entries.append(Entry(key=None, value=value, at=value.start if mark.flow else dash))
        made.end = inner.extent.end
        return made

    def _mapping(self, mark: StructureMark) -> Collection:
        made = Collection(kind="mapping", start=mark.extent.start, flow=mark.flow, anchor=mark.anchor)
        while (inner := next(self.marks)).kind != "end":
            key = self._leaf(inner)
            made.entries.append(Entry(key=key, value=self._value_of(key, next(self.marks)), at=key.start))
        made.end = inner.extent.end
        return made

    def _value_of(self, key: Leaf, mark: StructureMark) -> Leaf | Collection:
        """The value of a key; of one without a colon (`? key`), for which YAML has its place further below, right behind it."""
        line, column = mark.extent.start
        empty = mark.kind == "text" and mark.extent.start == mark.extent.end
        if empty and (line >= len(self.lines) or self.lines[line][column - 1 : column] != ":"):
            return Leaf(text="", start=key.end, end=key.end, last=key.last)
        return self.value(mark)

    def _leaf(self, mark: StructureMark) -> Leaf:
        extent = mark.extent
        if mark.kind == "alias":
            return Leaf(text="", start=extent.start, end=extent.end, last=extent.end[0], alias=mark.anchor)
        runs = scalars.source_runs(self.lines, extent)
        scalar = scalars.read_scalar(runs, extent.style, "", (0, 0))
        quoted = extent.style in ("'", '"')
        for run in runs:
            start = run.column - 1
            self.spans.setdefault(run.line - 1, []).append((start - quoted, start + len(run.text) + quoted))
        block = extent.style in ("|", ">")
        texts = [run.line - 1 for run in runs if run.text]
        last = (texts or [extent.start[0]])[-1] if block else extent.end[0]
        self.inner.update(range(extent.start[0] + 1, last + 1))
        return Leaf(
            text=scalar.value,
            start=extent.start,
            end=extent.end,
            last=last,
            quoted=quoted,
            block=block,
            anchor=mark.anchor,
        )

    def _content(self, mark: StructureMark) -> Position:
        """Where a list's first hyphen stands: behind its anchor."""
        line, column = mark.extent.start
        while mark.anchor:
            match = _PROPERTIES.match(self.lines[line], column)
            column = match.end() if match else column
            if self.lines[line][column : column + 1] not in ("", "#"):
                break
            line, column = line + 1, 0
        return line, column

    def _dash(self, after: int, column: int, before: Position) -> Position:
        """The hyphen of a later entry: alone in the column of its list."""
        for line in range(after + 1, before[0] + 1):
            text = self.lines[line]
            if (
                text[column : column + 1] == "-"
                and not text[:column].strip()
                and text[column + 1 : column + 2].strip() == ""
            ):
                return line, column
        return before


class _Comment(NamedTuple):
    """`own`: nothing stands before it on its line."""

    text: str
    at: Position
    own: bool


def _comment(line: str, number: int, places: list[tuple[int, int]]) -> _Comment | None:
    """The comment on a line, where it is outside the texts that stand on it."""
    for match in _SIGN.finditer(line):
        at = match.start()
        if not any(start <= at < end for start, end in places):
            return _Comment(line[at:].rstrip(), (number, at), not line[:at].strip())
    return None


def _place_comments(tree: Tree, builder: _Builder) -> None:
    """Each comment to where it belongs; a blank line goes with the comment or, if none, the entry below it."""
    root = tree.root
    first = root.entries[0].at if root.entries else root.end
    begins: dict[int, Entry] = {}
    for entry in entries_of(root):
        begins.setdefault(entry.at[0], entry)
    top: list[str] = []
    blank = False
    for number, line in enumerate(tree.lines):
        if not line.strip():
            blank = blank or number not in builder.inner
            continue
        comment = _comment(line, number, builder.spans.get(number, []))
        target = top
        if comment and comment.at > first:
            target, held = _above(root, comment.at) if comment.own else (_behind(root, comment.at, top), False)
            tree.held |= {number} if held else set()
        if comment and comment.own:
            target += [""] * blank
        elif blank and number in begins:
            (top if begins[number].at == first else begins[number].above).append("")
        if comment:
            target.append(comment.text)
        blank = False
    _split_top(tree, top)


def _split_top(tree: Tree, top: list[str]) -> None:
    """What stands above the first entry is about the file; but below a blank line, about that entry."""
    while top and not top[0]:
        top.pop(0)
    at = len(top) - top[::-1].index("") if "" in top else len(top)
    tree.head = top[:at]
    comments = [number for number, line in enumerate(tree.lines) if line.lstrip().startswith("#")]
    tree.held.update(comments[: sum(map(bool, tree.head))])
    if tree.root.entries:
        tree.root.entries[0].above[:0] = top[at:]


def _before(entries: list[Entry], at: Position) -> int:
    """The index of the last of these entries that begins before `at`; -1 if none does."""
    return bisect_right([entry.at for entry in entries], at) - 1


def _behind(collection: Collection, at: Position, owner: list[str]) -> list[str]:
    """Where a comment at the end of a line goes: to the innermost entry before it that is still open there."""
    index = _before(collection.entries, at)
    if index < 0:
        return owner
    entry = collection.entries[index]
    value = entry.value
    if isinstance(value, Collection) and value.start < at and (at < value.end or not value.flow):
        return _behind(value, at, entry.behind)
    return entry.behind


def _above(collection: Collection, at: Position) -> tuple[list[str], bool]:
    """Where a comment on a line of its own goes, and whether that is to something before it."""
    entries, index = collection.entries, _before(collection.entries, at)
    if index >= 0:
        entry, value = entries[index], entries[index].value
        if at < value.start and not (isinstance(value, Collection) and value.entries and not value.flow):
            return entry.above, True  # between the key and what belongs to it
        if isinstance(value, Leaf) and not (value.text or value.quoted or value.alias) and at[1] > entry.at[1]:
            return entry.below, True
        if isinstance(value, Collection) and value.entries and _goes_into(value, collection, at):
            return _above(value, at)
        if isinstance(value, Collection) and not value.entries and value.start < at < value.end:
            return entry.above, True
    if index + 1 < len(entries):
        return entries[index + 1].above, False
    return collection.tail, True


def _goes_into(value: Collection, around: Collection, at: Position) -> bool:
    if value.flow:
        return at < value.end
    return at[0] < value.last or (at[1] >= value.column and (at[1] > around.column or around.flow))
