"""Set blocks in, page items out: the one place where lengths become positions on the page.

Items come in reading order: cell by cell, row by row, lines from top to bottom, the rules of a table after its text.
Positions are rounded to a thousandth of a point, so that pages compare and their digests are stable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import assert_never

from kotobuki.document import Paragraph
from kotobuki.layout.blocks import (
    Column,
    Mark,
    SetCell,
    SetFigure,
    SetLine,
    SetParagraph,
    SetRow,
    SetTable,
    row_bottoms,
    tops,
)
from kotobuki.layout.origins import Origin
from kotobuki.layout.page import Circle, Glyphs, Heading, Link, PageItem, Rule, TextLine
from kotobuki.layout.structure import Part, Parts
from kotobuki.stylesheet import TableStyle


def draw_column(blocks: Column, x: float, y: float) -> list[PageItem]:
    """The items of blocks one below the other, from (x, y) on."""
    items: list[PageItem] = []
    _draw_column(blocks, x, y, items)
    return items


def draw_paragraph(paragraph: SetParagraph, x: float, y: float) -> list[PageItem]:
    """The items of a paragraph with its top at y, in a column with its edge at x."""
    items: list[PageItem] = []
    _draw_paragraph(paragraph, x, y, items)
    return items


def _draw_column(blocks: Column, x: float, y: float, items: list[PageItem]) -> None:
    """Adds to `items`, of which a page has hundreds."""
    for top, block in tops(blocks):
        match block:
            case SetParagraph():
                _draw_paragraph(block, x, y + top, items)
            case SetFigure():
                _draw_figure(block, x, y + top, items)
            case SetTable():
                _draw_table(block, x, y + top, items)
            case _:
                assert_never(block)


def _draw_paragraph(block: SetParagraph, x: float, y: float, items: list[PageItem]) -> None:
    for number, line in enumerate(block.lines):
        _draw_line(line, x, y + number * block.pitch, block.source, block.parts, items)


def _draw_line(line: SetLine, x: float, y: float, source: Paragraph, parts: Parts, items: list[PageItem]) -> None:
    for offset, end, baseline, font, size, text, glyphs in line.texts:
        items.append(
            TextLine(
                y=_rounded(y + baseline),
                font=font,
                size=size,
                text=text,
                spans=tuple(
                    [Glyphs(_rounded(x + dx), run, tracking and _rounded(tracking)) for dx, run, tracking in glyphs]
                ),
                parts=parts if len(parts) < 2 else _parts_within(parts, offset, end),
                origin=Origin(source, offset),
            )
        )
    if line.marks:
        items.extend([_draw_mark(mark, x, y) for mark in line.marks])


@lru_cache(maxsize=4096)  # text stands at the same places on many pages, and rounding takes longer than to look it up
def _rounded(length: float) -> float:
    return round(length, 3)


def _parts_within(parts: Parts, start: int, end: int) -> Parts:
    """What the characters from `start` to `end` belong to, counted from `start`."""
    last = parts[-1]
    if start >= last.start:  # as all lines but the first of most paragraphs
        return (Part(0, last.element),)
    if not start and end > last.start and len(parts) == 2:  # as the first: label and words
        return parts
    ends = [*(part.start for part in parts[1:]), end]
    return tuple(
        [
            Part(max(begin - start, 0), element)
            for (begin, element), stop in zip(parts, ends, strict=True)
            if begin < end and start < stop and begin < stop
        ]
    )


def _draw_mark(mark: Mark, x: float, y: float) -> PageItem:
    match mark:
        case Rule():
            return _rule(x + mark.x1, y + mark.y1, x + mark.x2, y + mark.y2, mark.width)
        case Circle():
            return Circle(round(x + mark.x, 3), round(y + mark.y, 3), round(mark.radius, 3), mark.width)
        case Link():
            return Link(
                x=round(x + mark.x, 3),
                y=round(y + mark.y, 3),
                width=round(mark.width, 3),
                height=round(mark.height, 3),
                paper=mark.paper,
                element=mark.element,
            )
        case Heading():
            return Heading(round(y + mark.y, 3), mark.title, mark.level)
        case _:
            assert_never(mark)


def _draw_figure(figure: SetFigure, x: float, y: float, items: list[PageItem]) -> None:
    art = figure.art
    strokes = (
        replace(stroke, points=tuple((round(x + dx, 3), round(y + dy, 3)) for dx, dy in stroke.points))
        for stroke in art.strokes
    )
    placed = replace(art.image, x=round(x + art.image.x, 3), y=round(y + art.image.y, 3)) if art.image else None
    left, top, right, bottom = art.box
    box = (round(x + left, 3), round(y + top, 3), round(x + right, 3), round(y + bottom, 3))
    items.append(replace(art, strokes=tuple(strokes), image=placed, box=box))
    parts = (Part(0, art.element),) if art.element else ()
    for top, line, source in figure.lines:
        _draw_line(line, x, y + top, source, parts, items)


def _draw_table(table: SetTable, x: float, y: float, items: list[PageItem]) -> None:
    style = table.style
    rows = table.head + table.body
    columns = [x + edge for edge in table.edges]
    edges = [y, *(y + bottom for bottom in row_bottoms(rows, style))]
    for row, top in zip(rows, edges, strict=False):
        text_top = top + style.rule + style.cell_top
        for cell in row:
            _draw_column(cell.blocks, columns[cell.column] + style.cell_left, text_top, items)
    if style.rule:
        items.extend(_draw_rules(rows, len(table.head), style, columns, edges))


def _draw_rules(
    rows: tuple[SetRow, ...], heads: int, style: TableStyle, columns: Sequence[float], edges: Sequence[float]
) -> Iterator[Rule]:
    """The rules between and around the cells, each straight stretch as one line; they close at top and bottom.

    A joined row has one above it only where it is the first below `heads` rows of head.
    """
    cells = _cell_grid(rows, len(columns) - 1)
    half = style.rule / 2
    axes = [edge + half for edge in edges]
    for number, y in enumerate(axes):
        neighbours = zip(cells[number][1:-1], cells[number + 1][1:-1], strict=True)
        first_row = number in (0, heads)
        drawn = [above is not below and (first_row or not _is_joined(below)) for above, below in neighbours]
        for first, last in _stretches(drawn):
            # A horizontal rule covers the corners: it ends half a rule past the axes of the vertical ones.
            yield _rule(columns[first] - half, y, columns[last] + half, y, style.rule)
    for number, x in enumerate(columns):
        for first, last in _stretches([row[number] is not row[number + 1] for row in cells[1:-1]]):
            yield _rule(x, axes[first], x, axes[last], style.rule)


def _rule(x1: float, y1: float, x2: float, y2: float, width: float) -> Rule:
    return Rule(round(x1, 3), round(y1, 3), round(x2, 3), round(y2, 3), width)


def _cell_grid(rows: tuple[SetRow, ...], columns: int) -> list[list[object]]:
    """Which cell covers each place of the grid, with a border of None around it."""
    grid: list[list[object]] = [[None] * (columns + 2) for _ in range(len(rows) + 2)]
    for top, row in enumerate(rows):
        for cell in row:
            for covered in grid[top + 1 : top + 1 + cell.rows]:
                covered[cell.column + 1 : cell.column + 1 + cell.columns] = [cell] * cell.columns
    return grid


def _is_joined(cell: object) -> bool:
    return isinstance(cell, SetCell) and cell.joined


def _stretches(drawn: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last edge of each unbroken run of drawn places."""
    for is_drawn, run in groupby(range(len(drawn)), key=lambda index: drawn[index]):
        if is_drawn:
            places = list(run)
            yield places[0], places[-1] + 1
