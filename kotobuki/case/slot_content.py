"""What a section or row of a form holds: the typed block it is made for, or mixed content in its place or around it.

In: a value of a case and the slot it stands in. Out: its content.
"""

from __future__ import annotations

from kotobuki.case import blocks as b
from kotobuki.case.content import holds_blocks, read_content, read_personal_data, reader_of
from kotobuki.case.schedules import check_no_events
from kotobuki.case.shapes import block_kind
from kotobuki.case.tables import ContentReader
from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.periods import is_dashed, parse_period
from kotobuki.reading.nodes import Mapping, Node, Sequence
from kotobuki.settings.form import RowForm, SectionForm, typed_block

LISTS = ("日程", "事業者")
"""The typed blocks that are written as a list; the others are mappings, so a list in their place is mixed content."""


def typed_or_mixed(value: Node, slot: SectionForm | RowForm, diagnostics: Diagnostics) -> b.Content:
    """The typed block that a section or row is made for, or mixed content, in which ｛様式の内容｝ stands for it."""
    reader = _reader(slot)
    is_list = isinstance(value, Sequence) and slot.kind in LISTS and not holds_blocks(value)
    if reader and (is_list or (isinstance(value, Mapping) and not names_block(value))):
        return reader(value, diagnostics)
    if slot.kind == "日程" and isinstance(value, Sequence):
        check_no_events(value, diagnostics, lambda key: parse_period(key) is not None and not is_dashed(key))
    return read_content(value, diagnostics, reader)


def names_block(value: Node) -> bool:
    """Whether a mapping is one block, written without its hyphen."""
    return isinstance(value, Mapping) and len(value.entries) == 1 and block_kind(value.entries[0][0].value) is not None


def _reader(slot: SectionForm | RowForm) -> ContentReader | None:
    if slot.kind == "個人情報":
        return lambda node, found: read_personal_data(node, found, *slot.headings)
    kind = typed_block(slot.kind)
    return reader_of(kind) if kind else None
