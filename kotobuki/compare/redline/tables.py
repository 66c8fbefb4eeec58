"""Two versions of a table in one: rows inserted, rows deleted, and cells in which words changed.

In: two tables and the stylesheet. Out: a table whose rows carry `revision`. Rules: both stand on one grid, which has the
column edges of both, so that neither looks different for it; rows held together by a cell that spans them are one
band; a band of another shape is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from kotobuki.compare.alignment import aligned, likeness
from kotobuki.compare.redline.flow import laid_apart, merged, whole_row
from kotobuki.document import Cell, Paragraph, Row, Table, all_blocks
from kotobuki.grid import starts
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.stylesheet import Stylesheet

_NEAR = 0.1
"""Edges no further apart, in pt, are one: two of Word's smallest units (twips), a fifth of the rule that stands on them."""
_SAME_LABEL = 0.6
"""How alike rows are at the least that have the same label: above `LEAST` of `aligned`, so that they are paired whatever was
rewritten beside the label, and below what the same words count.
"""

Band = tuple[Row, ...]


def merged_tables(old: Table, new: Table, sheet: Stylesheet) -> Table | None:
    """Both in one; None where they stand differently on the page."""
    if (old.style, old.inside) != (new.style, new.inside):
        return None
    style = sheet.tables[new.style]
    em, margins = sheet.table_em(new.style), style.cell_left + style.cell_right
    before, after = (
        list(accumulate((width * em + margins for width in each.widths), initial=0.0)) for each in (old, new)
    )
    if abs(before[-1] - after[-1]) > _NEAR:
        return None
    edges = _together(before, after)
    rows = _Merger(sheet).rows(_on_grid(old.rows, before, edges), _on_grid(new.rows, after, edges))
    widths = tuple((right - left - margins) / em for left, right in pairwise(edges))
    return replace(new, widths=widths if len(edges) > len(after) else new.widths, rows=tuple(rows))


def _together(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """The edges of both grids, those of the new one where they are near each other."""
    return sorted([*after, *(edge for edge in before if all(abs(edge - other) > _NEAR for other in after))])


def _on_grid(rows: Sequence[Row], own: Sequence[float], edges: Sequence[float]) -> tuple[Row, ...]:
    """The rows with cells that span the columns of the finer grid."""
    at = [min(range(len(edges)), key=lambda index: abs(edges[index] - edge)) for edge in own]
    last = len(own) - 1
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, columns=at[min(start + cell.columns, last)] - at[start])
                for start, cell in zip(own_starts, row.cells, strict=True)
                if start < last
            ),
        )
        for own_starts, row in zip(starts(rows), rows, strict=True)
    )


def _bands(rows: Sequence[Row]) -> list[Band]:
    """Rows that are held together by a cell, together."""
    found: list[list[Row]] = []
    open_rows = 0
    for row in rows:
        if open_rows > 0:
            found[-1].append(row)
        else:
            found.append([row])
        open_rows = max([open_rows - 1, *(cell.rows - 1 for cell in row.cells)])
    return [tuple(each) for each in found]


@dataclass(frozen=True, slots=True)
class _Merger:
    """Puts the rows of two tables that stand on one grid one below the other."""

    sheet: Stylesheet

    def rows(self, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
        """The rows of both: those paired with their words merged, deleted ones before those inserted in their place."""
        before, after = _bands(old), _bands(new)
        for at, to in aligned(before, after, _key, _likeness):
            gone, come = () if at is None else before[at], () if to is None else after[to]
            both = self._band(_Band(gone), _Band(come)) if gone and come else None
            yield from both or (
                *(whole_row(row, "deleted") for row in gone),
                *(whole_row(row, "inserted") for row in come),
            )

    def _band(self, old: _Band, new: _Band) -> list[Row] | None:
        """Both in one; None where they are of different shapes."""
        if old.shape == new.shape:
            both = zip(old.rows, new.rows, strict=True)
            return [replace(after, cells=self._cells(before.cells, after.cells)) for before, after in both]
        spans = max(old, new, key=lambda each: len(each.rows)).spans()
        before, after = old.beside(spans), new.beside(spans)
        if before is None or after is None or _shape(before[0]) != _shape(after[0]):
            return None
        first = self._cells(old.rows[0].cells, new.rows[0].cells)
        inner = [*self._inner(before[1:], after[1:])]
        height = 1 + len(inner)
        cells = tuple(
            replace(cell, rows=height) if (start, cell.columns) in spans else cell
            for start, cell in zip(new.starts(0), first, strict=True)
        )
        return [replace(new.rows[0], cells=cells), *inner]

    def _inner(self, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
        """The rows beside the cells that span both bands."""
        for at, to in aligned(old, new, lambda row: (_shape(row), _text(row)), _row_likeness):
            if at is None and to is not None:
                yield whole_row(new[to], "inserted")
            elif to is None and at is not None:
                yield whole_row(old[at], "deleted")
            elif at is not None and to is not None:
                yield replace(new[to], cells=self._cells(old[at].cells, new[to].cells))

    def _cells(self, old: Sequence[Cell], new: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(self._cell(before, after) for before, after in zip(old, new, strict=True))

    def _cell(self, old: Cell, new: Cell) -> Cell:
        def tables(before: Table, after: Table) -> Table | None:
            return merged_tables(before, after, self.sheet)

        return replace(new, blocks=merged(laid_apart(old.blocks), laid_apart(new.blocks), tables))


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows held together by cells that span them."""

    rows: tuple[Row, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """What two bands have in common whose cells stand at the same places."""
        return tuple(_shape(row) for row in self.rows)

    def starts(self, number: int) -> list[int]:
        """The first column of each cell of a row."""
        return starts(self.rows)[number]

    def spans(self) -> set[tuple[int, int]]:
        """First column and width of the cells that span all rows."""
        cells = zip(self.starts(0), self.rows[0].cells, strict=True)
        return {(start, cell.columns) for start, cell in cells if cell.rows == len(self.rows)}

    def beside(self, spans: set[tuple[int, int]]) -> list[Row] | None:
        """The rows without the cells that stand at `spans`; None if these do not span all, or if others span rows, too."""
        if not spans <= self.spans():
            return None
        found = []
        for own_starts, row in zip(starts(self.rows), self.rows, strict=True):
            placed = zip(own_starts, row.cells, strict=True)
            cells = tuple(cell for start, cell in placed if (start, cell.columns) not in spans)
            if any(cell.rows > 1 for cell in cells):
                return None
            found.append(replace(row, cells=cells))
        return found


def _shape(row: Row) -> Hashable:
    return (row.head, tuple((cell.columns, cell.rows) for cell in row.cells))


def _text(row: Row) -> str:
    return "\n".join(_words(cell) for cell in row.cells)


def _words(cell: Cell) -> str:
    return "\n".join(block.text for block in all_blocks(cell.blocks) if isinstance(block, Paragraph))


def _key(band: Band) -> Hashable:
    return tuple((_shape(row), _text(row)) for row in band)


def _likeness(old: Band, new: Band) -> float:
    """How alike two bands are; what is called alike is taken for the same, however much of it was rewritten."""
    alike = likeness(*("\n".join(map(_text, band)) for band in (old, new)))
    labels = [[_words(cell) for cell in band[0].cells if cell.label] for band in (old, new)]
    return _SAME_LABEL + (1 - _SAME_LABEL) * alike if labels[0] and labels[0] == labels[1] else alike


def _row_likeness(old: Row, new: Row) -> float:
    return likeness(_text(old), _text(new)) if _shape(old) == _shape(new) else 0.0
