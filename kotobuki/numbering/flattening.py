"""Content laid flat: nesting is numbering.

In: authored blocks and where they stand. Out: `Flat` blocks in print order; every item, row and table in the book as a
target. Rules: a list becomes １, （１）, ア … by depth (conventions A7); notes stand at the end of their section or cell
(see `notes`); a schedule prints its year once (A4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Place
from kotobuki.grid import starts
from kotobuki.japanese.sentences import is_sentence
from kotobuki.numbering import targets, typed
from kotobuki.numbering.book import Book
from kotobuki.numbering.context import Context
from kotobuki.numbering.flat import Flat, FlatCell, FlatFigure, FlatParagraph, FlatTable
from kotobuki.numbering.notes import with_notes, without_notes
from kotobuki.numbering.targets import Target, TargetHeading, TargetMark
from kotobuki.reading.inlines import Inlines, RunIn, Spread, plain
from kotobuki.roles import CELL_HEAD, NUMBERED_ROW_LABEL, ROW_LABEL, TABLE_TITLE, Role, RoleFamily, RoleName, TableRole

_HEADS = (CELL_HEAD, ROW_LABEL, NUMBERED_ROW_LABEL)
"""Roles in which names print in full and do not count, as in headings."""


class Flattener:
    """Lays the content of one paper flat, and enters what it meets in the paper's book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def noted(self, blocks: Iterable[Flat], context: Context) -> tuple[Flat, ...]:
        """Blocks with their own notes: their marks numbered, their words at the end."""
        flat = tuple(blocks)
        if not context.notes:
            return without_notes(flat)
        return with_notes(
            flat, Role(context.family, RoleName.NOTE), context.inside, self._book.style.digits, self._book.diagnostics
        )

    def content(self, content: b.Content, context: Context) -> Iterator[Flat]:
        """Content laid flat: the paragraphs and tables of all that is in it, labelled, in print order."""
        for block in content:
            yield from self._block(block, context)

    def _block(self, block: b.Block, context: Context) -> Iterator[Flat]:
        if isinstance(block, b.Typed):
            yield from self.content(typed.content_of(block, self._book.names, context.family), context)
            return
        match block:
            case b.Para():
                yield self._para(block, context)
            case b.Series():
                yield from self._list(block, context)
            case b.Item():
                raise AssertionError("an item stands in a series")
            case b.Bullets():
                yield from self._bullets(block, context)
            case b.NoteBlock():
                if context.notes:
                    yield from self._note_block(block, context)
            case b.Grid():
                yield from self._grid(block, context)
            case b.FigureBlock():
                owner = context.parents[-1] if context.parents else None
                yield FlatFigure(block.figure, block.description, context.base, owner, block.place)
            case _:
                assert_never(block)

    def _para(self, para: b.Para, context: Context) -> FlatParagraph:
        owner = context.parents[-1] if context.parents else None
        self._book.adopt(para.inlines, owner)
        if para.role:
            inside = context.inside if para.role.name == RoleName.CONTRACTOR else context.base
            label, tab = (
                self._book.label(*para.label, owner.place if owner else Place("")) if para.label else ("", False)
            )
            role = context.table_role(para.role)
            defines = not _is_head(para.role)
            return FlatParagraph(
                role=role, inlines=para.inlines, label=label, tab=tab, inside=inside, defines=defines, owner=owner
            )
        role = context.role or Role(
            context.family, RoleName.BODY if is_sentence(plain(para.inlines)) else RoleName.PHRASE
        )
        defines = not _is_head(role)
        return FlatParagraph(role=role, inlines=para.inlines, inside=context.base, defines=defines, owner=owner)

    def _list(self, series: b.Series, context: Context) -> Iterator[Flat]:
        samples = context.labels
        level = samples.index(series.sample) + 1 if series.sample in samples else context.level
        role = context.item_role(level)
        if role is None:
            self._book.diagnostics.error(
                series.place,
                "list-too-deep",
                f"項目の段が深すぎます（{context.deepest}段まで）",
                "見出しを分けるか、表や箇条書に直してください",
            )
            return
        sample = series.sample or samples[level - 1]
        own, number, own_context = self._book.next_series(), 0, replace(context, level=level)
        for block in typed.items_of(series.blocks, self._book.names):
            if isinstance(block, b.Item):
                number += 1
                yield from self._item(block, own_context, role, sample, number, own)
            else:
                yield from self._block(block, context)

    def _item(
        self, item: b.Item, context: Context, role: Role, sample: str, number: int, series: int
    ) -> Iterator[Flat]:
        label, tab = self._book.label(sample, number, item.place)
        head: Inlines = tuple(inline for inline in item.head if not (item.run_in and isinstance(inline, RunIn)))
        heading, mark = self._book.heading(head, item.place), TargetMark(label, number, series)
        target = self._book.add(self._item_target(heading, mark, context))
        body = item.body
        if item.run_in and body and isinstance(body[0], b.Para):
            head = (Spread(head, gap_em=1.0), *body[0].inlines)
            body = body[1:]
        base = context.item_base(context.level)
        yield FlatParagraph(
            role=context.shown_as(role),
            inlines=head,
            label=label,
            tab=tab,
            inside=base,
            keep_next=bool(body),
            owner=target,
        )
        inner = replace(
            context,
            level=context.level + 1,
            role=role.beneath,
            inside=(*base, role.beneath),
            parents=(*context.parents, target),
        )
        yield from self.content(body, inner)

    def _item_target(self, heading: TargetHeading, mark: TargetMark, context: Context) -> Target:
        """An item as what it is here: in a regulation a 号, or a part of one."""
        if not context.is_law:
            return targets.item(heading, mark, context.parents)
        if context.level > 2:
            return targets.subpoint(heading, mark, context.parents)
        cited_as = f"第{self._book.style.digits.set_number(mark.index)}号"
        return targets.point(heading, mark, context.parents, cited_as)

    def _bullets(self, bullets: b.Bullets, context: Context) -> Iterator[Flat]:
        role = Role(context.family, RoleName.BULLET)
        for entry in bullets.entries:
            yield from self._labelled(entry, bullets.mark, role, context, tab=bullets.mark != "・")

    def _note_block(self, note: b.NoteBlock, context: Context) -> Iterator[Flat]:
        first, *rest = self._labelled(note.body, note.sign, Role(context.family, RoleName.NOTE), context, tab=True)
        assert isinstance(first, FlatParagraph)  # the one beside the label
        yield replace(first, note=(note.name, note.place) if note.name else None)
        yield from rest

    def _labelled(self, body: b.Content, label: str, role: Role, context: Context, *, tab: bool) -> Iterator[Flat]:
        """A note or bullet: whatever paragraph comes first stands beside the label, the rest under it."""
        path = (*context.inside, role)
        inner = replace(context, role=role.beneath, base=path, inside=path)
        flat = [
            replace(each, inside=context.inside)
            if isinstance(each, FlatParagraph) and each.role == inner.role
            else each
            for each in self.content(body, inner)
        ]
        first, *rest = flat or [FlatParagraph(role=role, inlines=())]
        if isinstance(first, FlatParagraph) and not first.label:
            yield replace(first, role=role, label=label, tab=tab, inside=context.inside)
        else:
            yield FlatParagraph(role=role, inlines=(), label=label, tab=tab, inside=context.inside)
            yield first
        yield from rest

    def _grid(self, grid: b.Grid, context: Context) -> Iterator[Flat]:
        parents = context.parents
        if grid.title:
            target = targets.table(self._book.heading(grid.title, grid.place), parents)
            parents = (*parents, self._book.add(target))
            yield FlatParagraph(role=TABLE_TITLE, inlines=grid.title, inside=context.inside, keep_next=True)
        rows = []
        table = TableRole(grid.ruled, grid.small or context.is_small)
        for row, columns in zip(grid.rows, starts(grid.rows), strict=True):
            label, around = self._row_target(row, parents, leads=columns[:1] == [0])
            cells = tuple(
                self._cell(cell, context, around if at else label, table) for at, cell in enumerate(row.cells)
            )
            rows.append((cells, row.head))
        # A table with rules takes the whole measure; one without stands under the text it belongs to.
        inside = context.base if grid.ruled else context.inside
        if grid.indented and context.family is RoleFamily.TEXT:
            inside = (*inside, Role(context.family, RoleName.ITEM, 1).beneath)
        again = grid.again if grid.shows_again else self._book.style.labels_again
        yield FlatTable(
            role=table,
            widths=grid.widths,
            rows=tuple(rows),
            inside=inside,
            again=again,
            repeats=self._book.style.repeats_heads if grid.repeats is None else grid.repeats,
            place=grid.place,
        )

    def _row_target(
        self, row: b.GridRow, parents: targets.Parents, *, leads: bool
    ) -> tuple[targets.Parents, targets.Parents]:
        """What stands around the first cell of a row and around the others: the row itself, as a target.

        It is named by its label and its form's name; one without a label by its first cell, if that is a few words
        and `leads`: stands in the first column, where no cell reaches down from above.
        """
        label = next((cell for cell in reversed(row.cells) if cell.target), None)
        if label is not None:
            last = label.content[-1] if label.content else None
            title = last.inlines if isinstance(last, b.Para) else ()
            around = (*parents, self._book.add(targets.row(self._book.heading(title, row.place, row.names), parents)))
            return around, around
        match row.cells[:1]:
            case (b.GridCell(content=(b.Para(inlines=title),)),) if leads and not row.head and plain(title):
                target = targets.row(self._book.heading(title, row.place), parents, implied=True)
                return (*parents, self._book.add(target)), parents
            case _:  # nothing that could be its name
                return parents, parents

    def _cell(self, cell: b.GridCell, context: Context, parents: targets.Parents, table: TableRole) -> FlatCell:
        """A cell; one of a table with rules is a scope of notes."""
        inner = Context(
            family=RoleFamily.SMALL_TABLE if table.small else RoleFamily.TABLE,
            level=1,
            role=None,
            labels=self._book.style.labels,
            parents=parents,
            notes=context.notes,
        )
        role = inner.table_role(cell.role) if cell.role else None
        inner = replace(inner, role=role)
        content = self.content(cell.content, inner)
        flat = self.noted(content, inner) if table.ruled else tuple(content)
        return FlatCell(
            flat or (FlatParagraph(role=role or Role(inner.family, RoleName.PHRASE), inlines=()),),
            cell.columns,
            cell.rows,
            cell.target,
        )


def _is_head(role: Role) -> bool:
    return role.family.is_table and replace(role, family=RoleFamily.TABLE) in _HEADS
