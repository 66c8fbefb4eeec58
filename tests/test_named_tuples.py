"""A named tuple is as that of `typing`, but for what its annotations say."""

from __future__ import annotations

import pickle
import typing

import pytest

from kotobuki.named_tuples import NamedTuple


class Ours(NamedTuple):
    """A place."""

    line: int
    column: int = 1
    names: tuple[str, ...] = ()

    @property
    def both(self) -> int:
        """The two numbers as one."""
        return 100 * self.line + self.column


class Theirs(typing.NamedTuple):
    line: int
    column: int = 1
    names: tuple[str, ...] = ()


def test_it_is_a_tuple_with_names() -> None:
    made = Ours(2, names=("甲",))
    assert made == (2, 1, ("甲",)) == Theirs(2, names=("甲",))
    assert (made.line, made.both, made[2], repr(made)) == (
        2,
        201,
        ("甲",),
        repr(Theirs(*made)).replace("Theirs", "Ours"),
    )
    assert pickle.loads(pickle.dumps(made)) == made
    assert made._replace(line=3) == (3, 1, ("甲",))
    match made:
        case Ours(line, column):
            assert (line, column) == (2, 1)
    for name in ("_fields", "_field_defaults", "__match_args__", "__slots__", "__annotations__"):
        mine, other = getattr(Ours, name), getattr(Theirs, name)
        assert mine == other or list(mine) == list(other)
    assert (Ours.__doc__, Ours.__module__, Ours.__qualname__) == ("A place.", __name__, "Ours")


def test_what_has_no_default_comes_first() -> None:
    with pytest.raises(TypeError, match="Wrong"):

        class Wrong(NamedTuple):  # type: ignore[misc]  # this is the fault
            line: int = 1
            column: int
