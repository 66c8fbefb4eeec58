"""The texts of a case: what its author wrote as paragraphs, headings and items, wherever they stand.

In: a `Case`. Out: their scalars, marks and all, in the order of the values. Found by walking the values whatever they
are, so that a new kind of block or part of a regulation is in it by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from operator import attrgetter

from kotobuki.case.blocks import DataGroup, Item, Para, PersonalData
from kotobuki.case.case import Case
from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Name, Ref, Text
from kotobuki.reading.nodes import Scalar
from kotobuki.roles import Role

_Authored = Para | Item | PersonalData | DataGroup
"""The values that keep the text they were read from."""
_LEAVES = (Place, Scalar, Text, Name, Ref, Role, type)
"""The most frequent of the values in which there is none: they need not be looked into."""


@dataclass(frozen=True, slots=True)
class Texts:
    """`prose`: each paragraph, heading and item of sections, 別紙 and regulations, each line of 文言; `personal_items`: those of 個人情報."""

    prose: tuple[Scalar, ...]
    personal_items: tuple[Scalar, ...]


def texts_of(case: Case) -> Texts:
    """Every text once, though it may be several paragraphs."""
    prose: dict[int, Scalar] = {id(line.source): line.source for line in case.wordings.values()}
    items: dict[int, Scalar] = {}
    found: list[_Authored] = []
    _gather((case.sections, case.annexes), found)
    for each in found:
        if isinstance(each, PersonalData):
            items |= {id(source): source for source in each.sources}
        elif each.source:
            prose[id(each.source)] = each.source
    return Texts(tuple(prose.values()), tuple(items.values()))


def _gather(values: Iterable[object], found: list[_Authored]) -> None:
    """Adds the values of that kind in some values, in their order. A case is no deeper than its YAML may be."""
    for each in values:
        if isinstance(each, tuple):
            _gather(each, found)
        elif inside := _INSIDE[type(each)]:
            if isinstance(each, (Para, Item, PersonalData, DataGroup)):
                found.append(each)
            _gather(inside(each), found)


class _Inside(dict[type, Callable[[object], tuple[object, ...]] | None]):
    """By the kind of a value, what gives the values of its fields; None = there is none to be looked into."""

    def __missing__(self, kind: type) -> Callable[[object], tuple[object, ...]] | None:
        is_looked_into = is_dataclass(kind) and not issubclass(kind, _LEAVES)
        names = [each.name for each in fields(kind)] if is_looked_into else []
        inside = self[kind] = attrgetter("__class__", *names) if names else None  # a tuple even of one field
        return inside


_INSIDE = _Inside()
