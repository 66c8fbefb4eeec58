"""Where the cells of a table stand, whose rows leave out what a cell above them covers.

In: rows of cells that span columns and rows. Out: the first column of each cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class SpanningCell(Protocol):
    """A cell of a table: `columns` × `rows` places of the grid."""

    @property
    def columns(self) -> int:
        """How many columns it covers."""
        ...

    @property
    def rows(self) -> int:
        """How many rows it covers."""
        ...


def starts(rows: Sequence[Sequence[SpanningCell]]) -> list[list[int]]:
    """The first column of each cell of each row, from 0."""
    free_from: dict[int, int] = {}  # the row from which a column is free again
    found = []
    for number, cells in enumerate(rows):
        own: list[int] = []
        column = 0
        for cell in cells:
            while free_from.get(column, 0) > number:
                column += 1
            own.append(column)
            for each in range(column, column + cell.columns):
                free_from[each] = number + cell.rows
            column += cell.columns
        found.append(own)
    return found
