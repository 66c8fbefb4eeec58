"""The ways that an arrow of a 流れ図 may take, and the course of each, wherever boxes and tracks come to stand.

A line leaves a step at its foot or a side. It runs straight down; straight across; across and then down; or through
passages (the bands between rows) and a gutter (beside the boxes of a lane, within it). All lines to one step enter at
its head, over which they join; the only line to a step may come straight across to its side. In a gutter or passage
the lines to one step share a track, those to another have another. Passage r is above row r.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from kotobuki.case.figures import FigureWords, Flow, Step
from kotobuki.drawing import Point
from kotobuki.lazy_dataclasses import dataclass

Side = Literal["left", "right", "foot", "top"]
Gutter = tuple[int, Literal["left", "right"]]
"""On one side of the boxes of a lane."""

Channel = Gutter | int
"""A gutter, or a passage by its number."""

_SIDES: tuple[Literal["left", "right"], ...] = ("right", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An arrow from `leave` of the source to `enter` of the target.

    gutter    the gutter that it runs in, if any
    out, over the passage under its source and above its target that it runs in, -1: none
    """

    source: Step
    target: Step
    words: FigureWords
    leave: Side
    enter: Side
    gutter: Gutter | None = None
    out: int = -1
    over: int = -1

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The gutter and passages that it runs in."""
        passages = [each for each in (self.out, self.over) if each >= 0]
        return (self.gutter, *passages) if self.gutter else tuple(passages)


class Places(Protocol):
    """Where everything is that a line may come by."""

    def end(self, step: Step, side: Side) -> Point:
        """Where a line touches a step."""
        ...

    def gutter(self, gutter: Gutter, target: str) -> float:
        """The x of the track of a gutter that leads to a step."""
        ...

    def passage(self, passage: int, target: str) -> float:
        """The y of the track of a passage that leads to a step."""
        ...


def course(way: Way, places: Places) -> Iterator[Point]:
    """The corners of an arrow, from its source to its target."""
    x, y = places.end(way.source, way.leave)
    yield x, y
    if way.out >= 0:
        y = places.passage(way.out, way.target.name)
        yield x, y
    if way.gutter:
        x = places.gutter(way.gutter, way.target.name)
        yield x, y
    if way.over >= 0:
        y = places.passage(way.over, way.target.name)
        yield x, y
    tip = places.end(way.target, way.enter)
    if way.enter == "top" and x != tip[0]:
        yield tip[0], y
    yield tip


class Grid:
    """Which places of lanes and rows are taken; rows are counted without gaps."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._by_name = {step.name: step for step in flow.steps}
        self.rows = {row: at for at, row in enumerate(sorted({step.row for step in flow.steps}))}
        self._cells = {(step.lane, self.row(step)) for step in flow.steps}
        targets = [branch.target for step in flow.steps for branch in step.branches]
        self._joined = {target for target in targets if targets.count(target) > 1}

    def row(self, step: Step) -> int:
        """The row of a step, from 0."""
        return self.rows[step.row]

    def ways(self) -> list[list[Way]]:
        """For each arrow, in the order of the steps, all ways that it may take."""
        return [
            list(self._ways(step, self._by_name[branch.target], branch.words))
            for step in self._flow.steps
            for branch in step.branches
        ]

    def _ways(self, source: Step, target: Step, words: FigureWords) -> Iterator[Way]:
        lane, row, goal = source.lane, self.row(source), self.row(target)

        def way(leave: Side, enter: Side = "top", gutter: Gutter | None = None, out: int = -1, over: int = -1) -> Way:
            return Way(
                source=source, target=target, words=words, leave=leave, enter=enter, gutter=gutter, out=out, over=over
            )

        towards: Side = "left" if target.lane < lane else "right"
        if lane == target.lane and row < goal and self._clear_column(lane, row, goal):
            yield way("foot")
        if lane != target.lane and self._clear_row(row, lane, target.lane):
            decides = target.kind == "decision"  # whose sides are those of its own branches
            if row == goal and not decides and target.name not in self._joined:
                yield way(towards, "left" if towards == "right" else "right")
            free = (target.lane, row) not in self._cells
            if row < goal and free and self._clear_column(target.lane, row, goal):
                yield way(towards)
        if lane != target.lane and goal == row + 1:
            yield way("foot", out=goal)
        for side in _SIDES:
            yield way(side, gutter=(lane, side), over=goal)
        if goal != row + 1:
            for at in dict.fromkeys((lane, target.lane)):
                for side in _SIDES:
                    yield way("foot", gutter=(at, side), out=row + 1, over=goal)

    def _clear_column(self, lane: int, above: int, below: int) -> bool:
        return not any((lane, row) in self._cells for row in range(above + 1, below))

    def _clear_row(self, row: int, one: int, other: int) -> bool:
        first, last = sorted((one, other))
        return not any((lane, row) in self._cells for lane in range(first + 1, last))
