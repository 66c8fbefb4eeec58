"""A システム図 or スキーム図 across the page: columns of boxes, the channels between them, all that is measured in x.

In: the described figure with the ways of its arrows, and how wide a channel is against a column. Out: where each
column, channel, upright line and caption begins and ends, in pt from the left. Nothing here has a height yet:
`relations_down` gives it one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kotobuki.case.figures import Area, FigureWords, Party, Relations
from kotobuki.drawing import SetWords
from kotobuki.figures.routes import Route
from kotobuki.figures.type import NARROWEST_EM, TooNarrowError, Type
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.named_tuples import NamedTuple

PAD = 4.0
"""Between a box and its words, in pt as all that follow."""

FRAME = 7.0
"""Between the frame of a zone and its boxes."""

RING = 5.0
"""Between the frame of an area and its boxes."""

CAPTION = 4.0
"""Between a caption and the lines beside it."""

PORT = 7.0
"""From the end of an arrow to the corner of its box."""

_NARROWEST_CAPTION_EM = 2.5
_STUB = 24.0  # width of a channel without captions: room for an arrow
_TRACK = 9.0  # between upright lines of one channel


class Caption(NamedTuple):
    """The words over an arrow, between two x."""

    left: float
    right: float
    words: tuple[SetWords, ...]


@dataclass(frozen=True, slots=True)
class Upright:
    """An arrow between neighbours of one column: its x, and its caption at `at` from x, `caption_width` wide."""

    route: Route
    x: float
    caption: tuple[SetWords, ...]
    at: float
    caption_width: float


class _Channel(NamedTuple):
    """The x of a channel: captions stand between `left` and `captions_end`, upright lines from there to `right`."""

    left: float
    captions_end: float
    right: float


class Across:
    """A figure settled across `width` pt, a channel with captions being `share` times as wide as a column.

    Raises `TooNarrowError` where words would not fit the boxes.
    """

    def __init__(self, figure: Relations, ways: Sequence[Route], type_: Type, width: float, share: float) -> None:
        self.figure, self.ways, self.type, self.width = figure, ways, type_, width
        self.rows = {row: at for at, row in enumerate(sorted({party.row for party in figure.parties}))}
        self.framed = any(figure.zones)
        self.around = {name: area for area in figure.areas for name in area.parties}
        self._tracks = self._tracks_of_channels()
        self.columns: list[tuple[float, float]] = []
        self._channels: dict[int, _Channel] = {}
        self._share_out(share)
        self.captions = dict(self._captions())
        self.uprights = list(self._uprights())

    def box_x(self, party: Party) -> tuple[float, float]:
        """Where its box begins and ends."""
        left, right = self.columns[party.column]
        margin = (FRAME if self.framed else 0.0) + (RING if party.name in self.around else 0.0)
        return left + margin, right - margin

    def track_x(self, route: Route, channel: int) -> float:
        """Where an arrow runs upright in a channel."""
        at = next(index for index, each in enumerate(self._tracks[channel]) if each is route)
        return self._channels[channel].right - _TRACK * (at + 0.75)

    def entered(self, route: Route) -> Area | None:
        """The area whose title an upright arrow passes, coming into it from above."""
        area = self.around.get(route.right.name)
        enters = area and area.parties[0] == route.right.name and route.left.name not in area.parties
        return area if enters else None

    def area_title_width(self, area: Area) -> float:
        """The width of its title, which leaves room for arrows beside it."""
        left, right = self.box_x(next(each for each in self.figure.parties if each.name == area.parties[0]))
        return min(self.type.width(area.title) + 1.0, (right - left) * 0.7)

    # Columns and channels, and in each channel a track for every line that turns in it.

    def _tracks_of_channels(self) -> Mapping[int, list[Route]]:
        tracks: dict[int, list[Route]] = defaultdict(list)
        for route in self.ways:
            if route.way in ("turned", "far"):
                for channel in dict.fromkeys((route.first, route.last)):
                    tracks[channel].append(route)
        return {
            channel: sorted(turning, key=partial(self._track_order, channel=channel))
            for channel, turning in tracks.items()
        }

    def _track_order(self, route: Route, channel: int) -> tuple[int, int]:
        """From the right: of lines going down the upper first, of lines going up the lower first, so that few cross."""
        left, right = self.rows[route.left.row], self.rows[route.right.row]
        if route.way == "far":
            return (2, left) if channel == route.first else (0, -right)
        return (0, left) if right >= left else (1, -left)

    def _share_out(self, share: float) -> None:
        """The width shared out: upright lines and bare channels take what they need, the rest is for words."""
        columns = len(self.figure.zones)
        outer = [route for route in self.ways if route.way != "inner"]
        used = set(range(1, columns)).union(*((route.first, route.last) for route in outer))
        captioned = {
            route.first for route in outer if route.link.words and route.way != "far" and route.first == route.last
        }
        tracked = {at: (len(self._tracks[at]) + 0.5) * _TRACK for at in used if self._tracks.get(at)}
        fixed = sum(tracked.values()) + _STUB * len(used - captioned)
        unit = (self.width - fixed) / (columns + share * len(captioned))
        margins = 2 * (FRAME + RING + PAD)
        if unit * min(1.0, share if captioned else 1.0) < margins + NARROWEST_EM * self.type.size:
            raise TooNarrowError
        x = 0.0
        for at in range(columns + 1):
            if at in used:
                room = unit * share if at in captioned else _STUB
                self._channels[at] = _Channel(x, x + room, x + room + tracked.get(at, 0.0))
                x = self._channels[at].right
            if at < columns:
                self.columns.append((x, x + unit))
                x += unit

    # Captions.

    def _captions(self) -> Iterator[tuple[int, Caption]]:
        """The caption of each arrow, by its number, across its own stretch, which no other line crosses."""
        for at, route in enumerate(self.ways):
            if route.link.words and route.way != "inner":
                left, right = self._caption_stretch(route)
                words = self._set_caption(route.link.words, right - left - 2 * CAPTION)
                yield at, Caption(left + CAPTION, right - CAPTION, words)

    def _caption_stretch(self, route: Route) -> tuple[float, float]:
        if route.way == "far":
            return self._channels[route.first].right, self._channels[route.first + 1].captions_end
        if route.first < route.last:  # straight through empty columns: the first of them is the widest stretch
            return self.columns[route.left.column + 1]
        channel = self._channels[route.first]
        return channel.left, channel.captions_end

    def _set_caption(self, words: FigureWords, width: float) -> tuple[SetWords, ...]:
        single = len(words.paragraphs) == 1 and self.type.width(words) <= width
        return self.type.set(words, width, centred=single)

    # Upright arrows.

    def _uprights(self) -> Iterator[Upright]:
        """Arrows between neighbours of a column: they share the width of the boxes, captions on the wider side."""
        groups: dict[tuple[str, str], list[Route]] = defaultdict(list)
        for route in self.ways:
            if route.way == "inner":
                groups[route.left.name, route.right.name].append(route)
        for group in groups.values():
            upper, lower = self.box_x(group[0].left), self.box_x(group[0].right)
            left, right = max(upper[0], lower[0]) + PORT, min(upper[1], lower[1]) - PORT
            if area := self.entered(group[0]):
                left = min(left + self.area_title_width(area), right - 2 * PORT)
            beyond = self._beyond(group[0].left.column)
            rooms = self._cells(group, right - left, beyond)
            for route, room in zip(group, rooms, strict=True):
                yield self._upright(route, left, room, beyond if route is group[-1] else 0.0)
                left += room

    def _beyond(self, column: int) -> float:
        """How far past its boxes the caption of an upright arrow may reach: between the rows, the channel is free."""
        channel = self._channels.get(column + 1)
        return channel.captions_end - channel.left - CAPTION if channel and not self.framed else 0.0

    def _cells(self, group: Sequence[Route], room: float, beyond: float) -> list[float]:
        """The width shared out among arrows: alike, but that those with much to say have what others do not need."""
        needs = [self.type.width(route.link.words) + 1.0 + 3 * CAPTION for route in group]
        needs[-1] = max(needs[-1] - beyond, 3 * CAPTION)
        cells, free = [0.0] * len(group), room
        for given, at in enumerate(sorted(range(len(group)), key=needs.__getitem__)):
            alike = free / (len(group) - given)
            cells[at] = alike if max(needs) <= alike else min(needs[at], alike)
            free -= cells[at]
        return [cell + free / len(group) for cell in cells]

    def _upright(self, route: Route, left: float, room: float, beyond: float) -> Upright:
        words = route.link.words
        natural = self.type.width(words) + 1.0
        width = min(natural, room + beyond - 3 * CAPTION)
        if width < min(natural, _NARROWEST_CAPTION_EM * self.type.size):
            raise TooNarrowError
        half = room / 2 - 2 * CAPTION + beyond
        # Line and caption stand in the middle together; where there is room, the line does so alone.
        x = left + (room / 2 if width <= half else max((room + beyond - width - CAPTION) / 2, 0.0))
        return Upright(route, x, self.type.set(words, width), CAPTION, width)
