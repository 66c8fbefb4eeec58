"""The tags of a PDF: one element over pages, links with their annotations, tables whole, and nothing left unmarked."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import pikepdf
import pytest
from support.layout_toys import lines, pages_of, paper, para, row, table, toy_sheet
from support.pdf_readers import claims, faults, tree

from kotobuki.document import Document, Paragraph, Run
from kotobuki.drawing import Image
from kotobuki.fonts import FONT_PATH_VARIABLE, find_font
from kotobuki.layout.page import Artwork, Page
from kotobuki.layout.pages import lay_out
from kotobuki.layout.structure import Element
from kotobuki.pdf import Press, write_pdf


@pytest.fixture(autouse=True)
def _needs_a_font() -> None:
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")


def written(*pages: Page, papers: tuple[str, ...] = ("a",)) -> bytes:
    named = [(key, ("会議", f"書類{key}")) for key in papers]
    return write_pdf(
        pages, title="題名", author="寿市", subject="", papers=named, press=Press(pages, {"明朝": find_font()})
    )


def test_a_paragraph_on_two_pages_is_one_element() -> None:
    data = written(*pages_of(lines("一二三四五六七")))
    assert tree(data) == ["Document", "  Part “会議”", "    Sect “書類a”", "      P", "        p1.0", "        p2.0"]
    assert faults(data) == []


def test_a_table_is_whole_even_where_one_of_its_pages_is_printed() -> None:
    both = pages_of(
        table(row("甲", "乙", head=True), row("一－－－二－－－三－－－四－－－", ""), row("五－－－六－－－", "丙"))
    )
    assert len(both) == 2
    data = written(both[1])
    assert [line.strip() for line in tree(data)[3:]] == [
        *("Table", "TR", "TH Scope=Column", "TH Scope=Column"),
        *("TR", "TD", "TD"),
        *("TR", "TD", "P", "p1.0", "TD", "P", "p1.1"),
    ]
    assert faults(data) == []


def test_a_link_stands_among_the_words_with_its_annotation() -> None:
    target = Page(width=300, height=300, paper="b", number=None, items=())
    linked = Paragraph(role="文", inlines=(Run(text="前"), Run(text="諮問書", link="b"), Run(text="後")))
    data = written(*pages_of(linked), target, papers=("a", "b"))
    words = ["P", "p1.0", "Link", "p1.1", "Link on p1", "p1.2"]
    assert [line.strip() for line in tree(data)[3:]] == words
    assert faults(data) == []
    with pikepdf.open(BytesIO(data)) as file:
        (link,) = file.pages[0].Annots
        assert str(link.Contents) == "諮問書"
        assert int(link.StructParent) == 2  # behind those of the two pages


def test_a_link_that_leads_out_of_the_file_is_words() -> None:
    data = written(*pages_of(Paragraph(role="文", inlines=(Run(text="前"), Run(text="諮問書", link="b")))))
    assert [line.strip() for line in tree(data)[3:]] == ["P", "p1.0"]


def test_a_figure_says_what_it_shows() -> None:
    image = Image(
        x=50,
        y=50,
        width=90,
        height=60,
        kind="png",
        columns=1,
        rows=1,
        colours=3,
        packing="FlateDecode",
        digest="0" * 64,
        data=b"",
        stream=zlib.compress(bytes(3)),
    )
    top = Element(kind="Sect")
    figure = Element(kind="Figure", parent=top, description="庁舎")
    art = Artwork((), "庁舎", image, (50, 50, 140, 110), figure)
    data = written(Page(width=300, height=300, paper="a", number=None, items=(art,)))
    assert tree(data)[3:] == ["      Figure BBox=[50, 190, 140, 250] Placement=Block Alt=“庁舎”", "        p1.0"]
    assert faults(data) == []


def test_underlined_words_are_said_to_be() -> None:
    data = written(*pages_of(Paragraph(role="文", inlines=(Run(text="新しい", underlined=True),))))
    assert tree(data)[3:] == ["      P", "        Span TextDecorationType=Underline", "          p1.0"]


def test_a_file_with_nothing_on_it_conforms() -> None:
    assert faults(written(Page(width=300, height=300, paper="a", number=None, items=()))) == []


@pytest.mark.parametrize("title", ["題", '<題> & "名"', "(a) \\ b"])
def test_the_metadata_agree_with_the_information(title: str) -> None:
    pages = pages_of(para("文"), sheet=toy_sheet())
    press = Press(pages, {"明朝": find_font()})
    data = write_pdf(pages, title=title, author="寿市 & 区", subject="審議会", papers=[("a", ("紙",))], press=press)
    assert faults(data) == []
    assert claims(data) == ["pdfaid:part 2", "pdfaid:conformance A", "pdfuaid:part 1"]


def test_a_file_that_must_not_claim_does_not() -> None:
    papers = [("a", ("紙",))]
    pages = pages_of(para("文"))
    press = Press(pages, {"明朝": find_font()})
    data = write_pdf(pages, title="題", author="", subject="", papers=papers, press=press, claims=False)
    assert claims(data) == []


def test_without_a_font_to_embed_nothing_is_claimed(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FONT_PATH_VARIABLE, str(tmp_path_factory.mktemp("fonts")))
    assert claims(written(*pages_of(para("文")))) == []


def test_what_stands_in_the_margins_says_so() -> None:
    document = Document(title="", papers=(paper(para("文"), numbering="start", draft=True),))
    _, ((page,),) = lay_out(document, toy_sheet(), lambda font: find_font().advance_em)
    data = written(page)
    with pikepdf.open(BytesIO(data)) as file:
        marks = re.findall(rb"/(\w+)\s*(?:<<([^>]*)>>BDC|BMC)", file.pages[0].Contents.read_bytes())
    said = [(b"Artifact", b"/Type/Pagination/Subtype/" + kind) for kind in (b"Header", b"Footer")]
    assert marks == [(b"P", b"/MCID 0"), *said]
    assert faults(data) == []
