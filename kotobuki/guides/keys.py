"""What a key of a YAML file means: from where it is declared.

In: the name of a key. Out: what its declarations say, in their order.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import kotobuki
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.records import Key, Record, keys_of

_HOMES = ("kotobuki.settings.", "kotobuki.case.", "kotobuki.packet.")
"""Where records are declared."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A key. `within`: the keys that have it in their value, "" = not told by the declaration."""

    name: str
    within: str
    about: str
    required: bool


@cache
def meanings() -> tuple[Meaning, ...]:
    """Every key that is declared."""
    found = [*_records()]
    within: dict[type, list[str]] = {}
    for record in found:
        for key in keys_of(record):
            if isinstance(key.kind, Record):
                within.setdefault(key.kind.record, []).append(key.name)
    every = (_meaning(key, within.get(record, [])) for record in found for key in keys_of(record))
    return tuple(dict.fromkeys(every))


def _meaning(key: Key, within: list[str]) -> Meaning:
    return Meaning(key.name, "・".join(dict.fromkeys(within)), key.about, key.required)


def _records() -> Iterator[type]:
    """Every record, once."""
    names = [each.name for each in walk_packages(kotobuki.__path__, "kotobuki.") if each.name.startswith(_HOMES)]
    classes = (found for name in names for _, found in inspect.getmembers(import_module(name), inspect.isclass))
    yield from dict.fromkeys(each for each in classes if dataclasses.is_dataclass(each) and keys_of(each))
