"""Content laid flat: nesting is numbering.

In: authored blocks and where they stand. Out: `Flat` blocks in print order; every item, row and table in the book as a
target. Rules: a list becomes １, （１）, ア … by depth (conventions A7); notes stand at the end of their section or cell
(see `notes`); a schedule prints its year once (A4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Place
from kotobuki.grid import starts
from kotobuki.japanese.sentences import is_sentence
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering import targets, typed
from kotobuki.numbering.book import Book
from kotobuki.numbering.context import Context, table_role
from kotobuki.numbering.flat import Flat, FlatCell, FlatFigure, FlatParagraph, FlatTable
from kotobuki.numbering.notes import with_notes, without_notes
from kotobuki.numbering.targets import Parents, Target, TargetHeading, TargetMark
from kotobuki.reading.inlines import RunIn, Spread, plain
from kotobuki.roles import (
    CELL_HEAD,
    NUMBERED_ROW_LABEL,
    ROW_LABEL,
    TABLE_TITLE,
    Role,
    RoleFamily,
    RoleName,
    TableRole,
    within,
)

_HEADS = frozenset(
    table_role(role, family).style
    for role in (CELL_HEAD, ROW_LABEL, NUMBERED_ROW_LABEL)
    for family in (RoleFamily.TABLE, RoleFamily.SMALL_TABLE)
)
"""Styles of roles in which names print in full and do not count, as in headings."""


class Flattener:
    """Lays the content of one paper flat, and enters what it meets in the paper's book.

    `parents` are the targets that the content stands in, outermost first; to the last of them its paragraphs belong.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    def noted(self, blocks: Sequence[Flat], context: Context) -> Sequence[Flat]:
        """Blocks with their own notes: their marks numbered, their words at the end."""
        if not context.notes:
            return without_notes(blocks)
        return with_notes(blocks, context.family, context.inside, self._book.style.digits, self._book.diagnostics)

    def content(self, content: b.Content, context: Context, parents: Parents) -> list[Flat]:
        """Content laid flat: the paragraphs and tables of all that is in it, labelled, in print order."""
        found: list[Flat] = []
        for block in content:
            if isinstance(block, b.Typed):
                found += self.content(typed.content_of(block, self._book.names, context.family), context, parents)
                continue
            match block:
                case b.Para():
                    found.append(self._para(block, context, parents))
                case b.Series():
                    found += self._list(block, context, parents)
                case b.Item():
                    raise AssertionError("an item stands in a series")
                case b.Bullets():
                    found += self._bullets(block, context, parents)
                case b.NoteBlock():
                    if context.notes:
                        found += self._note_block(block, context, parents)
                case b.Grid():
                    found += self._grid(block, context, parents)
                case b.FigureBlock():
                    owner = _owner(parents)
                    found.append(FlatFigure(block.figure, block.description, context.base, owner, block.place))
                case _:
                    assert_never(block)
        return found

    def _para(self, para: b.Para, context: Context, parents: Parents) -> FlatParagraph:
        owner = _owner(parents)
        self._book.adopt(para.inlines, owner)
        label, tab, inside = "", False, context.base
        if para.role:
            role = table_role(para.role, context.family)
            if para.role.name == RoleName.CONTRACTOR:
                inside = context.inside
            if para.label:
                label, tab = self._book.label(*para.label, owner.place if owner else Place(""))
        else:
            role = context.role or Role(
                context.family, RoleName.BODY if is_sentence(plain(para.inlines)) else RoleName.PHRASE
            )
        return FlatParagraph(
            role=role,
            inlines=para.inlines,
            label=label,
            tab=tab,
            inside=inside,
            defines=role.style not in _HEADS,
            owner=owner,
        )

    def _list(self, series: b.Series, context: Context, parents: Parents) -> list[Flat]:
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
            return []
        base = context.item_base(level)
        own = _List(
            series=self._book.next_series(),
            sample=series.sample or samples[level - 1],
            level=level,
            role=context.shown_as(role, level),
            base=base,
            below=context.below(role, level, base),
        )
        found: list[Flat] = []
        number = 0
        for block in typed.items_of(series.blocks, self._book.names):
            if isinstance(block, b.Item):
                number += 1
                found += self._item(block, own, number, parents)
            else:
                found += self.content((block,), context, parents)
        return found

    def _item(self, item: b.Item, own: _List, number: int, parents: Parents) -> list[Flat]:
        label, tab = self._book.label(own.sample, number, item.place)
        head, body = item.head, item.body
        if item.run_in:
            head = tuple(inline for inline in head if not isinstance(inline, RunIn))
        heading = self._book.heading(head, item.place)
        target = self._book.add(self._item_target(heading, TargetMark(label, number, own.series), own, parents))
        if item.run_in and body and isinstance(body[0], b.Para):
            head = (Spread(head, gap_em=1.0), *body[0].inlines)
            body = body[1:]
        first = FlatParagraph(
            role=own.role, inlines=head, label=label, tab=tab, inside=own.base, keep_next=bool(body), owner=target
        )
        return [first, *self.content(body, own.below, (*parents, target))] if body else [first]

    def _item_target(self, heading: TargetHeading, mark: TargetMark, own: _List, parents: Parents) -> Target:
        """An item as what it is here: in a regulation a 号, or a part of one."""
        if not own.below.is_law:
            return targets.item(heading, mark, parents)
        if own.level > 2:
            return targets.subpoint(heading, mark, parents)
        cited_as = f"第{self._book.style.digits.set_number(mark.index)}号"
        return targets.point(heading, mark, parents, cited_as)

    def _bullets(self, bullets: b.Bullets, context: Context, parents: Parents) -> Iterator[Flat]:
        role = Role(context.family, RoleName.BULLET)
        for entry in bullets.entries:
            yield from self._labelled(entry, bullets.mark, role, context, parents, tab=bullets.mark != "・")

    def _note_block(self, note: b.NoteBlock, context: Context, parents: Parents) -> Iterator[Flat]:
        role = Role(context.family, RoleName.NOTE)
        first, *rest = self._labelled(note.body, note.sign, role, context, parents, tab=True)
        assert isinstance(first, FlatParagraph)  # the one beside the label
        yield replace(first, note=(note.name, note.place) if note.name else None)
        yield from rest

    def _labelled(
        self, body: b.Content, label: str, role: Role, context: Context, parents: Parents, *, tab: bool
    ) -> Iterator[Flat]:
        """A note or bullet: whatever paragraph comes first stands beside the label, the rest under it."""
        path, beneath = within(context.inside, role), role.beneath
        inner = replace(context, role=beneath, base=path, inside=path)
        flat = [
            replace(each, inside=context.inside) if isinstance(each, FlatParagraph) and each.role == beneath else each
            for each in self.content(body, inner, parents)
        ]
        first, *rest = flat or [FlatParagraph(role=role, inlines=())]
        if isinstance(first, FlatParagraph) and not first.label:
            yield replace(first, role=role, label=label, tab=tab, inside=context.inside)
        else:
            yield FlatParagraph(role=role, inlines=(), label=label, tab=tab, inside=context.inside)
            yield first
        yield from rest

    def _grid(self, grid: b.Grid, context: Context, parents: Parents) -> list[Flat]:
        found: list[Flat] = []
        if grid.title:
            target = targets.table(self._book.heading(grid.title, grid.place), parents)
            parents = (*parents, self._book.add(target))
            found.append(FlatParagraph(role=TABLE_TITLE, inlines=grid.title, inside=context.inside, keep_next=True))
        rows = []
        table = TableRole(grid.ruled, grid.small or context.is_small)
        inner = _Cells(
            RoleFamily.SMALL_TABLE if table.small else RoleFamily.TABLE, self._book.style.labels, context.notes
        )
        for row, columns in zip(grid.rows, starts(grid.rows), strict=True):
            label, around = self._row_target(row, parents, leads=columns[:1] == [0])
            cells = [
                self._cell(cell, inner, around if at else label, ruled=grid.ruled) for at, cell in enumerate(row.cells)
            ]
            rows.append((tuple(cells), row.head))
        # A table with rules takes the whole measure; one without stands under the text it belongs to.
        inside = context.base if grid.ruled else context.inside
        if grid.indented and context.family is RoleFamily.TEXT:
            inside = within(inside, Role(context.family, RoleName.ITEM, 1).beneath)
        found.append(
            FlatTable(
                role=table,
                widths=grid.widths,
                rows=tuple(rows),
                inside=inside,
                again=grid.again if grid.shows_again else self._book.style.labels_again,
                repeats=self._book.style.repeats_heads if grid.repeats is None else grid.repeats,
                place=grid.place,
            )
        )
        return found

    def _row_target(self, row: b.GridRow, parents: Parents, *, leads: bool) -> tuple[Parents, Parents]:
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

    def _cell(self, cell: b.GridCell, inside: _Cells, parents: Parents, *, ruled: bool) -> FlatCell:
        """A cell; one of a table with rules is a scope of notes."""
        context = inside[cell.role]
        flat: Sequence[Flat] = self.content(cell.content, context, parents)
        if ruled:
            flat = self.noted(flat, context)
        if not flat:
            flat = [FlatParagraph(role=context.role or Role(context.family, RoleName.PHRASE), inlines=())]
        return FlatCell(tuple(flat), cell.columns, cell.rows, cell.target)


class _Cells(dict[Role | None, Context]):
    """Where the content of the cells of a table stands, by the role that a cell gives to plain paragraphs."""

    def __init__(self, family: RoleFamily, labels: tuple[str, ...], notes: bool) -> None:
        super().__init__()
        self.family, self.labels, self.notes = family, labels, notes

    def __missing__(self, role: Role | None) -> Context:
        own = table_role(role, self.family) if role else None
        context = self[role] = Context(family=self.family, level=1, role=own, labels=self.labels, notes=self.notes)
        return context


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """What the items of one list share.

    series  its number
    sample  of its labels
    level   of its items
    role    of the paragraph that begins an item, which is measured from `base`
    below   where stands what is under an item
    """

    series: int
    sample: str
    level: int
    role: Role
    base: str
    below: Context


def _owner(parents: Parents) -> Target | None:
    return parents[-1] if parents else None
