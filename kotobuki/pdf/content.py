"""The content stream of a page: its items as PDF operators (ISO 32000-1, 8.5 and 9.4).

In: a `Page` and the fonts by the names that its lines use. Out: the stream, written directly: rules and circles
first, then all text in one text object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import assert_never

from kotobuki.drawing import Image
from kotobuki.layout.page import Artwork, Circle, Heading, Link, Page, Rule, Stroke, TextLine
from kotobuki.pdf.font import PdfFont
from kotobuki.pdf.spacing import Group, groups

Point = tuple[float, float]

_ARC = 0.5523  # length of the handles of a Bézier curve that draws a quarter of a circle of radius 1


def content(page: Page, fonts: Mapping[str, PdfFont]) -> bytes:
    """The operators that draw `page`: rules, circles and figures first, its words above them."""
    ink: list[str] = []
    lines: list[TextLine] = []
    for item in page.drawn:
        match item:
            case Rule():
                ink.append(_rule(item, page.height))
            case Circle():
                ink.append(_circle(item, page.height))
            case Artwork():
                ink += _artwork(item, page.height)
            case TextLine():
                lines.append(item)
            case Link() | Heading():
                pass  # leave no ink
            case _:
                assert_never(item)
    return "\n".join((*ink, "BT", *_text(lines, page.height, fonts), "ET")).encode("latin-1")


def _text(lines: list[TextLine], height: float, fonts: Mapping[str, PdfFont]) -> Iterator[str]:
    selected: tuple[PdfFont, float] | None = None
    tracking = 0.0
    for line in lines:
        font = fonts[line.font]
        if selected != (font, line.size):
            selected = font, line.size
            yield f"/{font.name} {line.size:.3f} Tf"
        for group in groups(line, font.face.advance_em):
            if group.gaps:
                yield f"/Span<</ActualText<feff{group.text.encode('utf-16-be').hex()}>>>BDC"
            start = group.pieces[0]
            if start.tracking != tracking:
                tracking = start.tracking
                yield f"{tracking:.3f} Tc"
            yield f"1 0 0 1 {start.x:.3f} {height - line.y:.3f} Tm{_shown(group, font, line.size)}"
            if group.gaps:
                yield "EMC"


def _shown(group: Group, font: PdfFont, size: float) -> str:
    """The operator that shows a group, with the tracking of its first piece already set.

    It is one operator however many pieces there are, since some readers (PDFium) take the place of an /ActualText from
    the first one. A positive adjustment within it moves to the left, in thousandths of an em.
    """
    start = group.pieces[0]
    if len(group.pieces) == 1:
        return f"({''.join(map(font.codes.__getitem__, start.characters))})Tj"
    shown, end = "", start.x
    for piece in group.pieces:
        extra = piece.tracking - start.tracking
        between = f"){-1000 * extra / size:.1f}(" if extra else ""
        codes = between.join(map(font.codes.__getitem__, piece.characters))
        shown += f"{1000 * (end - piece.x) / size:.1f}({codes})"
        end = piece.x + sum(map(font.face.advance_em, piece.characters)) * size
        end += len(piece.characters) * piece.tracking - extra
    return f"[{shown}]TJ"


def _rule(rule: Rule, height: float) -> str:
    start, end = (f"{x:.3f} {height - y:.3f}" for x, y in ((rule.x1, rule.y1), (rule.x2, rule.y2)))
    return f"{rule.width:.3f} w {start} m {end} l S"


def _artwork(artwork: Artwork, height: float) -> Iterator[str]:
    """The lines of a figure, marked as one with its alternative text; leaves colours and dashes as they were."""
    yield f"/Figure<</Alt<feff{artwork.description.encode('utf-16-be').hex()}>>>BDC q"
    for stroke in artwork.strokes:
        yield _stroke(stroke, height)
    if (image := artwork.image) is not None:
        frame = f"{image.width:.3f} 0 0 {image.height:.3f} {image.x:.3f} {height - image.y - image.height:.3f}"
        yield f"{frame} cm /{image_name(image)} Do"
    yield "Q EMC"


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
