"""The typed blocks as content: what a schedule, posts, data items and contractors look like in these papers.

In: typed blocks of `case.blocks`. Out: plain content (grids, paragraphs, items) that `outline` numbers like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Place
from kotobuki.japanese.characters import natural_width_em
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.reading.inlines import Inlines, Spread, Text
from kotobuki.roles import CELL_PHRASE, SCHEDULE_EVENT, SCHEDULE_TIME, SCHEDULE_YEAR, Role, RoleFamily, RoleName
from kotobuki.settings.house_style import ContractorStyle

_SLACK = 0.1  # em by which a computed column is wider than its text, so that rounding never wraps it


def content_of(block: b.Typed, names: Names, family: RoleFamily) -> b.Content:
    """A typed block as it is printed where the roles are those of `family`."""
    match block:
        case b.Pairs() | b.Posts():
            return (_pairs(block.entries, names),)
        case b.Schedule():
            return (_schedule(block, names),)
        case b.PersonalData():
            return _personal_data(block, names)
        case b.Contractors():
            return _contractors(block, family, names.style.contractors)
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
                b.GridCell((b.Para(_words(text, event.place), role=role),))
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
    return b.Grid(rows=tuple(rows), widths=(width + _SLACK, 0.0), ruled=False, indented=True)


def _personal_data(block: b.PersonalData, names: Names) -> b.Content:
    """The items in one sentence-like line, or group by group; with a count, both under numbered headings."""
    last = "及び" if (names.style.data_items.joined if block.joined is None else block.joined) else "、"
    items = _data_items(block.items, last)
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


def _data_items(items: b.DataItems, last: str) -> b.Content:
    """Items joined, `last` before the last; groups as a list, each item of which has its own below it."""
    groups = [each for each in items if isinstance(each, b.DataGroup)]
    if not groups:
        return (b.Para(_joined(tuple(each for each in items if not isinstance(each, b.DataGroup)), last)),)
    return (b.Series(tuple(b.Item(each.heading, _data_items(each.items, last), place=each.place) for each in groups)),)


def items_of(blocks: b.Content, names: Names) -> Iterator[b.Block]:
    """The blocks of a list; data items and their count among them are items of that list, whose numbers they join."""
    for block in blocks:
        if not isinstance(block, b.PersonalData):
            yield block
            continue
        for each in _personal_data(block, names):
            yield from each.blocks if isinstance(each, b.Series) else (each,)


def _contractors(block: b.Contractors, family: RoleFamily, style: ContractorStyle) -> b.Content:
    """Each firm: name, representative, address, certification, a line each; a consortium with its members."""
    role = Role(family, RoleName.CONTRACTOR)
    found: list[b.Block] = []
    for entry in block.entries:
        if isinstance(entry, b.Consortium):
            found.append(b.Para((_titled("共同事業体"), *entry.name), role=role))
            members = entry.members
        else:
            members = (entry,)
        for member in members:
            found += [b.Para(line, role=role) for line in _lines(member, style)]
    return tuple(found)


def _joined(inlines: tuple[Inlines, ...], last: str) -> Inlines:
    """A、B、C及びD; `last`: what stands before D."""
    found: list[Inlines] = []
    for index, each in enumerate(inlines):
        separator = "" if index == 0 else last if index == len(inlines) - 1 else "、"
        found.append((Text(separator), *each) if separator else each)
    return tuple(inline for each in found for inline in each)


def _lines(firm: b.Contractor, style: ContractorStyle) -> list[Inlines]:
    """Name, representative, address, certification, each with its label where the house or form has labels.

    代表企業, a firm's part in a consortium, stands for the label of its name; 代表者 is told from a name by its label alone.
    """
    name_label = firm.title or ("法人名" if style.labelled else "")
    title: Inlines = (_titled(name_label),) if name_label else ()
    address: Inlines = (_titled("所在地"),) if style.labelled else ()
    before, after = ("（", "）") if style.brackets_address else ("", "")
    lines: list[Inlines] = []
    if firm.name:
        lines.append((*title, *firm.name))
    if firm.representative:
        lines.append((_titled("代表者"), *firm.representative))
    if firm.address:
        lines.append((*address, *_words(before), *firm.address, *_words(after)))
    if firm.certification:
        lines.append(firm.certification)
    return lines


def _titled(title: str) -> Spread:
    return Spread((Text(title),), gap_em=1.0)


def _words(text: str, place: Place | None = None) -> Inlines:
    """A text, and the place of what it stands for."""
    return (Text(text, at=((0, place),) if place and place.line else ()),) if text else ()
