"""The content stream of a page: its items as PDF operators (ISO 32000-1, 8.5 and 9.4).

In: a `Page` and the fonts by the names that its lines use. Out: the stream, written directly: rules and circles
first, then all text in one text object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from kotobuki.layout.page import Circle, Page, Rule, TextLine
from kotobuki.pdf.font import PdfFont
from kotobuki.pdf.spacing import Group, groups

_ARC = 0.5523  # length of the handles of a Bézier curve that draws a quarter of a circle of radius 1


def content(page: Page, fonts: Mapping[str, PdfFont]) -> bytes:
    """The operators that draw `page`."""
    ink: list[str] = []
    lines: list[TextLine] = []
    for item in page.drawn:
        match item:
            case Rule():
                ink.append(_rule(item, page.height))
            case Circle():
                ink.append(_circle(item, page.height))
            case TextLine():
                lines.append(item)
            case _:
                pass  # links and headings leave no ink
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


def _circle(circle: Circle, height: float) -> str:
    def point(x: float, y: float) -> str:
        return f"{circle.x + x * circle.radius:.3f} {height - circle.y + y * circle.radius:.3f}"

    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    curves = (
        f"{point(x1 + _ARC * x2, y1 + _ARC * y2)} {point(x2 + _ARC * x1, y2 + _ARC * y1)} {point(x2, y2)} c"
        for (x1, y1), (x2, y2) in pairwise(corners)
    )
    return f"{circle.width:.3f} w {point(1, 0)} m {' '.join(curves)} s"
