"""Digits in the running text of a case, half-width in the source as the guide writes them.

In: a tree. Out: its sections' texts with full-width digits made half-width, but only those that the house style sets in its
own width in any case (`japanese.widths`): in the midst of Japanese text, outside ｛ ｝. `blind` is for comparing what a case
says before and after: words of inlines without regard to the width of their digits, everything else as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

from kotobuki.case.head import HEADER
from kotobuki.case.slots import ORDER_KEY
from kotobuki.japanese.widths import DigitWidths, to_half
from kotobuki.manuscript.tree import Leaf, Tree, entries_of
from kotobuki.reading.inlines import Text

_HALF = DigitWidths(single_full=False, several_full=False)
_RUN = re.compile("[0-9]*[０-９][0-9０-９]*")
_EDGES = " \t\n｛｝"
"""Beside these, what stands before or behind on paper is not known."""


def narrow_digits(tree: Tree) -> None:
    """The texts of the sections, changed in place."""
    for section in tree.root.entries:
        if section.key and section.key.text not in (*HEADER, ORDER_KEY):
            inner = [] if isinstance(section.value, Leaf) else entries_of(section.value)
            for leaf in (section.value, *(entry.value for entry in inner)):
                if isinstance(leaf, Leaf):
                    leaf.text = narrowed(leaf.text)


def narrowed(text: str) -> str:
    """A text with the digits that are free to be half-width so."""
    half = _HALF.set_text(text)
    found = list(text)
    for match in _RUN.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        outside = text.count("｛", 0, start) == text.count("｝", 0, start)
        if before and after and before not in _EDGES and after not in _EDGES and outside:
            found[start:end] = half[start:end]
    return "".join(found)


def blind(value: object) -> object:
    """A value of frozen dataclasses, tuples and mappings, the digits of its `Text`s half-width."""
    match value:
        case Text(verbatim=False):
            return replace(value, text=to_half(value.text))
        case tuple():
            return tuple(blind(each) for each in value)
        case Mapping():
            return {key: blind(each) for key, each in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            compared = [blind(getattr(value, each.name)) for each in fields(value) if each.compare]
            return type(value), tuple(compared)
        case _:  # what has no digits of a width that may change
            return value
