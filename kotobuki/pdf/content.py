"""The content stream of a page: its items as PDF operators (ISO 32000-1, 8.5, 9.4 and 14.6).

In: the items of a page, and the fonts by the names that its lines use. Out: the words with the operators that show them, which are
the same wherever links lead; and the stream, written directly: rules and circles first, then all text in one text
object; what belongs to an element is marked with its number in the page, and all else as an artifact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import assert_never

from kotobuki.drawing import Image
from kotobuki.layout.page import INSET, Artwork, Circle, Inset, Rule, Stroke, TextLine
from kotobuki.layout.structure import FOOTER, HEADER, Element
from kotobuki.named_tuples import NamedTuple
from kotobuki.pdf.font import UsedFont
from kotobuki.pdf.objects import Stream, packed
from kotobuki.pdf.sorts import SortRun, stretches

Point = tuple[float, float]
Ink = Rule | Circle | Artwork | Inset
"""What is drawn and is no words."""

_UNSEEN = 0.25  # thousandths of an em: what is not worth an adjustment
_ARC = 0.5523  # length of the handles of a Bézier curve that draws a quarter of a circle of radius 1


Words = tuple[Element | None, str | None, Sequence[str]]
"""Words of one element, how they read where that is otherwise than they are drawn, and the operators that show them."""


class Content(NamedTuple):
    """The stream of a page, and the elements that its marks belong to, by the number of the mark."""

    stream: Stream
    marked: Sequence[Element]


def set_words(lines: Iterable[TextLine], height: float, fonts: Mapping[str, UsedFont]) -> list[Words]:
    """The words of a page of that height, in order."""
    pen = _Pen(height)
    return [words for line in lines for words in pen.line(line, fonts[line.font])]


def content(ink: Iterable[Ink], words: Iterable[Words], height: float, papers: Collection[str]) -> Content:
    """The operators that draw a page of that height: rules, circles and figures first, its words above them.

    `papers`: those that a link can lead to; one that leads nowhere is part of what it stands in.
    """
    marks = _Marks(papers)
    for item in ink:
        _draw(item, height, marks)
    marks.end()
    marks.operators.append("BT")
    for element, reads_as, operators in words:
        marks.begin(element, reads_as)
        marks.operators += operators
    marks.end()
    marks.operators.append("ET")
    return Content(packed("\n".join(marks.operators).encode("latin-1")), marks.elements)


class _Marks:
    """The operators of a page, marked: one mark stands open until something of another element comes."""

    def __init__(self, papers: Collection[str]) -> None:
        self.operators: list[str] = []
        self.elements: list[Element] = []
        self._papers = papers
        self._element: Element | None = None
        self._depth = 0
        self._closed = True

    def begin(self, element: Element | None, reads_as: str | None = None) -> None:
        """What stands before something of `element` (None: an artifact).

        What reads otherwise than it is drawn has a mark of its own, and none within another of an element: poppler loses
        count of these. It must be a Span, the only one in which poppler looks for other words.
        """
        if element is not None and element.kind == "Link" and element.paper not in self._papers:
            element = element.parent
        if not self._closed and self._element is element and reads_as is None:
            return
        self.end()
        words = "" if reads_as is None else f"/ActualText<feff{reads_as.encode('utf-16-be').hex()}>"
        self._element, self._closed, self._depth = element, bool(words), 1
        if element is not None and element is not HEADER and element is not FOOTER:
            self.operators.append(f"/{'Span' if words else element.kind}<</MCID {len(self.elements)}{words}>>BDC")
            self.elements.append(element)
            return
        about = f"/Artifact<</Type/Pagination/Subtype/{element.kind}>>BDC" if element else "/Artifact BMC"
        self.operators.append(about)
        if words:
            self._depth = 2
            self.operators.append(f"/Span<<{words}>>BDC")

    def around(self, element: Element) -> None:
        """What stands before a form that is a figure, or else has marks of its own, which belong to what is in `element`."""
        if element.kind == "Figure":
            self.begin(element)
        else:
            self.end()
            self.elements.append(element)

    def end(self) -> None:
        """What stands behind the last of it."""
        if self._depth:
            self.operators += ["EMC"] * self._depth
        self._closed, self._depth = True, 0


def _draw(item: Ink, height: float, marks: _Marks) -> None:
    match item:
        case Rule():
            marks.begin(None)
            marks.operators.append(_rule(item, height))
        case Circle():
            marks.begin(None)
            marks.operators.append(_circle(item, height))
        case Artwork():
            marks.begin(item.element)
            marks.operators += _artwork(item, height)
        case Inset():
            marks.around(item.element)
            marks.operators.append(f"q /{INSET} Do Q")
        case _:
            assert_never(item)


class _Pen:
    """Sets the lines of a page: what is selected, where the next sort will stand, and how far apart they are set."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._font: UsedFont | None = None
        self._size = self._x = self._tracking = 0.0

    def line(self, line: TextLine, font: UsedFont) -> list[Words]:
        """The words of a line."""
        found: list[Words] = []
        for element, runs, reads_as in stretches(line, font.face):
            operators: list[str] = []
            if not found:
                if font is not self._font or line.size != self._size:
                    self._font, self._size = font, line.size
                    operators.append(f"/{font.name} {line.size:.3f} Tf")
                self._x = runs[0].x
                operators.append(f"1 0 0 1 {self._x:.3f} {self._height - line.y:.3f} Tm")
            self._show(runs, font, operators)
            found.append((element, reads_as, operators))
        return found

    def _show(self, runs: Sequence[SortRun], font: UsedFont, operators: list[str]) -> None:
        """The operators that show the runs, one behind the other: all of one tracking in one.

        An adjustment between two of them moves to the left, in thousandths of an em.
        """
        array, adjusted = "", False
        for x, sorts, own_tracking, width in runs:
            tracking = round(own_tracking, 3) if own_tracking else 0.0
            if tracking != self._tracking and len(sorts) > 1:  # one sort alone may have any
                if array:
                    operators.append(_shown(array, adjusted))
                array, adjusted, self._tracking = "", False, tracking
                operators.append(f"{tracking:.3f} Tc")
            moved = 1000 * (self._x - x) / self._size
            if abs(moved) > _UNSEEN:
                array += f"{')' if array else ''}{moved:.1f}("
                adjusted = True
                self._x -= round(moved, 1) * self._size / 1000
            array = (array or "(") + font.literal(sorts)
            self._x += width + (self._tracking - own_tracking) * len(sorts)
        operators.append(_shown(array, adjusted))


def _shown(array: str, adjusted: bool) -> str:
    return f"[{array})]TJ" if adjusted else f"{array})Tj"


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
