"""The typed blocks as content: what a schedule, posts, data items and contractors look like in these papers.

In: typed blocks of `case.blocks`. Out: plain content (grids, paragraphs, items) that `outline` numbers like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.japanese.characters import natural_width_em
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.reading.inlines import Inlines, Spread, Text
from kotobuki.roles import CELL_PHRASE, SCHEDULE_EVENT, SCHEDULE_TIME, SCHEDULE_YEAR, Role, RoleFamily, RoleName

_SLACK = 0.1  # em by which a computed column is wider than its text, so that rounding never wraps it


def content_of(block: b.Typed, names: Names, family: RoleFamily) -> b.Content:
    """A typed block as it is printed where the roles are those of `family`."""
    match block:
        case b.Pairs() | b.Posts():
            return (_pairs(block.entries, names),)
        case b.Schedule():
            return (_schedule(block, names),)
        case b.PersonalData():
            return _personal_data(block)
        case b.Contractors():
            return _contractors(block, family)
        case _:
            assert_never(block)


def _schedule(block: b.Schedule, names: Names) -> b.Grid:
    """Year, rest of the time, event: three columns without rules; a year is printed where it changes (A4)."""
    rows = []
    last = ""
    widths = [0.0, 0.0]
    for event in block.events:
        year, rest = (names.style.digits.set_text(text) for text in (event.when.year_text, event.when.rest_text))
        shown = year if block.every_year or year != last else ""
        last = year or last
        widths = [max(widths[0], natural_width_em(year)), max(widths[1], natural_width_em(rest))]
        for index, what in enumerate(event.what):
            words = (shown, rest) if index == 0 else ("", "")
            time = tuple(
                b.GridCell((b.Para(_words(text), role=role),))
                for text, role in zip(words, (SCHEDULE_YEAR, SCHEDULE_TIME), strict=True)
            )
            rows.append(b.GridRow((*time, b.GridCell((b.Para(what, role=SCHEDULE_EVENT),)))))
    indent, gap = 1.0, 1.0  # 日程年 is indented to the column of a section's paragraphs; an em stands before the event
    columns = (widths[0] + indent + _SLACK, widths[1] + gap + _SLACK, 0.0)
    return b.Grid(rows=tuple(rows), widths=columns, ruled=False)


def _pairs(entries: tuple[tuple[Inlines, b.Content], ...], names: Names) -> b.Grid:
    """Label–value lines: the values stand under each other."""
    rows = []
    width = 0.0
    for label, value in entries:
        width = max(width, natural_width_em(names.style.digits.set_text(printed(label, names))) + 1)
        cells = (b.GridCell((b.Para((*label, Text("：")), role=CELL_PHRASE),)), b.GridCell(value))
        rows.append(b.GridRow(cells))
    return b.Grid(rows=tuple(rows), widths=(width + _SLACK, 0.0), ruled=False)


def _personal_data(block: b.PersonalData) -> b.Content:
    """The items in one sentence-like line, the last joined by 及び; with a count, both under numbered headings."""
    items = (b.Para(_joined(block.items)),)
    if not block.count:
        return items
    return (
        b.Series(
            (
                b.Item((Text(block.items_heading),), items),
                b.Item((Text(block.count_heading),), (b.Para(block.count),)),
            )
        ),
    )


def items_of(blocks: b.Content) -> Iterator[b.Block]:
    """The blocks of a list; data items and their count among them are items of that list, whose numbers they join."""
    for block in blocks:
        if not isinstance(block, b.PersonalData):
            yield block
            continue
        for each in _personal_data(block):
            yield from each.blocks if isinstance(each, b.Series) else (each,)


def _contractors(block: b.Contractors, family: RoleFamily) -> b.Content:
    """Each firm: name, representative, address in brackets, certification, a line each; a consortium with its members."""
    role = Role(family, RoleName.CONTRACTOR)
    found: list[b.Block] = []
    for entry in block.entries:
        if isinstance(entry, b.Consortium):
            found.append(b.Para((_titled("共同事業体"), *entry.name), role=role))
            members = entry.members
        else:
            members = (entry,)
        for member in members:
            found += [b.Para(line, role=role) for line in _lines(member)]
    return tuple(found)


def _joined(inlines: tuple[Inlines, ...]) -> Inlines:
    """A、B、C及びD."""
    found: list[Inlines] = []
    for index, each in enumerate(inlines):
        separator = "" if index == 0 else "及び" if index == len(inlines) - 1 else "、"
        found.append((Text(separator), *each) if separator else each)
    return tuple(inline for each in found for inline in each)


def _lines(firm: b.Contractor) -> list[Inlines]:
    title: Inlines = (_titled(firm.title),) if firm.title else ()
    lines: list[Inlines] = []
    if firm.name:
        lines.append((*title, *firm.name))
    if firm.representative:
        lines.append((_titled("代表者"), *firm.representative))
    if firm.address:
        lines.append((Text("（"), *firm.address, Text("）")))
    if firm.certification:
        lines.append(firm.certification)
    return lines


def _titled(title: str) -> Spread:
    return Spread((Text(title),), gap_em=1.0)


def _words(text: str) -> Inlines:
    return (Text(text),) if text else ()
