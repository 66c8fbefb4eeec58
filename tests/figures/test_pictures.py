"""｛画像｝: what may stand in a paper, what is refused, and what readers of the files get."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from PIL import Image as Pillow
from support import figure_samples, office, pdftools, word_samples
from support.pdf_readers import faults, tree

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document, Figure
from kotobuki.drawing import Image
from kotobuki.figures.pictures import vector
from kotobuki.word.writer import write_docx

YAML = "｛画像｝:\n  ファイル: {}\n  説明: 窓口の配置\n"


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The case lies in the working directory, so that its path as shown leads to its folder."""
    (tmp_path / "case").mkdir()
    monkeypatch.chdir(tmp_path / "case")
    return tmp_path / "case"


def made(name: str, more: str = "") -> tuple[Document, Diagnostics]:
    (figure,), diagnostics = figure_samples.read(YAML.format(name) + more, Path())
    assert not list(diagnostics)
    assert isinstance(figure, b.FigureBlock)
    return figure_samples.paper(Figure(figure.figure, figure.description, place=figure.place))


def picture(name: str, mode: str = "RGB", size: tuple[int, int] = (400, 300), **options: object) -> None:
    Pillow.new(mode, size, 0).save(name, **options)  # type: ignore[arg-type]  # options of any format


@pytest.mark.office
@pytest.mark.pdftools
def test_images_of_all_modes_stand_in_both_files() -> None:
    modes = [
        *(("図.png", mode) for mode in ("RGB", "P", "RGBA", "1")),
        *(("図.jpg", mode) for mode in ("RGB", "L", "CMYK")),
    ]
    printed = office.to_pdf({f"{mode}-{name}": in_word_as_in_pdf(name, mode) for name, mode in modes})
    for image, data in printed.items():
        assert office.pages(data)[0].split()[:2] == ["図の前", "図の後"], image
        with pikepdf.open(BytesIO(data)) as pdf:
            assert len(pdf.pages[0].Resources.XObject.as_dict()) == 1, image


def in_word_as_in_pdf(name: str, mode: str) -> bytes:
    """The .docx with an image of this mode, which must be sound, as must be the PDF."""
    picture(name, mode)
    document, diagnostics = made(name)
    assert not list(diagnostics)
    data = figure_samples.pdf(document)
    pdftools.check(data)
    assert faults(data) == []
    assert [line for line in tree(data) if "Figure" in line and "Alt=“窓口の配置”" in line]
    with pikepdf.open(BytesIO(data)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.as_dict().values()
        assert (image.Width, image.Height) == (400, 300)
    word = write_docx(document, word_samples.base())
    opened = docx.Document(BytesIO(word))
    (shape,) = opened.inline_shapes
    assert shape._inline.docPr.get("descr") == "窓口の配置"
    assert shape.width.pt == pytest.approx(400 * 72 / 100)
    assert Pillow.open(
        BytesIO(opened.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob)
    )
    return word


def test_an_image_is_scaled_to_its_room_and_to_its_width() -> None:
    picture("大きい.png", size=(1000, 2000))
    drawing = next(block.drawing for block in made("大きい.png")[0].papers[0].blocks if isinstance(block, Figure))
    sheet = word_samples.base().stylesheet
    assert drawing and drawing.image
    assert drawing.image.height < sheet.page.text_height
    assert drawing.image.width == pytest.approx(drawing.image.height / 2)
    narrow = next(
        block.drawing for block in made("大きい.png", "  幅: 10\n")[0].papers[0].blocks if isinstance(block, Figure)
    )
    assert narrow and narrow.image and narrow.image.width == pytest.approx(10 * sheet.em)


def test_a_photograph_stands_upright() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    picture("横.jpg", exif=exif)
    drawing = next(block.drawing for block in made("横.jpg")[0].papers[0].blocks if isinstance(block, Figure))
    assert drawing and drawing.image and (drawing.image.columns, drawing.image.rows) == (300, 400)


def test_what_a_camera_wrote_may_be_spoilt(recwarn: pytest.WarningsRecorder) -> None:
    picture("図.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\x05\0")
    assert image_of(made("図.jpg")[0])
    assert not recwarn.list


def refusal(name: str, more: str = "") -> str:
    """The rule by which a file is refused, at its name."""
    _, diagnostics = made(name, more)
    (found,) = diagnostics
    assert (found.place.line, found.place.column) == (2, 9)
    return found.rule


def bomb() -> bytes:
    """A small PNG file that says it has 60,000 × 60,000 points."""
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def test_what_cannot_be_printed_is_refused_at_its_name(in_folder: Path) -> None:
    picture("よい.png")
    whole = Path("よい.png").read_bytes()
    Path("切れた.png").write_bytes(whole[: len(whole) // 2])
    Path("爆弾.png").write_bytes(bomb())
    Path("文.png").write_text("画像ではない", encoding="utf-8")
    (in_folder.parent / "外.png").write_bytes(whole)
    Path("裏口.png").symlink_to(in_folder.parent / "外.png")
    with Path("重い.png").open("wb") as heavy:
        heavy.truncate(30_000_000)
    rules = {
        "ない.png": "picture-missing",
        "../外.png": "picture-outside",
        "裏口.png": "picture-outside",
        "切れた.png": "picture-broken",
        "爆弾.png": "picture-large",
        "重い.png": "picture-large",
        "文.png": "picture-kind",
    }
    for name, rule in rules.items():
        assert refusal(name) == rule, name


def test_an_image_must_say_what_it_shows(tmp_path: Path) -> None:
    _, diagnostics = figure_samples.read("｛画像｝: {ファイル: 図.png}\n", tmp_path)
    assert [(each.rule, "説明" in each.reason) for each in diagnostics] == [("missing-key", True)]


def svg(inside: str, about: str = 'width="200" height="100"') -> str:
    """An SVG file with a black circle at its left, as text."""
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {space} {about}><circle cx="50" cy="50" r="40"/>{inside}</svg>'


def pdf_of_sizes(name: str, *sizes: tuple[int, int], **options: object) -> None:
    """A PDF file whose pages, of these sizes in pt, have a black left half."""
    with pikepdf.new() as file:
        for width, height in sizes:
            page = file.add_blank_page(page_size=(width, height))
            page.Contents = file.make_stream(f"0 0 {width / 2} {height} re f".encode())
        file.save(name, **options)  # type: ignore[arg-type]  # options of qpdf


def image_of(document: Document) -> Image:
    (drawing,) = (block.drawing for block in document.papers[0].blocks if isinstance(block, Figure))
    assert drawing and drawing.image
    return drawing.image


def ink(image: Image, x: float, y: float) -> bool:
    """Whether the point at these shares of width and height is dark."""
    opened = Pillow.open(BytesIO(image.data)).convert("L")
    return opened.getpixel((int(x * opened.width), int(y * opened.height))) < 128  # type: ignore[operator]  # mode L


@pytest.mark.process
@pytest.mark.pdftools
def test_an_svg_file_and_a_pdf_page_stand_in_both_files() -> None:
    Path("絵.svg").write_text(svg('<text x="100" y="60" font-size="20" font-family="Meiryo">窓口</text>'))
    pdf_of_sizes("紙.pdf", (300, 400), (400, 200))
    for name, more, ratio in (("絵.svg", "", 2), ("紙.pdf", "", 3 / 4), ("紙.pdf", "  ページ: ２\n", 2)):
        document, diagnostics = made(name, more)
        assert not list(diagnostics)
        image = image_of(document)
        assert image.width / image.height == pytest.approx(ratio, rel=0.01)
        assert image.columns / image.width == pytest.approx(300 / 72, rel=0.01)
        assert ink(image, 0.25, 0.5)
        assert not ink(image, 0.98, 0.02)
        data, word = figure_samples.pdf(document), write_docx(document, word_samples.base())
        pdftools.check(data)
        with pikepdf.open(BytesIO(data)) as pdf:
            (printed,) = pdf.pages[0].Resources.XObject.as_dict().values()
            assert (printed.Width, printed.Height) == (image.columns, image.rows)
        (shape,) = docx.Document(BytesIO(word)).inline_shapes
        assert shape.width.pt == pytest.approx(image.width, abs=0.1)
        vector._drawn.cache_clear()
        again, _ = made(name, more)
        assert figure_samples.pdf(again) == data


@pytest.mark.process
def test_an_svg_file_fills_the_measure_and_a_pdf_page_is_not_enlarged() -> None:
    sheet = word_samples.base().stylesheet
    Path("絵.svg").write_text(svg("", 'viewBox="0 0 200 100"'))
    pdf_of_sizes("紙.pdf", (150, 200))
    assert image_of(made("絵.svg")[0]).width == pytest.approx(sheet.page.text_width, abs=0.5)
    assert image_of(made("紙.pdf")[0]).width == pytest.approx(150, abs=0.5)
    for name in ("絵.svg", "紙.pdf"):
        assert image_of(made(name, "  幅: 20\n")[0]).width == pytest.approx(20 * sheet.em, abs=0.5)


@pytest.mark.process
def test_the_text_of_an_svg_file_has_the_font_of_the_paper() -> None:
    text = '<text x="{}" y="60" font-size="20" font-family="{}">窓口</text>'
    images = []
    for family in ("Meiryo", "sans-serif", "BIZ UDMincho"):
        Path("絵.svg").write_text(svg(text.format(100, family)))
        images.append(image_of(made("絵.svg")[0]).data)
    Path("絵.svg").write_text(svg(""))
    assert len(set(images)) == 1
    assert image_of(made("絵.svg")[0]).data not in images


@pytest.mark.process
def test_a_form_field_of_a_pdf_page_is_seen() -> None:
    """What a reader of the file sees: its stamps, too."""
    pdf_of_sizes("紙.pdf", (200, 200))
    with pikepdf.open("紙.pdf", allow_overwriting_input=True) as file:
        look = file.make_stream(
            b"0 0 80 80 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 80, 80]
        )
        stamp = {"/Type": "/Annot", "/Subtype": "/Stamp", "/Rect": [110, 110, 190, 190], "/F": 4, "/AP": {"/N": look}}
        stamp = {key: pikepdf.Name(value) if isinstance(value, str) else value for key, value in stamp.items()}
        file.pages[0].Annots = pikepdf.Array([file.make_indirect(pikepdf.Dictionary(stamp))])
        file.save("紙.pdf")
    assert ink(image_of(made("紙.pdf")[0]), 0.75, 0.25)


def doubled(times: int) -> str:
    """A square that is drawn twice, and that twice …"""
    uses = (f'<g id="g{at}"><use href="#g{at - 1}"/><use href="#g{at - 1}" x="1"/></g>' for at in range(1, times + 1))
    return svg(f'<defs><rect id="g0" width="9" height="9"/>{"".join(uses)}</defs><use href="#g{times}"/>')


SVG_FAULTS = {
    "bomb": (doubled(40), "picture-broken"),
    "broken": (svg("<g>"), "picture-broken"),
    "html": ("<html/>", "picture-kind"),
    "no size": (svg("", 'width="0" height="0"'), "picture-broken"),
    "file": (svg('<image width="9" height="9" xlink:href="/etc/logo.png"/>'), "picture-svg"),
    "net": (svg('<image width="9" height="9" href="https://example.jp/a.png"/>'), "picture-svg"),
    "entity": ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + svg("<text>&a;</text>"), "picture-svg"),
    "html in svg": (svg("<foreignObject><p>文</p></foreignObject>"), "picture-svg"),
    "turbulence": (
        svg('<filter id="f"><feTurbulence baseFrequency="9" numOctaves="99999999"/></filter>'),
        "picture-svg",
    ),
    "light": (svg('<filter id="f"><feDiffuseLighting/></filter>'), "picture-svg"),
    "no glyph": (svg("<text>\U0001f600</text>"), "picture-font"),
    "deep": (svg("<g opacity='.5'>" * 20_000 + "</g>" * 20_000), "picture-complex"),
}


@pytest.mark.process
@pytest.mark.parametrize(("text", "rule"), SVG_FAULTS.values(), ids=SVG_FAULTS)
def test_an_svg_file_that_cannot_be_drawn_whole_is_refused(text: str, rule: str) -> None:
    Path("絵.svg").write_text(text, encoding="utf-8")
    assert refusal("絵.svg") == rule


@pytest.mark.process
def test_a_renderer_that_falls_or_hangs_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("絵.svg").write_text(svg("<g opacity='.5'>" * 2_000 + "</g>" * 2_000))
    monkeypatch.setattr(vector, "_DEPTH", 10_000)  # deep enough to bring down the library
    assert refusal("絵.svg") in ("picture-complex", "picture-broken")
    monkeypatch.setattr(vector, "_SECONDS", 0.001)
    Path("絵.svg").write_text(svg("<g/>"))
    assert refusal("絵.svg") == "picture-complex"


@pytest.mark.process
def test_a_pdf_page_that_cannot_be_drawn_is_refused() -> None:
    pdf_of_sizes("紙.pdf", (200, 200))
    pdf_of_sizes("鍵.pdf", (200, 200), encryption=pikepdf.Encryption(user="u", owner="o"))
    pdf_of_sizes("制限.pdf", (200, 200), encryption=pikepdf.Encryption(user="", owner="o"))
    whole = Path("紙.pdf").read_bytes()
    Path("切れた.pdf").write_bytes(whole[: len(whole) // 2])
    Path("屑.pdf").write_bytes(b"%PDF-1.4\nnothing\n%%EOF")
    picture("図.png")
    assert refusal("紙.pdf", "  ページ: 2\n") == "picture-page"
    assert refusal("図.png", "  ページ: 2\n") == "picture-page"
    assert refusal("鍵.pdf") == refusal("制限.pdf") == "picture-encrypted"
    assert refusal("切れた.pdf") == refusal("屑.pdf") == "picture-broken"
