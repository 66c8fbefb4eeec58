"""A 流れ図 across the page: lanes, the boxes in them, the gutters beside these: all that is measured in x.

In: the flow with its routing, the type and the width in pt. Out: where lanes, boxes and tracks stand, the words of
branches and of steps in lines. Nothing here has a height yet but the steps. Raises `TooNarrowError` where no words would
fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.case.figures import FigureWords, Flow
from kotobuki.drawing import SetWords
from kotobuki.figures.flow_routes import Routing
from kotobuki.figures.flow_shapes import Shaped, natural_width, shaped
from kotobuki.figures.flow_ways import Gutter
from kotobuki.figures.type import NARROWEST_EM, TooNarrowError, Type
from kotobuki.lazy_dataclasses import dataclass

GAP = 3.0
"""Between a word and the box and line beside it, in pt."""

_WIDEST = 190.0  # box, in pt: a wider one reads badly
_GUTTER = 8.0  # between a box and the edge of its lane, and beside tracks
_TRACK = 8.0  # between lines in a gutter
_LABELS_EM = ((12.0, 11.0), (10.5, 10.0), (8.5, 9.5), (7.0, 9.0), (5.5, 8.0), (4.5, 0.0))
"""Widths, tried in turn, beyond which the words of branches are broken, and the width of a box that they must leave."""


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a branch and how wide they are, in pt."""

    width: float
    words: tuple[SetWords, ...]


class FlowAcross:
    """A flow settled across `width` pt."""

    def __init__(self, flow: Flow, routing: Routing, type_: Type, width: float) -> None:
        self.flow, self.routing, self.type, self.width = flow, routing, type_, width
        self._lanes = range(max(len(flow.lanes), 1))
        widest = max(natural_width(step, type_) for step in flow.steps)
        for longest, easy in _LABELS_EM:
            self.labels = {
                at: self._label(way.words, longest * type_.size) for at, way in enumerate(routing.ways) if way.words
            }
            sides = [self._side((lane, "left")) + self._side((lane, "right")) for lane in self._lanes]
            room = (width - sum(sides)) / len(self._lanes)
            if room >= min(easy * type_.size, widest, _WIDEST):
                break
        if room < 2 * NARROWEST_EM * type_.size:
            raise TooNarrowError
        self.box_width = min(room, _WIDEST)
        self._place((room - self.box_width) / 2)
        self._foot_labels(longest * type_.size)
        self.shapes: dict[str, Shaped] = shaped(flow.steps, type_, self.box_width)

    def track(self, gutter: Gutter, target: str) -> float:
        """The x of the track of a gutter that leads to a step."""
        lane, side = gutter
        at = self.routing.tracks[gutter].index(target)
        if side == "left":
            return self.borders[lane] + _GUTTER + _TRACK * at
        return self.borders[lane + 1] - _GUTTER - _TRACK * (len(self._tracks(gutter)) - 1 - at)

    def _tracks(self, gutter: Gutter) -> Sequence[str]:
        return self.routing.tracks.get(gutter, ())

    def _side(self, gutter: Gutter) -> float:
        """The room beside the boxes of a lane: for the words of branches, then for tracks."""
        tracks = _TRACK * len(self._tracks(gutter)) + _GUTTER if self._tracks(gutter) else 0.0
        room = self._label_room(gutter) + tracks
        return max(room, _GUTTER) if self.flow.lanes else room

    def _label_room(self, gutter: Gutter) -> float:
        lane, side = gutter
        widths = [
            self.labels[at].width + 2 * GAP
            for at, way in enumerate(self.routing.ways)
            if at in self.labels and way.source.lane == lane and way.leave == side
        ]
        return max(widths, default=0.0)

    def _place(self, spare: float) -> None:
        """Lanes side by side, in each the boxes between its gutters."""
        self.borders, self.centres = [0.0], []
        for lane in self._lanes:
            left = self.borders[-1] + self._side((lane, "left")) + spare
            self.centres.append(left + self.box_width / 2)
            self.borders.append(left + self.box_width + spare + self._side((lane, "right")))

    def _foot_labels(self, longest: float) -> None:
        """Words under a box, beside the line from its middle: as far as the tracks or the edge of the lane."""
        for at in self.labels:
            way = self.routing.ways[at]
            if way.leave == "foot":
                lane = way.source.lane
                tracks = self._tracks((lane, "right"))
                end = self.track((lane, "right"), tracks[0]) if tracks else self.borders[lane + 1]
                room = end - self.centres[lane] - 2 * GAP - 1.0
                self.labels[at] = self._label(way.words, min(max(longest, self.box_width / 2), room))

    def _label(self, words: FigureWords, longest: float) -> Label:
        """Words on one line, else balanced in as few lines as there must be."""
        width = self.type.width(words) + 1.0
        if width > longest:
            balanced = self.type.set(words, longest, centred=True)
            width = longest - 2 * min(each.indent for each in balanced)
        return Label(width, self.type.set(words, width))
