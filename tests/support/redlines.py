"""Tracked changes accepted and rejected as Word does it, on the XML alone; and what is compared of the outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree
from support.word_samples import W, part, value

_OF_PROPERTIES = ("pPrChange", "rPrChange", "sectPrChange", "tblPrChange")
_UNTRACKED = {"rPr", "sectPr", "headerReference", "footerReference", "ins", "del"}
"""What the record of a change does not hold."""
_SLACK = 4  # twips: each column of a grid is a little wider than its text


def accepted(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of the file after all changes are accepted."""
    return _settled(part(data, name), kept="ins", gone="del")


def rejected(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of the file after all changes are rejected."""
    return _settled(part(data, name), kept="del", gone="ins")


def _settled(root: etree._Element, *, kept: str, gone: str) -> etree._Element:
    for row in [*root.iter(W + "tr")]:
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            _drop(row)
    for table in [*root.iter(W + "tbl")]:
        if table.find(W + "tr") is None:
            _drop(table)
    for change in [*root.iter(*(W + name for name in _OF_PROPERTIES))]:
        _settle_properties(change, restore=kept == "del")
    for change in [*root.iter(W + gone)]:
        if _local(_owner(change)) in ("p", "hyperlink"):
            _drop(change)
    for link in [*root.iter(W + "hyperlink")]:
        if len(link) == 0:
            _drop(link)
    for paragraph in [*root.iter(W + "p")]:
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            _join(paragraph)
    for change in [*root.iter(W + kept)]:
        for child in change:
            change.addprevious(child)
        _drop(change)
    for element in root.iter(W + "delText", W + "delInstrText"):
        element.tag = W + {"delText": "t", "delInstrText": "instrText"}[_local(element)]
    return root


def _settle_properties(change: etree._Element, *, restore: bool) -> None:
    """Takes the record of the old properties away or puts them back."""
    owner, old = _owner(change), change[0]
    if not restore:
        owner.remove(change)
        return
    for child in [*owner]:
        if _local(child) not in _UNTRACKED:
            owner.remove(child)
    at = sum(_local(child) in _UNTRACKED - {"rPr", "sectPr"} for child in owner)
    for child in reversed([*old]):
        owner.insert(at, child)


def _join(paragraph: etree._Element) -> None:
    """A paragraph that loses its end goes into the next, which keeps its own look."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != W + "pPr"]
    if following is not None and following.tag == W + "p":
        place = following.find(W + "pPr")
        assert place is not None
        for child in reversed(content):
            place.addnext(child)
    else:
        assert following is not None and following.tag == W + "tbl", "the end of a cell or section was taken away"
        assert {_local(child) for child in content} <= {"bookmarkStart", "bookmarkEnd"}, "words without a paragraph"
    _drop(paragraph)


def _drop(element: etree._Element) -> None:
    _owner(element).remove(element)


def _owner(element: etree._Element) -> etree._Element:
    """What an element stands in."""
    owner = element.getparent()
    assert owner is not None
    return owner


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


class Twips(int):
    """A length; two are equal that nobody could tell from each other."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and abs(int(self) - int(other)) <= _SLACK

    __hash__ = None  # type: ignore[assignment] # what is nearly equal cannot be hashed


class Line(NamedTuple):
    """A paragraph: its style, its words (a tab as such, a figure as [図]), all of its properties."""

    style: str
    text: str
    properties: str


class GridCell(NamedTuple):
    """A cell: its edges, whether it goes on from above, what stands in it."""

    left: Twips
    right: Twips
    merged: bool
    content: list[Line | Grid | str]


class Grid(NamedTuple):
    """A table: its style, indent and width, and its rows, each with its cells and whether it is repeated as a head."""

    style: str
    indent: Twips
    width: Twips
    rows: list[tuple[bool, list[GridCell]]]


def content(root: etree._Element) -> list[Line | Grid | str]:
    """All that stands in a document, and the ends of its sections as text.

    Lines of 1 pt are left out: a redline may need one more than a paper, and nobody can see it.
    """
    return [*_content(root[0])]


def _content(holder: etree._Element) -> Iterator[Line | Grid | str]:
    for child in holder:
        if child.tag == W + "p":
            line = _line(child)
            if value(child, "pPr/spacing", "line") == "20":
                assert not line.text
            else:
                yield line
            yield from (_section(each) for each in child.iterfind(f"{W}pPr/{W}sectPr"))
        elif child.tag == W + "tbl":
            yield _grid(child)
        elif child.tag == W + "sectPr":
            yield _section(child)


def _section(properties: etree._Element) -> str:
    """Page and numbering, and without its furniture, which cannot be tracked."""
    own = deepcopy(properties)
    for child in [*own.iterfind(W + "headerReference"), *own.iterfind(W + "footerReference")]:
        own.remove(child)
    return _xml(own)


def _line(paragraph: etree._Element) -> Line:
    said = []
    for each in paragraph.iter(W + "t", W + "instrText", W + "tab", W + "drawing", W + "fldChar"):
        if _local(each) != "tab" or _owner(each).tag == W + "r":
            said.append({"tab": "\t", "drawing": "[図]", "fldChar": "|"}.get(_local(each), each.text or ""))
    look = paragraph.find(W + "pPr")
    assert look is not None
    properties = deepcopy(look)
    for child in [*properties.iterfind(W + "sectPr"), *properties.iterfind(W + "rPr")]:
        if child.tag == W + "sectPr" or len(child) == 0:
            properties.remove(child)
    return Line(value(paragraph, "pPr/pStyle") or "", "".join(said), _xml(properties))


def _grid(table: etree._Element) -> Grid:
    columns = [int(each.get(W + "w", 0)) for each in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    rows = []
    for row in table.iterfind(W + "tr"):
        cells = []
        column = 0
        for cell in row.iterfind(W + "tc"):
            end = column + int(value(cell, "tcPr/gridSpan") or 1)
            left, right = sum(columns[:column]), sum(columns[:end])
            assert int(value(cell, "tcPr/tcW", "w") or 0) == right - left
            assert cell[-1].tag == W + "p"
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            merged = merge is not None and merge.get(W + "val") is None
            cells.append(GridCell(Twips(left), Twips(right), merged, [] if merged else [*_content(cell)]))
            column = end
        assert column == len(columns)
        rows.append((row.find(f"{W}trPr/{W}tblHeader") is not None, cells))
    indent, width = (Twips(int(value(table, f"tblPr/{name}", "w") or 0)) for name in ("tblInd", "tblW"))
    return Grid(value(table, "tblPr/tblStyle") or "", indent, width, rows)


def _xml(element: etree._Element) -> str:
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode"))


def outline(data: bytes) -> list[str]:
    """What another program has written: style and words of each paragraph that has some, in tables too, and their cells."""
    names = {each.get(W + "styleId"): value(each, "name") for each in part(data, "word/styles.xml").iter(W + "style")}
    found = []
    for each in part(data, "word/document.xml").iter(W + "tr", W + "tc", W + "p"):
        if each.tag == W + "p":
            said = [child.text or "" for child in each.iter(W + "t")]
            if any(said) and not any(parent.tag == W + "txbxContent" for parent in each.iterancestors()):
                found.append(f"{names.get(value(each, 'pPr/pStyle'))}: {''.join(said)}")
        else:
            found.append(f"{_local(each)} {value(each, 'tcPr/gridSpan') or ''}".strip())
    return found
