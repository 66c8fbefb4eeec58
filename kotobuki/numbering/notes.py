"""The notes of one section or cell: their marks numbered in the order met, their words at the end (conventions A8).

In: the blocks of the scope, laid flat. Out: the same with marks for notes, and the collected notes behind them; or,
where a paper prints no notes, without any of it. A 別紙, which has no sections, is cut into a scope for each of its
paragraphs and items of the first level (`apart`). A mark inside a bracket takes none of its own: （一部要件あり※）. Named
notes that end the scope stand among the collected ones, by number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import assert_never, get_args

from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.widths import DigitWidths
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.flat import Flat, FlatFigure, FlatParagraph, FlatTable
from kotobuki.reading.inlines import Frame, Inline, Inlines, Note, NoteRef, Text, plain, unframed
from kotobuki.roles import Role, RoleFamily, RoleName

SIGN = "※"
_MARKING = frozenset((Note, NoteRef, *get_args(Frame)))
"""Inlines that are marks, or have some in them."""


def with_notes(
    blocks: Sequence[Flat], family: RoleFamily, inside: str, digits: DigitWidths, diagnostics: Diagnostics
) -> Sequence[Flat]:
    """The blocks of a scope and, in paragraphs of `family`, its notes. Marks and notes that lack each other are errors."""
    paragraphs = _with_marks(blocks)
    if not paragraphs:
        return blocks
    notes, role = _Notes(digits), Role(family, RoleName.NOTE)
    for paragraph in paragraphs:
        notes.add(paragraph.inlines)
    _check_names(paragraphs, notes, diagnostics)
    own = list(blocks)
    last: list[tuple[int, FlatParagraph]] = [
        (
            notes.numbers[index],
            FlatParagraph(role=role, inlines=note.inlines, label=notes.mark(index), tab=True, inside=inside),
        )
        for index, note in enumerate(notes.collected)
    ]
    while own and isinstance(named := own[-1], FlatParagraph) and named.note and named.note[0] in notes.numbers:
        last.insert(0, (notes.numbers[named.note[0]], named))
        own.pop()
    last.sort(key=lambda each: each[0])
    return _changed((*own, *(paragraph for _, paragraph in last)), lambda paragraph: _marked(paragraph, notes))


def apart(blocks: Sequence[Flat], leading: Collection[Role | None]) -> tuple[tuple[Flat, ...], ...]:
    """Blocks cut before each paragraph of a `leading` role, but for the parts that a named note and its marks join."""
    parts: list[list[Flat]] = []
    for block in blocks:
        if not parts or (isinstance(block, FlatParagraph) and block.role in leading):
            parts.append([])
        parts[-1].append(block)
    reach: dict[str, tuple[int, int]] = {}  # the first and last part that a name is in
    for at, part in enumerate(parts):
        for name in _names_in(part):
            reach[name] = (reach.get(name, (at, at))[0], at)
    joined = {at for first, last in reach.values() for at in range(first + 1, last + 1)}
    found: list[tuple[Flat, ...]] = []
    for at, part in enumerate(parts):
        if at in joined:
            found[-1] += tuple(part)
        else:
            found.append(tuple(part))
    return tuple(found)


def _names_in(blocks: Iterable[Flat]) -> Iterator[str]:
    """The names of the notes that stand or are marked there."""
    for paragraph in _paragraphs(blocks):
        yield from (each.name for each in unframed(paragraph.inlines) if isinstance(each, NoteRef))
        if paragraph.note:
            yield paragraph.note[0]


def without_notes(blocks: Sequence[Flat]) -> Sequence[Flat]:
    """The blocks of a scope without marks; blocks that are notes are left out before they come here."""
    if not _with_marks(blocks):
        return blocks
    return _changed(blocks, lambda each: replace(each, inlines=_replaced(each.inlines, lambda *_: ())))


def _with_marks(blocks: Iterable[Flat]) -> list[FlatParagraph]:
    """The paragraphs of a scope that are notes, or may have marks in them: few, so that most scopes are left as they are."""
    return [each for each in _paragraphs(blocks) if each.note or not _MARKING.isdisjoint(map(type, each.inlines))]


def _paragraphs(blocks: Iterable[Flat]) -> Iterator[FlatParagraph]:
    """The paragraphs of a scope: those in tables without rules (日程, 値) too, whose cells are no scopes of their own."""
    for block in blocks:
        match block:
            case FlatParagraph():
                yield block
            case FlatTable():
                for cell in (cell for cells, _ in block.rows if not block.role.ruled for cell in cells):
                    yield from _paragraphs(cell.blocks)
            case FlatFigure():
                pass  # where no note can stand
            case _:
                assert_never(block)


def _changed(blocks: Iterable[Flat], change: Callable[[FlatParagraph], FlatParagraph]) -> tuple[Flat, ...]:
    """The blocks of a scope with each of its paragraphs changed."""
    found: list[Flat] = []
    for block in blocks:
        match block:
            case FlatParagraph():
                found.append(change(block))
            case FlatTable() if not block.role.ruled:
                rows = tuple(
                    (tuple(replace(cell, blocks=_changed(cell.blocks, change)) for cell in cells), head)
                    for cells, head in block.rows
                )
                found.append(replace(block, rows=rows))
            case FlatTable() | FlatFigure():
                found.append(block)
            case _:
                assert_never(block)
    return tuple(found)


@dataclass(slots=True)
class _Notes:
    """The notes of one scope by the order of their marks."""

    digits: DigitWidths
    collected: list[Note] = field(default_factory=list)
    numbers: dict[str | int, int] = field(default_factory=dict)
    """By the name of a note block, or by the position in `collected`."""
    positions: dict[int, int] = field(default_factory=dict)
    """In `collected`, by the note's identity: two of the same words are two notes."""

    def add(self, inlines: Inlines) -> None:
        """Number the marks that `inlines` print."""
        for inline in unframed(inlines):
            if isinstance(inline, Note):
                self.numbers[len(self.collected)] = len(self.numbers) + 1
                self.positions.setdefault(id(inline), len(self.collected))
                self.collected.append(inline)
            elif isinstance(inline, NoteRef):
                self.numbers.setdefault(inline.name, len(self.numbers) + 1)

    def mark(self, key: str | int) -> str:
        """The printed mark: ※ alone, or with its number where the scope has several."""
        numbered = len(self.numbers) > 1 and key in self.numbers
        return SIGN + (self.digits.set_number(self.numbers[key]) if numbered else "")

    def key(self, inline: Note | NoteRef) -> str | int:
        """What `mark` knows the inline by."""
        if isinstance(inline, NoteRef):
            return inline.name
        return self.positions[id(inline)]


def _check_names(paragraphs: Sequence[FlatParagraph], notes: _Notes, diagnostics: Diagnostics) -> None:
    """Every mark has its note in the same section or cell, and every named note its mark."""
    written = [paragraph.note for paragraph in paragraphs if paragraph.note]
    times = Counter(name for name, _ in written)
    for inline in (inline for paragraph in paragraphs for inline in unframed(paragraph.inlines)):
        if isinstance(inline, NoteRef) and inline.name not in times:
            diagnostics.error(
                inline.place,
                "note-missing",
                f"｛※→{inline.name}｝の注が、同じ節（表では同じ欄）にありません",
                f"「- ｛※{inline.name}｝: 注の文」を書くか、印を｛※注の文｝にしてください",
            )
    for name, place in written:
        if times[name] > 1:
            diagnostics.error(
                place, "note-twice", f"注「{name}」が、同じ節（表では同じ欄）に二つあります", "注の名を変えてください"
            )
        if name not in notes.numbers:
            diagnostics.error(
                place,
                "note-unmarked",
                f"注「{name}」を引く印がありません",
                f"文中に｛※→{name}｝を書くか、名を取って「｛※｝」にしてください",
            )


def _marked(block: FlatParagraph, notes: _Notes) -> FlatParagraph:
    def mark(note: Note | NoteRef, before: str) -> Inlines:
        words = notes.mark(notes.key(note))
        return (Text(words if _is_inside_bracket(before) else f"（{words}）", at=((0, note.place),)),)

    if not block.note and _MARKING.isdisjoint(map(type, block.inlines)):
        return block
    label = notes.mark(block.note[0]) if block.note else block.label
    return replace(block, label=label, inlines=_replaced(block.inlines, mark))


def _is_inside_bracket(before: str) -> bool:
    """Whether a bracket is open behind these words; one that nothing has opened, as in 例）, closes none."""
    depth = 0
    for character in before:
        depth = max(depth + {"（": 1, "）": -1}.get(character, 0), 0)
    return depth > 0


def _replaced(inlines: Inlines, change: Callable[[Note | NoteRef, str], Inlines], before: str = "") -> Inlines:
    """The inlines with every note changed into what is printed in its place, which depends on the words `before` it."""
    found: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Frame):
            found.append(replace(inline, inlines=_replaced(inline.inlines, change, before)))
        else:
            found += change(inline, before) if isinstance(inline, Note | NoteRef) else (inline,)
        before += plain((inline,))
    return tuple(found)
