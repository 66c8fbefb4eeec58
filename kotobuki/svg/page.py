"""A page as an SVG file: the same ink as in the PDF, its words as text.

In: a `Page` and, by the names in its lines, the fonts. Out: a file that holds nothing but elements and presentation
attributes: no style, no script, nothing from outside (images stand in it as data). The order is that of the PDF: rules,
circles and figures first, then the words, so that the text of the one is the text of the other. A page that others
made is not drawn: a grey frame says what stands there. A link is a blank rectangle; `data-paper` is where it leads.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from math import hypot
from typing import assert_never

from kotobuki.drawing import Image
from kotobuki.fonts import characters
from kotobuki.layout.page import Artwork, Circle, Glyphs, Heading, Inset, Link, Page, Rule, Stroke, TextLine
from kotobuki.svg.fonts import ScreenFont
from kotobuki.svg.markup import element, escaped, number
from kotobuki.svg.outlines import Outlines, placed

Point = tuple[float, float]

_INK = "#000"
_FRAME = "#888"  # of what is not drawn
_MARGIN = 12.0  # around that frame, in pt
_FRAME_FILL = "#eee"


def page_svg(page: Page, fonts: Mapping[str, ScreenFont]) -> str:
    """The page as an SVG file, a pt being its unit."""
    usual = next((fonts[item.font] for item in page.drawn if isinstance(item, TextLine)), None)
    ink, words, outlines = "".join(_ink(page)), list[str](), Outlines()
    for item in page.drawn:
        if isinstance(item, TextLine):
            words.append(_line(item, fonts[item.font], usual, outlines))
    body = outlines.definitions() + ink + "".join(words)
    size = f"{number(page.width)} {number(page.height)}"
    family = f' font-family="{escaped(usual.family)}"' if usual else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(page.width)}pt" '
        f'height="{number(page.height)}pt" text-rendering="geometricPrecision"{family}>{body}</svg>'
    )


def _ink(page: Page) -> Iterator[str]:
    for item in page.drawn:
        match item:
            case Rule():
                yield element(
                    "line", x1=item.x1, y1=item.y1, x2=item.x2, y2=item.y2, stroke=_INK, stroke_width=item.width
                )
            case Circle():
                yield element(
                    "circle", cx=item.x, cy=item.y, r=item.radius, fill="none", stroke=_INK, stroke_width=item.width
                )
            case Artwork():
                yield from map(_stroke, item.strokes)
                if item.image:
                    yield _image(item.image)
            case Inset():
                yield from _frame(item, page)
            case Link():
                yield element(
                    "rect",
                    x=item.x,
                    y=item.y,
                    width=item.width,
                    height=item.height,
                    fill="none",
                    pointer_events="all",
                    data_paper=item.paper,
                )
            case TextLine() | Heading():
                pass  # words come later; a heading leaves no ink
            case _:
                assert_never(item)


def _frame(inset: Inset, page: Page) -> Iterator[str]:
    """What stands for the page of others: nothing of a file that somebody else made comes into ours."""
    width, height = page.width - 2 * _MARGIN, page.height - 2 * _MARGIN
    yield element("rect", x=_MARGIN, y=_MARGIN, width=width, height=height, fill=_FRAME_FILL, stroke=_FRAME)
    title = inset.element.description or "ほかで作られたページ"
    words = escaped(f"{title}（ここには表示しません）")
    yield element("text", words, x=page.width / 2, y=page.height / 2, font_size=12, fill=_FRAME, text_anchor="middle")


def _image(image: Image) -> str:
    data = f"data:image/{image.kind};base64,{b64encode(image.data).decode()}"
    return element(
        "image",
        x=image.x,
        y=image.y,
        width=image.width,
        height=image.height,
        preserveAspectRatio="none",
        href=data,
    )


def _stroke(stroke: Stroke) -> str:
    return element(
        "path",
        d=_path(stroke),
        fill="none" if stroke.fill is None else _grey(stroke.fill),
        stroke=_INK if stroke.width else None,
        stroke_width=stroke.width or None,
        stroke_dasharray=" ".join(map(number, stroke.dash)) if stroke.dash else None,
    )


def _grey(share: float) -> str:
    return f"#{round(share * 255):02x}" + f"{round(share * 255):02x}" * 2


def _path(stroke: Stroke) -> str:
    points, end = stroke.points, "Z" if stroke.closed else ""
    if not stroke.radius:
        return "M" + "L".join(map(_at, points)) + end
    turns: list[str] = []
    for before, corner, after in zip([points[-1], *points[:-1]], points, [*points[1:], points[0]], strict=True):
        start, stop = _towards(corner, before, stroke.radius), _towards(corner, after, stroke.radius)
        turns.append(f"{_at(start)}A{number(stroke.radius)} {number(stroke.radius)} 0 0 1 {_at(stop)}")
    return "M" + "L".join(turns) + end


def _towards(point: Point, other: Point, length: float) -> Point:
    """The point so far from `point` on the way to `other`."""
    share = length / (hypot(other[0] - point[0], other[1] - point[1]) or 1.0)
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _line(line: TextLine, font: ScreenFont, usual: ScreenFont | None, outlines: Outlines) -> str:
    """A line as text; one whose font may not be served is drawn as well, and its text not seen."""
    family = None if usual is not None and font.family == usual.family else font.family
    unseen = "none" if font.drawn else None
    spans = "".join(_span(span, line.size, font) for span in line.spans if characters(span.text))
    if not spans:
        return ""
    drawn = outlines.line(line, font.face) if font.drawn else ""
    # Blanks are kept only where that stands in the very element: browsers have a rule of their own for every text.
    blanks = {"xml:space": "preserve"} if any(" " in span.text for span in line.spans) else {}
    return drawn + element("text", spans, y=line.y, font_size=line.size, font_family=family, fill=unseen, **blanks)


def _span(span: Glyphs, size: float, font: ScreenFont) -> str:
    """A stretch of characters set at one distance; each in its own place where the browser's font may have other widths."""
    drawn = characters(span.text)
    words = escaped("".join(drawn))
    if font.key:
        spacing = span.tracking if len(drawn) > 1 and span.tracking else None
        return element("tspan", words, x=span.x, letter_spacing=spacing)
    return "".join(element("tspan", escaped(each), x=x) for each, x in placed(span, size, font.face))
