"""Nesting is numbering: a draft paper laid flat, every item, note and target labelled.

In: a `DraftPaper` and the names. Out: `Flat` blocks in print order and the targets of references. Rules: a list becomes
１, （１）, ア … by depth (conventions A7); notes stand at the end of their section or cell, （※） alone or （※１）（※２）
(A8); a schedule prints its year once (A4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kotobuki.case import blocks as b
from kotobuki.case.inlines import Anchor, Inline, Inlines, Note, NoteRef, RunIn, Spread, Text, plain
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.labels import LabelsExhaustedError, parse_label
from kotobuki.japanese.widths import DigitWidths
from kotobuki.numbering import typed
from kotobuki.numbering.draft import DraftPaper, DraftParagraph, DraftSection, Names
from kotobuki.numbering.flat import Flat, FlatCell, FlatParagraph, FlatTable, Target

MAX_LEVEL = 6
"""Levels of items that base.docx has styles for."""


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


@dataclass
class _Notes:
    """The notes of one scope (a section or a cell): their marks numbered in the order met."""

    digits: DigitWidths
    collected: list[Note] = field(default_factory=list)
    numbers: dict[str | int, int] = field(default_factory=dict)
    """By the name of a note block, or by the position in `collected`."""

    def add(self, inline: Inline) -> None:
        """Number the mark that `inline` prints, if it prints one."""
        if isinstance(inline, Note):
            self.numbers[len(self.collected)] = len(self.numbers) + 1
            self.collected.append(inline)
        elif isinstance(inline, NoteRef):
            self.numbers.setdefault(inline.name, len(self.numbers) + 1)

    def mark(self, key: str | int) -> str:
        """The printed mark: ※ alone, or with its number where the scope has several."""
        numbered = len(self.numbers) > 1 and key in self.numbers
        return "※" + (self.digits.set_number(self.numbers[key]) if numbered else "")

    def key(self, inline: Note | NoteRef) -> str | int:
        """What `mark` knows the inline by."""
        if isinstance(inline, NoteRef):
            return inline.name
        return next(index for index, note in enumerate(self.collected) if note is inline)


class Outline:
    """Flattens one paper. `flat` and `targets` are the result."""

    def __init__(self, paper: DraftPaper, names: Names, diagnostics: Diagnostics) -> None:
        self.names, self.style, self.diagnostics = names, names.style, diagnostics
        self.targets: list[Target] = []
        self._series = 0
        self._note_places: list[tuple[str, Place]] = []
        self._annexes(paper)
        self.flat = self._paper(paper)

    def _annexes(self, paper: DraftPaper) -> None:
        alone = len(paper.annexes) == 1
        for index, annex in enumerate(paper.annexes, 1):
            label = self.style.annex_mark + ("" if alone else self.style.digits.set_number(index))
            names = tuple(name for name in (plain(annex.title), annex.anchor, label) if name)
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
        if not section.heading:
            yield from self._scope(section.content, _Context("", 2, "節本文", inside="節本文", notes=section.notes))
            return
        label, tab = self._label(self.style.labels[0], number, section.place)
        names = (*section.names, plain(section.heading), *_anchors(section.heading))
        target = self._target("section", names, label, section.heading, section.place, (), 0, number)
        yield FlatParagraph(
            "節見出し", section.heading, label, tab, heading=1, keep_next=True, defines=False, owner=target
        )
        context = _Context("", 2, "節本文", inside="節本文", parents=(target,), notes=section.notes)
        yield from self._scope(section.content, context)

    def _scope(self, content: b.Content, context: _Context) -> tuple[Flat, ...]:
        """Content with its own notes: their marks numbered, their words at the end."""
        flat = list(self._content(content, context))
        if not context.notes:
            return tuple(_without_notes(block) for block in flat)
        notes = _Notes(self.style.digits)
        for block in flat:
            for inline in block.inlines if isinstance(block, FlatParagraph) else ():
                notes.add(inline)
        self._check_note_names(flat, notes)
        flat = [_with_marks(block, notes) for block in flat]
        role = context.prefix + "注"
        for index, note in enumerate(notes.collected):
            flat.append(FlatParagraph(role, note.inlines, notes.mark(index), True, context.inside))
        return tuple(flat)

    def _check_note_names(self, flat: list[Flat], notes: _Notes) -> None:
        """Every mark has its note in the same section or cell, and every named note its mark."""
        paragraphs = [block for block in flat if isinstance(block, FlatParagraph)]
        written = {p.label.split(_NAMED)[1] for p in paragraphs if _NAMED in p.label}
        for paragraph in paragraphs:
            for inline in paragraph.inlines:
                if isinstance(inline, NoteRef) and inline.name not in written:
                    self.diagnostics.error(
                        inline.place,
                        "note-missing",
                        f"｛※→{inline.name}｝の注が、同じ節（表では同じ欄）にありません",
                        f"「- ｛※{inline.name}｝: 注の文」を書くか、印を｛※注の文｝にしてください",
                    )
        for name in sorted(written - set(map(str, notes.numbers))):
            place = next(block_place for block_name, block_place in self._note_places if block_name == name)
            self.diagnostics.error(
                place,
                "note-unmarked",
                f"注「{name}」を引く印がありません",
                f"文中に｛※→{name}｝を書くか、名を取って「｛※｝」にしてください",
            )

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

    def _para(self, para: b.Para, context: _Context) -> FlatParagraph:
        owner = context.parents[-1] if context.parents else None
        self._adopt(para.inlines, owner)
        if para.role:
            inside = context.inside if para.role.removeprefix("表") in typed.RELATIVE_ROLES else context.base
            defines = para.role not in ("表見出し", "表項目")
            return FlatParagraph(para.role, para.inlines, inside=inside, defines=defines, owner=owner)
        role = context.role or ("表本文" if plain(para.inlines).endswith("。") else "表語句")
        return FlatParagraph(role, para.inlines, inside=context.base, owner=owner)

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
        head: Inlines = tuple(inline for inline in item.head if not isinstance(inline, RunIn))
        names = (plain(head), *_anchors(head))
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
        mark = f"※{_NAMED}{note.name}{_NAMED}" if note.name else "※"
        self._note_places.append((note.name, note.place))
        yield from self._labelled(note.body, mark, True, context.prefix + "注", context)

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
            names = (plain(grid.title), *_anchors(grid.title))
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
        names = tuple(dict.fromkeys((*row.names, plain(title), *_anchors(title))))
        return (*parents, self._target("row", names, "", title, row.place, parents))

    def _cell(self, cell: b.GridCell, context: _Context, parents: tuple[Target, ...]) -> FlatCell:
        inner = _Context("表", 1, cell.role, parents=parents, notes=context.notes)
        flat = self._scope(cell.content, inner)
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
        anchors = _anchors(inlines)
        if anchors and owner:
            self.targets.append(replace(owner, names=anchors))


_NAMED = "\x1f"
"""Around the name of a note block in its label until its number is known; no source text can hold this character."""


def _anchors(inlines: Inlines) -> tuple[str, ...]:
    return tuple(inline.name for inline in inlines if isinstance(inline, Anchor))


def _with_marks(block: Flat, notes: _Notes) -> Flat:
    if not isinstance(block, FlatParagraph):
        return block
    label = block.label
    if _NAMED in label:
        label = notes.mark(label.split(_NAMED)[1])
    inlines = tuple(
        Text(f"（{notes.mark(notes.key(inline))}）", at=((0, inline.place),))
        if isinstance(inline, Note | NoteRef)
        else inline
        for inline in block.inlines
    )
    return replace(block, label=label, inlines=inlines)


def _without_notes(block: Flat) -> Flat:
    if not isinstance(block, FlatParagraph):
        return block
    return replace(block, inlines=tuple(i for i in block.inlines if not isinstance(i, Note | NoteRef)))
