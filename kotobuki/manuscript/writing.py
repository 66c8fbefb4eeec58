"""A `Tree` in the canonical layout.

In: a tree, its entries in the order in which they shall stand. Out: the lines of the file. Rules: what is below a key is
indented by two, a list as well; brackets stay where they hold plain texts and the line is not too long; a comment stands
above its entry, or two blanks behind it; at most one blank line.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript import scalars
from kotobuki.manuscript.scalars import Where
from kotobuki.manuscript.tree import Collection, Entry, Leaf, Tree

_LINE = 100
"""Characters of a line up to which brackets stay: as `scalars.ONE_LINE`."""


@dataclass(frozen=True, slots=True)
class _Written:
    """An entry: the lines above, its first line and the comments behind that, the lines below."""

    above: list[str]
    line: str
    behind: list[str]
    below: list[str]

    def lines(self, indent: int) -> list[str]:
        """All of it. Where several comments would stand behind one line, the others go above."""
        above = [" " * indent + each if each else "" for each in [*self.above, *self.behind[:-1]]]
        return [*above, "  ".join([self.line, *self.behind[-1:]]).rstrip(" "), *self.below]


def write(tree: Tree, known_keys: Sequence[str] = ()) -> list[str]:
    """The lines of a file. `known_keys`: as `reading.parse.read_text` takes them."""
    writer = _Writer(tuple(known_keys))
    lines = [*tree.head, *writer.block(tree.root, 0)] if tree.root.entries else [*tree.head, "{}", *tree.root.tail]
    if tree.head and tree.head[-1] and tree.root.entries and any(tree.root.entries[0].above):
        lines.insert(len(tree.head), "")  # else these comments would be about the file, too
    return _tidy_blanks(lines)


def flow(collection: Collection) -> str | None:
    """A list or mapping in brackets, in one line; None if it cannot be, as with comments in it."""
    return _Writer(()).flow(collection)


def entry_lines(entry: Entry, indent: int, known_keys: Sequence[str] = ()) -> list[str]:
    """The lines of an entry whose key or hyphen stands at `indent`."""
    return _Writer(tuple(known_keys)).entry(entry, indent).lines(indent)


def _tidy_blanks(lines: list[str]) -> list[str]:
    """No two blank lines together, none at the ends."""
    found = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    while found and not found[0]:
        found.pop(0)
    while found and not found[-1]:
        found.pop()
    return found


class _Writer:
    def __init__(self, known_keys: tuple[str, ...]) -> None:
        self.known_keys = known_keys

    def block(self, collection: Collection, indent: int) -> list[str]:
        """A list or mapping, an entry a line or more."""
        lines = [line for entry in collection.entries for line in self.entry(entry, indent).lines(indent)]
        while lines and not lines[0]:
            lines.pop(0)
        return lines + [" " * indent + each if each else "" for each in collection.tail]

    def entry(self, entry: Entry, indent: int) -> _Written:
        """An entry whose key or hyphen stands at `indent`."""
        first = " " * indent + ("-" if entry.key is None else self.key(entry.key, "key") + ":")
        value, above, behind = entry.value, entry.above, entry.behind
        below = [" " * (indent + 2) + each if each else "" for each in entry.below]
        if isinstance(value, Leaf):
            line, more = self.leaf(value, "item" if entry.key is None else "value")
            more = [" " * (indent + 2) + each if each else "" for each in more]
            return _Written(above, f"{first} {line}" if line else first, behind, more + below)
        text = self.flow(value) if value.flow or not value.entries else None
        if text and (len(first) + 1 + len(text) <= _LINE or not value.entries):
            return _Written(above, f"{first} {text}", behind, below)
        if entry.key is None and not value.anchor:
            return self._compact(entry, value, indent)
        line = f"{first} &{value.anchor}" if value.anchor else first
        return _Written(above, line, behind, self.block(value, indent + 2) + below)

    def _compact(self, entry: Entry, value: Collection, indent: int) -> _Written:
        """An entry of a list whose value begins in the line of its hyphen."""
        head = self.entry(value.entries[0], indent + 2)
        rest = [line for each in value.entries[1:] for line in self.entry(each, indent + 2).lines(indent + 2)]
        tail = [" " * (indent + 2) + each if each else "" for each in value.tail]
        above = [*entry.above, *(each for each in head.above if each)]
        line = " " * indent + "- " + head.line[indent + 2 :]
        return _Written(above, line, [*entry.behind, *head.behind], [*head.below, *rest, *tail])

    def key(self, leaf: Leaf, where: Where) -> str:
        """A key. An alias needs a blank before the colon: that might else be part of it."""
        return f"*{leaf.alias} " if leaf.alias else self.leaf(leaf, where)[0]

    def leaf(self, leaf: Leaf, where: Where) -> tuple[str, list[str]]:
        """A text or an alias: what stands in the line, and the lines below."""
        if leaf.alias:
            return f"*{leaf.alias}", []
        line, below = scalars.written(leaf.text, where, quoted=leaf.quoted, known_keys=self.known_keys)
        return (f"&{leaf.anchor} {line}".rstrip(" ") if leaf.anchor else line), below

    def flow(self, collection: Collection) -> str | None:
        """In brackets; None where that cannot be, or is not in order: with comments, blocks, or several paragraphs."""
        parts = []
        for entry in collection.entries:
            value = entry.value
            if any(entry.above) or entry.behind or entry.below:
                return None
            if isinstance(value, Leaf):
                text: str | None = None if "\n" in value.text else self.leaf(value, self._where(entry))[0]
            else:
                text = self.flow(value) if value.flow or not value.entries else None
            if text is None:
                return None
            parts.append(f"{self.key(entry.key, 'flow key')}: {text}" if entry.key else text)
        if any(collection.tail):
            return None
        anchor = f"&{collection.anchor} " if collection.anchor else ""
        inner = ", ".join(parts)
        return anchor + (f"[{inner}]" if collection.kind == "list" else f"{{{inner}}}")

    def _where(self, entry: Entry) -> Where:
        return "flow item" if entry.key is None else "flow value"
