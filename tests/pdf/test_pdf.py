"""The PDF file as a whole: fonts, navigation, metadata, and the same bytes every time."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from support.paths import ROOT
from support.pdf_samples import BUNDLE, PAPERS, line, page, written
from support.pdftools import check, fonts, pixels

from kotobuki.fonts import FONT_PATH_VARIABLE, FontFace, find_font
from kotobuki.layout.page import Circle, Heading, Page, Rule
from kotobuki.layout.structure import Element, Part
from kotobuki.pdf import Press, write_pdf


@pytest.fixture
def bundle() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(written())) as opened:
        yield opened


@pytest.fixture
def standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FontFace:
    """The face of a system without fonts."""
    monkeypatch.setenv(FONT_PATH_VARIABLE, str(tmp_path))
    return find_font()


@pytest.mark.pdftools
def test_qpdf_finds_nothing_wrong() -> None:
    check(written())


@pytest.mark.pdftools
def test_one_subset_is_embedded_and_extractable() -> None:
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")
    (font,) = fonts(written())  # though two names lead to it
    assert (font["emb"], font["sub"], font["uni"]) == ("yes", "yes", "yes")
    assert font["name"][6] == "+" and font["name"][:6].isupper()


def test_the_subset_holds_little_more_than_the_glyphs_used() -> None:
    assert len(written()) < 30_000


def test_labels_are_the_printed_numbers_and_the_name_of_the_cover(bundle: pikepdf.Pdf) -> None:
    assert [each.label for each in bundle.pages] == ["表紙", "1", "2", "3"]


def test_labels_follow_a_paper_that_starts_anew() -> None:
    pages = [page("inquiry", 1), page("cover", None), page("cover", None), page("request", 1), page("request", 2)]
    with pikepdf.open(io.BytesIO(written(pages))) as opened:
        assert [each.label for each in opened.pages] == ["1", "表紙", "表紙", "1", "2"]


def test_the_outline_has_papers_and_their_headings(bundle: pikepdf.Pdf) -> None:
    def shape(items: Sequence[pikepdf.OutlineItem]) -> list[object]:
        return [(item.title, target(bundle, item.destination), shape(item.children)) for item in items]

    def target(opened: pikepdf.Pdf, destination: object) -> tuple[int, float]:
        assert isinstance(destination, pikepdf.Array)
        return pikepdf.Page(destination[0]).index, float(destination[3])

    with bundle.open_outline() as outline:
        assert shape(outline.root) == [
            ("表紙", (0, 841.89), []),
            ("諮問書", (1, 841.89), []),
            (
                "諮問依頼書（写）",
                (2, 841.89),
                [("１ 諮問理由", (2, 751.89), [("（１）趣旨", (2, 541.89), [])]), ("２ 件名", (3, 791.89), [])],
            ),
        ]


def test_the_outline_opens_down_to_the_sections(bundle: pikepdf.Pdf) -> None:
    top = bundle.Root.Outlines
    request = top.Last
    assert (int(top.Count), int(request.Count), int(request.First.Count)) == (5, 2, -1)
    assert str(bundle.Root.PageMode) == "/UseOutlines"


def test_links_lead_to_the_papers_that_are_in_the_file(bundle: pikepdf.Pdf) -> None:
    (link,) = bundle.pages[0].Annots
    assert [float(edge) for edge in link.Rect] == pytest.approx([60, 739.89, 360, 753.89])
    assert pikepdf.Page(link.Dest[0]).index == 2
    assert "/Annots" not in bundle.pages[1]


def test_files_of_one_press_have_fonts_and_pages_in_common() -> None:
    face = find_font()
    link = Element(kind="Link", parent=Element(kind="P"), paper="request")
    leading = page("cover", None, replace(line("別紙のとおり"), parts=(Part(0, link),)))
    pages = (leading, *BUNDLE[1:])
    press = Press(pages, {"明朝": face, "ＭＳ 明朝": face})

    def printed(*own: Page) -> tuple[list[bytes], list[bytes]]:
        data = write_pdf(own, title="", author="", subject="", papers=PAPERS, press=press)
        with pikepdf.open(io.BytesIO(data)) as opened:
            streams = [each.Contents.read_raw_bytes() for each in opened.pages]
            found = [each for each in opened.objects if isinstance(each, pikepdf.Stream) and "/Length1" in each]
            return streams, [each.read_raw_bytes() for each in found]

    whole, fonts = printed(*pages)
    assert printed(pages[1]) == ([whole[1]], fonts)
    assert printed(pages[0])[0] != [whole[0]]  # here, the link leads nowhere


def test_a_file_of_a_press_does_not_depend_on_what_was_printed_before() -> None:
    face = find_font()
    link = Element(kind="Link", parent=Element(kind="P"), paper="request")
    pages = (page("cover", None, replace(line("別紙のとおり"), parts=(Part(0, link),))), *BUNDLE[1:])
    wanted = [pages, pages[:1], pages[1:], pages[3:]]

    def printed(*order: int) -> dict[int, bytes]:
        press = Press(pages, {"明朝": face, "ＭＳ 明朝": face})
        files = {at: write_pdf(wanted[at], title="", author="", subject="", papers=PAPERS, press=press) for at in order}
        return dict(sorted(files.items()))

    assert printed(0, 1, 2, 3) == printed(3, 1, 0, 2)


def test_title_language_author_and_subject(bundle: pikepdf.Pdf) -> None:
    about = {key: str(value) for key, value in bundle.docinfo.items()}
    assert about.pop("/Producer").startswith("Kotobuki ")
    assert about == {"/Title": "第２号議案", "/Author": "江戸川区", "/Subject": "諮問"}  # and no dates
    assert str(bundle.Root.Lang) == "ja-JP"
    assert bool(bundle.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.pdftools
@pytest.mark.parametrize("text", ["題(その１", "題)\\", "a) /Title (b", "\\101\\", "𠮷\r\n改行", "<feff>"])
def test_metadata_cannot_become_syntax(text: str) -> None:
    data = written([page("cover", None, Heading(50, text, 1))], title=text)
    check(data)
    with pikepdf.open(io.BytesIO(data)) as opened, opened.open_outline() as outline:
        assert str(opened.docinfo["/Title"]) == outline.root[0].children[0].title == text


def test_an_empty_author_is_left_out() -> None:
    with pikepdf.open(io.BytesIO(written(author=""))) as opened:
        assert "/Author" not in opened.docinfo


def test_streams_are_deflated_and_not_in_ascii(bundle: pikepdf.Pdf) -> None:
    streams = [each for each in bundle.objects if isinstance(each, pikepdf.Stream)]
    assert [str(each.Type) for each in streams if "/Filter" not in each] == ["/Metadata"]  # for whoever cannot unpack
    assert {str(each.Filter) for each in streams if "/Filter" in each} == {"/FlateDecode"}


@pytest.mark.pdftools
def test_rules_and_circles_are_drawn_where_they_belong() -> None:
    ruler, circle = Rule(60, 120, 500, 120, 3), Circle(300, 400, 30, 3)
    black = ink(pixels(written([page("cover", None, ruler, circle)])))
    ruled = [(x, y) for x, y in black if y < 200]
    assert (min(ruled)[0], max(ruled)[0]) == pytest.approx((60, 500), abs=2)
    assert all(abs(y - 120) < 2.5 for _, y in ruled)
    distances = [math.hypot(x - 300, y - 400) for x, y in black if y > 200]
    assert len(distances) > 100 and all(abs(distance - 30) < 2.5 for distance in distances)


def ink(picture: bytes) -> list[tuple[float, float]]:
    """The dark pixels of a page of 60 dpi (PGM), in pt from its top left corner."""
    header, _, values = picture.partition(b"\n255\n")
    width = int(header.split()[1])
    dark = (divmod(at, width) for at, value in enumerate(values) if value < 100)
    return [((column + 0.5) * 72 / 60, (row + 0.5) * 72 / 60) for row, column in dark]


def test_what_was_written_before_leaves_no_trace() -> None:
    first = written()
    written([page("inquiry", 7, line("別の書類"))], title="別")
    assert written() == first


def test_other_content_gives_another_file_id(bundle: pikepdf.Pdf) -> None:
    with pikepdf.open(io.BytesIO(written(title="第３号議案"))) as other:
        assert bytes(bundle.trailer.ID[0]) != bytes(other.trailer.ID[0])


@pytest.mark.process
def test_same_bytes_on_another_day_and_in_another_zone() -> None:
    script = "import hashlib; from support.pdf_samples import written; print(hashlib.sha256(written()).hexdigest())"
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    places = (
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C"},
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | place | {"PYTHONPATH": paths},
            capture_output=True,
            check=True,
        ).stdout
        for place in places
    }
    assert len(digests) == 1


@pytest.mark.pdftools
def test_without_fonts_the_standard_one_is_named_and_still_extractable(standard: FontFace) -> None:
    data = written([page("cover", None, line("髙第1(𠮷"))], face=standard)
    check(data)
    with pikepdf.open(io.BytesIO(data)) as opened:
        font = opened.pages[0].Resources.Font.F1
        assert (str(font.BaseFont), str(font.Encoding)) == ("/HeiseiMin-W3-UniJIS-UCS2-HW-H", "/UniJIS-UCS2-HW-H")
        assert "/FontFile2" not in font.DescendantFonts[0].FontDescriptor
        (shown,) = (
            operands
            for operands, operator in pikepdf.parse_content_stream(opened.pages[0])
            if operator == pikepdf.Operator("Tj")
        )
        assert bytes(shown[0]).decode("utf-16-be") == "髙第1(〓"
        assert b"<0031> <0031>" in font.ToUnicode.read_bytes()
