"""Pages of an 議案 laid out by hand, for the tests of the PDF writer."""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.fonts import FontFace, find_font
from kotobuki.layout.page import Circle, Glyphs, Heading, Link, Page, PageItem, Rule, TextLine
from kotobuki.pdf import Press, write_pdf

PAPERS = (("cover", ("表紙",)), ("inquiry", ("諮問書",)), ("request", ("諮問依頼書（写）",)))


def line(text: str, y: float = 100, x: float = 60, size: float = 12, font: str = "明朝") -> TextLine:
    """A line of text at a place."""
    return TextLine(y=y, font=font, size=size, text=text, spans=(Glyphs(x, text),))


def page(paper: str, number: int | None, *items: PageItem) -> Page:
    """A page of A4."""
    return Page(width=595.276, height=841.89, paper=paper, number=number, items=items)


BUNDLE = (
    page(
        "cover",
        None,
        line("第２号議案"),
        Link(x=60, y=88, width=300, height=14, paper="request"),
        Link(x=60, y=200, width=300, height=14, paper="annex"),
    ),
    page("inquiry", 1, line("諮　問　書"), Rule(60, 120, 500, 120, 0.5), Circle(300, 400, 8, 0.5)),
    page("request", 2, Heading(90, "１ 諮問理由", 1), line("１ 諮問理由"), Heading(300, "（１）趣旨", 2)),
    page("request", 3, Heading(50, "２ 件名", 1), line("２ 件名", font="ＭＳ 明朝")),
)


def written(
    pages: Sequence[Page] = BUNDLE, title: str = "第２号議案", face: FontFace | None = None, author: str = "江戸川区"
) -> bytes:
    """The PDF file of the pages, in one face under two names."""
    face = face or find_font()
    faces = {"明朝": face, "ＭＳ 明朝": face}
    return write_pdf(pages, title=title, author=author, subject="諮問", papers=PAPERS, press=Press(pages, faces))
