"""流れ図: steps in lanes and rows, joined by lines of straight stretches.

In: the described flow, the type and the width in pt. Out: a `Drawing` of that width. Steps of one row share a middle
line. Gutters beside the boxes of each lane and passages between the rows give the lines to each step a track of their
own, and keep room for the words of branches, so that no line touches a word or leaves its lane without need. Lanes
between which no line runs have rows of their own height.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kotobuki.case.figures import Flow, Step
from kotobuki.drawing import Arrow, Box, Drawing, Point
from kotobuki.figures.flow_across import GAP, FlowAcross
from kotobuki.figures.flow_routes import route
from kotobuki.figures.flow_shapes import PAD
from kotobuki.figures.flow_ways import Gutter, Side, course
from kotobuki.figures.type import Type

_PASSAGE_TRACK = 7.0  # between lines in a passage
_SHORTEST = 18.0  # height of a passage: an arrow
_TIP = 11.0  # between the lowest line of a passage and the step below: an arrow head
_EDGE = 8.0  # above the first row and below the last, within the frames of lanes


def draw_flow(flow: Flow, type_: Type, width: float) -> Drawing:
    """The drawing: lanes from left to right, steps from the top. Raises `TooNarrowError` if lanes get too narrow."""
    return _Plan(FlowAcross(flow, route(flow), type_, width)).draw()


class _Plan:
    """A flow with everything placed: `Places` for its lines."""

    def __init__(self, across: FlowAcross) -> None:
        self._across, self._flow, self._type = across, across.flow, across.type
        self._ways, self._tracks = across.routing.ways, across.routing.tracks
        self._rows = {row: at for at, row in enumerate(sorted({step.row for step in self._flow.steps}))}
        self._boxes: dict[str, Box] = {}
        self._lane = {step.name: step.lane for step in self._flow.steps}
        self._group = _groups(self._flow)
        self._down()

    def _down(self) -> None:
        """Rows as high as their steps; passages with labels on top, then tracks."""
        borders = self._across.borders
        lanes = zip(self._flow.lanes, borders, borders[1:], strict=False)
        self._heads = [self._type.set(lane, right - left - 2 * PAD, centred=True) for lane, left, right in lanes]
        y = max(map(self._type.height, self._heads), default=0.0) + (2 * PAD if self._heads else 0.0)
        self._head_height = y
        self._passages: dict[tuple[int, int], float] = {}
        self._middles: dict[tuple[int, int], float] = {}
        self._bottom = max(self._group_down(group, y) for group in set(self._group))
        for step in self._flow.steps:
            shape, middle = self._across.shapes[step.name], self._middles[self._group[step.lane], self._row(step)]
            left = self._across.centres[step.lane] - self._across.box_width / 2
            self._boxes[step.name] = Box(
                x=left,
                y=middle - shape.height / 2,
                width=self._across.box_width,
                height=shape.height,
                words=shape.words,
                shape=shape.outline,
                inset=shape.inset,
                name=step.name,
            )

    def _row(self, step: Step) -> int:
        return self._rows[step.row]

    def _group_down(self, group: int, y: float) -> float:
        """The passages and rows of lanes that belong together, from y on; where they end."""
        for row in range(len(self._rows) + 1):
            self._passages[group, row] = y
            y += self._passage_height(group, row)
            height = self._row_height(group, row)
            self._middles[group, row] = y + height / 2
            y += height
        return y

    def _steps_in(self, group: int, row: int) -> list[Step]:
        return [step for step in self._flow.steps if self._row(step) == row and self._group[step.lane] == group]

    def _row_height(self, group: int, row: int) -> float:
        """As high as its highest step, and as words beside a step need, which stand above the middle of the row."""
        steps = [self._across.shapes[step.name].height for step in self._steps_in(group, row)]
        labels = [
            2 * (self._type.height(self._across.labels[at].words) + GAP)
            for at, way in enumerate(self._ways)
            if at in self._across.labels and way.leave != "foot" and way.source in self._steps_in(group, row)
        ]
        return max((*steps, *labels), default=0.0)

    def _passage_height(self, group: int, passage: int) -> float:
        lines, labels = len(self._lines_in(group, passage)), self._label_height(group, passage)
        if passage in (0, len(self._rows)) and not lines:
            return _EDGE if self._flow.lanes else 0.0
        if not lines and not labels and not self._steps_in(group, passage):  # a row of other lanes
            return 0.0
        return max(labels + _PASSAGE_TRACK * lines + _TIP, _SHORTEST)

    def _lines_in(self, group: int, passage: int) -> list[str]:
        """The targets of the tracks of a passage, from the top."""
        return [name for name in self._tracks.get(passage, ()) if self._group[self._lane[name]] == group]

    def _label_height(self, group: int, passage: int) -> float:
        """The height of the words at the foot of the steps above a passage."""
        heights = [
            self._type.height(self._across.labels[at].words) + GAP
            for at, way in enumerate(self._ways)
            if at in self._across.labels and way.leave == "foot" and way.source in self._steps_in(group, passage - 1)
        ]
        return max(heights, default=0.0)

    # Where lines come by (`Places`).

    def end(self, step: Step, side: Side) -> Point:
        """The middle of a side of a step."""
        box = self._boxes[step.name]
        x, y = box.middle
        return {"left": (box.x, y), "right": (box.right, y), "foot": (x, box.bottom), "top": (x, box.y)}[side]

    def gutter(self, gutter: Gutter, target: str) -> float:
        """The x of a track beside the boxes of a lane."""
        return self._across.track(gutter, target)

    def passage(self, passage: int, target: str) -> float:
        """The y of a track between two rows."""
        group = self._group[self._lane[target]]
        at = self._lines_in(group, passage).index(target)
        return self._passages[group, passage] + self._label_height(group, passage) + _PASSAGE_TRACK * (at + 1)

    # The drawing.

    def draw(self) -> Drawing:
        """Lanes, steps in their order, each with the words of its branches, arrows."""
        shapes: list[Box | Arrow] = list(self._lanes())
        labels: dict[str, list[Box]] = defaultdict(list)
        for at in self._across.labels:
            labels[self._ways[at].source.name].append(self._label(at))
        for step in self._flow.steps:
            shapes += [self._boxes[step.name], *labels[step.name]]
        shapes += self._arrows()
        size, pitch = self._type.size, self._type.pitch
        return Drawing(width=self._across.width, height=self._bottom, size=size, pitch=pitch, shapes=tuple(shapes))

    def _lanes(self) -> Iterator[Box]:
        borders = self._across.borders
        for head, left, right in zip(self._heads, borders, borders[1:], strict=False):
            width, height = right - left, self._head_height
            yield Box(x=left, y=0, width=width, height=self._bottom, name="レーン")
            yield Box(x=left, y=0, width=width, height=height, words=head, filled=True, inset=PAD)

    def _arrows(self) -> Iterator[Arrow]:
        """The lines; of those that join before a step, one alone has a head."""
        tips: set[Point] = set()
        for way in self._ways:
            points = tuple(course(way, self))
            yield Arrow(points, at_end=points[-1] not in tips, name=f"{way.source.name}→{way.target.name}")
            tips.add(points[-1])

    def _label(self, at: int) -> Box:
        """The words of a branch: beside the line that leaves a foot, above one that leaves a side."""
        way, box, label = self._ways[at], self._boxes[self._ways[at].source.name], self._across.labels[at]
        height = self._type.height(label.words)
        x, y = box.middle
        if way.leave == "foot":
            left, top = x + GAP, self._passages[self._group[way.source.lane], self._row(way.source) + 1]
        else:
            left = box.right + GAP if way.leave == "right" else box.x - GAP - label.width
            top = y - GAP / 2 - height
        return Box(x=left, y=top, width=label.width, height=height, words=label.words, shape="none", top=True)


def _groups(flow: Flow) -> list[int]:
    """For each lane the first of those that it is joined to by lines, however far."""
    lanes = {step.name: step.lane for step in flow.steps}
    groups = list(range(max(len(flow.lanes), 1)))
    for step in flow.steps:
        for branch in step.branches:
            one, other = sorted((groups[step.lane], groups[lanes[branch.target]]))
            groups = [one if group == other else group for group in groups]
    return groups
