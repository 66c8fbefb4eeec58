"""What one paper counts and collects while it is laid flat: targets, identifiers, lists, scopes of terms, labels.

The ground on which `flattening` (content), `regulations`, `annexes` and `outline` stand: each adds what it meets, none
knows the others' blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.labels import LabelsExhaustedError, parse_label
from kotobuki.japanese.widths import DigitWidths
from kotobuki.numbering.draft import Names
from kotobuki.numbering.targets import Target, TargetHeading
from kotobuki.reading.inlines import Anchor, Inlines, Text, plain
from kotobuki.settings.terms import Term


class Book:
    """The book of one paper.

    `targets`: in the order met. `scopes`: the names that may be used in each scope of terms, by its number: 0 = the
    paper's own, then one for each regulation that is bound in.
    """

    def __init__(self, names: Names, diagnostics: Diagnostics) -> None:
        self.names, self.style, self.diagnostics = names, names.style, diagnostics
        self.targets: list[Target] = []
        self.scopes: dict[int, Names] = {0: names}
        self._series = 0
        self._anchors_at: dict[str, Place] = {}

    def scope_of(self, terms: Mapping[str, Term]) -> int:
        """A new scope, of a regulation with terms of its own."""
        number = len(self.scopes)
        self.scopes[number] = replace(self.names, terms={**self.names.terms, **terms})
        return number

    def next_series(self) -> int:
        """A number for a list, by which references know its items to be of one list (（１）及び（２）)."""
        self._series += 1
        return self._series

    def label(self, sample: str, number: int, place: Place) -> tuple[str, bool]:
        """The label of a number, and whether text follows at the tab stop (no bracket closes it)."""
        try:
            return _label(sample, number, self.style.digits)
        except LabelsExhaustedError as exhausted:
            self.diagnostics.error(
                place,
                "labels-exhausted",
                f"項目が多すぎて番号（{exhausted}）が尽きました",
                "見出しを立てて項目を分けてください",
            )
            _, tab = _label(sample, 1, self.style.digits)
            return sample, tab

    def add(self, target: Target) -> Target:
        """Enter a target of references; the target."""
        self.targets.append(target)
        return target

    def heading(self, title: Inlines, place: Place, names: tuple[str, ...] = ()) -> TargetHeading:
        """What a target with a title is called: the `names` of its form or key, its title, its identifiers."""
        match title:
            case (Text(text=words),):  # as most are
                anchors: tuple[str, ...] = ()
            case _:
                words, anchors = plain(title), self.anchors(title)
        called: tuple[str, ...] = (words,) if words else ()
        if names or anchors:
            called = tuple(dict.fromkeys(filter(None, (*names, words, *anchors))))
        return TargetHeading(called, title, place)

    def note_anchor(self, name: str, place: Place) -> None:
        """An identifier that is given as a key."""
        if name:
            self._anchors_at[name] = place

    def adopt(self, inlines: Inlines, owner: Target | None) -> None:
        """An identifier inside a paragraph names the item, row or section around it."""
        anchors = self.anchors(inlines)
        if anchors and owner:
            self.targets.append(replace(owner, heading=replace(owner.heading, names=anchors)))

    def anchors(self, inlines: Inlines) -> tuple[str, ...]:
        """The identifiers in `inlines`, each of which may stand but once in a paper."""
        found = [inline for inline in inlines if isinstance(inline, Anchor)]
        if not found:
            return ()
        for anchor in found:
            first = self._anchors_at.setdefault(anchor.name, anchor.place)
            if first != anchor.place:
                self.diagnostics.error(
                    anchor.place,
                    "anchor-twice",
                    f"｛＃{anchor.name}｝が二つあります（最初は{first.line}行目です）",
                    "参照のための名前は、一つずつ別にしてください",
                )
        return tuple(anchor.name for anchor in found)


@lru_cache(maxsize=1024)
def _label(sample: str, number: int, digits: DigitWidths) -> tuple[str, bool]:
    """A label, and whether text follows at the tab stop. Raises `LabelsExhaustedError`."""
    pattern = parse_label(sample)
    assert pattern is not None  # samples are checked where they are read
    return pattern.label(number, digits), not pattern.closed
