"""A version as a tree of what it says: sections, items, rows, provisions, each with its own words.

What `content_tree`, `case_tree` and `yaml_tree` make, and what is compared. A number that is only a matter of place (an
item's label, the text of a reference) is no part of what is compared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kotobuki.compare.kinds import Kind
from kotobuki.compare.words import Word
from kotobuki.diagnostics import Place


@dataclass(frozen=True, kw_only=True)
class Node:
    """A part of a version.

    kind      what it is: 節, 項目, 行, 段落, 注, 条, 項, 号, 用語 …
    name      by what it is known among its neighbours, whatever its place; "" = by its words
    label     its number as printed, "" = none
    words     its own words: a heading, a text
    seal      the rest of what makes it up and is not words (the lines of a figure)
    level     of an item: that of its label, from 1
    """

    kind: Kind
    words: tuple[Word, ...] = ()
    children: tuple[Node, ...] = ()
    name: str = ""
    label: str = ""
    seal: str = ""
    level: int = 0
    place: Place = field(default=Place(""), compare=False)

    @cached_property
    def text(self) -> str:
        """Its own words, as printed, without its label."""
        return "".join(word.text for word in self.words)

    @cached_property
    def whole(self) -> str:
        """All words, those of its parts too."""
        return "\n".join(node.text for node in self.walk())

    @cached_property
    def identity(self) -> Hashable:
        """Equal for two nodes that say the same, whatever their numbers."""
        keys = tuple(word.key or word.text for word in self.words)
        return self.kind, self.name, keys, self.seal, tuple(child.identity for child in self.children)

    @property
    def title(self) -> str:
        """How it is called: its number and its heading or name."""
        words = self.name if self.kind.traits.named else self.text
        bare = self.label[-1:] in "）)" or not self.label or not words
        return f"{self.label}{'' if bare else ' '}{words}"

    def walk(self) -> Iterator[Node]:
        """Itself and all its parts, in order."""
        yield self
        for child in self.children:
            yield from child.walk()
