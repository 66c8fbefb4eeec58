"""The cells and rows of a table as they are read, before those that belong together become one.

In: nothing; these are the values that `tables` and `table_files` make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import Role

LEFT, UP = "｛←｝", "｛↑｝"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A place of the grid: its content, or that it belongs to the cell at its left or above it.

    called  how messages call a cell of a file: 「件数.csv」のB3
    """

    content: b.Content = ()
    joins: str = ""
    role: Role | None = None
    label: bool = False
    place: Place = field(default=Place(""), compare=False)
    called: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row. `names`: what references may call it besides its label."""

    cells: tuple[TableCell, ...]
    place: Place
    names: tuple[str, ...] = ()


def usual_length(lines: Iterable[TableRow]) -> int:
    """The number of cells that most rows with cells have; of two that are as usual, the one that comes first."""
    counted = Counter(len(line.cells) for line in lines if line.cells).most_common(1)
    return counted[0][0] if counted else 0
