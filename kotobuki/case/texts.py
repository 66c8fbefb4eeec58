"""The texts of a case: what its author wrote as paragraphs, headings and items, wherever they stand.

In: a `Case`. Out: their scalars, marks and all, in the order of the values. Found by walking the values whatever they
are, so that a new kind of block or part of a regulation is in it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from kotobuki.case.blocks import Item, Para, PersonalData
from kotobuki.case.case import Case
from kotobuki.reading.nodes import Scalar

_Authored = Para | Item | PersonalData
"""The values that keep the text they were read from."""


def texts_of(case: Case) -> Iterator[Scalar]:
    """Every paragraph, heading and item of its sections, 別紙 and regulations, each text once."""
    found = [each.source for each in _authored(_content(case)) if isinstance(each, Para | Item) and each.source]
    yield from {id(text): text for text in found}.values()  # one text may be several paragraphs


def personal_items_of(case: Case) -> Iterator[Scalar]:
    """The entries of every 個人情報の項目."""
    for each in _authored(_content(case)):
        if isinstance(each, PersonalData):
            yield from each.sources


def _content(case: Case) -> object:
    return case.sections, case.annexes


def _authored(value: object) -> Iterator[_Authored]:
    if isinstance(value, _Authored):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from _authored(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _authored(getattr(value, part.name))
