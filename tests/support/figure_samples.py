"""Figures for tests: the sample files as finished papers, and drawings of described figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from support import word_samples
from support.paths import DATA
from support.word_samples import para

from kotobuki.build.workshop import fonts_of
from kotobuki.case import blocks as b
from kotobuki.case.content import read_content
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Block, Document, Figure, Paper
from kotobuki.figures.settle import settle_figures
from kotobuki.fonts import FontFace, find_font
from kotobuki.layout.page import Page
from kotobuki.layout.pages import lay_out
from kotobuki.pdf import Press, write_pdf
from kotobuki.reading.parse import read_yaml

FOLDER = DATA / "figures"
NAMES = ("flow", "system", "contrast", "scheme")


def read(text: str, folder: Path) -> tuple[b.Content, Diagnostics]:
    """A text of YAML as content."""
    file, diagnostics = folder / "figure.yaml", Diagnostics()
    file.write_text(text, encoding="utf-8")
    node = read_yaml(file, "figure.yaml", diagnostics)
    return (read_content(node, diagnostics) if node else ()), diagnostics


def sample(name: str, folder: Path) -> Figure:
    """The figure of a sample file."""
    content, diagnostics = read((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), folder)
    assert list(diagnostics) == []
    (series,) = content
    assert isinstance(series, b.Series)
    (figure,) = series.blocks
    assert isinstance(figure, b.FigureBlock)
    return Figure(figure.figure, figure.description, place=figure.place)


def paper(*figures: Figure, landscape: bool = False) -> tuple[Document, Diagnostics]:
    """A paper with a title, the figures and a line after them; on landscape pages, if it is to be."""
    diagnostics = Diagnostics()
    blocks: tuple[Block, ...] = (
        replace(para("標準", "図の前"), page="landscape" if landscape else ""),
        *figures,
        para("標準", "図の後"),
    )
    document = Document(title="題名", papers=(Paper(key="p", name="紙", blocks=blocks),))
    sheet = word_samples.base().stylesheet
    return settle_figures(document, sheet, _face, diagnostics), diagnostics


def pages(document: Document) -> tuple[Page, ...]:
    """The pages of a document of one paper."""
    _, (found,) = lay_out(document, word_samples.base().stylesheet, lambda font: _face(font).advance_em)
    return found


def pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    found = pages(document)
    faces = {font: _face(font) for font in fonts_of(found)}
    return write_pdf(found, title="題名", author="", subject="", papers=[("p", ("紙",))], press=Press(found, faces))


def _face(font: str) -> FontFace:
    return find_font([font])
