"""A table as nodes: a row is called by its label, a cell beside it by the heading of its column.

In: a `Grid` and who reads what stands in its cells. Out: nodes of the kinds 見出しの行 (heads), 行 (rows, and the labels of
groups of rows) and 欄 (cells of a row that has several).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from kotobuki.case import blocks as b
from kotobuki.compare.kinds import Kind
from kotobuki.compare.tree import Node
from kotobuki.compare.words import Word
from kotobuki.diagnostics import Place
from kotobuki.grid import starts
from kotobuki.numbering.targets import Target
from kotobuki.reading.inlines import Inlines
from kotobuki.roles import ROW_LABEL


class _Reader(Protocol):
    """Reads the content of cells (`ContentTree`)."""

    def nodes(self, content: b.Content, level: int, owner: Target | None) -> tuple[Node, ...]: ...

    def pair(self, label: Inlines, value: b.Content, level: int, owner: Target | None) -> Node: ...

    def target_at(self, place: Place) -> Target | None: ...


def table_rows(grid: b.Grid, reader: _Reader, owner: Target | None) -> tuple[Node, ...]:
    """The rows. `owner`: what the table stands under."""
    return tuple(_Table(grid, reader, owner).rows())


class _Table:
    def __init__(self, grid: b.Grid, reader: _Reader, owner: Target | None) -> None:
        self.grid, self.reader, self.owner = grid, reader, owner
        self.starts = starts(grid.rows)
        self.headings = self._headings()

    def rows(self) -> Iterator[Node]:
        """The rows; what stands beside a label that covers several belongs to it."""
        last: Node | None = None
        left = 0  # rows that the label of the last one still covers
        for row, columns in zip(self.grid.rows, self.starts, strict=True):
            labels = [cell for cell in row.cells if cell.target]
            beside = [(cell, at) for cell, at in zip(row.cells, columns, strict=True) if not cell.target]
            if not labels and left and last:
                left -= 1
                last = replace(last, children=(*last.children, *self._beside(beside, self.owner)))
                continue
            yield from (last,) if last else ()
            last = None
            if not labels:
                yield self._plain(row)
                continue
            left = labels[-1].rows - 1
            target = self.reader.target_at(row.place)
            *groups, head = self._labels(labels, target)
            yield from (Node(kind=Kind.ROW, words=words, name=_text(words), place=row.place) for words in groups)
            name = row.names[0] if row.names else ""
            last = Node(kind=Kind.ROW, words=head, children=self._beside(beside, target), name=name, place=row.place)
        yield from (last,) if last else ()

    def _headings(self) -> dict[int, str]:
        """The heading of each column: in its lowest row of heads."""
        found: dict[int, str] = {}
        for row, columns in zip(self.grid.rows, self.starts, strict=True):
            for cell, start in zip(row.cells, columns, strict=True):
                if row.head and (text := _text(self._words(cell.content, None))):
                    found |= dict.fromkeys(range(start, start + cell.columns), text)
        return found

    def _labels(self, cells: Sequence[b.GridCell], owner: Target | None) -> list[tuple[Word, ...]]:
        """The labels of the groups that begin with a row, and its own: each in a cell, or one below the other."""
        *groups, own = cells
        stacked = [self._words((block,), owner) for block in own.content]
        return [*(self._words(cell.content, owner) for cell in groups), *(stacked or [()])]

    def _beside(self, cells: Sequence[tuple[b.GridCell, int]], owner: Target | None) -> tuple[Node, ...]:
        """What stands beside a label: role and post of a 体制 as a pair, one cell by what is in it, several by column."""
        first = next(iter(cells[0][0].content), None) if len(cells) == 2 else None
        if isinstance(first, b.Para) and first.role == ROW_LABEL:
            return (self.reader.pair(first.inlines, cells[1][0].content, 1, owner),)
        if len(cells) == 1:
            return self.reader.nodes(cells[0][0].content, 1, owner)
        return tuple(self._cell(cell, at, owner) for cell, at in cells if cell.content)

    def _cell(self, cell: b.GridCell, column: int, owner: Target | None) -> Node:
        name = self.headings.get(column) or f"{column + 1}列目"
        nodes = self.reader.nodes(cell.content, 1, owner)
        if len(nodes) == 1 and nodes[0].kind is Kind.PARAGRAPH:
            return Node(kind=Kind.CELL, words=nodes[0].words, name=name, place=nodes[0].place)
        return Node(kind=Kind.CELL, words=(), children=nodes, name=name, place=nodes[0].place if nodes else Place(""))

    def _plain(self, row: b.GridRow) -> Node:
        """A row without a label: its cells side by side where each is one text at the most."""
        kind = Kind.HEADS if row.head else Kind.ROW
        contents = [self.reader.nodes(cell.content, 1, self.owner) for cell in row.cells]
        if any(len(nodes) > 1 or (nodes and nodes[0].kind is not Kind.PARAGRAPH) for nodes in contents):
            return Node(
                kind=kind, words=(), children=tuple(node for nodes in contents for node in nodes), place=row.place
            )
        words: list[Word] = []
        for index, nodes in enumerate(contents):
            words += [Word(" ｜ ")] if index else []
            words += nodes[0].words if nodes else ()
        return Node(kind=kind, words=tuple(words), place=row.place)

    def _words(self, content: b.Content, owner: Target | None) -> tuple[Word, ...]:
        return tuple(word for node in self.reader.nodes(content, 1, owner) for word in node.words)


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)
