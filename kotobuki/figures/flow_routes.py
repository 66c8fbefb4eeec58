"""Which way each arrow of a 流れ図 takes, and in which order the tracks stand, before anything has a measure.

In: the described flow. Out: a `Routing`. Of all ways, those are taken under which no two lines to different steps touch,
lines cross as seldom as can be, and each is short and has few corners; ways are exchanged one at a time as long as that
makes the whole better. Everything is weighed on a plan of the page that knows the order of things alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, permutations, product

from kotobuki.case.figures import Flow, Step
from kotobuki.drawing import Point
from kotobuki.figures.flow_ways import Channel, Grid, Gutter, Side, Way, course
from kotobuki.lazy_dataclasses import dataclass

_Stretch = tuple[float, float, float, float]
"""Left, top, right and foot of a straight stretch."""

_TOUCHING = 1000.0  # what it costs that two lines touch which lead to different steps
_CROSSING = 12.0
_CORNER = 2.0
_STEP = 6.0  # the height of a row, the width of a lane
_UNUSUAL = 0.5  # forwards on the left, back on the right
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Routing:
    """The way of each arrow, in the order of the steps; the targets of the tracks of each channel, from left or top."""

    ways: tuple[Way, ...]
    tracks: dict[Channel, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A page of lanes and rows, each 1 wide and high; `place`: from 0 to 1, where a track stands in its channel."""

    grid: Grid
    place: Callable[[Channel, str], float]

    def end(self, step: Step, side: Side) -> Point:
        x, y = {"left": (0.35, 0.7), "right": (0.65, 0.7), "foot": (0.5, 0.9), "top": (0.5, 0.5)}[side]
        return step.lane + x, self.grid.row(step) + y

    def gutter(self, gutter: Gutter, target: str) -> float:
        lane, side = gutter
        return lane + (0.05 if side == "left" else 0.7) + 0.25 * self.place(gutter, target)

    def passage(self, passage: int, target: str) -> float:
        return passage + 0.4 * self.place(passage, target)


@lru_cache(maxsize=64)
def route(flow: Flow) -> Routing:
    """The ways of all arrows and the order of their tracks."""
    grid = Grid(flow)
    ways = _Choice(grid).ways()
    return Routing(ways, _Order(grid, ways).tracks())


class _Choice:
    """A way for each arrow: the cheapest together."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._all = grid.ways()
        self._known: dict[tuple[int, int, int, int], float] = {}
        self._own = [[self._cost(way) for way in ways] for ways in self._all]

    def ways(self) -> tuple[Way, ...]:
        """The ways, first the plainest, each fitted to those before it, then exchanged as long as that helps."""
        chosen: dict[int, int] = {}
        for arrow in sorted(range(len(self._all)), key=lambda at: min(self._own[at])):
            chosen[arrow] = self._best(arrow, chosen)
        for _ in range(_ROUNDS):
            before = dict(chosen)
            for arrow in sorted(chosen):
                chosen[arrow] = self._best(arrow, chosen)
            if chosen == before:
                break
        return tuple(self._all[arrow][chosen[arrow]] for arrow in sorted(chosen))

    def _best(self, arrow: int, chosen: dict[int, int]) -> int:
        def cost(way: int) -> float:
            others = (self._between(arrow, way, *other) for other in chosen.items() if other[0] != arrow)
            return self._own[arrow][way] + sum(others)

        return min(range(len(self._all[arrow])), key=cost)

    def _cost(self, way: Way) -> float:
        """What a way costs by itself."""
        points = list(course(way, _Plan(self._grid, lambda _, __: 0.5)))
        length = sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))
        back = self._grid.row(way.target) <= self._grid.row(way.source)
        unusual = way.gutter is not None and way.gutter[1] == ("right" if back else "left")
        return _STEP * length + _CORNER * (len(points) - 2) + _UNUSUAL * unusual

    def _between(self, one: int, way: int, other: int, its_way: int) -> float:
        """What two ways cost together, with their tracks in the best order."""
        if one > other:
            one, way, other, its_way = other, its_way, one, way
        key = one, way, other, its_way
        if key not in self._known:
            first, second = self._all[one][way], self._all[other][its_way]
            self._known[key] = min(self._costs(first, second), default=0.0)
        return self._known[key]

    def _costs(self, one: Way, other: Way) -> Iterator[float]:
        if one.target is other.target:
            return
        gutters = (0.25, 0.75) if one.gutter and one.gutter == other.gutter else (0.25,)
        passages = (
            (0.25, 0.75) if any(isinstance(each, int) and each in other.channels for each in one.channels) else (0.25,)
        )
        for x, y in product(gutters, passages):

            def place(channel: Channel, target: str, x: float = x, y: float = y) -> float:
                mine = y if isinstance(channel, int) else x
                return mine if target == one.target.name else 1.0 - mine

            plan = _Plan(self._grid, place)
            yield _meeting(_stretches(one, plan), _stretches(other, plan))


class _Order:
    """The tracks of each channel, one at a time moved elsewhere as long as that makes the whole better."""

    def __init__(self, grid: Grid, ways: Sequence[Way]) -> None:
        self._ways = ways
        self._orders: dict[Channel, list[str]] = {}
        self._users: dict[Channel, list[int]] = defaultdict(list)
        for at, way in enumerate(ways):
            for channel in way.channels:
                self._users[channel].append(at)
        for channel, users in self._users.items():
            # In a passage the lines that lead on stand above those to the steps under it.
            ordered = sorted((ways[at].target for at in users), key=lambda step: grid.row(step) == channel)
            self._orders[channel] = list(dict.fromkeys(step.name for step in ordered))
        self._plan = _Plan(grid, self._place)
        self._courses = [_stretches(way, self._plan) for way in ways]

    def tracks(self) -> dict[Channel, tuple[str, ...]]:
        """The targets of the tracks of each channel, from left or top."""
        for _ in range(_ROUNDS):
            improved = [self._improve(channel) for channel in self._orders]
            if not any(improved):
                break
        return {channel: tuple(order) for channel, order in self._orders.items()}

    def _place(self, channel: Channel, target: str) -> float:
        order = self._orders[channel]
        return (order.index(target) + 0.5) / len(order)

    def _improve(self, channel: Channel) -> bool:
        """Whether the tracks of a channel now stand in a better order."""
        start = best = self._orders[channel]
        least = self._cost(channel) if len(best) > 1 else 0.0
        for taken, put in permutations(range(len(start)), 2):
            if least == 0.0:
                break
            moved = [each for each in start if each != start[taken]]
            moved.insert(put, start[taken])
            if (cost := self._cost_of(channel, moved)) < least:
                least, best = cost, moved
        self._cost_of(channel, best)
        return best is not start

    def _cost_of(self, channel: Channel, order: list[str]) -> float:
        self._orders[channel] = order
        for at in self._users[channel]:
            self._courses[at] = _stretches(self._ways[at], self._plan)
        return self._cost(channel)

    def _cost(self, channel: Channel) -> float:
        """What it costs that the lines of a channel meet others, and one another (twice)."""
        return sum(
            _meeting(self._courses[one], self._courses[other])
            for one in self._users[channel]
            for other, way in enumerate(self._ways)
            if way.target is not self._ways[one].target
        )


def _stretches(way: Way, plan: _Plan) -> list[_Stretch]:
    """The straight stretches of a line on a plan."""
    return [(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for (x1, y1), (x2, y2) in pairwise(course(way, plan))]


def _meeting(one: Sequence[_Stretch], other: Sequence[_Stretch]) -> float:
    """What it costs that two lines to different steps meet: little where they cross, much where they touch."""
    cost = 0.0
    for left, top, right, foot in one:
        for its_left, its_top, its_right, its_foot in other:
            if left > its_right or its_left > right or top > its_foot or its_top > foot:
                continue
            upright = its_left < left == right < its_right and top < its_top == its_foot < foot
            across = left < its_left == its_right < right and its_top < top == foot < its_foot
            cost += _CROSSING if upright or across else _TOUCHING
    return cost
