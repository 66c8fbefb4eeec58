"""The texts of a case: what its author wrote as paragraphs, headings and items, wherever they stand.

In: a `Case`. Out: their scalars, marks and all, in the order of the values. Found by walking the values whatever they
are, so that a new kind of block or part of a regulation is in it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args

from kotobuki.case.blocks import DataGroup, Item, Para, PersonalData
from kotobuki.case.case import Case
from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Name, Ref, Text
from kotobuki.reading.nodes import Scalar

_Authored = Para | Item | PersonalData | DataGroup
"""The values that keep the text they were read from."""
_KINDS = frozenset(get_args(_Authored))
_LEAVES = (Place, Scalar, Text, Name, Ref, type)
"""The most frequent of the values in which there is none: they need not be looked into."""
_PLAIN = frozenset(("None", "Inlines", "Period", "Place", "Role", "Scalar", "bool", "float", "int", "str", "tuple"))
"""The words of annotations that say of a field that there is none in it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """`prose`: each paragraph, heading and item of sections, 別紙 and regulations, each line of 文言; `personal_items`: those of 個人情報."""

    prose: tuple[Scalar, ...]
    personal_items: tuple[Scalar, ...]


def texts_of(case: Case) -> Texts:
    """Every text once, though it may be several paragraphs."""
    prose: dict[int, Scalar] = {id(line.source): line.source for line in case.wordings.values()}
    items: dict[int, Scalar] = {}
    for each in _authored((case.sections, case.annexes)):
        if isinstance(each, PersonalData):
            items |= {id(source): source for source in each.sources}
        elif each.source:
            prose[id(each.source)] = each.source
    return Texts(tuple(prose.values()), tuple(items.values()))


def _authored(value: object) -> Iterator[_Authored]:
    """The values of that kind in a value, in its order."""
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting += each[::-1]
            continue
        kind: type = type(each)
        if kind in _KINDS:
            yield each
        for name in _names(kind):
            waiting.append(getattr(each, name))


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a kind of value that may have one in them, the last first; () = there is none to be looked into."""
    if issubclass(kind, _LEAVES) or not is_dataclass(kind):
        return ()
    return tuple(each.name for each in reversed(fields(kind)) if not _PLAIN.issuperset(re.findall(r"\w+", each.type)))
