"""A guide in Markdown as sections of blocks.

In: the text of a guide. Out: its `Section`s in their order. Of Markdown as much as the guides use: headings, paragraphs, items,
tables, fenced code; marks within a line are taken off when it is shown (`plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotobuki.lazy_dataclasses import dataclass

_HEADING = re.compile(r"(#+) +(.*)")
_FENCE = re.compile(r" *```")
_ITEM = re.compile(r"( *)(- |[0-9]+\. )(.*)")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+ *")
_CELLS = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]*)\)")
_ANCHOR = re.compile(r"#(?:[0-9]+-)?(.+)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on one line."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item; `mark`: what stands before it, its indent too."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that stay as they are."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table: its head, then its rows, each as many cells."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Item | Code | TableRows


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading, up to the next of any level. `guide`: the file, as users know it."""

    guide: str
    level: int
    title: str
    blocks: tuple[Block, ...]


def sections_of(text: str, guide: str) -> list[Section]:
    """The sections of a guide."""
    found: list[tuple[int, str, list[str]]] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        if not fenced and (heading := _HEADING.fullmatch(line)):
            found.append((len(heading[1]), plain(heading[2]), []))
        elif found:
            found[-1][2].append(line)
    return [Section(guide, level, title, tuple(_blocks(lines))) for level, title, lines in found]


def plain(text: str) -> str:
    """Words without the marks of Markdown: a picture by what it shows, a link by its words and the heading that it leads to."""
    text = _LINK.sub(_link, text)
    return text.replace("**", "").replace("`", "").replace("\\|", "|")


def _link(link: re.Match[str]) -> str:
    if link[1]:
        return f"〔図：{link[2]}〕"
    heading = _ANCHOR.search(link[3])
    words = heading[1].replace("-", " ") if heading else ""
    return link[2] if words in link[2].lower() else f"{link[2]}「{words}」"


def codes(text: str) -> list[str]:
    """What stands in `…`."""
    return _CODE.findall(text)


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line, start = lines[at], at
        at += 1
        if _FENCE.match(line):
            while at < len(lines) and not _FENCE.match(lines[at]):
                at += 1
            yield Code(tuple(lines[start + 1 : at]))
            at += 1
        elif line.startswith("|"):
            while at < len(lines) and lines[at].startswith("|"):
                at += 1
            rows = [_cells(each) for each in lines[start:at] if not _RULE.fullmatch(each)]
            width = max(map(len, rows))
            yield TableRows(tuple((*row, *("",) * (width - len(row))) for row in rows))
        elif line.strip():
            while at < len(lines) and _goes_on(lines[at]):
                at += 1
            item = _ITEM.fullmatch(line)
            text = _joined([item[3] if item else line, *lines[start + 1 : at]])
            yield Item(item[1] + item[2], text) if item else Paragraph(text)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _CELLS.split(line.strip().removeprefix("|").removesuffix("|")))


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not (line.startswith("|") or _FENCE.match(line) or _ITEM.fullmatch(line))


def _joined(lines: list[str]) -> str:
    """Lines as one: a blank between them only where both sides are Western."""
    found = ""
    for line in map(str.strip, lines):
        found += " " * bool(found and found[-1].isascii() and line[:1].isascii()) + line
    return found
