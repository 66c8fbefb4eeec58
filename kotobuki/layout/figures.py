"""A drawing in, a set figure out: its shapes as strokes, its words as lines with every character placed.

Arrow heads are filled triangles as large as Word draws them (`drawing.HEAD`); the line ends where its head begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import hypot

from kotobuki.document import Figure, Paragraph, Run
from kotobuki.drawing import (
    DASH,
    GAP,
    HEAD,
    ROUND,
    SHADE,
    STROKES,
    Arrow,
    Box,
    Drawing,
    Point,
    SetWords,
    hexagon,
    words_top,
)
from kotobuki.layout.blocks import SetFigure, SetLine, SetText
from kotobuki.layout.lines import Measure, break_paragraph, set_line
from kotobuki.layout.page import Artwork, Stroke
from kotobuki.layout.paragraphs import Look
from kotobuki.layout.structure import Element
from kotobuki.roles import STANDARD
from kotobuki.stylesheet import baseline

FOOT = 1.5
"""Height in pt below a figure: what a line of the least size takes below the baseline that the figure stands on."""


def set_figure(figure: Figure, look: Look, element: Element | None) -> SetFigure:
    """The figure against the left edge of its column; `element` is what it is. It must have a drawing."""
    drawing = figure.drawing
    assert drawing is not None  # settled before anything is laid out
    shift = look.sheet.shift(figure.inside)
    strokes = (stroke for shape in drawing.shapes for stroke in _strokes(shape, shift))
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    lines = (line for box in boxes for line in _lines(box, drawing, look, shift))
    frame = (shift, 0.0, shift + drawing.width, drawing.height)
    art = Artwork(tuple(strokes), figure.description, drawing.image, frame, element)
    return SetFigure(art, tuple(lines), drawing.height + FOOT, GAP, GAP)


def _strokes(shape: Box | Arrow, shift: float) -> Iterator[Stroke]:
    dash = DASH if shape.stroke == "dashed" else None
    width = STROKES[shape.stroke]
    if isinstance(shape, Arrow):
        yield from _arrow(shape, width, dash, shift)
    elif shape.shape != "none":
        fill = SHADE if shape.filled else None
        radius = min(shape.width, shape.height) * ROUND if shape.shape == "round" else 0.0
        corners = tuple((x + shift, y) for x, y in _corners(shape))
        yield Stroke(points=corners, width=width, closed=True, dash=dash, fill=fill, radius=radius)


def _corners(box: Box) -> tuple[Point, ...]:
    x, y = box.middle
    if box.shape == "hexagon":
        return hexagon(box)
    if box.shape == "diamond":
        return (x, box.y), (box.right, y), (x, box.bottom), (box.x, y)
    return (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)


def _arrow(arrow: Arrow, width: float, dash: tuple[float, float] | None, shift: float) -> Iterator[Stroke]:
    points = [(x + shift, y) for x, y in arrow.points]
    heads: list[Stroke] = []
    for wanted, tip, before in ((arrow.at_end, -1, -2), (arrow.at_start, 0, 1)):
        if wanted:
            head, base = _head(points[tip], points[before])
            heads.append(head)
            points[tip] = base
    yield Stroke(points=tuple(points), width=width, dash=dash)
    yield from heads


def _head(tip: Point, before: Point) -> tuple[Stroke, Point]:
    """The triangle of an arrow head, and the middle of its base."""
    length = hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
    dx, dy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    base = (tip[0] - HEAD * dx, tip[1] - HEAD * dy)
    half = HEAD / 2
    sides = (base[0] - half * dy, base[1] + half * dx), (base[0] + half * dy, base[1] - half * dx)
    return Stroke(points=(tip, *sides), width=0.0, closed=True, fill=0.0), base


def _lines(box: Box, drawing: Drawing, look: Look, shift: float) -> Iterator[tuple[float, SetLine, Paragraph]]:
    """The lines of a box with their tops and sources; a paragraph that is centred stands between its insets."""
    font = look.font or look.sheet.paragraphs[STANDARD.style].font
    advance = look.advances(font)
    size, inner = drawing.size, box.width - 2 * box.inset
    lines = [(words, *line) for words in box.words for line in _numbered(words)]
    tops = accumulate([drawing.pitch] * len(lines), initial=words_top(box, drawing.pitch))
    for (words, number, text, start, source), top in zip(lines, tops, strict=False):
        if not text.strip():
            continue
        hang = words.hang if number else 0.0
        measure = (inner - 2 * words.indent - hang) / size
        natural = break_paragraph(text, Measure(measure), advance=advance)[0].width_em * size
        x = shift + box.x + box.inset + hang + (max(inner - natural, 0.0) / 2 if words.centred else 0.0)
        fragments = set_line(text, measure, advance=advance)
        glyphs = tuple((x + each.x_em * size, each.text, each.tracking_em * size) for each in fragments)
        set_text = SetText(start, start + len(text), baseline(drawing.pitch, size), font, size, text, glyphs)
        yield top, SetLine((set_text,)), source


def _numbered(words: SetWords) -> Iterator[tuple[int, str, int, Paragraph]]:
    """The lines of a paragraph in a box, each with its number, where it begins in the paragraph, and that."""
    paragraph = Paragraph(role=STANDARD.style, inlines=(Run(text=words.text, at=words.at),))
    starts = accumulate(map(len, words.lines), initial=0)
    for number, (line, start) in enumerate(zip(words.lines, starts, strict=False)):
        yield number, line, start, paragraph
