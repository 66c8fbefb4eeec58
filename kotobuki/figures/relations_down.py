"""A システム図 or スキーム図 down the page: rows of boxes, the ends of arrows in them, all that is measured in y.

In: the figure settled across. Out: its boxes, and at what height each arrow leaves and reaches them, in pt from the
top. A row is as high as its tallest box or as the arrows that leave it ask for; between the rows, bands hold the
titles of areas and the captions of upright arrows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Literal, assert_never

from kotobuki.case.figures import Area, Party
from kotobuki.drawing import Box, SetWords
from kotobuki.figures.relations_across import CAPTION, FRAME, PAD, PORT, RING, Across
from kotobuki.figures.routes import Route
from kotobuki.figures.slots import Slots

_BAND = 12.0  # least distance of rows
_SHORTEST = 18.0  # of an upright arrow


class Down:
    """A figure that is settled across, settled down as well."""

    def __init__(self, across: Across) -> None:
        self._across, self._figure, self._type, self._rows = across, across.figure, across.type, across.rows
        self._slots = Slots(len(self._rows), len(self._figure.zones) + 1, PORT, CAPTION)
        for at, route in enumerate(across.ways):
            self._claim(at, route)
        self._slots.settle()
        self.heads = [
            self._type.set(title, right - left - 2 * PAD, centred=True)
            for title, (left, right) in zip(self._figure.zones, across.columns, strict=True)
        ]
        self.head_height = max(map(self._type.height, self.heads)) + 2 * PAD if across.framed else 0.0
        self._words = {party.name: self._words_in(party) for party in self._figure.parties}
        self._heights = [self._height(at) for at in range(len(self._rows))]
        bands = [self._band(at) for at in range(len(self._rows) + 1)]
        steps = (height + band for height, band in zip(self._heights, bands[1:], strict=True))
        self._tops = list(accumulate(steps, initial=self.head_height + bands[0]))[:-1]
        self.bottom = self._tops[-1] + self._heights[-1] + bands[-1]
        self.boxes = {party.name: self._box(party) for party in self._figure.parties}

    def end(self, at: int, side: Literal["left", "right"]) -> float:
        """Where arrow number `at` touches the box of its left or right party."""
        route = self._across.ways[at]
        party = route.left if side == "left" else route.right
        return self._tops[self._rows[party.row]] + self._slot(at, side)

    def gap(self, route: Route) -> tuple[float, float]:
        """Where an upright arrow is free of rows and of the frames of areas: its caption stands between the two."""
        row = self._rows[route.right.row]
        entered = self._across.entered(route)
        low = self._tops[row] - (self.area_title_height(entered) + 2 * RING if entered else 0.0)
        high = self._tops[row - 1] + self._heights[row - 1]
        left = self._across.around.get(route.left.name)
        high += RING if left and route.right.name not in left.parties else 0.0
        return high, low

    def area_title_height(self, area: Area) -> float:
        """The height of the title of a frame, broken to the width of the frame, in pt."""
        return self._type.height(self._type.set(area.title, self._across.area_title_width(area)))

    # A slot in its row for each end of each arrow.

    def _claim(self, at: int, route: Route) -> None:
        left, right = self._rows[route.left.row], self._rows[route.right.row]
        first, last = range(route.first, route.first + 1), range(route.last, route.last + 1)
        caption = self._across.captions.get(at)
        height = self._type.height(caption.words) if caption else 0.0
        match route.way:
            case "straight":
                self._slots.claim((at, "left"), left, route.spans, height, 1)
            case "turned":
                self._slots.claim((at, "left"), left, first, height, 0 if right < left else 2)
                self._slots.claim((at, "right"), right, last, 0.0, 0 if left < right else 2)
            case "far":
                self._slots.claim((at, "left"), left, first, 0.0, 3)
                self._slots.claim((at, "right"), right, last, 0.0, 3)
            case "inner":
                pass  # it needs none: it leaves its boxes below and above
            case _:
                assert_never(route.way)

    def _slot(self, at: int, side: Literal["left", "right"]) -> float:
        """The y of an end of an arrow, from the top of its row."""
        return self._slots.line((at, side), self._heights)

    # Rows as high as boxes and slots, bands between them.

    def _words_in(self, party: Party) -> tuple[SetWords, ...]:
        left, right = self._across.box_x(party)
        inner = right - left - 2 * PAD
        text = self._type.set(party.text, inner)
        if all(len(each.lines) == 1 for each in text) and len(text) == 1:
            text = self._type.set(party.text, inner, centred=True)
        return (*self._type.set(party.title, inner, centred=True), *text)

    def _natural(self, party: Party) -> float:
        return self._type.height(self._words[party.name]) + 2 * PAD

    def _height(self, at: int) -> float:
        boxes = (self._natural(party) for party in self._figure.parties if self._rows[party.row] == at)
        return max(self._slots.height(at), *boxes)

    def _band(self, at: int) -> float:
        """The height between row `at` - 1 and row `at`: over it, area by area, what stands there."""
        framed = self._across.framed
        edge = at in (0, len(self._rows))
        needed = [(FRAME if framed else 0.0) if edge else _BAND]
        for column in range(len(self._figure.zones)):
            rings = sum(
                (self.area_title_height(area) + 2 * RING)
                if self._row_of(area.parties[0], column) == at
                else RING * (self._row_of(area.parties[-1], column) == at - 1)
                for area in self._figure.areas
            )
            arrows = [
                max(self._type.height(each.caption) + 2 * CAPTION, _SHORTEST)
                for each in self._across.uprights
                if each.route.right.column == column and self._rows[each.route.right.row] == at
            ]
            needed.append(rings + max(arrows, default=FRAME if rings else 0.0))
        return max(needed)

    def _row_of(self, name: str, column: int) -> int:
        party = next(each for each in self._figure.parties if each.name == name)
        return self._rows[party.row] if party.column == column else -2

    # Boxes.

    def _box(self, party: Party) -> Box:
        """A box around its words, over all ends of arrows at its sides, within its row."""
        row = self._rows[party.row]
        top, room = self._tops[row], self._heights[row]
        ports = [top + y for y in self._ports(party)]
        height = max(self._natural(party), (max(ports) - min(ports) + 2 * PORT) if ports else 0.0)
        middle = (max(ports) + min(ports)) / 2 if ports else top + room / 2
        left, right = self._across.box_x(party)
        return Box(
            x=left,
            y=min(max(middle - height / 2, top), top + room - height),
            width=right - left,
            height=height,
            words=self._words[party.name],
            shape="box",
            stroke="dashed" if party.dashed else "thin",
            inset=PAD,
            name=party.name,
        )

    def _ports(self, party: Party) -> Iterator[float]:
        for at, route in enumerate(self._across.ways):
            if route.way == "inner":
                continue
            if route.left is party:
                yield self._slot(at, "left")
            if route.right is party:
                yield self._slot(at, "left" if route.way == "straight" else "right")
