"""Where the cells of a table stand, whose rows leave out what a cell above them covers.

In: rows of cells that span columns and rows, of a `document.Table` or a `case.blocks.Grid`. Out: the first column of each
cell.
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


class SpanningRow(Protocol):
    """A row of a table."""

    @property
    def cells(self) -> Sequence[SpanningCell]:
        """The cells that begin in it, from left to right."""
        ...


def starts(rows: Sequence[SpanningRow]) -> list[list[int]]:
    """The first column of each cell of each row, from 0: the first that no cell before it, beside or above, covers.

    A cell of two rows and one beside it, then the one below that: [[0, 1], [1]]. A table knows its own width: what starts
    behind its last column has no place in it.
    """
    free_from: dict[int, int] = {}  # the row from which a column is free again
    found = []
    for number, row in enumerate(rows):
        own: list[int] = []
        column = 0
        for cell in row.cells:
            while free_from.get(column, 0) > number:
                column += 1
            own.append(column)
            for each in range(column, column + cell.columns):
                free_from[each] = number + cell.rows
            column += cell.columns
        found.append(own)
    return found
