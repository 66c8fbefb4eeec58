"""Which way each arrow of a 流れ図 takes, before anything has a place.

Lane by lane and row by row, every arrow leaves a step at its foot or a side of its own, and takes the plainest way
that is free: straight down; straight across; across and down; or through the gutter beside the lane, to the side of
its target or over its head. Gutter g is on the left of lane g; passage r is above row r.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kotobuki.case.figures import FigureWords, Flow, Step

Side = Literal["left", "right", "foot", "top"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An arrow from `leave` of the source to `enter` of the target.

    gutter    the gutter it runs in, -1: none (it goes straight, or across and down)
    out, over the passage under its source and above its target that it runs in, -1: none
    """

    source: Step
    target: Step
    words: FigureWords
    leave: Side
    enter: Side
    gutter: int = -1
    out: int = -1
    over: int = -1


def ways(flow: Flow) -> list[Way]:
    """The ways of all arrows, in the order of the steps."""
    return list(_Router(flow).route())


class _Router:
    """Plans arrow after arrow: the straight ones first, since others must not take their sides."""

    def __init__(self, flow: Flow) -> None:
        by_name = {step.name: step for step in flow.steps}
        self.rows = {row: at for at, row in enumerate(sorted({step.row for step in flow.steps}))}
        self.cells = {(step.lane, step.row) for step in flow.steps}
        self.arrows = [(step, by_name[way.target], way.words) for step in flow.steps for way in step.branches]
        self.taken: set[tuple[str, Side]] = set()

    def route(self) -> Iterator[Way]:
        """The way of every branch, in the order of the steps: straight where it can be, else round what is between."""
        found: dict[int, Way] = {}
        for plan in (self._down, self._across, self._across_and_down, self._round):
            for at, (source, target, words) in enumerate(self.arrows):
                if at not in found and (way := plan(source, target, words)):
                    self.taken.add((source.name, way.leave))
                    found[at] = way
        return (found[at] for at in sorted(found))

    def _free(self, step: Step, side: Side) -> bool:
        return (step.name, side) not in self.taken

    def _clear_column(self, lane: int, above: int, below: int) -> bool:
        return not any(at == lane and above < row < below for at, row in self.cells)

    def _clear_row(self, row: int, one: int, other: int) -> bool:
        first, last = sorted((one, other))
        return not any(at == row and first < lane < last for lane, at in self.cells)

    def _down(self, source: Step, target: Step, words: FigureWords) -> Way | None:
        if source.lane != target.lane or not source.row < target.row or not self._free(source, "foot"):
            return None
        if not self._clear_column(source.lane, source.row, target.row):
            return None
        return Way(source=source, target=target, words=words, leave="foot", enter="top")

    def _across(self, source: Step, target: Step, words: FigureWords) -> Way | None:
        leave = _towards(source, target)
        enter: Side = "left" if leave == "right" else "right"
        if source.row != target.row or not (self._free(source, leave) and self._free(target, enter)):
            return None
        if target.kind == "decision" or not self._clear_row(source.row, source.lane, target.lane):
            return None
        self.taken.add((target.name, enter))
        return Way(source=source, target=target, words=words, leave=leave, enter=enter)

    def _across_and_down(self, source: Step, target: Step, words: FigureWords) -> Way | None:
        leave = _towards(source, target)
        if source.lane == target.lane or not source.row < target.row or not self._free(source, leave):
            return None
        if (target.lane, source.row) in self.cells or not self._clear_row(source.row, source.lane, target.lane):
            return None
        if not self._clear_column(target.lane, source.row, target.row):
            return None
        return Way(source=source, target=target, words=words, leave=leave, enter="top")

    def _round(self, source: Step, target: Step, words: FigureWords) -> Way:
        wanted = _towards(source, target)
        sides: tuple[Side, ...] = (wanted, "left" if wanted == "right" else "right")
        leave: Side = next((side for side in sides if self._free(source, side)), "foot")
        right = leave == "right" or (leave == "foot" and wanted == "right")
        gutter = source.lane + 1 if right else source.lane
        enter: Side = "top"
        if target.kind == "step" and target.lane in (gutter - 1, gutter):
            enter = "left" if target.lane == gutter else "right"
        over = self.rows[target.row] if enter == "top" else -1
        return Way(
            source=source,
            target=target,
            words=words,
            leave=leave,
            enter=enter,
            gutter=gutter,
            out=self.rows[source.row] + 1 if leave == "foot" else -1,
            over=over,
        )


def _towards(source: Step, target: Step) -> Side:
    return "left" if target.lane < source.lane else "right"
