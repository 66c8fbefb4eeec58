"""The filters of every template, on texts and lists; those that print something of a paper are `values.Tools`.

In: a value and the arguments of the filter. Out: its result, or `TypeError` for a value of another kind. The caller counts
the characters that come of it, and a result that could be long is counted before it is made (`spend`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast, runtime_checkable

from kotobuki.forms.faults import UnknownNameError

Filter = Callable[..., object]
Spend = Callable[[int], None]
"""Counts steps, or characters; raises `TooMuchError`."""


@runtime_checkable
class Labelled(Protocol):
    """A list whose lines can be had by their labels, too."""

    def labelled(self, name: str) -> object:
        """The content of a line. Raises `UnknownNameError`."""


def printed(value: object) -> str:
    """A value as it is printed: a text, a number, or what has a form of its own. Raises `TypeError` for a group of values."""
    is_group = isinstance(value, (dict, list, tuple)) and type(value).__str__ is object.__str__
    if value is None or isinstance(value, bool) or is_group:
        raise TypeError("一覧や、あるなしの値は、そのまま印字できません")
    return str(value)


def member(value: object, name: object) -> object:
    """What a group calls `name`, or the element of a list by its number. Raises `UnknownNameError`, `IndexError`."""
    match value, name:
        case Mapping(), str() if name in value:
            return cast(object, value[name])
        case Labelled(), str():
            return value.labelled(name)
        case _, str():
            raise UnknownNameError(name, within=True)
        case list() | tuple(), int():
            if not -len(value) <= name < len(value):
                raise IndexError(f"一覧に、{name}番目の値はありません（0から数えます）")
            return cast(object, value[name])
        case _:
            raise TypeError("番号で取り出せるのは、一覧の値だけです")


def filters(spend: Spend) -> dict[str, Filter]:
    """The filters by name."""

    def text(value: object) -> str:
        found = printed(value)  # a group of lines is as long as they are
        spend(len(found))
        return found

    def join(value: object, between: object = "", attribute: str | None = None) -> str:
        if not isinstance(value, (list, tuple)):
            raise TypeError
        texts = [printed(each if attribute is None else member(each, attribute)) for each in value]
        gap = text(between)
        spend(sum(map(len, texts)) + len(texts) * len(gap))
        return gap.join(texts)

    def replace(value: object, old: object, new: object) -> str:
        whole, was, now = text(value), text(old), text(new)
        if not was:
            raise TypeError("置き換える前の文字がありません")
        spend(len(whole) + whole.count(was) * len(now))
        return whole.replace(was, now)

    def default(value: object, other: object = "") -> object:
        return value

    return {
        "default": default,
        "first": lambda value: member(value, 0),
        "join": join,
        "last": lambda value: member(value, -1),
        "length": lambda value: len(value) if isinstance(value, str) else len(_listed(value)),
        "lower": lambda value: text(value).lower(),
        "replace": replace,
        "trim": lambda value: text(value).strip(),
        "upper": lambda value: text(value).upper(),
    }


FILTERS = tuple(filters(lambda size: None))
"""Their names."""


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, (list, tuple)):
        raise TypeError
    return value
