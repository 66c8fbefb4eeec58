"""The sections of a case, held against its form: what is missing, misspelt, renamed, added or moved.

In: the section part of a case and its form. Out: sections in the order of the paper. A key is the form's name of a
section or row, ｛name｝heading to rename it, or ｛追加｝heading to add one (in a free form, 自由な節, the heading alone, unless
it is a name of the form mistyped); ｛順序｝ lists names in another order.
"""

from __future__ import annotations

from collections.abc import Sequence as List
from dataclasses import dataclass, field
from typing import TypeVar

from kotobuki.case import blocks as b
from kotobuki.case.content import TYPED, Reader, holds_blocks, read_content, read_personal_data
from kotobuki.case.form import Form, RowForm, SectionForm
from kotobuki.case.inlines import Inlines, Spread, Text, parse_inlines, parse_line, plain
from kotobuki.case.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.case.placeholders import placeholder_of
from kotobuki.case.shapes import block_kind, is_blank
from kotobuki.case.slots import ADDED, ORDER_KEY, SLOT, in_order
from kotobuki.diagnostics import Diagnostics, Place, mistyped, nearest
from kotobuki.japanese.characters import natural_width_em
from kotobuki.japanese.periods import parse_period


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the paper. `name`: its form's; `own_heading`: the heading is the case's, not the form's."""

    name: str
    heading: Inlines
    content: b.Content
    place: Place = field(default=Place(""), compare=False)
    own_heading: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key of a case matched with its slot in the form; `heading` where the case gives its own."""

    slot: str
    heading: Inlines
    value: Node
    place: Place


def read_sections(node: Mapping, form: Form, header: List[str], diagnostics: Diagnostics) -> tuple[Section, ...]:
    """The sections, in the order of the paper. None by a form without any, which is reported: it says nothing of the case."""
    if not form.sections:
        return ()
    slots = {each.name: each for each in form.sections}
    known = [*header, *slots]
    entries, order = _match(node, list(slots), known, "節", diagnostics, free=form.free)
    given = {entry.slot for entry in entries} | misspelt(node, known, free=form.free)
    for slot in form.sections:
        if slot.required and slot.name not in given:
            diagnostics.error(
                node.place(),
                "section-missing",
                f"節「{slot.name}」がありません",
                f"様式「{form.name}」では必須です。「{slot.name}: …」を書き加えてください",
            )
    sections = [_section(entry, slots.get(entry.slot), diagnostics) for entry in entries]
    derived = [
        Section(slot.name, slot.heading, _default(slot, diagnostics), node.place())
        for slot in form.sections
        if slot.default is not None and not any(entry.slot == slot.name for entry in entries)
    ]
    return _ordered([*sections, *derived], [each.name for each in sections], list(slots), order, diagnostics)


def misspelt(node: Mapping, known: list[str], *, free: bool = False) -> set[str]:
    """The `known` names that its unknown keys were meant to be: those are reported, and not missing besides."""
    slots = (SLOT.sub(r"\1", key.value) for key, _ in node.entries)
    meant = mistyped if free else nearest
    return {close for slot in slots if slot not in known and (close := meant(slot, known))}


def _match(
    node: Mapping, slots: list[str], known: list[str], what: str, diagnostics: Diagnostics, *, free: bool = False
) -> tuple[list[_Entry], list[Scalar]]:
    """The entries of a mapping against the slots of the form, and the order asked for. `free`: other keys are headings."""
    entries, order = list[_Entry](), list[Scalar]()
    for key, value in node.entries:
        if key.value == ORDER_KEY:
            order = _order(key, value, what, diagnostics)
            continue
        slot, heading = _slot(key, diagnostics)
        own = slot not in known and slot != ADDED and block_kind(key.value) is None
        if free and own and not mistyped(slot, known):
            slot, heading = ADDED, parse_line(key, diagnostics)
        added = slot == ADDED
        name = plain(heading) if added else slot
        if not added and slot not in slots:
            _unknown(key, slot, known, what, diagnostics)
        elif any(entry.slot == name for entry in entries) or (added and name in slots):
            of_form = added and name in slots
            diagnostics.error(
                key.place(),
                "slot-twice",
                f"{what}「{name}」は様式にあります" if of_form else f"{what}「{name}」が二つあります",
                f"様式の{what}は「{name}: …」と、別の{what}は見出しを変えて「｛追加｝見出し: …」と書いてください",
            )
        else:
            entries.append(_Entry(name, heading, value, key.place()))
    return entries, order


def _order(key: Scalar, value: Node, what: str, diagnostics: Diagnostics) -> list[Scalar]:
    """What ｛順序｝ lists."""
    entries = value.items if isinstance(value, Sequence) else ()
    names = [each for each in entries if isinstance(each, Scalar)]
    if not entries or len(names) < len(entries):
        diagnostics.error(
            key.place(), "order-form", f"｛順序｝には{what}の名を並べます", f"例：{ORDER_KEY}: [{what}の名, {what}の名]"
        )
    return names


def _slot(key: Scalar, diagnostics: Diagnostics) -> tuple[str, Inlines]:
    match = SLOT.match(key.value)
    if not match:
        return key.value, ()
    start = match.start(2)
    heading = Scalar(
        match.group(2), key.path, tuple((o, p.line, p.column) for o, p in key.places(start, len(key.value)))
    )
    return match.group(1), parse_line(heading, diagnostics)


def _unknown(key: Scalar, slot: str, known: list[str], what: str, diagnostics: Diagnostics) -> None:
    if slot == "｛追加｝":
        remedy = f"「｛追加｝見出し: …」のように、足す{what}の見出しを書いてください"
        diagnostics.error(key.place(), "added-unnamed", "｛追加｝のあとに見出しがありません", remedy)
        return
    close = nearest(slot, known)
    hint = f"「{close}」の誤りではありませんか。" if close else ""
    diagnostics.error(
        key.place(),
        "key-unknown",
        f"「{slot}」は、この様式の{what}にありません",
        f"{hint}様式にない{what}を足すときは「｛追加｝{slot}: …」と書いてください。使える名は {'・'.join(known)} です",
    )


def _section(entry: _Entry, slot: SectionForm | None, diagnostics: Diagnostics) -> Section:
    if slot is None:
        return Section(entry.slot, entry.heading, read_content(entry.value, diagnostics), entry.place, own_heading=True)
    content = _filled(entry.value, slot, entry.place, diagnostics)
    return Section(slot.name, entry.heading or slot.heading, content, entry.place, bool(entry.heading))


def _default(slot: SectionForm, diagnostics: Diagnostics) -> b.Content:
    assert slot.default is not None  # asked only of sections that have one
    return tuple(b.Para(inlines) for inlines in parse_inlines(slot.default, diagnostics))


def _filled(value: Node, slot: SectionForm, place: Place, diagnostics: Diagnostics) -> b.Content:
    """The content of a form's section: the typed block it is made for, or mixed content in its place or around it."""
    if is_blank(value):
        diagnostics.error(
            place,
            "section-empty",
            f"節「{slot.name}」の内容がありません",
            "内容を書くか、必須でなければこの行を消してください",
        )
        return ()
    if slot.default is not None:
        return read_content(value, diagnostics, lambda _node, found: _default(slot, found))
    if slot.kind == "表":
        reader: Reader = lambda node, found: _table(node, slot, found)  # noqa: E731  (a reader bound to its slot)
        if holds_blocks(value) or _names_block(value) or placeholder_of(value):
            return read_content(value, diagnostics, reader)
        return _table(value, slot, diagnostics)
    return _typed_or_mixed(value, slot, diagnostics)


LISTS = ("日程", "事業者")
"""The typed blocks that are written as a list; the others are mappings, so a list in their place is mixed content."""


def _typed_or_mixed(value: Node, slot: SectionForm | RowForm, diagnostics: Diagnostics) -> b.Content:
    """The typed block that a section or row is made for, or mixed content, in which ｛様式の内容｝ stands for it."""
    reader = _reader(slot)
    is_list = isinstance(value, Sequence) and slot.kind in LISTS and not holds_blocks(value)
    if reader and (is_list or (isinstance(value, Mapping) and not _names_block(value))):
        return reader(value, diagnostics)
    if slot.kind == "日程" and isinstance(value, Sequence):
        _check_no_events(value, diagnostics)
    return read_content(value, diagnostics, reader)


def _check_no_events(value: Sequence, diagnostics: Diagnostics) -> None:
    """Events beside other blocks would be printed as numbered headings."""
    for entry in value.items:
        keys = [key for key, _ in entry.entries] if isinstance(entry, Mapping) else []
        for key in keys:
            if parse_period(key.value):
                diagnostics.error(
                    key.place(),
                    "event-outside",
                    f"「{key.value}」は、｛文｝や｛※｝などと並べると日程になりません",
                    "日程の行を「- ｛日程｝:」の下にまとめて字下げしてください",
                )


def _names_block(value: Node) -> bool:
    return isinstance(value, Mapping) and len(value.entries) == 1 and block_kind(value.entries[0][0].value) is not None


def _reader(slot: SectionForm | RowForm) -> Reader | None:
    if slot.kind == "個人情報":
        return lambda node, found: read_personal_data(node, found, *slot.headings)
    return TYPED.get(slot.kind)


def _table(node: Node, slot: SectionForm, diagnostics: Diagnostics) -> b.Content:
    """The form's table of labelled rows; a 体制 row is split into role and post."""
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(),
            "rows-expected",
            f"節「{slot.name}」は「行の名: 内容」の組で書きます",
            f"行の名は {'・'.join(row.name for row in slot.rows)} です。行に分けない文章は「- ｛文｝: …」と書いてください",
        )
        return ()
    forms = {row.name: row for row in slot.rows}
    entries, order = _match(node, list(forms), list(forms), "行", diagnostics)
    given = {entry.slot for entry in entries} | misspelt(node, list(forms))
    for row in slot.rows:
        if row.required and row.name not in given:
            diagnostics.error(
                node.place(),
                "row-missing",
                f"節「{slot.name}」に行「{row.name}」がありません",
                f"「{row.name}: …」を書き加えてください",
            )
    rows = [_row(entry, forms.get(entry.slot), diagnostics) for entry in entries]
    rows = list(_ordered(rows, [row.name for row in rows], list(forms), order, diagnostics))
    return (_grid(rows, slot, node.place()),) if rows else ()


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    heading: Inlines
    content: b.Content
    place: Place


def _row(entry: _Entry, form: RowForm | None, diagnostics: Diagnostics) -> _Row:
    heading = entry.heading or (form.heading if form else ())
    if is_blank(entry.value):
        diagnostics.error(
            entry.place,
            "row-empty",
            f"行「{entry.slot}」の内容がありません",
            "内容を書くか、必須でなければこの行を消してください",
        )
        return _Row(entry.slot, heading, (), entry.place)
    if form is None:
        content = read_content(entry.value, diagnostics)
    else:
        content = _typed_or_mixed(entry.value, form, diagnostics)
    return _Row(entry.slot, heading, content, entry.place)


def _grid(rows: list[_Row], slot: SectionForm, place: Place) -> b.Grid:
    """Label column, content column; the content column is split where a row holds posts."""
    roles = [role for row in rows for each in row.content if isinstance(each, b.Posts) for role, _ in each.entries]
    widths = slot.widths or (8.0, 0.0)
    if roles:
        longest = max(natural_width_em(plain(role)) for role in roles)
        width = widths[-1] - _CELL_MARGINS
        role_width = min(longest, max(width - 9.1, width / 2)) if widths[-1] else longest
        widths = (*widths[:-1], role_width, width - role_width if widths[-1] else 0.0)
    columns = len(widths)
    head = tuple(
        b.GridCell(
            (b.Para((_spread(name, widths, index, columns),)),),
            columns=columns - index if index == len(slot.columns) - 1 else 1,
            role="表見出し",
        )
        for index, name in enumerate(slot.columns)
    )
    body = tuple(line for row in rows for line in _grid_rows(row, columns))
    return b.Grid(((b.GridRow(head, head=True),) if head else ()) + body, widths, place=place)


_CELL_MARGINS = 0.9
"""Left and right margin of a cell of the table style 表 (2 × 5.4 pt) in em of 12 pt, lost where a column is split."""


def _spread(name: str, widths: tuple[float, ...], index: int, columns: int) -> Spread | Text:
    """A column's head, letter-spaced as papers do: one em between in a narrow column, two in a wide one."""
    if not 2 <= len(name) <= 3:
        return Text(name)
    gap = 1.0 if widths[index] and widths[index] < 12 and index < columns - 1 and index == 0 else 2.0
    return Spread((Text(name),), fit_em=len(name) + (len(name) - 1) * gap)


def _grid_rows(row: _Row, columns: int) -> tuple[b.GridRow, ...]:
    label = (b.Para(row.heading, role="表項目"),)
    if len(row.content) == 1 and isinstance(row.content[0], b.Posts):
        entries = row.content[0].entries
        lines = []
        for index, (role, post) in enumerate(entries):
            cells = (b.GridCell((b.Para(role, role="表項目"),)), b.GridCell(post))
            first = (b.GridCell(label, rows=len(entries), target=True),) if index == 0 else ()
            lines.append(b.GridRow((*first, *cells), names=(row.name,) if index == 0 else (), place=row.place))
        return tuple(lines)
    cells = (b.GridCell(label, target=True), b.GridCell(row.content, columns=columns - 1))
    return (b.GridRow(cells, names=(row.name,), place=row.place),)


_Named = TypeVar("_Named", Section, _Row)


def _ordered(
    found: List[_Named], written: list[str], slots: list[str], order: list[Scalar], diagnostics: Diagnostics
) -> tuple[_Named, ...]:
    """By the form, an added one behind the one it is written after; or in the order that the case gives."""
    by_name = {each.name: each for each in found}
    sequence: list[str] = in_order(written, [name for name in slots if name in by_name])
    asked: dict[str, None] = {}
    for scalar in order:
        if scalar.value not in by_name:
            close = nearest(scalar.value, list(by_name))
            hint = f"「{close}」の誤りではありませんか。" if close else ""
            reason, remedy = f"順序の「{scalar.value}」がありません", f"{hint}書いた節か行の名を並べてください"
            diagnostics.error(scalar.place(), "order-unknown", reason, remedy)
        elif scalar.value in asked:
            reason = f"順序に「{scalar.value}」が二度書かれています"
            diagnostics.error(scalar.place(), "order-twice", reason, "どちらか一方を消してください")
        else:
            asked[scalar.value] = None
    return tuple(by_name[name] for name in (*asked, *(name for name in sequence if name not in asked)))
