"""Two people who edit one YAML at random, line by line as an editor would, never with a word that was there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from kotobuki.manuscript.parse import read_tree
from kotobuki.manuscript.parts import Part, inner_parts, is_divisible, parts_of, shifted
from kotobuki.manuscript.strays import words_of
from kotobuki.manuscript.tree import Collection, Leaf, Tree, entries_of

Lines = list[str]


class RefusedError(Exception):
    """The edit cannot be made there."""


def groups(tree: Tree) -> Iterator[list[Part]]:
    """The entries of each list and mapping whose entries have lines of their own."""
    pending = [parts_of(tree, tree.root, len(tree.lines))[0]]
    for parts in pending:
        pending += [inner_parts(part)[0] for part in parts if part.inner]
        yield parts


def twice(tree: Tree) -> list[str]:
    """The keys that a mapping has twice."""
    mappings = [tree.root, *(entry.value for entry in entries_of(tree.root) if isinstance(entry.value, Collection))]
    keys = [[entry.key.text for entry in each.entries if entry.key] for each in mappings]
    return [key for names in keys for key in names if names.count(key) > 1]


@dataclass
class Editor:
    """One of the two, who signs each new word.

    shared  in this share of the words as the other one does, too
    spot    where in the file, from 0 to 1, both like to edit
    made    the kinds of the edits that were made
    """

    random: Random
    name: str
    shared: float
    spot: float
    made: list[str] = field(default_factory=list)
    written: int = 0

    def edited(self, text: str, edits: int) -> str:
        """The file after some edits, which can be read."""
        for _ in range(30):
            if not edits:
                break
            kind = self.random.choice(KINDS)
            try:
                after = self._edited(text, kind)
            except RefusedError:
                continue
            tree = read_tree(after.encode())
            if tree and is_divisible(tree, tree.root) and not twice(tree) and after != text:
                text, edits = after, edits - 1
                self.made.append(kind)
        return text

    def _edited(self, text: str, kind: str) -> str:
        tree = read_tree(text.encode())
        assert tree
        every = list(groups(tree))
        spots = [(parts, part) for parts in every for part in parts]
        there = self.spot if self.random.random() < 0.6 else self.random.random()
        parts, part = spots[int(there * len(spots))]
        lines = list(tree.lines)
        if lines[part.entry.at[0]][: part.column].strip() and kind not in ("rename", "reword"):
            raise RefusedError  # it begins beside a hyphen
        edit = getattr(self, f"_{kind}")
        return "\n".join(edit(lines, part, self.random.choice(every) if kind == "carry" else parts)).rstrip("\n") + "\n"

    def _word(self) -> str:
        self.written += 1
        return f"{'共' if self.random.random() < self.shared else self.name}新{self.written}"

    def _entry(self, like: Part) -> Lines:
        blanks, word = " " * like.column, self._word()
        if self.random.random() < 0.3:
            head = f"{blanks}{word}:" if like.entry.key else f"{blanks}- {word}の見出し:"
            return [head, f"{blanks}    - {self._word()}の文"]
        return [f"{blanks}{word}: {self._word()}の文" if like.entry.key else f"{blanks}- {word}の文"]

    def _delete(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        if len(parts) == 1:
            raise RefusedError
        return [*lines[: part.first], *lines[part.end :]]

    def _insert(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        at = self.random.choice((part.first, part.end))
        return [*lines[:at], *self._entry(part), *lines[at:]]

    def _rename(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        value = part.entry.value
        key = part.entry.key or (isinstance(value, Collection) and len(value.entries) == 1 and value.entries[0].key)
        return self._replaced(lines, key, self.random.choice(("", key.text if key else "")) + self._word())

    def _reword(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        value = part.entry.value
        words = value.text if isinstance(value, Leaf) else ""
        kept = self.random.choice((0, len(words) // 2))
        return self._replaced(lines, value, words[:kept] + self._word() + words[kept:] * bool(kept))

    def _split(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        value = part.entry.value
        if part.entry.key or not isinstance(value, Leaf) or len(value.text) < 4:
            raise RefusedError
        half = len(value.text) // 2
        return self._replaced(lines, value, f"{value.text[:half]}\n{' ' * part.column}- {value.text[half:]}")

    def _unfold(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        """A text becomes a list of it and another one."""
        value, hyphen = part.entry.value, f"\n{' ' * part.column}  - "
        if not part.entry.key or not isinstance(value, Leaf):
            raise RefusedError
        return self._replaced(lines, value, f"{hyphen}{value.text}{hyphen}{self._word()}")

    def _comment(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        at, blanks = part.entry.at[0], " " * part.column
        comments = [number for number, line in enumerate(lines) if line.lstrip().startswith("#")]
        if comments and self.random.random() < 0.4:
            number = self.random.choice(comments)
            return [*lines[:number], lines[number] + self._word(), *lines[number + 1 :]]
        return [*lines[:at], f"{blanks}# {self._word()}", *lines[at:]]

    def _swap(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        after = next((each for each in parts if each.first == part.end), None)
        if after is None:
            raise RefusedError
        own = (lines[part.first : part.end], lines[after.first : after.end])
        return [*lines[: part.first], *own[1], *own[0], *lines[after.end :]]

    def _duplicate(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        key, own = part.entry.key, lines[part.first : part.end]
        if key:
            own = self._replaced(lines[: part.end], key, key.text + self._word())[part.first :]
        return [*lines[: part.end], *own, *lines[part.end :]]

    def _wrap(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        """An item of a list comes below a heading."""
        if part.entry.key:
            raise RefusedError
        head = f"{' ' * part.column}- {self._word()}の見出し:"
        return [*lines[: part.first], head, *shifted(lines[part.first : part.end], 4), *lines[part.end :]]

    def _move(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        """To another place in its list or mapping."""
        if len(parts) == 1:
            raise RefusedError
        return self._carry(lines, part, parts)

    def _carry(self, lines: Lines, part: Part, parts: list[Part]) -> Lines:
        """Behind an entry of another list or mapping."""
        after = self.random.choice(parts)
        if bool(after.entry.key) != bool(part.entry.key) or part.first <= after.end <= part.end:
            raise RefusedError
        own = shifted(lines[part.first : part.end], after.column - part.column)
        if after.end < part.first:
            return [*lines[: after.end], *own, *lines[after.end : part.first], *lines[part.end :]]
        return [*lines[: part.first], *lines[part.end : after.end], *own, *lines[after.end :]]

    def _replaced(self, lines: Lines, leaf: Leaf | Collection | bool | None, text: str) -> Lines:
        """With another text in the place of one that stands on one line."""
        if not isinstance(leaf, Leaf) or leaf.quoted or leaf.block or leaf.start[0] != leaf.end[0] or not leaf.text:
            raise RefusedError
        row, line = leaf.start[0], lines[leaf.start[0]]
        made = line[: leaf.start[1]] + text + line[leaf.end[1] :]
        return [*lines[:row], *(each.rstrip() for each in made.split("\n")), *lines[row + 1 :]]


KINDS = [
    "delete",
    "insert",
    "rename",
    "reword",
    "split",
    "unfold",
    "comment",
    "swap",
    "duplicate",
    "wrap",
    "move",
    "carry",
]


def words(text: str) -> list[str]:
    """Every key, text and comment of a file."""
    tree = read_tree(text.encode())
    assert tree, text
    return words_of(tree)
