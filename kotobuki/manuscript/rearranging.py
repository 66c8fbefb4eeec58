"""Entries of a list or mapping put in, taken out and moved in the source, with the comments that belong to them.

In: a `Tree`, and the lines of its source with their ends. Out: edits. Entries that have lines of their own go as whole lines
(`parts`); those in brackets as what stands between the commas. Every other byte stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript import scalars
from kotobuki.manuscript.edits import Edit, Span, at, line_end
from kotobuki.manuscript.parts import Part, is_divisible, parts_of
from kotobuki.manuscript.tree import Collection, Entry, Leaf, Position, Tree
from kotobuki.manuscript.writing import entry_lines

Value = str | list["Value"] | dict[str, "Value"]
"""What a part of a file says: a text, a list, keys in their order."""
_COLON = re.compile(r"[ \t]*:")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_NOWHERE = (0, 0)
_WIDEST = 100
"""Characters up to which a row of cells stands in brackets."""


def built(value: Value) -> Leaf | Collection:
    """A value as it stands in no file yet: a list within a list, a row of a table, is in brackets if it is short."""
    match value:
        case str():
            return Leaf(text=value, start=_NOWHERE, end=_NOWHERE, last=0)
        case list():
            entries = [Entry(key=None, value=_row(each), at=_NOWHERE) for each in value]
            return Collection(kind="list", start=_NOWHERE, entries=entries)
        case dict():
            return Collection(kind="mapping", start=_NOWHERE, entries=[_entry(*each) for each in value.items()])


def _row(value: Value) -> Leaf | Collection:
    made = built(value)
    if (
        isinstance(made, Collection)
        and isinstance(value, list)
        and value
        and all(isinstance(each, str) for each in value)
    ):
        made.flow = not any("\n" in str(each) for each in value) and sum(len(str(each)) for each in value) < _WIDEST
        for entry in made.entries:
            if made.flow and isinstance(entry.value, Leaf):
                entry.value.quoted = not entry.value.text  # [甲, ] would be one cell
    return made


def _entry(key: str, value: Value) -> Entry:
    return Entry(key=Leaf(text=key, start=_NOWHERE, end=_NOWHERE, last=0), value=built(value), at=_NOWHERE)


def item_lines(value: Value, column: int, known_keys: tuple[str, ...] = ()) -> list[str]:
    """The lines of a new item of a list, its hyphen in that column."""
    return entry_lines(Entry(key=None, value=_row(value), at=_NOWHERE), column, known_keys)


def key_lines(key: str, value: Value, column: int, known_keys: tuple[str, ...] = ()) -> list[str]:
    """The lines of a new key with its value."""
    return entry_lines(_entry(key, value), column, known_keys)


def in_brackets(value: Value, known_keys: tuple[str, ...] = (), where: scalars.Where = "flow item") -> str:
    """A value as it stands between commas."""
    match value:
        case str():
            return scalars.in_one_line(value, where, "", known_keys) if value else "''"
        case list():
            return f"[{', '.join(in_brackets(each, known_keys) for each in value)}]"
        case dict():
            return f"{{{', '.join(key_in_brackets(*each, known_keys) for each in value.items())}}}"


def key_in_brackets(key: str, value: Value, known_keys: tuple[str, ...] = ()) -> str:
    """A key with its value as it stands between commas."""
    name = scalars.in_one_line(key, "flow key", "", known_keys)
    return f"{name}: {in_brackets(value, known_keys, 'flow value')}"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The entries of a list or mapping that have lines of their own."""

    lines: Sequence[str]
    parts: Sequence[Part]

    @property
    def column(self) -> int:
        """Of their keys or hyphens."""
        return self.parts[0].column

    def of(self, index: int) -> list[str]:
        """The lines of an entry without their ends; blanks in the place of a hyphen that stands before it."""
        part = self.parts[index]
        found = [each.rstrip("\r\n") for each in self.lines[part.first : part.end]]
        row = part.entry.at[0] - part.first
        found[row] = " " * part.column + found[row][part.column :]
        return found

    def all(self) -> list[list[str]]:
        """The lines of each."""
        return [self.of(index) for index in range(len(self.parts))]

    def becomes(self, entries: Sequence[Sequence[str]]) -> Edit:
        """All of them give way to these. The first may have to stand beside the hyphen of an outer list."""
        first = self.parts[0]
        row = first.entry.at[0]
        before = self.lines[row][: first.column]
        last = self.lines[self.parts[-1].end - 1]
        end = line_end(self.lines, row)
        closing = end if last.endswith(("\n", "\r")) else ""
        upto = (self.parts[-1].end, 0) if closing else (self.parts[-1].end - 1, len(last))
        found = [line for entry in entries for line in entry]
        if not before.strip():
            return Edit(
                (first.first, 0),
                upto,
                "".join(line + end for line in found[:-1]) + "".join(found[-1:]) + (closing if found else ""),
            )
        if not found:
            return Edit((row, len(before.rstrip())), (self.parts[-1].end - 1, len(last.rstrip("\r\n"))), "")
        above = [*takewhile(lambda line: line.lstrip()[:1] in ("", "#"), found)]
        hyphen = " " * (len(before) - len(before.lstrip()))
        head = [hyphen + line.lstrip() if line.strip() else "" for line in above]
        rest = found[len(above) :]
        body = [before + rest[0][first.column :], *rest[1:]] if rest else []
        return Edit((row, 0), upto, end.join([*head, *body]) + closing)


def rows_in(tree: Tree, lines: Sequence[str], path: Sequence[int]) -> Rows | None:
    """The entries of the list or mapping that the indexes lead to; None where they have no lines of their own."""
    collection, end = tree.root, len(tree.lines)
    for index in path:
        if not is_divisible(tree, collection):
            return None
        part = parts_of(tree, collection, end)[0][index]
        if not isinstance(part.entry.value, Collection):
            return None
        collection, end = part.entry.value, part.end
    return Rows(lines, parts_of(tree, collection, end)[0]) if is_divisible(tree, collection) else None


@dataclass(frozen=True, slots=True, eq=False)
class Brackets:
    """The entries of a list or mapping in brackets."""

    lines: Sequence[str]
    collection: Collection

    def of(self, index: int) -> str:
        """The source of an entry."""
        return between(self.lines, self._span(index))

    def all(self) -> list[str]:
        """The source of each."""
        return [self.of(index) for index in range(len(self.collection.entries))]

    def with_one(self, index: int, text: str) -> Edit:
        """One more entry."""
        entries = self.collection.entries
        if not entries:
            opening = self._opening()
            return at(opening).becomes(text)
        if index < len(entries):
            return at(self._span(index).start).becomes(f"{text}, ")
        return at(self._span(index - 1).end).becomes(f", {text}")

    def without(self, index: int) -> Iterator[list[Edit]]:
        """One less, and one comma; or, where a comment stands between them, only what stands before that."""
        entries = self.collection.entries
        own = self._span(index)
        if index + 1 < len(entries):
            yield [Edit(own.start, self._span(index + 1).start, "")]
        yield [Edit(self._span(index - 1).end if index else own.start, own.end, "")]
        row, column = own.end
        comma = _COMMA.match(self.lines[row], column)
        yield [Edit(own.start, (row, comma.end()) if comma else own.end, "")]

    def becomes(self, entries: Sequence[str]) -> list[Edit]:
        """As many entries, each in the place of one."""
        return [self._span(index).becomes(text) for index, text in enumerate(entries) if text != self.of(index)]

    def _opening(self) -> Position:
        """Behind the opening bracket, its anchor passed over."""
        row, column = self.collection.start
        sign = "[" if self.collection.kind == "list" else "{"
        return row, self.lines[row].index(sign, column) + 1

    def _span(self, index: int) -> Span:
        entry = self.collection.entries[index]
        return Span(entry.at, end_of_entry(entry, self.lines))


def end_of_entry(entry: Entry, lines: Sequence[str]) -> Position:
    """Where an entry in brackets ends."""
    value = entry.value
    written = isinstance(value, Collection) or value.text or value.quoted or value.alias or value.anchor
    if written or entry.key is None:
        return value.end
    row, column = entry.key.end
    colon = _COLON.match(lines[row], column)
    return (row, colon.end()) if colon else entry.key.end


def between(lines: Sequence[str], span: Span) -> str:
    """What stands from one place to another."""
    (first, start), (last, end) = span.start, span.end
    if first == last:
        return lines[first][start:end]
    return lines[first][start:] + "".join(lines[first + 1 : last]) + (lines[last][:end] if last < len(lines) else "")
