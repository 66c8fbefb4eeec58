"""Sections of a guide in a terminal: tables aligned by display width, long lines broken, examples as they are.

In: blocks, and the width of the terminal in half-width columns. Out: lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from kotobuki.guides.keys import Meaning
from kotobuki.guides.markdown import Block, Code, Item, Paragraph, Section, TableRows, plain
from kotobuki.guides.search import Answer
from kotobuki.spreadsheets.columns import columns

_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
"""What is not parted at the end of a line: a Western word, or a character."""
_NOT_FIRST = ",.:;)]}、。，．・：；）」』】〕｝！？ー々〉》"
_NOT_LAST = "（「『【〔｛〈《"
_GAP = "  "


def section_lines(section: Section, width: int) -> Iterator[str]:
    """A section under its heading."""
    yield f"■ {section.title}（{section.guide}）"
    yield from block_lines(section.blocks, width)


def answer_lines(answer: Answer, width: int, most: int = 6) -> Iterator[str]:
    """All that was found; the first `most` of what is long, then where the others are."""
    for section in answer.sections[:most]:
        yield from section_lines(section, width)
        yield ""
    for key in answer.keys:
        yield from _broken(_said(key), width, "  ")
    if answer.keys:
        yield ""
    last = None
    for place in answer.places[:most]:
        if place.section != last:
            yield f"■ {place.section.title}（{place.section.guide}）"
        last = place.section
        yield from block_lines((place.block,), width)
        yield ""
    rest = dict.fromkeys(
        each.title for each in (*answer.sections[most:], *(place.section for place in answer.places[most:]))
    )
    if rest:
        yield from _broken(f"ほかに：{'、'.join(rest)}", width, "  ")


def _said(key: Meaning) -> str:
    where = f"（{key.within} の中）" if key.within else ""
    return f"{key.name}{where}　{key.about}{'。必須' if key.required else ''}"


def block_lines(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """The blocks, an empty line between two of them that are no items."""
    before: Block | None = None
    for block in blocks:
        if before is not None and not (isinstance(before, Item) and isinstance(block, Item)):
            yield ""
        before = block
        match block:
            case Paragraph(text=text):
                yield from _broken(plain(text), width)
            case Item(mark=mark, text=text):
                yield from _broken(mark + plain(text), width, " " * columns(mark))
            case Code(lines=lines):
                yield from (f"    {line}".rstrip() for line in lines)
            case TableRows(rows=rows):
                yield from _table([tuple(map(plain, row)) for row in rows], width)
            case _:
                assert_never(block)


def _table(rows: list[tuple[str, ...]], width: int) -> Iterator[str]:
    """Columns as wide as their cells, but those that leave no room are narrowed; a rule below the head."""
    widths = _widths(rows, width - len(_GAP) * (len(rows[0]) - 1))
    for number, row in enumerate(rows):
        yield from _row(row, widths)
        if number == 0:
            yield _GAP.join("-" * each for each in widths)


def _widths(rows: list[tuple[str, ...]], room: int) -> list[int]:
    """Natural widths where they fit; else each column gets a fair part, and what it does not need goes to the others."""
    natural = [max(1, *map(columns, column)) for column in zip(*rows, strict=True)]
    found = dict[int, int]()
    for left, at in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        fair = max(4, (room - sum(found.values())) // (len(natural) - left))
        found[at] = min(natural[at], fair)
    return [found[at] for at in range(len(natural))]


def _row(cells: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    parts = [list(_broken(cell, width)) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, parts))):
        own = [part[at] if at < len(part) else "" for part in parts]
        yield _GAP.join(each + " " * (width - columns(each)) for each, width in zip(own, widths, strict=True)).rstrip()


def _broken(text: str, width: int, hang: str = "") -> Iterator[str]:
    """A text in lines, the later ones behind `hang`; no line begins with a mark that closes or ends with one that opens."""
    line = ""
    for word in _units(text, width - columns(hang)):
        if line.strip() and columns(line + word.rstrip()) > width:
            yield line.rstrip()
            line = hang + word.lstrip()
        else:
            line += word
    yield line.rstrip()


def _units(text: str, most: int) -> Iterator[str]:
    """What stays together: a word or character with the marks that open before it and those that close behind it.

    What would take more than `most` columns is parted nevertheless.
    """
    unit = ""
    for word in _WORD.findall(text):
        tight = word[0] in _NOT_FIRST or unit[-1:] in tuple(_NOT_LAST)
        if unit and (not tight or columns(unit + word) > most):
            yield unit
            unit = ""
        unit += word
        while len(unit) > most and unit.isascii():
            yield unit[:most]
            unit = unit[most:]
    yield unit
