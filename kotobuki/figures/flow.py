"""流れ図: steps in lanes and rows, joined by lines of straight stretches.

In: the described flow, the type and the width in pt. Out: a `Drawing` of that width. Steps of one row share a middle
line. Gutters beside the lanes and passages between the rows give each line that runs in them a track of its own, and
keep room for the words of branches, so that no line touches a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kotobuki.case.figures import FigureWords, Flow, Step
from kotobuki.drawing import Arrow, Box, Drawing, Point, SetWords, Shape
from kotobuki.figures.flow_routes import Way, ways
from kotobuki.figures.type import NARROWEST_EM, TooNarrowError, Type

_PAD = 5.0  # between a box and its words
_WIDEST = 190.0  # box, in pt: a wider one reads badly
_GUTTER = 8.0  # between a box and the edge of its lane, beside words and tracks
_TRACK = 8.0  # between lines in a gutter
_PASSAGE_TRACK = 7.0  # between lines in a passage
_SHORTEST = 18.0  # height of a passage: an arrow
_TIP = 11.0  # between the lowest line of a passage and the step below: an arrow head
_GAP = 3.0  # between a word and the box and line beside it
_PORT = 7.0  # between two arrows that enter one side
_LONGEST_LABEL = 5.5  # em: longer words of a branch are broken
_DIAMOND_PAD = 1.0  # between the words of a diamond and the box of half its width and height that lies inside it


def draw_flow(flow: Flow, type_: Type, width: float) -> Drawing:
    """The drawing: lanes from left to right, steps from the top. Raises `TooNarrowError` if lanes get too narrow."""
    return _Plan(flow, ways(flow), type_, width).draw()


_SHAPES: dict[str, Shape] = {"step": "box", "decision": "diamond", "start": "round", "end": "round"}
_Track = tuple[str, str, str]


def _track(way: Way) -> _Track:
    """What tells tracks of a gutter or passage apart: arrows from one side to one step join."""
    return way.target.name, way.enter, way.leave


@dataclass
class _Plan:
    """A flow with everything placed."""

    flow: Flow
    ways: Sequence[Way]
    type: Type
    width: float
    boxes: dict[str, Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Settle labels and tracks, then everything across and down the page."""
        self.count = max(len(self.flow.lanes), 1)
        self.rows = {row: at for at, row in enumerate(sorted({step.row for step in self.flow.steps}))}
        longest = _LONGEST_LABEL * self.type.size
        self.labels = {at: self._label(way.words, longest) for at, way in enumerate(self.ways) if way.words}
        self.ports: dict[int, float] = {}
        self._across()
        for at in self.labels:
            if self.ways[at].leave == "foot":  # beside a line from the middle of a box, and no further than the box
                self.labels[at] = self._label(self.ways[at].words, min(longest, self.box_width / 2 - _GAP - 1.0))
        self._down()

    def _label(self, words: FigureWords, longest: float) -> tuple[float, tuple[SetWords, ...]]:
        width = min(self.type.width(words), longest) + 1.0
        return width, self.type.set(words, width)

    # Across: gutters with room for labels on either side of their tracks, boxes of one width between them.

    def _across(self) -> None:
        gutters = range(self.count + 1)
        self.tracks = {gutter: self._tracks_of(gutter) for gutter in gutters}
        left = [self._label_room(gutter - 1, "right") for gutter in gutters]
        right = [self._label_room(gutter, "left") for gutter in gutters]
        middle = [_TRACK * (len(self.tracks[gutter]) + 1) for gutter in gutters]
        for gutter in (0, self.count):
            middle[gutter] = middle[gutter] if self.tracks[gutter] else 0.0
        room = (self.width - sum(left) - sum(right) - sum(middle)) / self.count
        self.box_width = min(room, _WIDEST)
        if self.box_width < 2 * NARROWEST_EM * self.type.size:
            raise TooNarrowError
        spare = (room - self.box_width) / 2
        self.centres, self.borders = [], [0.0]
        self.first_track: list[float] = []
        x = 0.0
        for gutter in gutters:
            if gutter:
                x += spare
            x += left[gutter]
            self.first_track.append(x + _TRACK)
            # The border of two lanes stands half-way between two tracks.
            if 0 < gutter < self.count:
                self.borders.append(x + _TRACK * (len(self.tracks[gutter]) // 2 + 0.5))
            x += middle[gutter] + right[gutter]
            if gutter < self.count:
                x += spare
                self.centres.append(x + self.box_width / 2)
                x += self.box_width
        self.borders.append(self.width)

    def _tracks_of(self, gutter: int) -> list[_Track]:
        """The tracks of a gutter from the left: those that are entered from the left come first."""
        entered = [way for way in self.ways if way.gutter == gutter]
        return list(dict.fromkeys(_track(way) for way in sorted(entered, key=lambda way: way.source.lane >= gutter)))

    def _label_room(self, lane: int, side: str) -> float:
        widths = [
            self.labels[at][0] + 2 * _GAP
            for at, way in enumerate(self.ways)
            if at in self.labels and way.source.lane == lane and way.leave == side
        ]
        return max([_GUTTER if 0 <= lane < self.count else 0.0, *widths])

    def _track_x(self, at: int) -> float:
        gutter = self.ways[at].gutter
        return self.first_track[gutter] + _TRACK * self.tracks[gutter].index(_track(self.ways[at]))

    # Down: rows as high as their steps; passages with labels on top, then lines that leave, then lines that arrive.

    def _down(self) -> None:
        words = {step.name: self._step(step) for step in self.flow.steps}
        lanes = zip(self.flow.lanes, self.borders, self.borders[1:], strict=False)
        self.heads = [self.type.set(lane, right - left - 2 * _PAD, centred=True) for lane, left, right in lanes]
        self.head_height = max(map(self.type.height, self.heads), default=0.0) + (2 * _PAD if self.heads else 0.0)
        y = self.head_height
        self.passage: list[float] = []
        self.middles: list[float] = []
        for row in range(len(self.rows) + 1):
            self.passage.append(y)
            y += self._passage_height(row)
            if row < len(self.rows):
                steps = [step for step in self.flow.steps if self.rows[step.row] == row]
                height = max(*(words[step.name][1] for step in steps), 2 * self._side_label_height(row))
                self.middles.append(y + height / 2)
                y += height
        self.bottom = y
        for step in self.flow.steps:
            text, height = words[step.name]
            x, middle = self.centres[step.lane], self.middles[self.rows[step.row]]
            left, top = x - self.box_width / 2, middle - height / 2
            self.boxes[step.name] = Box(
                x=left,
                y=top,
                width=self.box_width,
                height=height,
                words=text,
                shape=_SHAPES[step.kind],
                inset=self._inset(step),
                name=step.name,
            )

    def _step(self, step: Step) -> tuple[tuple[SetWords, ...], float]:
        """The words of a step and the height of its shape."""
        if step.kind != "decision":
            measure = self.box_width - 2 * _PAD - (self.type.size if step.kind in ("start", "end") else 0.0)
            words = self._set(step, measure)
            sides = sum(way.gutter >= 0 and way.target is step and way.enter != "top" for way in self.ways)
            return words, max(self.type.height(words) + 2 * _PAD, (sides + 1) * 2 * _PORT if sides else 0.0)
        words = self._set(step, self.box_width / 2 - 2 * _DIAMOND_PAD)
        return words, 2 * (self.type.height(words) + _DIAMOND_PAD)

    def _set(self, step: Step, measure: float) -> tuple[SetWords, ...]:
        return (*self.type.set(step.words, measure, centred=True), *self.type.set(step.text, measure))

    def _inset(self, step: Step) -> float:
        if step.kind == "decision":
            return self.box_width / 4 + _DIAMOND_PAD
        return _PAD + (self.type.size / 2 if step.kind in ("start", "end") else 0.0)

    def _passage_height(self, passage: int) -> float:
        if passage in (0, len(self.rows)) and not self._in_passage(passage):
            return _GUTTER if self.flow.lanes else 0.0
        lines = len(self._in_passage(passage))
        tracks = _PASSAGE_TRACK * lines + _TIP if lines else 0.0
        return max(self._label_height(passage) + tracks, self._label_height(passage) + _TIP, _SHORTEST)

    def _side_label_height(self, row: int) -> float:
        """The height of the highest words at the side of a step of the row, which stand above its middle."""
        labels = (self.labels[at][1] for at, way in enumerate(self.ways)
                  if at in self.labels and way.leave != "foot" and self.rows[way.source.row] == row)  # fmt: skip
        return max((self.type.height(words) + _GAP for words in labels), default=0.0)

    def _in_passage(self, passage: int) -> list[tuple[_Track, bool]]:
        """The lines of a passage, from the top: those that leave (True), then those that arrive."""
        leaving = [(_track(way), True) for way in self.ways if way.out == passage]
        return list(dict.fromkeys(leaving + [(_track(way), False) for way in self.ways if way.over == passage]))

    def _label_height(self, passage: int) -> float:
        heights = [
            self.type.height(self.labels[at][1]) + _GAP
            for at, way in enumerate(self.ways)
            if at in self.labels and way.leave == "foot" and self.rows[way.source.row] + 1 == passage
        ]
        return max(heights, default=0.0)

    def _passage_y(self, passage: int, at: int, *, leaving: bool) -> float:
        index = self._in_passage(passage).index((_track(self.ways[at]), leaving))
        return self.passage[passage] + self._label_height(passage) + _PASSAGE_TRACK * (index + 1)

    # The drawing.

    def draw(self) -> Drawing:
        """Lanes, steps in their order, arrows, the words of branches."""
        shapes: list[Box | Arrow] = []
        for head, left, right in zip(self.heads, self.borders, self.borders[1:], strict=False):
            shapes.append(Box(x=left, y=0, width=right - left, height=self.bottom, name="レーン"))
            shapes.append(
                Box(x=left, y=0, width=right - left, height=self.head_height, words=head, filled=True, inset=_PAD)
            )
        self._settle_ports()
        by_source: dict[str, list[Box]] = defaultdict(list)
        for at in self.labels:
            by_source[self.ways[at].source.name].append(self._place_label(at))
        for step in self.flow.steps:
            shapes += [self.boxes[step.name], *by_source[step.name]]
        for at, way in enumerate(self.ways):
            shapes.append(Arrow(tuple(self._points(at, way)), name=f"{way.source.name}→{way.target.name}"))
        return Drawing(
            width=self.width, height=self.bottom, size=self.type.size, pitch=self.type.pitch, shapes=tuple(shapes)
        )

    def _settle_ports(self) -> None:
        """Where arrows from a gutter enter a side: above its middle on the right, below it on the left.

        So arrows that enter two neighbours in one row from the gutter between them never run on one line.
        """
        entered: dict[tuple[str, str], list[_Track]] = defaultdict(list)
        for at, way in enumerate(self.ways):
            if way.gutter >= 0 and way.enter != "top":
                tracks = entered[way.target.name, way.enter]
                if _track(way) not in tracks:
                    tracks.append(_track(way))
                distance = _PORT * (tracks.index(_track(way)) + 1)
                middle = self.middles[self.rows[way.target.row]]
                self.ports[at] = middle - distance if way.enter == "right" else middle + distance

    def _place_label(self, at: int) -> Box:
        way, box = self.ways[at], self.boxes[self.ways[at].source.name]
        width, words = self.labels[at]
        height = self.type.height(words)
        x, y = box.middle
        if way.leave == "foot":
            passage = self.rows[way.source.row] + 1
            return Box(
                x=x + _GAP, y=self.passage[passage], width=width, height=height, words=words, shape="none", top=True
            )
        left = box.right + _GAP if way.leave == "right" else box.x - _GAP - width
        return Box(x=left, y=y - _GAP / 2 - height, width=width, height=height, words=words, shape="none", top=True)

    def _points(self, at: int, way: Way) -> Iterator[Point]:
        source, target = self.boxes[way.source.name], self.boxes[way.target.name]
        x, y = source.middle
        if way.leave == "foot":
            yield x, source.bottom
        else:
            yield (source.right if way.leave == "right" else source.x), y
        head = target.middle[0], target.y
        if way.gutter < 0:
            if way.enter == "top" and way.leave != "foot":
                yield head[0], y
            yield head if way.enter == "top" else ((target.x if way.enter == "left" else target.right), y)
            return
        track = self._track_x(at)
        if way.out >= 0:
            y = self._passage_y(way.out, at, leaving=True)
            yield x, y
        yield track, y
        if way.enter == "top":
            over = self._passage_y(way.over, at, leaving=False)
            yield track, over
            yield head[0], over
            yield head
        else:
            yield track, self.ports[at]
            yield (target.x if way.enter == "left" else target.right), self.ports[at]
