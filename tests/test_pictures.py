"""｛画像｝: what may stand in a paper, what is refused, and what readers of the files get."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import docx
import figure_samples
import office
import pdftools
import pikepdf
import pytest
import word_samples
from PIL import Image as Pillow

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document, Figure
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
    assert isinstance(figure, b.Figure)
    return figure_samples.paper(Figure(figure.figure, figure.description, place=figure.place))


def picture(name: str, mode: str = "RGB", size: tuple[int, int] = (400, 300), **options: object) -> None:
    Pillow.new(mode, size, 0).save(name, **options)  # type: ignore[arg-type]  # options of any format


@pytest.mark.parametrize(("name", "mode"), [("図.png", "RGB"), ("図.png", "P"), ("図.png", "RGBA"), ("図.png", "1"),
                                            ("図.jpg", "RGB"), ("図.jpg", "L"), ("図.jpg", "CMYK")])  # fmt: skip
def test_an_image_stands_in_both_files(name: str, mode: str) -> None:
    picture(name, mode)
    document, diagnostics = made(name)
    assert not list(diagnostics)
    data = figure_samples.pdf(document)
    pdftools.check(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.as_dict().values()
        assert (image.Width, image.Height) == (400, 300)
        assert "窓口の配置".encode("utf-16-be").hex().encode() in pdf.pages[0].Contents.read_bytes()
    word = write_docx(document, word_samples.base())
    opened = docx.Document(BytesIO(word))
    (shape,) = opened.inline_shapes
    assert shape._inline.docPr.get("descr") == "窓口の配置"
    assert shape.width.pt == pytest.approx(400 * 72 / 100)
    assert Pillow.open(
        BytesIO(opened.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob)
    )
    printed = office.to_pdf({"image": word})["image"]
    assert office.pages(printed)[0].split()[:2] == ["図の前", "図の後"]
    with pikepdf.open(BytesIO(printed)) as pdf:
        assert len(pdf.pages[0].Resources.XObject.as_dict()) == 1


def test_an_image_is_scaled_to_its_room_and_to_its_width() -> None:
    picture("大きい.png", size=(3000, 6000))
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
    Path("絵.svg").write_text("<svg/>", encoding="utf-8")
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
        "絵.svg": "picture-kind",
    }
    for name, rule in rules.items():
        _, diagnostics = made(name)
        (found,) = diagnostics
        assert (found.rule, found.place.line, found.place.column) == (rule, 2, 9), name


def test_an_image_must_say_what_it_shows(tmp_path: Path) -> None:
    _, diagnostics = figure_samples.read("｛画像｝: {ファイル: 図.png}\n", tmp_path)
    assert [(each.rule, "説明" in each.reason) for each in diagnostics] == [("missing-key", True)]
