"""Pages as SVG: the ink and the words of the PDF, and nothing besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from support.paths import ROOT
from support.pdf_samples import line, page
from support.pdftools import extracted

from kotobuki.build.session import Session
from kotobuki.build.workshop import fonts_of
from kotobuki.drawing import Image
from kotobuki.fonts import FONT_PATH_VARIABLE, FontFace, TrueTypeFace, find_font
from kotobuki.layout import structure
from kotobuki.layout.page import Artwork, Circle, Glyphs, Inset, Link, PageItem, Rule, Stroke, TextLine
from kotobuki.pdf import Press, write_pdf
from kotobuki.svg import ScreenFont, page_svg, screen_font

PROJECTS = (ROOT, ROOT / "cases/寿市")
CASES = [
    (root, file)
    for root in PROJECTS
    for file in sorted((root / "cases").glob("r4-*/*.yaml"))
    if file.name != "meeting.yaml"
]
ELEMENTS = {"svg", "text", "tspan", "line", "circle", "path", "rect", "image", "defs", "use"}
"""All that the browser is to take."""


@pytest.fixture(scope="module")
def face() -> TrueTypeFace:
    found = find_font()
    if not isinstance(found, TrueTypeFace):
        pytest.skip("no TrueType 明朝 is installed")
    return found


def drawn(item: PageItem, face: FontFace) -> str:
    """What a page holds besides its own element."""
    svg = page_svg(page("a", 1, item), {"明朝": screen_font(face)})
    return svg.partition(">")[2].removesuffix("</svg>")


def words(svg: str) -> str:
    return "".join("".join(fromstring(svg).itertext()).split())


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Rule(1, 2, 3.5, 2, 0.5), '<line x1="1" y1="2" x2="3.5" y2="2" stroke="#000" stroke-width="0.5"/>'),
        (Circle(9, 8, 7, 0.5), '<circle cx="9" cy="8" r="7" fill="none" stroke="#000" stroke-width="0.5"/>'),
        (
            Artwork((Stroke(points=((0, 0), (4, 0)), width=0.75, dash=(3.0, 2.25)),), "図"),
            '<path d="M0 0L4 0" fill="none" stroke="#000" stroke-width="0.75" stroke-dasharray="3 2.25"/>',
        ),
        (
            Artwork((Stroke(points=((0, 0), (9, 0), (9, 6)), width=0.0, closed=True, fill=0.92),), "図"),
            '<path d="M0 0L9 0L9 6Z" fill="#ebebeb"/>',
        ),
        (
            Artwork((Stroke(points=((0, 0), (9, 0), (9, 6), (0, 6)), width=1.0, closed=True, radius=2.0),), "図"),
            '<path d="M0 2A2 2 0 0 1 2 0L7 0A2 2 0 0 1 9 2L9 4A2 2 0 0 1 7 6L2 6A2 2 0 0 1 0 4Z" '
            'fill="none" stroke="#000" stroke-width="1"/>',
        ),
        (
            Link(x=1, y=2, width=3, height=4, paper="paper2"),
            '<rect x="1" y="2" width="3" height="4" fill="none" pointer-events="all" data-paper="paper2"/>',
        ),
        (line("甲  乙"), '<text y="100" font-size="12" xml:space="preserve"><tspan x="60">甲  乙</tspan></text>'),
        (line("題名"), '<text y="100" font-size="12"><tspan x="60">題名</tspan></text>'),
        (line("<b>&\x01"), '<text y="100" font-size="12"><tspan x="60">&lt;b&gt;&amp;\ufffd</tspan></text>'),
        (
            TextLine(y=9, font="明朝", size=8, text="村島 章", spans=(Glyphs(1, "村島", 2.5), Glyphs(40, "章", 2.5))),
            '<text y="9" font-size="8"><tspan x="1" letter-spacing="2.5">村島</tspan><tspan x="40">章</tspan></text>',
        ),
    ],
)
def test_each_thing_that_a_page_holds(item: PageItem, expected: str, face: TrueTypeFace) -> None:
    assert drawn(item, face) == expected


def test_an_image_stands_in_the_page(face: TrueTypeFace) -> None:
    image = Image(
        x=1, y=2, width=3, height=4, kind="png", columns=1, rows=1, colours=1,
        packing="FlateDecode", digest="", data=b"PNG", stream=b"",
    )  # fmt: skip
    assert 'preserveAspectRatio="none" href="data:image/png;base64,UE5H"' in drawn(Artwork((), "図", image), face)


def test_a_page_of_others_is_called_by_its_title_alone(face: TrueTypeFace) -> None:
    inset = Inset(structure.Element(kind="Figure", description="別添１"))
    assert "別添１（ここには表示しません）" in drawn(inset, face)


@pytest.mark.pdftools
@pytest.mark.parametrize(("root", "file"), CASES, ids=[file.stem for _, file in CASES])
def test_the_words_are_those_of_the_pdf(root: Path, file: Path) -> None:
    pages = [page for papers in Session(root).make(file).papers for page in papers]
    faces = {name: find_font([name]) for name in fonts_of(pages)}
    fonts = {name: screen_font(face) for name, face in faces.items()}
    names = [(page.paper, ("紙",)) for page in pages]
    made = write_pdf(pages, title="題", author="", subject="", papers=names, press=Press(pages, faces))
    svgs = [page_svg(page, fonts) for page in pages]
    assert [words(svg) for svg in svgs] == ["".join(text.split()) for text in extracted(made, "-raw").split("\f")[:-1]]
    for each in (each for svg in svgs for each in _elements(svg)):
        assert each.tag in ELEMENTS
        assert not {"style", "class", "href"}.intersection(each.attrib) and not any(
            k.startswith("on") for k in each.attrib
        )


def _elements(svg: str) -> Iterator[Element]:
    for each in fromstring(svg).iter():
        each.tag = each.tag.removeprefix("{http://www.w3.org/2000/svg}")
        yield each


def test_a_computer_without_a_mincho_gets_each_character_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FONT_PATH_VARIABLE, str(tmp_path))
    font = screen_font(find_font())
    assert font.key == "" and "serif" in font.family
    assert '<tspan x="60">題</tspan><tspan x="72">A</tspan><tspan x="78">名</tspan>' in drawn(line("題A名"), font.face)


def test_the_characters_of_a_face_that_may_not_be_served_are_drawn(face: TrueTypeFace, tmp_path: Path) -> None:
    forbidden = with_permission(face, 0x0200, tmp_path / "font.ttf")
    svg = page_svg(page("a", 1, line("題名題")), {"明朝": screen_font(forbidden)})
    found = list(_elements(svg))
    assert [each.tag for each in found if each.tag == "use"] == ["use"] * 3
    (defined,) = (each for each in found if each.tag == "defs")
    shapes = {f"#{shape.get('id')}" for shape in defined}
    assert len(shapes) == 2 and {each.get("href") for each in found if each.tag == "use"} == shapes
    assert all(re.fullmatch(r"[MLQZ\d. -]+", shape.get("d", "")) for shape in defined)
    assert words(svg) == "題名題" and 'fill="none"' in svg


def with_permission(face: TrueTypeFace, permission: int, to: Path) -> TrueTypeFace:
    """The face with another fsType."""
    assert face.path
    data = bytearray(face.path.read_bytes())
    count = int.from_bytes(data[4:6])
    entry = next(at for at in range(12, 12 + 16 * count, 16) if data[at : at + 4] == b"OS/2")
    start = int.from_bytes(data[entry + 8 : entry + 12])
    data[start + 8 : start + 10] = permission.to_bytes(2)
    to.write_bytes(data)
    return TrueTypeFace(to)


@pytest.mark.parametrize("collected", [False, True])
def test_what_is_served_is_one_face_with_its_widths_and_variants(
    face: TrueTypeFace, tmp_path: Path, *, collected: bool
) -> None:
    opened = collection(face, tmp_path / "font.ttc") if collected else face
    (tmp_path / "served.ttf").write_bytes(screen_font(opened).file())
    served = TrueTypeFace(tmp_path / "served.ttf")
    for character in "題名Ag1｡〓":
        assert served.advance_em(character) == face.advance_em(character)
        assert served.glyph(character) == face.glyph(character)
    data = (tmp_path / "served.ttf").read_bytes()
    tags = {data[at : at + 4] for at in range(12, 12 + 16 * int.from_bytes(data[4:6]), 16)}
    assert tags.isdisjoint({b"GPOS", b"GSUB", b"kern", b"EBDT"})


def collection(face: TrueTypeFace, to: Path) -> TrueTypeFace:
    """A collection of one face."""
    assert face.path
    head = b"ttcf" + (0x10000).to_bytes(4) + (1).to_bytes(4) + (16).to_bytes(4)
    data = bytearray(face.path.read_bytes())
    for at in range(12, 12 + 16 * int.from_bytes(data[4:6]), 16):
        start = int.from_bytes(data[at + 8 : at + 12]) + len(head)
        data[at + 8 : at + 12] = start.to_bytes(4)
    to.write_bytes(head + data)
    return TrueTypeFace(to, 0)


def test_a_font_of_its_own_is_named_where_it_differs(face: TrueTypeFace) -> None:
    other = ScreenFont(face, "k", "other")
    svg = page_svg(page("a", 1, line("題"), line("名", font="別")), {"明朝": screen_font(face), "別": other})
    assert svg.count('font-family="other"') == 1
