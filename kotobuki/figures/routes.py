"""Which way each arrow of a システム図 or スキーム図 takes, before anything has a place.

Columns 0 … n-1 of parties have channels 0 … n beside them: channel c is on the left of column c. An arrow stands
upright between neighbours of one column (inner), goes straight across (straight), turns once in the channel beside
its column (turned), or leads round below all columns (far).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kotobuki.case.figures import Connection, Party, Relations
from kotobuki.lazy_dataclasses import dataclass

_UPRIGHT = 2  # arrows that stand between neighbours of a column: more leave no room for their captions
RouteKind = Literal["inner", "straight", "turned", "far"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An arrow with its ends: `left` and `right` (upper and lower in one column) and the channels at either."""

    link: Connection
    way: RouteKind
    left: Party
    right: Party
    first: int
    last: int

    @property
    def spans(self) -> range:
        """The channels of a straight arrow."""
        return range(self.first, self.last + 1)


def routes(figure: Relations) -> list[Route]:
    """The way of each arrow, in their order."""
    by_name = {party.name: party for party in figure.parties}
    ends = [_in_place(by_name[link.source], by_name[link.target]) for link in figure.links]
    inner = [(left, right) for left, right in ends if _is_inner(left, right, figure.parties)]
    return [
        Route(
            link=link,
            way=_way(left, right, figure.parties, inner, ends[:at].count((left, right))),
            left=left,
            right=right,
            first=left.column + 1,
            last=_last(left, right),
        )
        for at, (link, (left, right)) in enumerate(zip(figure.links, ends, strict=True))
    ]


def _in_place(one: Party, other: Party) -> tuple[Party, Party]:
    """The left party first, the upper one of a column."""
    return (one, other) if (one.column, one.row) < (other.column, other.row) else (other, one)


def _last(left: Party, right: Party) -> int:
    return right.column if right.column > left.column else left.column + 1


def _is_inner(upper: Party, lower: Party, parties: Sequence[Party]) -> bool:
    """Whether both stand in one column with nobody between them."""
    return upper.column == lower.column and not any(
        party.column == upper.column and upper.row < party.row < lower.row for party in parties
    )


def _way(
    left: Party, right: Party, parties: Sequence[Party], inner: Sequence[tuple[Party, Party]], before: int
) -> RouteKind:
    """The way between two parties who have `before` arrows already."""
    if _is_inner(left, right, parties):
        return "inner" if before < _UPRIGHT else "turned"
    between = range(left.column + 1, right.column)
    if left.row == right.row and not (
        any(party.column in between and party.row == left.row for party in parties)
        or any(upper.column in between and upper.row < left.row < lower.row for upper, lower in inner)
    ):
        return "straight"
    return "far" if between else "turned"
