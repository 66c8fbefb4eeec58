"""The blocks of a paper or cell in two versions, one below the other in one row.

In: the blocks of both. Out: blocks of a redline: paragraphs with `revised`, and tables. Where Word wants a line of 1 pt
(behind a table) it stands here as a line of its own, and so does the end of a section, so that both are compared like
everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import assert_never

from kotobuki.compare.alignment import aligned, likeness
from kotobuki.compare.redline.pieces import OwnLine, pieces, whole
from kotobuki.document import (
    Block,
    Figure,
    Orientation,
    Paragraph,
    Piece,
    Revised,
    Revision,
    Row,
    Table,
    all_blocks,
)
from kotobuki.lazy_dataclasses import dataclass

_OTHER_ROLE = 0.9
"""What the likeness of two lines of different roles counts: of two that read alike, the one of the same role is taken, but a
line whose role alone has changed is still itself.
"""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a section, of upright or landscape pages, behind which another begins."""

    page: Orientation


FlowItem = Paragraph | Figure | Table | Break | None
"""What stands in a row; None = a line of 1 pt."""
Ends = tuple[Orientation, Orientation]
"""The pages of the section that ends here, in the old and the new version."""
MergeTables = Callable[[Table, Table], Table | None]
"""Two versions of a table in one; None where they have too little in common."""


@dataclass(slots=True, kw_only=True)
class _Placed:
    """A line of the redline while its neighbours are settled. `own`: the line whose words stand in it."""

    own: OwnLine
    pieces: tuple[Piece, ...]
    mark: Revision
    old: OwnLine
    new: OwnLine
    ends: Ends | None = None

    def block(self) -> Block:
        """As it goes into the paper: its line with `revised`; a break or a line of 1 pt as a paragraph of no role."""
        revised = Revised(self.pieces, self.mark, self.old, self.new, self.ends)
        own = self.own
        return replace(own, revised=revised) if isinstance(own, Paragraph) else Paragraph(role="", revised=revised)


def laid_apart(blocks: Sequence[Block]) -> list[FlowItem]:
    """The blocks with a line of 1 pt between two tables and behind a last one."""
    found: list[FlowItem] = []
    for block in blocks:
        if isinstance(block, Table) and found and isinstance(found[-1], Table):
            found.append(None)
        found.append(block)
    if not found or isinstance(found[-1], Table):
        found.append(None)
    return found


def whole_row(row: Row, revision: Revision) -> Row:
    """A row that only one version has, and all that stands in it."""
    cells = tuple(replace(cell, blocks=_whole(cell.blocks, revision)) for cell in row.cells)
    return replace(row, revision=revision, cells=cells)


def _whole(blocks: Sequence[Block], revision: Revision) -> tuple[Block, ...]:
    flow = _Flow()
    for item in laid_apart(blocks):
        flow.add(item, revision)
    return flow.blocks()


def merged(
    old: Sequence[FlowItem], new: Sequence[FlowItem], merge_tables: MergeTables, ends: Ends | None = None
) -> tuple[Block, ...]:
    """Both rows in one. Each ends with a line. `ends`: of the section that they end, where it is no cell."""
    flow = _Flow()
    for before, after in aligned(old, new, _key, _likeness):
        if before is None and after is not None:
            flow.add(new[after], "inserted")
        elif after is None and before is not None:
            flow.add(old[before], "deleted")
        elif before is not None and after is not None:
            flow.pair(old[before], new[after], merge_tables)
    flow.end(ends)
    return flow.blocks()


class _Flow:
    """Puts lines and tables one below the other, so that the end of each stretch of lines is in both versions."""

    def __init__(self) -> None:
        self._placed: list[_Placed | Table] = []
        self._open = 0  # where the stretch of lines begins that goes on

    def blocks(self) -> tuple[Block, ...]:
        """All that was put, top to bottom."""
        return tuple(each.block() if isinstance(each, _Placed) else each for each in self._placed)

    def add(self, item: FlowItem, revision: Revision) -> None:
        """Puts a line, break or table that one version alone has, all of it marked as such."""
        match item:
            case Table():
                self._table(replace(item, rows=tuple(whole_row(row, revision) for row in item.rows)), revision)
            case Break():
                self._break(item, revision)
            case Paragraph() | Figure() | None:
                self._placed.append(_Placed(own=item, pieces=whole(item, revision), mark=revision, old=item, new=item))
            case _:
                assert_never(item)

    def pair(self, old: FlowItem, new: FlowItem, merge_tables: MergeTables) -> None:
        """Puts what both versions have. Their kinds are the same, or both are lines."""
        match old, new:
            case Table(), Table() if both := merge_tables(old, new):
                self._table(both, "")
            case Break(), Break():
                self.end((old.page, new.page))
            case ((Paragraph() | Figure() | None), (Paragraph() | Figure() | None)):
                self._placed.append(_Placed(own=new, pieces=pieces(old, new), mark="", old=old, new=new))
            case _:  # there is nothing that both have
                self.add(old, "deleted")
                self.add(new, "inserted")

    def end(self, ends: Ends | None) -> None:
        """Ends a section (None: a cell): Word knows no way to take the end of its last line away."""
        lines = [each for each in self._placed[self._open :] if isinstance(each, _Placed)]
        kept = next((each for each in reversed(lines) if not each.mark), None)
        tail = lines[lines.index(kept) + 1 :] if kept else lines
        gone = [each for each in tail if each.mark == "deleted"]
        come = [each for each in tail if each.mark == "inserted"]
        if gone and come:
            self._replace(gone[-1], come[-1])
        elif tail and kept:
            self._keep(tail[-1], kept)
        elif tail:
            self._placed.append(_Placed(own=None, pieces=(), mark="", old=None, new=None))
        last = self._placed[-1]
        assert isinstance(last, _Placed)  # each version has a line behind its last table
        last.ends = ends
        self._open = len(self._placed)

    def _replace(self, old: _Placed, new: _Placed) -> None:
        """Makes one line of the last one of the old version and that of the new one.

        Where one of them is a line of 1 pt it stays behind the other: that is safer than a line that becomes one.
        """
        last = _Placed(own=new.own, pieces=(*old.pieces, *new.pieces), mark="", old=old.old, new=new.new)
        hairlines = [each for each in (old, new) if each.own is None]
        if hairlines:
            last = _Placed(own=None, pieces=(), mark="", old=None, new=None)
        merged = hairlines or [old, new]
        self._placed = [each for each in self._placed if not any(each is other for other in merged)]
        self._placed.append(last)

    def _keep(self, last: _Placed, before: _Placed) -> None:
        """Keeps the end of the last line, which one version alone has: in the other it ends the line before."""
        if last.mark == "inserted":
            last.old = before.old
        else:
            last.new = before.new
        before.mark, last.mark = last.mark, ""

    def _table(self, table: Table, revision: Revision) -> None:
        """Puts a table. Two that touch would be one to Word: a line parts them as long as both are there."""
        before = self._placed[-1] if self._placed else None
        if isinstance(before, Table):
            own: Revision = "inserted" if revision == "inserted" and not _is_deleted(before) else "deleted"
            self._placed.append(_Placed(own=None, pieces=(), mark=own, old=None, new=None))
        self._placed.append(table)
        self._open = len(self._placed)

    def _break(self, section: Break, revision: Revision) -> None:
        """Ends a section that one version has: at the end of a line that it has alone, too, else at one put for it."""
        last = self._placed[-1] if len(self._placed) > self._open else None
        if not isinstance(last, _Placed) or last.mark != revision:
            last = _Placed(own=None, pieces=(), mark=revision, old=None, new=None)
            self._placed.append(last)
        last.ends = (section.page, section.page)
        self._open = len(self._placed)


def _is_deleted(table: Table) -> bool:
    return all(row.revision == "deleted" for row in table.rows)


def _key(item: FlowItem) -> Hashable:
    """What makes items the same: the label is none of it, as labels move when something is inserted before them."""
    match item:
        case Paragraph():
            return (item.role, item.text)
        case Figure():
            return (Figure, item.description)
        case Table():
            return (Table, item.style, len(item.widths), _text(item))
        case Break() | None:
            return item
        case _:
            assert_never(item)


def _likeness(old: FlowItem, new: FlowItem) -> float:
    match old, new:
        case Paragraph(), Paragraph():
            return likeness(old.text, new.text) * (1.0 if old.role == new.role else _OTHER_ROLE)
        case Figure(), Figure():  # a figure drawn anew, even if it is described in other words
            return 0.5 + 0.5 * likeness(old.description, new.description)
        case Table(), Table():
            return likeness(_text(old), _text(new)) if old.style == new.style else 0.0
        case _:
            return float(old is None and new is None) or float(isinstance(old, Break) and old == new)


def _text(table: Table) -> str:
    return "\n".join(each.label + each.text for each in all_blocks((table,)) if isinstance(each, Paragraph))
