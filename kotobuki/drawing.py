"""A drawing: boxes, lines with arrow heads and words at fixed places, which layout and the Word writer draw alike.

What `figures` gives out and `document.Figure` carries. Lengths in pt, origin at the top left corner of the drawing, y
downwards. The words of a drawing have one size and one line pitch; their lines are broken. Black on white, but for the
light fill of headings.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass

Shape = Literal["none", "box", "round", "diamond", "hexagon"]
LineStyle = Literal["thin", "thick", "dashed"]
Point = tuple[float, float]

STROKES: dict[LineStyle, float] = {"thin": 0.75, "thick": 2.0, "dashed": 0.75}
"""Widths of lines."""
DASH = (3.0, 2.25)
"""Length of a dash and of the blank after it: Word's own 4 : 3 of a line of 0.75 pt."""
GAP = 6.0
"""Blank above and below a figure."""
HEAD = 6.0
"""Length and width of an arrow head: what Word gives to any line up to 2 pt."""
SHADE = 0.92
"""Grey of a filled box: 1 is white."""
ROUND = 1 / 2
"""Radius of the corners of a round box, as a share of its shorter side."""
HEXAGON = 9.0
"""How far the sides of a hexagon stand out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWords:
    """A paragraph in a shape: its lines, which joined give the text.

    indent  blank on either side, in pt
    hang    blank before all lines but the first, in pt: they stand under the text behind ・
    parted  the lines end where a program that breaks lines itself might not end them: it must be told
    at      places of the text in its source, as of a `document.Run`
    """

    lines: tuple[str, ...]
    centred: bool = False
    indent: float = 0.0
    hang: float = 0.0
    parted: bool = False
    at: tuple[tuple[int, Place], ...] = field(default=(), compare=False, repr=False)

    @property
    def text(self) -> str:
        """The paragraph."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A shape with words in it, or, of shape "none", words alone. `inset`: blank at its left and right edge.

    The words stand in the middle of its height, or under its top edge if `top`. `name` tells it from others in Word.
    """

    x: float
    y: float
    width: float
    height: float
    words: tuple[SetWords, ...] = ()
    shape: Shape = "box"
    stroke: LineStyle = "thin"
    filled: bool = False
    inset: float = 0.0
    top: bool = False
    name: str = ""

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line through `points`, each straight up, down or across from the one before; heads at its ends."""

    points: tuple[Point, ...]
    stroke: LineStyle = "thin"
    at_start: bool = False
    at_end: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture in a frame.

    data        the file as it was, a PNG or JPEG file by `kind`
    stream      its points, `columns` × `rows` of them in grey (`colours` 1) or RGB (3), as a PDF filter takes them:
                `packing` is FlateDecode or DCTDecode
    digest      SHA-256 of `data`, by which images are compared
    """

    x: float
    y: float
    width: float
    height: float
    kind: Literal["png", "jpeg"]
    columns: int
    rows: int
    colours: Literal[1, 3]
    packing: Literal["FlateDecode", "DCTDecode"]
    digest: str
    data: bytes = field(repr=False, compare=False)
    stream: bytes = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes in the order of reading. `size` of the words and `pitch` of their lines."""

    width: float
    height: float
    size: float
    pitch: float
    shapes: tuple[Box | Arrow, ...]
    image: Image | None = None


def hexagon(box: Box) -> tuple[Point, ...]:
    """The corners of a box that is a hexagon: its left and right sides stand out in the middle."""
    middle, left, right = box.y + box.height / 2, box.x + HEXAGON, box.right - HEXAGON
    return (
        (left, box.y),
        (right, box.y),
        (box.right, middle),
        (right, box.bottom),
        (left, box.bottom),
        (box.x, middle),
    )


def words_top(box: Box, pitch: float) -> float:
    """Where the first line of a box begins."""
    lines = sum(len(words.lines) for words in box.words)
    return box.y if box.top else box.y + (box.height - lines * pitch) / 2
