"""The content stream of a page: its items as PDF operators (ISO 32000-1, 8.5, 9.4 and 14.6).

In: a `Page`, its lines as sorts, and the fonts by the names that its lines use. Out: the stream, written directly: rules
and circles first, then all text in one text object; what belongs to an element is marked with its number in the page, and
all else as an artifact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple, assert_never

from kotobuki.drawing import Image
from kotobuki.layout.page import INSET, Artwork, Circle, Heading, Inset, Link, Page, Rule, Stroke, TextLine
from kotobuki.layout.structure import FOOTER, HEADER, Element
from kotobuki.pdf.font import PdfFont
from kotobuki.pdf.objects import Stream, packed
from kotobuki.pdf.sorts import SortRun, Stretch

Point = tuple[float, float]
SetLine = tuple[TextLine, Sequence[Stretch]]
"""A line and what it is set of."""

_UNSEEN = 0.25  # thousandths of an em: what is not worth an adjustment
_ARC = 0.5523  # length of the handles of a Bézier curve that draws a quarter of a circle of radius 1


class Content(NamedTuple):
    """The stream of a page, and the elements that its marks belong to, by the number of the mark."""

    stream: Stream
    marked: Sequence[Element]


def content(page: Page, lines: Sequence[SetLine], fonts: Mapping[str, PdfFont], papers: Collection[str]) -> Content:
    """The operators that draw `page`: rules, circles and figures first, its words above them.

    `papers`: those that a link can lead to; one that leads nowhere is part of what it stands in.
    """
    marks = _Marks(papers)
    parts = [*_ink(page, marks), "BT", *_text(lines, page.height, fonts, marks), "ET"]
    return Content(packed("\n".join(parts).encode("latin-1")), marks.elements)


class _Marks:
    """The marks of a page: one stands open until something of another element comes."""

    def __init__(self, papers: Collection[str]) -> None:
        self.elements: list[Element] = []
        self._papers = papers
        self._element: Element | None = None
        self._depth = 0
        self._closed = True

    def of(self, element: Element | None, reads_as: str | None = None) -> Iterator[str]:
        """What stands before something of `element` (None: an artifact).

        What reads otherwise than it is drawn has a mark of its own, and none within another of an element: poppler loses
        count of these. It must be a Span, the only one in which poppler looks for other words.
        """
        if element is not None and element.kind == "Link" and element.paper not in self._papers:
            element = element.parent
        if not self._closed and self._element is element and reads_as is None:
            return
        yield from self.end()
        words = "" if reads_as is None else f"/ActualText<feff{reads_as.encode('utf-16-be').hex()}>"
        self._element, self._closed, self._depth = element, bool(words), 1
        if element is not None and element not in (HEADER, FOOTER):
            yield f"/{'Span' if words else element.kind}<</MCID {len(self.elements)}{words}>>BDC"
            self.elements.append(element)
            return
        yield f"/Artifact<</Type/Pagination/Subtype/{element.kind}>>BDC" if element else "/Artifact BMC"
        if words:
            self._depth = 2
            yield f"/Span<<{words}>>BDC"

    def around(self, element: Element) -> Iterator[str]:
        """What stands before a form that is a figure, or else has marks of its own, which belong to what is in `element`."""
        if element.kind == "Figure":
            yield from self.of(element)
        else:
            yield from self.end()
            self.elements.append(element)

    def end(self) -> Iterator[str]:
        """What stands behind the last of it."""
        yield from ["EMC"] * self._depth
        self._closed, self._depth = True, 0


def _ink(page: Page, marks: _Marks) -> Iterator[str]:
    for item in page.drawn:
        match item:
            case Rule():
                yield from marks.of(None)
                yield _rule(item, page.height)
            case Circle():
                yield from marks.of(None)
                yield _circle(item, page.height)
            case Artwork():
                yield from marks.of(item.element)
                yield from _artwork(item, page.height)
            case Inset():
                yield from marks.around(item.element)
                yield f"q /{INSET} Do Q"
            case TextLine() | Link() | Heading():
                pass  # words come later; the others leave no ink
            case _:
                assert_never(item)
    yield from marks.end()


def _text(lines: Sequence[SetLine], height: float, fonts: Mapping[str, PdfFont], marks: _Marks) -> Iterator[str]:
    selected: tuple[PdfFont, float] | None = None
    pen = _Pen()
    for line, stretches in lines:
        font = fonts[line.font]
        if selected != (font, line.size):
            selected = font, line.size
            yield f"/{font.name} {line.size:.3f} Tf"
        for number, stretch in enumerate(stretches):
            yield from marks.of(stretch.element, stretch.reads_as)
            if not number:
                pen.x = stretch.runs[0].x
                yield f"1 0 0 1 {pen.x:.3f} {height - line.y:.3f} Tm"
            yield from pen.shown(stretch.runs, font, line.size)
    yield from marks.end()


class _Pen:
    """Where the next sort will stand, and how far apart they are set."""

    def __init__(self) -> None:
        self.x = 0.0
        self._tracking = 0.0

    def shown(self, runs: Sequence[SortRun], font: PdfFont, size: float) -> Iterator[str]:
        """The operators that show the runs, one behind the other: all of one tracking in one.

        An adjustment between two of them moves to the left, in thousandths of an em.
        """
        array, adjusted = "", False
        for run in runs:
            tracking, count = round(run.tracking, 3), len(run.sorts)
            if count > 1 and tracking != self._tracking:  # one sort alone may have any
                yield from _shown(array, adjusted)
                array, adjusted, self._tracking = "", False, tracking
                yield f"{tracking:.3f} Tc"
            moved = 1000 * (self.x - run.x) / size
            if abs(moved) > _UNSEEN:
                array += f"{')' if array else ''}{moved:.1f}("
                adjusted = True
                self.x -= round(moved, 1) * size / 1000
            array = (array or "(") + "".join(map(font.codes.__getitem__, run.sorts))
            self.x += run.width + (self._tracking - run.tracking) * count
        yield from _shown(array, adjusted)


def _shown(array: str, adjusted: bool) -> Iterator[str]:
    if array:
        yield f"[{array})]TJ" if adjusted else f"{array})Tj"


def _rule(rule: Rule, height: float) -> str:
    start, end = (f"{x:.3f} {height - y:.3f}" for x, y in ((rule.x1, rule.y1), (rule.x2, rule.y2)))
    return f"{rule.width:.3f} w {start} m {end} l S"


def _artwork(artwork: Artwork, height: float) -> Iterator[str]:
    """The lines of a figure; leaves colours and dashes as they were."""
    yield "q"
    for stroke in artwork.strokes:
        yield _stroke(stroke, height)
    if (image := artwork.image) is not None:
        frame = f"{image.width:.3f} 0 0 {image.height:.3f} {image.x:.3f} {height - image.y - image.height:.3f}"
        yield f"{frame} cm /{image_name(image)} Do"
    yield "Q"


def image_name(image: Image) -> str:
    """What the resources call an image."""
    return f"I{image.digest[:16]}"


def _stroke(stroke: Stroke, height: float) -> str:
    points = [(x, height - y) for x, y in stroke.points]
    path = _rounded(points, stroke.radius) if stroke.radius else " l ".join(map(_at, points)) + " l"
    path = path.replace(" l", " m", 1) + (" h" if stroke.closed else "")
    fill = "" if stroke.fill is None else f"{stroke.fill:.3f} g "
    line = f"{stroke.width:.3f} w " if stroke.width else ""
    dash = f"[{stroke.dash[0]:.3f} {stroke.dash[1]:.3f}] 0 d" if stroke.dash else "[] 0 d"
    operator = ("B" if fill else "S") if line else "f"
    return f"{fill}{line}{dash} {path} {operator}"


def _rounded(points: Sequence[Point], radius: float) -> str:
    """A closed line whose corners are quarters of a circle."""
    parts: list[str] = []
    for before, corner, after in zip([points[-1], *points[:-1]], points, [*points[1:], points[0]], strict=True):
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        handles = (_between(start, corner, _ARC), _between(end, corner, _ARC))
        parts.append(f"{_at(start)} l {_at(handles[0])} {_at(handles[1])} {_at(end)} c")
    return " ".join(parts)


def _towards(point: Point, other: Point, length: float) -> Point:
    return _between(point, other, length / (hypot(other[0] - point[0], other[1] - point[1]) or 1.0))


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _at(point: Point) -> str:
    return f"{point[0]:.3f} {point[1]:.3f}"


def _circle(circle: Circle, height: float) -> str:
    def point(x: float, y: float) -> str:
        return f"{circle.x + x * circle.radius:.3f} {height - circle.y + y * circle.radius:.3f}"

    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    curves = (
        f"{point(x1 + _ARC * x2, y1 + _ARC * y2)} {point(x2 + _ARC * x1, y2 + _ARC * y1)} {point(x2, y2)} c"
        for (x1, y1), (x2, y2) in pairwise(corners)
    )
    return f"{circle.width:.3f} w {point(1, 0)} m {' '.join(curves)} s"
