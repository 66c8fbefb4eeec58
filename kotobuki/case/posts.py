"""Rows of a 体制 in a table: the column that such a row stands in is split into role and post (conventions A9).

In: a grid. Out: the same; where a cell holds a 体制 and nothing else, its row is one row for each of its posts, and the
cells of the other rows take both parts of the column. A 体制 among other content stays a block of lines there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kotobuki.case import blocks as b
from kotobuki.grid import starts
from kotobuki.japanese.characters import natural_width_em
from kotobuki.reading.inlines import plain
from kotobuki.roles import ROW_LABEL

_CELL_MARGINS = 0.9
"""Left and right margin of a cell of the table style 表 (2 × 5.4 pt) in em of 12 pt, lost where a column is split."""
_LEAST_POST = 9.1
"""em that a post is left beside a long role: 総務部総務課長 and what rounding takes."""


def with_posts_split(grid: b.Grid) -> b.Grid:
    """The grid with the columns split that posts stand in, from the right, so that those at the left keep their places."""
    for column in reversed(range(len(grid.widths))):
        grid = _split(grid, column)
    return grid


def _split(grid: b.Grid, column: int) -> b.Grid:
    own = {number: posts for number, posts in enumerate(_posts_in(grid, column)) if posts is not None}
    if not own:
        return grid
    rows: list[b.GridRow] = []
    for number, (row, columns) in enumerate(zip(grid.rows, starts(grid.rows), strict=True)):
        cells: list[b.GridCell] = []
        for cell, start in zip(row.cells, columns, strict=True):
            if number in own and start == column:
                cells += _pair(own[number], 0)
                continue
            more = sum(len(own[each].entries) - 1 for each in range(number, number + cell.rows) if each in own)
            wider = start <= column < start + cell.columns
            cells.append(replace(cell, columns=cell.columns + wider, rows=cell.rows + more) if wider or more else cell)
        rows.append(replace(row, cells=tuple(cells)))
        if number in own:
            rows += (b.GridRow(_pair(own[number], at), place=row.place) for at in range(1, len(own[number].entries)))
    widths = (*grid.widths[:column], *_widths(grid.widths[column], own.values()), *grid.widths[column + 1 :])
    return replace(grid, rows=tuple(rows), widths=widths)


def _posts_in(grid: b.Grid, column: int) -> Iterator[b.Posts | None]:
    """By row, the posts that its cell in the column holds, if it is a plain cell of that one column."""
    for row, columns in zip(grid.rows, starts(grid.rows), strict=True):
        cell = next((cell for cell, at in zip(row.cells, columns, strict=True) if at == column), None)
        yield (
            _posts(cell.content) if cell and cell.columns == cell.rows == 1 and not (row.head or cell.target) else None
        )


def _posts(content: b.Content) -> b.Posts | None:
    """A 体制 that is all there is, written as such or as the only entry of a list."""
    match content:
        case (b.Posts(entries=entries) as posts,) if entries:
            return posts
        case (b.Series(blocks=blocks),):
            return _posts(blocks)
        case _:  # any other content: no closed union, but a shape that is looked for
            return None


def _pair(posts: b.Posts, at: int) -> tuple[b.GridCell, b.GridCell]:
    role, post = posts.entries[at]
    return b.GridCell((b.Para(role, role=ROW_LABEL),)), b.GridCell(post)


def _widths(width: float, found: Iterable[b.Posts]) -> tuple[float, float]:
    """Of role and post: the longest role in one line, as long as half of the column is left to the posts.

    The posts of a column that shares what is left share it on.
    """
    longest = max(natural_width_em(plain(role)) for posts in found for role, _ in posts.entries)
    if width <= 0:
        return longest, width
    room = width - _CELL_MARGINS
    role = min(longest, max(room - _LEAST_POST, room / 2))
    return role, room - role
