"""システム図 and スキーム図: parties as boxes in columns and rows, arrows with captions in the channels between.

In: the described figure, the type and the width in pt. Out: a `Drawing` of that width. Each row is as high as its
tallest box or as the arrows that leave it ask for; each caption stands above its own arrow. Of several shares of the
width between columns and channels the one that makes the lowest drawing is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate

from kotobuki.case.figures import Area, Party, Relations, Words
from kotobuki.drawing import Arrow, Box, Drawing, Point, Stroke
from kotobuki.drawing import Words as SetWords
from kotobuki.figures.routes import Route, routes
from kotobuki.figures.slots import Slots
from kotobuki.figures.type import NARROWEST_EM, TooNarrowError, Type

_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25)
"""Width of a channel with captions against that of a column."""
_STUB = 24.0  # width of a channel without captions: room for an arrow
_TRACK = 9.0  # between upright lines of one channel
_PAD = 4.0  # between a box and its words
_FRAME = 7.0  # between the frame of a zone and its boxes
_RING = 5.0  # between the frame of an area and its boxes
_CAPTION = 4.0  # between a caption and the lines beside it
_BAND = 12.0  # least distance of rows
_SHORTEST = 18.0  # of an upright arrow
_PORT = 7.0  # from the end of an arrow to the corner of its box
_LEGEND = 30.0  # length of a sample line


def draw_relations(figure: Relations, type_: Type, width: float) -> Drawing:
    """The drawing. Raises `TooNarrowError`."""
    ways = routes(figure)
    drawings = []
    for share in _SHARES:
        with suppress(TooNarrowError):
            drawings.append(_Plan(figure=figure, ways=ways, type=type_, width=width, share=share).draw())
    if not drawings:
        raise TooNarrowError
    return min(drawings, key=_cost)


def _cost(drawing: Drawing) -> float:
    """What makes a drawing worse: its height, and lines of text, of which narrow boxes have many."""
    boxes = (shape for shape in drawing.shapes if isinstance(shape, Box))
    lines = sum(len(words.lines) for box in boxes for words in box.words)
    return drawing.height + lines * drawing.pitch


@dataclass(slots=True)
class _Upright:
    """An arrow between neighbours of one column: its x, and its caption at `at` from x, `caption_width` wide."""

    route: Route
    x: float
    caption: tuple[SetWords, ...]
    at: float
    caption_width: float


@dataclass(kw_only=True)
class _Plan:
    """A figure with one share of the width given to the channels."""

    figure: Relations
    ways: Sequence[Route]
    type: Type
    width: float
    share: float
    boxes: dict[str, Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Settle everything across, then down the page."""
        self.framed = any(self.figure.zones)
        self.rows = {row: at for at, row in enumerate(sorted({party.row for party in self.figure.parties}))}
        self.around = {name: area for area in self.figure.areas for name in area.parties}
        self._across()
        self._captions()
        self.uprights = list(self._uprights())
        self.slots = Slots(len(self.rows), len(self.figure.zones) + 1, _PORT, _CAPTION)
        for route in self.ways:
            self._claim(route)
        self._down()

    # Across: columns, channels, and in each channel a track for every line that turns in it.

    def _across(self) -> None:
        columns = len(self.figure.zones)
        self.tracks: dict[int, list[tuple[Route, int]]] = defaultdict(list)
        captioned: set[int] = set()
        used: set[int] = set(range(1, columns))
        for route in self.ways:
            if route.way == "inner":
                continue
            used |= {route.first, route.last}
            if route.link.words and route.way != "far" and route.first == route.last:
                captioned.add(route.first)
            for channel in self._turns(route):
                self.tracks[channel].append((route, channel))
        for turning in self.tracks.values():
            turning.sort(key=self._track_order)
        rest = {channel: (len(self.tracks[channel]) + 0.5) * _TRACK for channel in used if self.tracks.get(channel)}
        fixed = sum(rest.values()) + _STUB * len(used - captioned)
        unit = (self.width - fixed) / (columns + self.share * len(captioned))
        margins = 2 * (_FRAME + _RING + _PAD)
        if unit * min(1.0, self.share if captioned else 1.0) < margins + NARROWEST_EM * self.type.size:
            raise TooNarrowError
        self.column_x: list[tuple[float, float]] = []
        self.channel_x: dict[int, tuple[float, float, float]] = {}
        x = 0.0
        for at in range(columns + 1):
            if at in used:
                room = unit * self.share if at in captioned else _STUB
                self.channel_x[at] = (x, x + room, x + room + rest.get(at, 0.0))
                x = self.channel_x[at][2]
            if at < columns:
                self.column_x.append((x, x + unit))
                x += unit

    def _turns(self, route: Route) -> Iterator[int]:
        """The channels in which an arrow runs upright."""
        if route.way in ("turned", "far"):
            yield from dict.fromkeys((route.first, route.last))

    def _track_order(self, turning: tuple[Route, int]) -> tuple[int, int]:
        """From the right: of lines going down the upper first, of lines going up the lower first, so that few cross."""
        route, channel = turning
        left, right = self.rows[route.left.row], self.rows[route.right.row]
        if route.way == "far":
            return (2, left) if channel == route.first else (0, -right)
        return (0, left) if right >= left else (1, -left)

    def _track_x(self, route: Route, channel: int) -> float:
        turning = [each for each, _ in self.tracks[channel]]
        at = next(index for index, each in enumerate(turning) if each is route)
        return self.channel_x[channel][2] - _TRACK * (at + 0.75)

    def _box_x(self, party: Party) -> tuple[float, float]:
        left, right = self.column_x[party.column]
        margin = (_FRAME if self.framed else 0.0) + (_RING if party.name in self.around else 0.0)
        return left + margin, right - margin

    def _captions(self) -> None:
        """Each caption across its own stretch, which no other line crosses."""
        self.caption: dict[int, tuple[float, float, tuple[SetWords, ...]]] = {}
        for at, route in enumerate(self.ways):
            if not route.link.words or route.way == "inner":
                continue
            left, right = self._caption_stretch(route)
            inner = right - left - 2 * _CAPTION
            self.caption[at] = (left + _CAPTION, right - _CAPTION, self._set_caption(route.link.words, inner))

    def _caption_stretch(self, route: Route) -> tuple[float, float]:
        if route.way == "far":
            return self.channel_x[route.first][2], self.channel_x[route.first + 1][1]
        if route.first < route.last:  # straight through empty columns: the first of them is the widest stretch
            return self.column_x[route.left.column + 1]
        left, right, _ = self.channel_x[route.first]
        return left, right

    def _set_caption(self, words: Words, width: float) -> tuple[SetWords, ...]:
        single = len(words.paragraphs) == 1 and self.type.width(words) <= width
        return self.type.set(words, width, centred=single)

    def _uprights(self) -> Iterator[_Upright]:
        """Arrows between neighbours of a column: they share the width of the boxes, captions on the wider side."""
        groups: dict[tuple[str, str], list[Route]] = defaultdict(list)
        for route in self.ways:
            if route.way == "inner":
                groups[route.left.name, route.right.name].append(route)
        for group in groups.values():
            upper, lower = self._box_x(group[0].left), self._box_x(group[0].right)
            left, right = max(upper[0], lower[0]) + _PORT, min(upper[1], lower[1]) - _PORT
            area = self.around.get(group[0].right.name)
            if area and area.parties[0] == group[0].right.name and group[0].left.name not in area.parties:
                left = min(left + self._area_title_width(area), right - 2 * _PORT)
            cell = (right - left) / len(group)
            for at, route in enumerate(group):
                yield self._upright(route, left + at * cell, cell)

    def _upright(self, route: Route, left: float, room: float) -> _Upright:
        words = route.link.words
        width = min(self.type.width(words) + 1.0, room - 3 * _CAPTION)
        half = room / 2 - 2 * _CAPTION
        # Line and caption stand in the middle together; where there is room, the line does so alone.
        x = left + (room / 2 if width <= half else (room - width - _CAPTION) / 2)
        return _Upright(route, x, self.type.set(words, width), _CAPTION, width)

    # Down: a slot in its row for each end of each arrow, rows as high as boxes and slots, bands between them.

    def _claim(self, route: Route) -> None:
        at = next(index for index, each in enumerate(self.ways) if each is route)
        left, right = self.rows[route.left.row], self.rows[route.right.row]
        height = self.type.height(self.caption[at][2]) if at in self.caption else 0.0
        if route.way == "straight":
            self.slots.claim((at, "left"), left, route.spans, height, 1)
        elif route.way == "turned":
            self.slots.claim((at, "left"), left, range(route.first, route.first + 1), height, 0 if right < left else 2)
            self.slots.claim((at, "right"), right, range(route.last, route.last + 1), 0.0, 0 if left < right else 2)
        elif route.way == "far":
            self.slots.claim((at, "left"), left, range(route.first, route.first + 1), 0.0, 3)
            self.slots.claim((at, "right"), right, range(route.last, route.last + 1), 0.0, 3)

    def _down(self) -> None:
        self.slots.settle()
        self.heads = [
            self.type.set(title, right - left - 2 * _PAD, centred=True)
            for title, (left, right) in zip(self.figure.zones, self.column_x, strict=True)
        ]
        self.head_height = max(map(self.type.height, self.heads)) + 2 * _PAD if self.framed else 0.0
        self.words = {party.name: self._party_words(party) for party in self.figure.parties}
        heights = [
            max(
                self.slots.height(at),
                *(self._natural(party) for party in self.figure.parties if self.rows[party.row] == at),
            )
            for at in range(len(self.rows))
        ]
        bands = [self._band(at) for at in range(len(self.rows) + 1)]
        steps = (height + band for height, band in zip(heights, bands[1:], strict=True))
        self.tops = list(accumulate(steps, initial=self.head_height + bands[0]))[:-1]
        self.row_heights = heights
        self.bottom = self.tops[-1] + heights[-1] + bands[-1]
        for party in self.figure.parties:
            self.boxes[party.name] = self._box(party)

    def _party_words(self, party: Party) -> tuple[SetWords, ...]:
        left, right = self._box_x(party)
        inner = right - left - 2 * _PAD
        text = self.type.set(party.text, inner)
        if all(len(each.lines) == 1 for each in text) and len(text) == 1:
            text = self.type.set(party.text, inner, centred=True)
        return (*self.type.set(party.title, inner, centred=True), *text)

    def _natural(self, party: Party) -> float:
        return self.type.height(self.words[party.name]) + 2 * _PAD

    def _band(self, at: int) -> float:
        """The height between row `at` - 1 and row `at`: over it, area by area, what stands there."""
        edge = at in (0, len(self.rows))
        needed = [(_FRAME if self.framed else 0.0) if edge else _BAND]
        for column in range(len(self.figure.zones)):
            rings = sum(
                (self._area_title_height(area) + 2 * _RING)
                if self._row_of(area.parties[0], column) == at
                else _RING * (self._row_of(area.parties[-1], column) == at - 1)
                for area in self.figure.areas
            )
            arrows = [
                max(self.type.height(each.caption) + 2 * _CAPTION, _SHORTEST)
                for each in self.uprights
                if each.route.right.column == column and self.rows[each.route.right.row] == at
            ]
            needed.append(rings + max(arrows, default=_FRAME if rings else 0.0))
        return max(needed)

    def _row_of(self, name: str, column: int) -> int:
        party = next(each for each in self.figure.parties if each.name == name)
        return self.rows[party.row] if party.column == column else -2

    def _area_title_width(self, area: Area) -> float:
        left, right = self._box_x(next(each for each in self.figure.parties if each.name == area.parties[0]))
        return min(self.type.width(area.title) + 1.0, (right - left) * 0.7)

    def _area_title_height(self, area: Area) -> float:
        return self.type.height(self.type.set(area.title, self._area_title_width(area)))

    def _box(self, party: Party) -> Box:
        """A box around its words, over all ends of arrows at its sides, within its row."""
        row = self.rows[party.row]
        top, room = self.tops[row], self.row_heights[row]
        ports = [top + y for y in self._ports(party)]
        height = max(self._natural(party), (max(ports) - min(ports) + 2 * _PORT) if ports else 0.0)
        middle = (max(ports) + min(ports)) / 2 if ports else top + room / 2
        y = min(max(middle - height / 2, top), top + room - height)
        left, right = self._box_x(party)
        stroke: Stroke = "dashed" if party.dashed else "thin"
        return Box(
            x=left,
            y=y,
            width=right - left,
            height=height,
            words=self.words[party.name],
            shape="box",
            stroke=stroke,
            inset=_PAD,
            name=party.name,
        )

    def _ports(self, party: Party) -> Iterator[float]:
        for at, route in enumerate(self.ways):
            if route.way == "inner":
                continue
            if route.left is party:
                yield self._slot(at, "left")
            if route.right is party:
                yield self._slot(at, "left" if route.way == "straight" else "right")

    def _slot(self, at: int, end: str) -> float:
        """The y of an end of an arrow, from the top of its row."""
        return self.slots.line((at, end), self.row_heights)

    # The drawing.

    def draw(self) -> Drawing:
        """Zones with their boxes from left to right, then the arrows, each with its caption."""
        shapes: list[Box | Arrow] = []
        for column, (left, right) in enumerate(self.column_x):
            if self.framed:
                head = Box(
                    x=left,
                    y=0,
                    width=right - left,
                    height=self.head_height,
                    words=self.heads[column],
                    filled=True,
                    inset=_PAD,
                )
                shapes += [Box(x=left, y=0, width=right - left, height=self.bottom, name="区画"), head]
            inside = [party for party in self.figure.parties if party.column == column]
            for party in sorted(inside, key=lambda each: each.row):
                area = self.around.get(party.name)
                if area and area.parties[0] == party.name:
                    shapes += self._ring(area)
                shapes.append(self.boxes[party.name])
        for upright in self.uprights:
            shapes += self._draw_upright(upright)
        bottom = self.bottom
        for at, route in enumerate(self.ways):
            if route.way == "far":
                height = self.type.height(self.caption[at][2]) if at in self.caption else 0.0
                bottom += _PORT + height + _CAPTION
                shapes += self._draw_arrow(at, route, bottom)
            elif route.way != "inner":
                shapes += self._draw_arrow(at, route, 0.0)
        if bottom > self.bottom:
            bottom += _CAPTION
        if self.figure.legend:
            shapes += self._legend(bottom + 2 * _PORT)
            bottom += 2 * _PORT + self.type.pitch
        return Drawing(
            width=self.width, height=bottom, size=self.type.size, pitch=self.type.pitch, shapes=tuple(shapes)
        )

    def _ring(self, area: Area) -> Iterator[Box]:
        first, last = self.boxes[area.parties[0]], self.boxes[area.parties[-1]]
        width, height = self._area_title_width(area), self._area_title_height(area)
        top = first.y - _RING - height
        words = self.type.set(area.title, width)
        yield Box(
            x=first.x - _RING,
            y=top,
            width=first.width + 2 * _RING,
            height=last.bottom + _RING - top,
            stroke="dashed",
            name="囲み",
        )
        yield Box(x=first.x, y=top + _RING / 2, width=width, height=height, words=words, shape="none", top=True)

    def _draw_upright(self, upright: _Upright) -> Iterator[Box | Arrow]:
        route = upright.route
        start, end = self.boxes[route.left.name].bottom, self.boxes[route.right.name].y
        yield self._arrow(route, ((upright.x, start), (upright.x, end)))
        if upright.caption:
            area = self.around.get(route.right.name)
            begins = area and area.parties[0] == route.right.name and route.left.name not in area.parties
            row = self.rows[route.right.row]
            low = self.tops[row] - (self._area_title_height(area) + 2 * _RING if area and begins else 0.0)
            high = self.tops[row - 1] + self.row_heights[row - 1]
            above = self.around.get(route.left.name)
            high += _RING if above and route.right.name not in above.parties else 0.0
            height = self.type.height(upright.caption)
            y = high + (low - high - height) / 2
            yield Box(
                x=upright.x + upright.at,
                y=y,
                width=upright.caption_width,
                height=height,
                words=upright.caption,
                shape="none",
                top=True,
            )

    def _draw_arrow(self, at: int, route: Route, below: float) -> Iterator[Box | Arrow]:
        left, right = self.boxes[route.left.name], self.boxes[route.right.name]
        y_left = self.tops[self.rows[route.left.row]] + self._slot(at, "left")
        y = y_left
        if route.way == "straight":
            points: tuple[Point, ...] = ((left.right, y_left), (right.x, y_left))
        else:
            y_right = self.tops[self.rows[route.right.row]] + self._slot(at, "right")
            end = right.right if route.right.column == route.left.column else right.x
            first, last = self._track_x(route, route.first), self._track_x(route, route.last)
            turn = ((first, y_left), (first, y_right))
            if route.way == "far":
                y = below
                turn = ((first, y_left), (first, below), (last, below), (last, y_right))  # type: ignore[assignment]
            points = ((left.right, y_left), *turn, (end, y_right))
        yield self._arrow(route, points)
        if at in self.caption:
            x, end_x, words = self.caption[at]
            height = self.type.height(words)
            yield Box(
                x=x, y=y - _CAPTION / 2 - height, width=end_x - x, height=height, words=words, shape="none", top=True
            )

    def _arrow(self, route: Route, points: tuple[Point, ...]) -> Arrow:
        """The line from source to target, whichever of them is on the left."""
        link = route.link
        if link.source == route.right.name:
            points = points[::-1]
        return Arrow(points, link.line, at_start=link.both, name=f"{link.source}→{link.target}")

    def _legend(self, y: float) -> Iterator[Box | Arrow]:
        x = 0.0
        for line, words in self.figure.legend:
            width = self.type.width(words) + 2.0
            yield Arrow(((x, y + self.type.pitch / 2), (x + _LEGEND, y + self.type.pitch / 2)), line)
            text = self.type.set(words, width)
            yield Box(
                x=x + _LEGEND + _PAD, y=y, width=width, height=self.type.pitch, words=text, shape="none", top=True
            )
            x += _LEGEND + _PAD + width + 3 * _PAD
