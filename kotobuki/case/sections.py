"""The sections of a case, held against its form: what is missing, misspelt, renamed, added or moved.

In: the section part of a case and its form. Out: sections in the order of the paper. `case.slots` says what keys may be,
`case.slot_content` and `case.form_tables` what stands under them.
"""

from __future__ import annotations

from collections.abc import Sequence as List
from dataclasses import field

from kotobuki.case import blocks as b
from kotobuki.case.content import holds_blocks, read_content
from kotobuki.case.form_tables import read_form_table
from kotobuki.case.shapes import is_blank
from kotobuki.case.slot_content import names_block, typed_or_mixed
from kotobuki.case.slots import SlotEntry, matched, misspelt, ordered
from kotobuki.case.tables import ContentReader
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines, parse_inlines
from kotobuki.reading.nodes import Mapping, Node
from kotobuki.reading.placeholders import placeholder_of
from kotobuki.settings.form import Form, SectionForm


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the paper. `name`: its form's; `own_heading`: the heading is the case's, not the form's."""

    name: str
    heading: Inlines
    content: b.Content
    place: Place = field(default=Place(""), compare=False)
    own_heading: bool = False


def read_sections(node: Mapping, form: Form, header: List[str], diagnostics: Diagnostics) -> tuple[Section, ...]:
    """The sections, in the order of the paper. None by a form without any, which is reported: it says nothing of the case."""
    if not form.sections:
        return ()
    slots = {each.name: each for each in form.sections}
    known = [*header, *slots]
    entries, order = matched(node, list(slots), known, "節", diagnostics, free=form.free)
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
    return ordered([*sections, *derived], [each.name for each in sections], list(slots), order, diagnostics)


def _section(entry: SlotEntry, slot: SectionForm | None, diagnostics: Diagnostics) -> Section:
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
        reader: ContentReader = lambda node, found: read_form_table(node, slot, found)  # noqa: E731  (a reader bound to its slot)
        if holds_blocks(value) or names_block(value) or placeholder_of(value):
            return read_content(value, diagnostics, reader)
        return read_form_table(value, slot, diagnostics)
    return typed_or_mixed(value, slot, diagnostics)
