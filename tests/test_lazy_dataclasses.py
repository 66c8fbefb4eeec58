"""A lazy dataclass is as one of the standard library: each behaviour is asked of both."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from kotobuki import lazy_dataclasses


@dataclass(frozen=True, slots=True)
class _StandardPoint:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    place: str = field(default="here", repr=False, kw_only=True)

    @property
    def sum(self) -> int:
        return self.x + self.y


@lazy_dataclasses.dataclass(frozen=True, slots=True)
class _LazyPoint:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    place: str = field(default="here", repr=False, kw_only=True)

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(slots=True, kw_only=True)
class _StandardCounter:
    name: str
    seen: list[int] = field(default_factory=list, init=False)
    count: int = field(default=3, init=False)

    def __post_init__(self) -> None:
        self.count += 1


@lazy_dataclasses.dataclass(slots=True, kw_only=True)
class _LazyCounter:
    name: str
    seen: list[int] = field(default_factory=list, init=False)
    count: int = field(default=3, init=False)

    def __post_init__(self) -> None:
        self.count += 1


def _points(of: Callable[[Any], object]) -> tuple[object, object]:
    return _answer(of, _StandardPoint), _answer(of, _LazyPoint)


def _counters(of: Callable[[Any], object]) -> tuple[object, object]:
    return _answer(of, _StandardCounter), _answer(of, _LazyCounter)


def _answer(of: Callable[[Any], object], cls: type) -> object:
    """What comes of it, or how it fails; without the name of the class."""
    try:
        found = of(cls)
    except (TypeError, FrozenInstanceError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"
    return found.replace("_Lazy", "_Standard") if isinstance(found, str) else found


def _set(each: Any) -> None:  # noqa: ANN401  (a value of either)
    each.x = 5


def _matched(each: object) -> object:
    match each:
        case _StandardPoint(x, y) | _LazyPoint(x, y):
            return x, y
        case _:
            return None


@pytest.mark.parametrize(
    "of",
    [
        lambda cls: repr(cls(1)),
        lambda cls: repr(cls(1, tags=["a"], place="there")),
        lambda cls: cls(),
        lambda cls: cls(1, 2, [], "there"),
        lambda cls: cls(1, z=3),
        lambda cls: cls(1) == cls(1, 2, ["other"]),
        lambda cls: cls(1) == cls(1, place="there"),
        lambda cls: cls(1) == (1, 2),
        lambda cls: cls(1) < cls(2),
        lambda cls: hash(cls(1, 2, ["a"])),
        lambda cls: cls(1).tags is cls(1).tags,
        lambda cls: repr(replace(cls(1), y=7)),
        lambda cls: replace(cls(1), z=7),
        lambda cls: cls(1).sum,
        lambda cls: _set(cls(1)),
        lambda cls: delattr(cls(1), "y"),
        lambda cls: _matched(cls(1)),
        lambda cls: dataclasses.asdict(cls(1)),
        lambda cls: [(each.name, each.default, each.kw_only) for each in fields(cls)],
        lambda cls: (is_dataclass(cls), cls.__slots__, cls.__match_args__, hasattr(cls(1), "__dict__")),
        lambda cls: repr(pickle.loads(pickle.dumps(cls(1, 3, ["a"])))),
        lambda cls: copy.deepcopy(cls(1, 3, ["a"])) == cls(1, 3, ["a"]),
    ],
)
def test_a_frozen_value_is_as_in_the_standard_library(of: Callable[[Any], object]) -> None:
    standard, lazy = _points(of)
    assert lazy == standard


@pytest.mark.parametrize(
    "of",
    [
        lambda cls: repr(cls(name="a")),
        lambda cls: cls("a"),
        lambda cls: cls(),
        lambda cls: cls(name="a") == cls(name="a"),
        lambda cls: hash(cls(name="a")),
        lambda cls: (setattr(each := cls(name="a"), "count", 9), each.count),
        lambda cls: setattr(cls(name="a"), "other", 9),
        lambda cls: repr(pickle.loads(pickle.dumps(cls(name="a")))),
    ],
)
def test_a_value_that_changes_is_as_in_the_standard_library(of: Callable[[Any], object]) -> None:
    standard, lazy = _counters(of)
    assert lazy == standard


def test_a_class_may_say_by_itself_what_is_equal() -> None:
    @lazy_dataclasses.dataclass(frozen=True, slots=True)
    class Own:
        x: int

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "own"

    assert Own(1) == Own(2)
    assert repr(Own(1)) == "own"
    assert hash(Own(1)) == hash((1,))


def test_a_class_that_derives_has_all_fields() -> None:
    @lazy_dataclasses.dataclass(frozen=True, slots=True)
    class Deeper(_LazyPoint):
        depth: int = 0

    deep = Deeper(1, depth=4)
    assert (deep.x, deep.y, deep.depth) == (1, 2, 4)
    assert deep != _LazyPoint(1)


def test_values_are_ordered_by_what_is_compared() -> None:
    @lazy_dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        x: int
        y: int = field(default=0, compare=False)

    @lazy_dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Other(Ordered):
        pass

    assert Ordered(1, 9) < Ordered(2) and Ordered(2) > Ordered(1) and Ordered(1, 9) <= Ordered(1) >= Ordered(1)
    assert not Ordered(1) < Ordered(1, 9)
    with pytest.raises(TypeError):
        Ordered(1) < Other(2)  # type: ignore[operator]  # noqa: B015 - on purpose: another class


def test_a_value_that_holds_itself_is_shown() -> None:
    counter = _LazyCounter(name="a")
    counter.seen.append(counter)  # type: ignore[arg-type]  # on purpose
    assert "..." in repr(counter)
