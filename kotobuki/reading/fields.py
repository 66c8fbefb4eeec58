"""The keys of a mapping, asked for one by one, and what is said of those that are missing, unknown or misspelt.

In: a `Mapping` and the keys that its reader asks for, each with the kind of its value. Out: values; and diagnostics. A
reader gets None for a value that is wrong, already reported, and goes on. Mappings whose keys are always the same are
declared instead (`records`); this is for those that are grammars of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from kotobuki.diagnostics import Diagnostics, nearest
from kotobuki.reading.asking import is_blank, shortened, suggestion
from kotobuki.reading.kinds import Kind, ask_of
from kotobuki.reading.nodes import Mapping, Node

T = TypeVar("T")


class Fields:
    """Reads the values of one mapping. `what` is what users call it (案件, 会議, …).

    `value` and `node` take a key and return its value, or None if it is absent, empty or wrong. `required`: absent and
    empty are errors. `finish` reports the keys that nobody asked for, and those that are missing, unless one of the
    former is one of the latter misspelt.
    """

    def __init__(self, mapping: Mapping, diagnostics: Diagnostics, what: str) -> None:
        """Nothing is read yet."""
        self.mapping_node = mapping
        self.written = {name.value: value for name, value in mapping.entries}
        self.diagnostics = diagnostics
        self.what = what
        self.known: dict[str, None] = {}  # in the order asked for, which is the order to show
        self.missing: dict[str, str] = {}  # with an example of each

    def node(self, key: str, *, required: bool = False, example: str = "…") -> Node | None:
        """The value as it stands, whatever it is; `example` shows how to write one."""
        self.known[key] = None
        value = self.written.get(key)
        if value is not None and not is_blank(value):
            return value
        if required:
            if value is None:
                self.missing[key] = example
            else:
                place = next(name.place() for name, _ in self.mapping_node.entries if name.value == key)
                remedy = f"「{key}: {example}」のように書いてください"
                self.diagnostics.error(place, "missing-value", f"「{key}」の値がありません", remedy)
        return None

    def value(self, key: str, kind: Kind[T], *, required: bool = False, example: str = "") -> T | None:
        """The value of that kind."""
        ask = ask_of(kind, key, required=required, example=example)
        node = self.node(key, required=required, example=ask.example)
        return None if node is None else kind.read(node, ask, self.diagnostics)

    def finish(self, meant: Collection[str] = ()) -> None:
        """Report the keys that nobody asked for, and the missing ones; `meant`: keys whose misspelling is reported elsewhere."""
        if not self.missing and self.written.keys() <= self.known.keys():
            return
        known = list(self.known)
        told = {each.place for each in self.diagnostics.found}
        unknown = [
            key for key, _ in self.mapping_node.entries if key.value not in self.known and key.place() not in told
        ]
        misspelt = {nearest(key.value, known) for key in unknown}
        for name, example in self.missing.items():
            if name not in misspelt and name not in meant:
                reason, remedy = f"{self.what}に「{name}」がありません", f"「{name}: {example}」のように書いてください"
                self.diagnostics.error(self.mapping_node.place(), "missing-key", reason, remedy)
        for key in unknown:
            reason = f"{self.what}では、キー「{shortened(key.value)}」は使えません"
            self.diagnostics.error(key.place(), "unknown-key", reason, *suggestion(key.value, known, "使えるキーは、"))
