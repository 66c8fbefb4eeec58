"""What stands on a page as what: the elements of a paper (ISO 32000-1, 14.8.4), of which the tags of a PDF are made.

In: the blocks of a paper, in order. Out: an `Element` for each, in a tree; layout hangs it on all that it draws of the
block, so that a block that is split over pages remains one element. What has no element is an artifact: rules, leader dots,
the heads of tables and the labels of rows where they are shown again; page numbers and 案 are artifacts that say so.

Items of a list are found by their roles and by what they stand in (`Paragraph.inside`): 項目2 stands in the 項目1 before it,
項目1本文 goes on with that item, and whatever is none of it ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

from kotobuki.document import Block, Cell, Figure, Paper, Paragraph, Row, Run, Table
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.named_tuples import NamedTuple
from kotobuki.roles import TABLE_ROLES, TITLE, RoleFamily, RoleName, items, role_named

Heading = Literal["H1", "H2", "H3", "H4", "H5", "H6"]
_HEADINGS: tuple[Heading, ...] = get_args(Heading)
Kind = (
    Heading
    | Literal["Sect", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Link", "Span"]
    | Literal["Header", "Footer"]
)


class Element:
    """A part of a paper. It is told from others by being itself: two paragraphs of the same words are two elements.

    children     those that were made in it, in the order of reading
    columns      of the grid that a cell spans, and `rows`
    scope        what a head cell is the head of
    numbering    what the labels of a list are
    description  what a figure shows, or where a link leads, in words
    paper        the paper that a link leads to, by its key
    """

    __slots__ = ("children", "columns", "description", "kind", "numbering", "paper", "parent", "rows", "scope")

    def __init__(
        self,
        kind: Kind,
        parent: Element | None = None,
        *,
        columns: int = 1,
        rows: int = 1,
        scope: Literal["", "Row", "Column"] = "",
        numbering: Literal["", "Decimal", "UpperAlpha", "Disc"] = "",
        description: str = "",
        paper: str = "",
    ) -> None:
        """Take the place behind what was made before in the same parent."""
        self.kind, self.parent = kind, parent
        self.columns, self.rows, self.scope = columns, rows, scope
        self.numbering, self.description, self.paper = numbering, description, paper
        self.children: list[Element] = []
        if parent is not None:
            parent.children.append(self)


HEADER, FOOTER = Element("Header"), Element("Footer")
"""What stands in the margins: artifacts that must say so (ISO 14289-1, 7.8)."""


class Part(NamedTuple):
    """From the character `start` on, a text belongs to `element`; None = to nothing, it is an artifact."""

    start: int
    element: Element | None


Parts = tuple[Part, ...]
"""What a text belongs to, from its beginning to its end; () = to nothing."""


class Tags(NamedTuple):
    """The elements of a paragraph: that of its label, if it has one of its own, and that of its words."""

    label: Element | None
    words: Element


@dataclass(slots=True)
class Headings:
    """The levels of a paper's headings: its title is the first, and none is left out (ISO 14289-1, 7.4.2)."""

    titled: bool
    last: int = 0

    def level(self, paragraph: Paragraph) -> Heading | None:
        """What kind of heading a paragraph is; None = it is none."""
        is_title = paragraph.role == TITLE.style
        if not paragraph.heading and not is_title:
            return None
        wanted = 1 if is_title else paragraph.heading + self.titled
        self.last = min(wanted, self.last + 1, len(_HEADINGS))
        return _HEADINGS[self.last - 1]


class _ListRole(NamedTuple):
    """What a role is to lists.

    name     of its style
    beneath  the style of what stands under such a paragraph
    item     whether a labelled paragraph of it is an item
    family   of the lists that have levels, and the `level` there; None = such an item has none
    """

    name: str
    beneath: str
    item: bool
    family: RoleFamily | None
    level: int


class _Item(NamedTuple):
    """An item of a list whose body is open."""

    role: _ListRole
    path: tuple[str, ...]
    whole: Element
    body: Element


class Flow:
    """Gives the blocks of a paper, or of a cell, their elements, one after the other."""

    def __init__(self, container: Element, headings: Headings) -> None:
        self._container, self.headings = container, headings
        self._open: list[_Item] = []

    @classmethod
    def of(cls, paper: Paper) -> Flow:
        """That of a paper."""
        titled = any(isinstance(block, Paragraph) and block.role == TITLE.style for block in paper.blocks)
        return cls(Element("Sect"), Headings(titled))

    def paragraph(self, paragraph: Paragraph) -> Tags:
        """The elements of the next paragraph."""
        role, path = _list_role(paragraph.role), _path(paragraph.inside)
        if level := self.headings.level(paragraph):
            self._open.clear()
            return Tags(None, Element(level, self._container))
        while self._open and not _goes_on(self._open[-1], role, path):
            self._open.pop()
        if not paragraph.label or not role.item:
            return Tags(None, Element("P", self._innermost))
        return self._item(role, path, paragraph.label)

    def figure(self, figure: Figure) -> Element:
        """The element of a figure."""
        return Element("Figure", self._around(figure), description=figure.description)

    def rows(self, table: Table) -> RowFlow:
        """What gives the rows of a table their elements."""
        return RowFlow(Element("Table", self._around(table)), self.headings, _naming_columns(table))

    def _around(self, block: Figure | Table) -> Element:
        path = _path(block.inside)
        while self._open and not _stands_in(self._open[-1], path):
            self._open.pop()
        return self._innermost

    @property
    def _innermost(self) -> Element:
        return self._open[-1].body if self._open else self._container

    def _item(self, role: _ListRole, path: tuple[str, ...], label: str) -> Tags:
        """A new item: of the list that is open, or of a new one."""
        if self._open and (self._open[-1].role, self._open[-1].path) == (role, path):
            whole = self._open.pop().whole
        else:
            whole = Element("L", self._innermost, numbering=_numbering(label))
        item = Element("LI", whole)
        own, body = Element("Lbl", item), Element("LBody", item)
        self._open.append(_Item(role, path, whole, body))
        return Tags(own, Element("P", body))


class RowFlow:
    """Gives the rows of a table, and their cells, their elements."""

    def __init__(self, table: Element, headings: Headings, naming: int) -> None:
        """`naming`: how many columns say what stands beside them."""
        self._table, self._headings, self._naming = table, headings, naming
        self._row = table

    def begin(self) -> None:
        """The next row."""
        self._row = Element("TR", self._table)

    def cell(self, cell: Cell, row: Row, columns: range, rows: int) -> Flow:
        """The next cell of the row, over these columns and so many rows; what gives its blocks theirs."""
        names = cell.label or (columns.stop <= self._naming and any(_has_words(block) for block in cell.blocks))
        scope: Literal["", "Row", "Column"] = "Column" if row.head else "Row" if names else ""
        kind: Kind = "TH" if scope else "TD"
        element = Element(kind, self._row, columns=len(columns), rows=rows, scope=scope)
        return Flow(element, self._headings)


def _naming_columns(table: Table) -> int:
    """Of a table without heads or labels: the first column, and of one without rules (日程: year, month) all but the last."""
    if any(row.head or any(cell.label for cell in row.cells) for row in table.rows):
        return 0
    unruled = table.style in {role.style for role in TABLE_ROLES if not role.ruled}
    return len(table.widths) - 1 if unruled else min(len(table.widths) - 1, 1)


def _has_words(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.label or block.text)


def parts_of(paragraph: Paragraph, tags: Tags | None) -> Parts:
    """What the characters of a paragraph, its label first, belong to: links, underlined words and leaders for themselves."""
    if tags is None:
        return ()
    start = len(paragraph.label)
    parts = [Part(0, tags.label)] if tags.label and start else []
    for inline in paragraph.inlines:
        element, text = tags.words, inline.text
        if isinstance(inline, Run) and (inline.link or inline.underlined):
            element = _marked(inline, element)
        for stretch, own in _stretches(text, element) if _LEADER.search(text) else [(text, element)] * bool(text):
            if not parts or parts[-1].element is not own:
                parts.append(Part(start if parts else 0, own))
            start += len(stretch)
    return tuple(parts) or (Part(0, tags.words),)


def _marked(run: Run, words: Element) -> Element:
    """The element of a link or of underlined words among others."""
    if run.link:
        return Element("Link", words, paper=run.link, description=_LEADER.sub("", run.text))
    return Element("Span", words)


def _stretches(text: str, element: Element) -> Iterator[tuple[str, Element | None]]:
    """A text cut where leaders, which belong to nothing, begin and end."""
    end = 0
    for leader in _LEADER.finditer(text):
        yield from ((text[end : leader.start()], element), (leader[0], None))
        end = leader.end()
    if text[end:]:
        yield text[end:], element


_LEADER = re.compile(r"([‥…・．.])\1{2,}")
"""Dots that lead the eye across a line; an ellipsis is a pair at the most."""


def _path(inside: str) -> tuple[str, ...]:
    return tuple(inside.split("/")) if inside else ()


@cache
def _list_role(style: str) -> _ListRole:
    """That of a style. There are as many as base.docx has styles."""
    role = role_named(style)
    levels = ((family, level) for family in RoleFamily for level, each in enumerate(items(family)) if each == role)
    family, level = next(levels, (None, 0))
    item = family is not None or (role.name in (RoleName.NOTE, RoleName.BULLET) and not role.under)
    return _ListRole(style, role.beneath.style, item, family, level)


def _goes_on(item: _Item, role: _ListRole, path: tuple[str, ...]) -> bool:
    """Whether a paragraph stands in the item, goes on with it or with its list."""
    own = item.role
    if path != item.path:
        return _stands_in(item, path)
    if role.family and own.family:
        return role.family is own.family and role.level >= own.level
    return role.name in (own.name, own.beneath)


def _stands_in(item: _Item, path: tuple[str, ...]) -> bool:
    return path[: len(item.path) + 1] == (*item.path, item.role.beneath)


def _numbering(label: str) -> Literal["Decimal", "UpperAlpha", "Disc"]:
    """Of the kinds that PDF 1.7 knows the one that is nearest to the labels of a list."""
    if any(character.isdecimal() for character in label):
        return "Decimal"
    return "UpperAlpha" if any(character.isalpha() for character in label) else "Disc"
