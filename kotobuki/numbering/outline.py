"""Nesting is numbering: a draft paper laid flat, every item, note and target labelled.

In: a `DraftPaper` and the names. Out: `Flat` blocks in print order and the targets of references. Rules: a list becomes
１, （１）, ア … by depth (conventions A7); notes stand at the end of their section or cell (see `notes`); a schedule prints
its year once (A4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kotobuki.case import blocks as b
from kotobuki.case.inlines import Anchor, Inlines, RunIn, Spread, plain
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.labels import LabelsExhaustedError, parse_label
from kotobuki.numbering import typed
from kotobuki.numbering.draft import DraftPaper, DraftParagraph, DraftSection, Names
from kotobuki.numbering.flat import Flat, FlatCell, FlatFigure, FlatParagraph, FlatTable, Target
from kotobuki.numbering.notes import SIGN, with_notes, without_notes

MAX_LEVEL = 6
"""Levels of items that base.docx has styles for."""
_HEADS = ("表見出し", "表項目")
"""Roles in which names print in full and do not count, as in headings."""


@dataclass(frozen=True, slots=True)
class _Context:
    """Where content stands.

    prefix   "表" inside a table, else "": the family of roles
    level    of the next list
    role     of a plain paragraph; "" = by its words, as in a cell
    base     role path that absolute columns are measured from (a note or bullet around), inside: relative ones
    """

    prefix: str
    level: int
    role: str
    base: str = ""
    inside: str = ""
    parents: tuple[Target, ...] = ()
    notes: bool = True

    def into(self, role: str) -> str:
        """The path of `role` below this context."""
        return f"{self.base}/{role}" if self.base else role


class Outline:
    """Flattens one paper. `flat` and `targets` are the result."""

    def __init__(self, paper: DraftPaper, names: Names, diagnostics: Diagnostics) -> None:
        self.names, self.style, self.diagnostics = names, names.style, diagnostics
        self.targets: list[Target] = []
        self._series = 0
        self._anchors_at: dict[str, Place] = {}
        self._annexes(paper)
        self.flat = self._paper(paper)

    def _annexes(self, paper: DraftPaper) -> None:
        alone = len(paper.annexes) == 1
        for index, annex in enumerate(paper.annexes, 1):
            label = self.style.annex_mark + ("" if alone else self.style.digits.set_number(index))
            names = tuple(name for name in (plain(annex.title), annex.anchor, label) if name)
            if annex.anchor:
                self._anchors_at[annex.anchor] = annex.place
            self.targets.append(Target("annex", names, label, annex.title, annex.place, index=index))

    def _paper(self, paper: DraftPaper) -> tuple[Flat, ...]:
        flat: list[Flat] = []
        number = 0
        for block in paper.blocks:
            match block:
                case DraftParagraph():
                    flat.append(FlatParagraph(block.role, block.inlines, defines=block.defines))
                case DraftSection():
                    number += bool(block.heading)
                    flat += self._section(block, number)
        return tuple(flat)

    def _section(self, section: DraftSection, number: int) -> Iterator[Flat]:
        context = _Context("", 2, "節本文", inside="節本文", notes=section.notes)
        if not section.heading:
            yield from self._scope(self._content(section.content, context), context)
            return
        label, tab = self._label(self.style.labels[0], number, section.place)
        names = (*section.names, plain(section.heading), *self._anchors(section.heading))
        target = self._target("section", names, label, section.heading, section.place, (), 0, number)
        heading = FlatParagraph(
            "節見出し", section.heading, label, tab, heading=1, keep_next=True, defines=False, owner=target
        )
        context = replace(context, parents=(target,))
        yield from self._scope([heading, *self._content(section.content, context)], context)

    def _scope(self, blocks: Iterable[Flat], context: _Context) -> tuple[Flat, ...]:
        """Blocks with their own notes: their marks numbered, their words at the end."""
        flat = tuple(blocks)
        if not context.notes:
            return without_notes(flat)
        return with_notes(flat, context.prefix + "注", context.inside, self.style.digits, self.diagnostics)

    def _content(self, content: b.Content, context: _Context) -> Iterator[Flat]:
        for block in content:
            yield from self._block(block, context)

    def _block(self, block: b.Block, context: _Context) -> Iterator[Flat]:
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
            case b.Pairs() | b.Posts():
                yield from self._grid(typed.pairs(block.entries, self.names), context)
            case b.Schedule():
                yield from self._grid(typed.schedule(block, self.names), context)
            case b.PersonalData():
                yield from self._content(typed.personal_data(block), context)
            case b.Contractors():
                yield from self._content(typed.contractors(block, context.prefix), context)
            case b.Figure():
                owner = context.parents[-1] if context.parents else None
                yield FlatFigure(block.figure, block.description, context.base, owner, block.place)

    def _para(self, para: b.Para, context: _Context) -> FlatParagraph:
        owner = context.parents[-1] if context.parents else None
        self._adopt(para.inlines, owner)
        if para.role:
            inside = context.inside if para.role.removeprefix("表") in typed.RELATIVE_ROLES else context.base
            return FlatParagraph(para.role, para.inlines, inside=inside, defines=para.role not in _HEADS, owner=owner)
        role = context.role or ("表本文" if plain(para.inlines).endswith("。") else "表語句")
        return FlatParagraph(role, para.inlines, inside=context.base, defines=role not in _HEADS, owner=owner)

    def _list(self, series: b.Series, context: _Context) -> Iterator[Flat]:
        samples = self.style.labels
        level = samples.index(series.sample) + 1 if series.sample in samples else context.level
        if level > MAX_LEVEL:
            self.diagnostics.error(
                series.place,
                "list-too-deep",
                f"項目の段が深すぎます（{MAX_LEVEL}段まで）",
                "見出しを分けるか、表や箇条書に直してください",
            )
            return
        sample = series.sample or samples[level - 1]
        self._series += 1
        own, number = self._series, 0
        between = replace(context, role=context.role or "")
        for block in series.blocks:
            if isinstance(block, b.Item):
                number += 1
                yield from self._item(block, context, level, sample, number, own)
            else:
                yield from self._block(block, between)

    def _item(
        self, item: b.Item, context: _Context, level: int, sample: str, number: int, series: int
    ) -> Iterator[Flat]:
        label, tab = self._label(sample, number, item.place)
        head: Inlines = tuple(inline for inline in item.head if not (item.run_in and isinstance(inline, RunIn)))
        names = (plain(head), *self._anchors(head))
        target = self._target("item", names, label, head, item.place, context.parents, series, number)
        role = f"{context.prefix}項目{level}"
        body_role = f"{role}本文"
        body = item.body
        if item.run_in and body and isinstance(body[0], b.Para):
            head = (Spread(head, gap_em=1.0), *body[0].inlines)
            body = body[1:]
        keep = bool(body) and not context.prefix
        yield FlatParagraph(role, head, label, tab, context.base, keep_next=keep, owner=target)
        inner = replace(
            context,
            level=level + 1,
            role=body_role,
            inside=context.into(body_role),
            parents=(*context.parents, target),
        )
        yield from self._content(body, inner)

    def _bullets(self, bullets: b.Bullets, context: _Context) -> Iterator[Flat]:
        role = context.prefix + "箇条"
        for entry in bullets.entries:
            yield from self._labelled(entry, bullets.mark, bullets.mark != "・", role, context)

    def _note_block(self, note: b.NoteBlock, context: _Context) -> Iterator[Flat]:
        first, *rest = self._labelled(note.body, SIGN, True, context.prefix + "注", context)
        assert isinstance(first, FlatParagraph)  # the one beside the label
        yield replace(first, note=(note.name, note.place) if note.name else None)
        yield from rest

    def _labelled(self, body: b.Content, label: str, tab: bool, role: str, context: _Context) -> Iterator[Flat]:
        """A note or bullet: whatever paragraph comes first stands beside the label, the rest under it."""
        path = f"{context.inside}/{role}" if context.inside else role
        inner = replace(context, role=role + "本文", base=path, inside=path)
        flat = [
            replace(each, inside=context.inside)
            if isinstance(each, FlatParagraph) and each.role == inner.role
            else each
            for each in self._content(body, inner)
        ]
        first, *rest = flat or [FlatParagraph(role, ())]
        if isinstance(first, FlatParagraph) and not first.label:
            yield replace(first, role=role, label=label, tab=tab, inside=context.inside)
        else:
            yield FlatParagraph(role, (), label, tab, context.inside)
            yield first
        yield from rest

    def _grid(self, grid: b.Grid, context: _Context) -> Iterator[Flat]:
        parents = context.parents
        if grid.title:
            names = (plain(grid.title), *self._anchors(grid.title))
            parents = (*parents, self._target("table", names, "", grid.title, grid.place, parents))
            yield FlatParagraph("表題", grid.title, inside=context.inside, keep_next=True)
        rows = []
        for row in grid.rows:
            around = self._row_target(row, parents)
            cells = tuple(self._cell(cell, context, around) for cell in row.cells)
            rows.append((cells, row.head))
        # A table with rules takes the whole measure; one without stands under the text it belongs to.
        inside = context.base if grid.style == "表" else context.inside
        yield FlatTable(grid.style, grid.widths, tuple(rows), inside)

    def _row_target(self, row: b.GridRow, parents: tuple[Target, ...]) -> tuple[Target, ...]:
        """The row as a target, named by its label and its form's name."""
        label = next((cell for cell in row.cells if cell.target), None)
        if label is None:
            return parents
        title = label.content[0].inlines if label.content and isinstance(label.content[0], b.Para) else ()
        names = tuple(dict.fromkeys((*row.names, plain(title), *self._anchors(title))))
        return (*parents, self._target("row", names, "", title, row.place, parents))

    def _cell(self, cell: b.GridCell, context: _Context, parents: tuple[Target, ...]) -> FlatCell:
        inner = _Context("表", 1, cell.role, parents=parents, notes=context.notes)
        flat = self._scope(self._content(cell.content, inner), inner)
        return FlatCell(flat or (FlatParagraph(cell.role or "表語句", ()),), cell.columns, cell.rows)

    def _label(self, sample: str, number: int, place: Place) -> tuple[str, bool]:
        """The label of a number, and whether text follows at the tab stop (no bracket closes it)."""
        pattern = parse_label(sample)
        assert pattern is not None  # samples are checked where they are read
        try:
            return pattern.label(number, self.style.digits), not pattern.closed
        except LabelsExhaustedError as exhausted:
            self.diagnostics.error(
                place,
                "labels-exhausted",
                f"項目が多すぎて番号（{exhausted}）が尽きました",
                "見出しを立てて項目を分けてください",
            )
            return sample, not pattern.closed

    def _target(
        self,
        kind: str,
        names: tuple[str, ...],
        label: str,
        title: Inlines,
        place: Place,
        parents: tuple[Target, ...],
        series: int = 0,
        index: int = 0,
    ) -> Target:
        target = Target(kind, tuple(name for name in names if name), label, title, place, parents, series, index)
        self.targets.append(target)
        return target

    def _adopt(self, inlines: Inlines, owner: Target | None) -> None:
        """An identifier inside a paragraph names the item, row or section around it."""
        anchors = self._anchors(inlines)
        if anchors and owner:
            self.targets.append(replace(owner, names=anchors))

    def _anchors(self, inlines: Inlines) -> tuple[str, ...]:
        """The identifiers in `inlines`, each of which may stand but once in a paper."""
        found = [inline for inline in inlines if isinstance(inline, Anchor)]
        for anchor in found:
            first = self._anchors_at.setdefault(anchor.name, anchor.place)
            if first != anchor.place:
                self.diagnostics.error(
                    anchor.place,
                    "anchor-twice",
                    f"｛＃{anchor.name}｝が二つあります（最初は{first.line}行目です）",
                    "参照のための名前は、一つずつ別にしてください",
                )
        return tuple(anchor.name for anchor in found)
