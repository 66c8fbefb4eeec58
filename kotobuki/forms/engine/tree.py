"""A template as it is run: statements and expressions of closed kinds, made by `reading` of what Jinja has parsed.

Each expression knows the line and column it begins at (column 0: the line alone is known). They are plain values, so that
a template that was read once is remembered, and Jinja is not even loaded for it.
"""

from __future__ import annotations

from typing import Literal

from kotobuki.named_tuples import NamedTuple

Place = tuple[int, int]
"""Line and column."""


class Words(NamedTuple):
    """What stands outside the braces."""

    text: str


class Print(NamedTuple):
    """{{ … }}."""

    value: Expression


class If(NamedTuple):
    """{% if %}: its tests, each with what is run where it is the first to hold; and what is run where none does."""

    branches: tuple[tuple[Expression, Body], ...]
    otherwise: Body


class For(NamedTuple):
    """{% for %}. `otherwise`: where there is no turn."""

    place: Place
    target: Target
    rows: Expression
    test: Expression | None
    body: Body
    otherwise: Body


class Assign(NamedTuple):
    """{% set %}."""

    target: Target
    value: Expression


class Targets(NamedTuple):
    """Names for the elements of a list."""

    place: Place
    names: tuple[Target, ...]


Target = str | Targets
Statement = Words | Print | If | For | Assign
Body = tuple[Statement, ...]


class Name(NamedTuple):
    """A value by its name."""

    place: Place
    name: str


class Member(NamedTuple):
    """What a group of values calls `name`."""

    place: Place
    of: Expression
    name: str


class Element(NamedTuple):
    """What stands in a list at a number, or in a group under a name."""

    place: Place
    of: Expression
    at: Expression


class Const(NamedTuple):
    """A text, a number, true or false."""

    place: Place
    value: str | float


class List(NamedTuple):
    """[…] or (…)."""

    place: Place
    items: tuple[Expression, ...]


class Call(NamedTuple):
    """A function of templates, a filter or a test with its subject in front, and what it is given."""

    place: Place
    kind: Literal["function", "filter", "test"]
    name: str
    subject: Expression | None
    given: tuple[Expression, ...]
    named: tuple[tuple[str, Expression], ...]


class Choice(NamedTuple):
    """… if … else …; nothing is printed where there is no other."""

    place: Place
    test: Expression
    value: Expression
    otherwise: Expression | None


class Both(NamedTuple):
    """… and …."""

    place: Place
    left: Expression
    right: Expression


class Either(NamedTuple):
    """… or …."""

    place: Place
    left: Expression
    right: Expression


class Not(NamedTuple):
    """not …."""

    place: Place
    value: Expression


class Compare(NamedTuple):
    """A value and what it is compared with, one after the other: Jinja's name of each comparison."""

    place: Place
    first: Expression
    others: tuple[tuple[str, Expression], ...]


class Concat(NamedTuple):
    """… ~ …."""

    place: Place
    parts: tuple[Expression, ...]


class Sign(NamedTuple):
    """A number with + or - in front."""

    place: Place
    negative: bool
    value: Expression


class Sum(NamedTuple):
    """Two numbers computed. `operation`: as Jinja calls it, Add."""

    place: Place
    operation: str
    left: Expression
    right: Expression


Expression = (
    Name | Member | Element | Const | List | Call | Choice | Both | Either | Not | Compare | Concat | Sign | Sum
)
