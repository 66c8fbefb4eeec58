"""システム図 and スキーム図: parties as boxes in columns and rows, arrows with captions in the channels between.

In: the described figure, the type and the width in pt. Out: a `Drawing` of that width. Each row is as high as its
tallest box or as the arrows that leave it ask for; each caption stands above its own arrow. Of several shares of the
width between columns and channels the one that makes the lowest drawing is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from kotobuki.case.figures import Area, Relations
from kotobuki.drawing import Arrow, Box, Drawing, Point
from kotobuki.figures.relations_across import CAPTION, PAD, PORT, RING, Across, Upright
from kotobuki.figures.relations_down import Down
from kotobuki.figures.routes import Route, routes
from kotobuki.figures.type import TooNarrowError, Type, broken_words

_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25)
"""Width of a channel with captions against that of a column."""
_BROKEN = 6.0  # lines that a broken word counts for
_LEGEND = 30.0  # length of a sample line


def draw_relations(figure: Relations, type_: Type, width: float) -> Drawing:
    """The drawing: parties in columns, arrows between them. Raises `TooNarrowError` if there is no room for these."""
    ways = routes(figure)
    drawings = []
    for share in _SHARES:
        with suppress(TooNarrowError):
            drawings.append(_Plan(Across(figure, ways, type_, width, share)).draw())
    if not drawings:
        raise TooNarrowError
    return min(drawings, key=_cost)


def _cost(drawing: Drawing) -> float:
    """What makes a drawing worse: its height, lines of text, of which narrow boxes have many, and broken words."""
    words = [words for shape in drawing.shapes if isinstance(shape, Box) for words in shape.words]
    lines = sum(len(each.lines) for each in words)
    return drawing.height + (lines + _BROKEN * broken_words(words)) * drawing.pitch


class _Plan:
    """A figure settled across and down, drawn."""

    def __init__(self, across: Across) -> None:
        self._across, self._down = across, Down(across)
        self._figure, self._type = across.figure, across.type

    def draw(self) -> Drawing:
        """Zones with their boxes from left to right, then the arrows, each with its caption."""
        shapes: list[Box | Arrow] = [*self._zones()]
        for upright in self._across.uprights:
            shapes += self._upright(upright)
        bottom = self._down.bottom
        for at, route in enumerate(self._across.ways):
            if route.way == "far":
                caption = self._across.captions.get(at)
                bottom += PORT + (self._type.height(caption.words) if caption else 0.0) + CAPTION
                shapes += self._outer(at, route, bottom)
            elif route.way != "inner":
                shapes += self._outer(at, route, 0.0)
        if bottom > self._down.bottom:
            bottom += CAPTION
        if self._figure.legend:
            shapes += self._legend(bottom + 2 * PORT)
            bottom += 2 * PORT + self._type.pitch
        return Drawing(
            width=self._across.width,
            height=bottom,
            size=self._type.size,
            pitch=self._type.pitch,
            shapes=tuple(shapes),
        )

    def _zones(self) -> Iterator[Box]:
        """Each zone with its head, if there are any, and the boxes in it from top to bottom."""
        height, bottom = self._down.head_height, self._down.bottom
        for column, (left, right) in enumerate(self._across.columns):
            if self._across.framed:
                head, width = self._down.heads[column], right - left
                yield Box(x=left, y=0, width=width, height=bottom, name="区画")
                yield Box(x=left, y=0, width=width, height=height, words=head, filled=True, inset=PAD)
            inside = [party for party in self._figure.parties if party.column == column]
            for party in sorted(inside, key=lambda each: each.row):
                area = self._across.around.get(party.name)
                if area and area.parties[0] == party.name:
                    yield from self._ring(area)
                yield self._down.boxes[party.name]

    def _ring(self, area: Area) -> Iterator[Box]:
        first, last = self._down.boxes[area.parties[0]], self._down.boxes[area.parties[-1]]
        width, height = self._across.area_title_width(area), self._down.area_title_height(area)
        top = first.y - RING - height
        words = self._type.set(area.title, width)
        yield Box(
            x=first.x - RING,
            y=top,
            width=first.width + 2 * RING,
            height=last.bottom + RING - top,
            stroke="dashed",
            name="囲み",
        )
        yield Box(x=first.x, y=top + RING / 2, width=width, height=height, words=words, shape="none", top=True)

    def _upright(self, upright: Upright) -> Iterator[Box | Arrow]:
        """An arrow between neighbours of a column, its caption beside it."""
        route, boxes = upright.route, self._down.boxes
        yield _arrow(route, ((upright.x, boxes[route.left.name].bottom), (upright.x, boxes[route.right.name].y)))
        if upright.caption:
            high, low = self._down.gap(route)
            height = self._type.height(upright.caption)
            yield Box(
                x=upright.x + upright.at,
                y=high + (low - high - height) / 2,
                width=upright.caption_width,
                height=height,
                words=upright.caption,
                shape="none",
                top=True,
            )

    def _outer(self, at: int, route: Route, below: float) -> Iterator[Box | Arrow]:
        """An arrow in the channels, its caption above its first stretch; one that leads round does so at `below`."""
        yield _arrow(route, self._points(at, route, below))
        if caption := self._across.captions.get(at):
            y = below if route.way == "far" else self._down.end(at, "left")
            height = self._type.height(caption.words)
            yield Box(
                x=caption.left,
                y=y - CAPTION / 2 - height,
                width=caption.right - caption.left,
                height=height,
                words=caption.words,
                shape="none",
                top=True,
            )

    def _points(self, at: int, route: Route, below: float) -> tuple[Point, ...]:
        left, right = self._down.boxes[route.left.name], self._down.boxes[route.right.name]
        start = self._down.end(at, "left")
        if route.way == "straight":
            return ((left.right, start), (right.x, start))
        end = self._down.end(at, "right")
        end_x = right.right if route.right.column == route.left.column else right.x
        first, last = self._across.track_x(route, route.first), self._across.track_x(route, route.last)
        if route.way == "far":
            return ((left.right, start), (first, start), (first, below), (last, below), (last, end), (end_x, end))
        return ((left.right, start), (first, start), (first, end), (end_x, end))

    def _legend(self, y: float) -> Iterator[Box | Arrow]:
        x, pitch = 0.0, self._type.pitch
        for line, words in self._figure.legend:
            width = self._type.width(words) + 2.0
            yield Arrow(((x, y + pitch / 2), (x + _LEGEND, y + pitch / 2)), line)
            text = self._type.set(words, width)
            yield Box(x=x + _LEGEND + PAD, y=y, width=width, height=pitch, words=text, shape="none", top=True)
            x += _LEGEND + PAD + width + 3 * PAD


def _arrow(route: Route, points: tuple[Point, ...]) -> Arrow:
    """The line from source to target, whichever of them is on the left."""
    link = route.link
    if link.source == route.right.name:
        points = points[::-1]
    return Arrow(points, link.line, at_start=link.both, name=f"{link.source}→{link.target}")
