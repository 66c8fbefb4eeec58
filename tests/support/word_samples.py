"""Small documents and stylesheets for the tests of the Word side."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as OpenedDocument
from lxml import etree
from support.paths import ROOT

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Block, Cell, Document, Inline, Paper, Paragraph, Row, Run, Table
from kotobuki.word.base import BasePackage
from kotobuki.word.base_file import read_base
from kotobuki.word.writer import write_docx

BASE = ROOT / "templates" / "base.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def base() -> BasePackage:
    """The real stylesheet, free of faults."""
    diagnostics = Diagnostics()
    opened = read_base(BASE, diagnostics)
    assert not list(diagnostics)
    return opened


def edited_base(folder: Path, *changes: tuple[str, str], part: str = "word/styles.xml") -> Path:
    """base.docx as if somebody had changed it in Word: `changes` replace text of one part, each exactly once."""
    target = folder / "base.docx"
    with zipfile.ZipFile(BASE) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            text = source.read(name).decode()
            for old, new in changes if name == part else ():
                assert text.count(old) == 1, f"{old}: {text.count(old)}"
                text = text.replace(old, new)
            copy.writestr(name, text)
    return target


def in_style(role: str, old: str, new: str) -> tuple[str, str]:
    """A change of one style, for `edited_base`."""
    styles = zipfile.ZipFile(BASE).read("word/styles.xml").decode()
    start = styles.index(f'w:styleId="{base().paragraph_ids[role]}"')
    whole = styles[start : styles.index("</w:style>", start)]
    assert whole.count(old) == 1, whole
    return whole, whole.replace(old, new)


def para(role: str, *inlines: Inline | str, label: str = "", tab: bool = False, inside: str = "") -> Paragraph:
    """A paragraph; a plain string is a run."""
    runs = tuple(Run(text=each) if isinstance(each, str) else each for each in inlines)
    return Paragraph(role=role, inlines=runs, label=label, tab=tab, inside=inside)


def cell(*blocks: Block | str, columns: int = 1, rows: int = 1) -> Cell:
    """A cell; a plain string is a paragraph of 表語句."""
    return Cell(tuple(para("表語句", each) if isinstance(each, str) else each for each in blocks), columns, rows)


def row(*cells: Cell | str, head: bool = False) -> Row:
    """A row; a plain string is a cell."""
    return Row(tuple(cell(each) if isinstance(each, str) else each for each in cells), head)


def document(*papers: Paper | tuple[Block, ...]) -> Document:
    """A document; a tuple of blocks is a paper."""
    made = [
        each if isinstance(each, Paper) else Paper(key=f"p{at}", name=f"紙{at}", blocks=each)
        for at, each in enumerate(papers)
    ]
    return Document(title="題名", papers=tuple(made))


def opened(source: Document | bytes) -> OpenedDocument:
    """What python-docx makes of it, another reader than ours."""
    return docx.Document(BytesIO(source if isinstance(source, bytes) else write_docx(source, base())))


def part(data: bytes, name: str) -> etree._Element:
    """A part of the package, parsed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def value(element: etree._Element, path: str, attribute: str = "val") -> str | None:
    """An attribute of the first element at `path` ("pPr/ind"), None if there is no such element."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + attribute)


def table(style: str, widths: tuple[float, ...], *rows: Row, inside: str = "") -> Table:
    """A table."""
    return Table(style=style, widths=widths, rows=rows, inside=inside)
