"""A finished page: items at fixed positions. What layout gives out, and what the PDF writer draws without a decision.

Lengths in pt, origin at the top left corner of the paper, y downwards; text stands on its baseline. What an item means
(`parts`, `element`) and where it comes from leave no ink: pages that look the same are the same, and have one digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import field

from kotobuki.drawing import Image
from kotobuki.layout.origins import Origin
from kotobuki.layout.structure import Element, Parts
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.named_tuples import NamedTuple


class Glyphs(NamedTuple):
    """Characters set from `x` on with `tracking` pt between them (and after the last), in one font and size."""

    x: float
    text: str
    tracking: float = 0.0

    def __repr__(self) -> str:
        """As of any named tuple; said without detours, like that of a line, since digests of pages are made of it."""
        return f"Glyphs(x={self.x!r}, text={self.text!r}, tracking={self.tracking!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line (or one side of it) on baseline `y`. `text` is what a reader extracts; `spans` is where it is drawn.

    `parts`: what the characters of the spans belong to; `origin`: where they come from.
    """

    y: float
    font: str
    size: float
    text: str
    spans: tuple[Glyphs, ...]
    parts: Parts = field(default=(), repr=False, compare=False)
    origin: Origin | None = field(default=None, repr=False, compare=False)

    def __repr__(self) -> str:
        """As of any dataclass."""
        about = f"y={self.y!r}, font={self.font!r}, size={self.size!r}"
        return f"TextLine({about}, text={self.text!r}, spans={self.spans!r})"


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line from (x1, y1) to (x2, y2), `width` thick, in pt."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle (of a 囲い文字) around (x, y)."""

    x: float
    y: float
    radius: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A rectangle that leads to the first page of a paper; `element` is what stands in it."""

    x: float
    y: float
    width: float
    height: float
    paper: str
    element: Element | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline, at height `y` of its page."""

    y: float
    title: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line through `points`, its corners rounded to `radius`.

    `width` 0: no line, only what is filled; `dash`: lengths of dash and blank; `fill`: grey from 0 to 1, None: no fill.
    """

    points: tuple[tuple[float, float], ...]
    width: float
    closed: bool = False
    dash: tuple[float, float] | None = None
    fill: float | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Artwork:
    """The lines of a figure, or an image; `description` is its alternative text, `box` its left, top, right and bottom."""

    strokes: tuple[Stroke, ...]
    description: str
    image: Image | None = None
    box: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0), repr=False, compare=False)
    element: Element | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Inset:
    """A page that others made, put here as a form called INSET: as the figure `element`, or as all that stands in it."""

    element: Element = field(repr=False, compare=False)


INSET = "Inset"
PageItem = TextLine | Rule | Circle | Link | Heading | Artwork | Inset


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a paper.

    number     its page number, None on unnumbered pages
    furniture  the page numbers on it: what depends on where the page stands, not on what it says
    shown      the page number as printed, where it is not `number` itself: a branch such as 5の2
    running    the number that it bears in the whole packet (通し番号), as printed; "" = none
    label      what a reader of PDFs shows for the page, "" = its page number or the name of its paper
    stands_for a digest of what somebody else's page, which is put here, says; "" = the page is ours
    """

    width: float
    height: float
    paper: str
    number: int | None
    items: tuple[PageItem, ...]
    furniture: tuple[PageItem, ...] = ()
    shown: str = ""
    running: str = ""
    label: str = ""
    stands_for: str = ""

    @property
    def drawn(self) -> tuple[PageItem, ...]:
        """Everything on the page, what stands in its margins (numbers, 案) last."""
        return (*self.items, *self.furniture)

    @property
    def printed_number(self) -> str:
        """The page number as printed, "" on unnumbered pages."""
        return self.shown or ("" if self.number is None else str(self.number))

    @property
    def digest(self) -> str:
        """SHA-256 over the ink of the page without its page numbers: equal pages look equal, wherever they stand."""
        if self.stands_for:
            return self.stands_for
        ink = [item for item in self.items if not isinstance(item, Link | Heading)]
        return hashlib.sha256(repr((self.width, self.height, ink)).encode()).hexdigest()
