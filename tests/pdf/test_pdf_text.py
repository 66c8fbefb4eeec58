"""Text drawn with gaps is extracted as it reads: the words of the paper, in order, without spurious blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import pdf_readers
from support.pdftools import extracted, pixels
from support.properties import tries

from kotobuki.fonts import FontFace, find_font
from kotobuki.layout.page import Glyphs, Page, TextLine
from kotobuki.pdf import Press, write_pdf

pytestmark = pytest.mark.pdftools


SIZE = 12.0
READERS: dict[str, Callable[[bytes], str]] = {
    **pdf_readers.READERS,
    "poppler, as laid out": lambda data: extracted(data, "-layout"),
    "poppler, as drawn": lambda data: extracted(data, "-raw"),
}


@pytest.fixture(scope="module")
def face() -> FontFace:
    """The embedded font that the test needs."""
    found = find_font()
    if not found.embedded:
        pytest.skip("no TrueType 明朝 is installed")
    return found


def written(face: FontFace, *lines: TextLine) -> bytes:
    page = Page(width=595.276, height=841.89, paper="a", number=1, items=lines)
    press = Press([page], {"明朝": face})
    return write_pdf([page], title="題", author="", subject="", papers=[("a", ("諮問書",))], press=press)


def line(text: str, *spans: Glyphs, y: float = 100) -> TextLine:
    return TextLine(y=y, font="明朝", size=SIZE, text=text, spans=spans)


def spaced(face: FontFace, *parts: tuple[float, str], tracking: float = 0.0) -> tuple[Glyphs, ...]:
    """Spans that follow each other, each after a gap in em (negative: closed up)."""

    def placed() -> Iterator[Glyphs]:
        x = 60.0
        for gap, text in parts:
            x += gap * SIZE
            yield Glyphs(x, text, tracking)
            x += sum(map(face.advance_em, text)) * SIZE + len(text) * tracking

    return tuple(placed())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("個人情報保護条例第14条第３項", [(0, "個人情報保護条例第"), (0.25, "14"), (0.25, "条第３項")]),
        ("約1,000件の情報(IPv4)を", [(0, "約"), (0.25, "1,000"), (0.25, "件の情報"), (0, "(IPv4)"), (0.25, "を")]),
        ("これは（行）、「括弧」だ", [(0, "これは"), (-0.5, "（行）"), (-0.5, "、"), (-0.5, "「括弧」"), (0, "だ")]),
        ("１ システム", [(0, "１"), (1, "システム")]),
        ("１ システム14件", [(0, "１"), (1, "システム"), (0.25, "14"), (0.25, "件")]),
        ("１システム", [(0, "１"), (2, "システム")]),
        ("第１ 総則", [(0, "第１"), (0.05, "総則")]),
        ("a b", [(0, "a b")]),
        ("区 長", [(0, "区 "), (0.25, "長")]),
    ],
)
def test_gaps_of_layout_are_no_blanks(face: FontFace, text: str, parts: list[tuple[float, str]], reader: str) -> None:
    assert READERS[reader](written(face, line(text, *spaced(face, *parts)))).strip() == text


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("tracking", [0.3, 1.0, 6.0, 24.0, -1.2])
def test_letter_spaced_names_extract_as_names(face: FontFace, tracking: float, reader: str) -> None:
    data = written(face, line("村島章惠", Glyphs(60, "村島章惠", tracking)))
    assert READERS[reader](data).strip() == "村島章惠"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["斉藤 猛", "斉藤　猛", "斉藤  猛"])
def test_blanks_of_letter_spaced_names_are_blanks(face: FontFace, name: str, reader: str) -> None:
    data = written(face, line(name, Glyphs(60, name, 12)))
    found = READERS[reader](data).strip()
    assert found.replace("  ", " ") == name.replace("  ", " ")  # PDFium says one for two


def test_spans_of_unlike_tracking_are_drawn_where_they_stand(face: FontFace) -> None:
    spans = (Glyphs(60, "村島", 6), Glyphs(130, "章惠", 12), Glyphs(180, "様"))
    apart = [line(span.text, span) for span in spans]
    assert pixels(written(face, line("村島章惠様", *spans))) == pixels(written(face, *apart))


@pytest.mark.parametrize("reader", READERS)
def test_lines_come_in_reading_order(face: FontFace, reader: str) -> None:
    texts = ["諮問第80号", "江戸川区長", "第14条の規定に基づき", "意見を求めます。"]
    lines = [line(text, *spaced(face, (0, text), tracking=1), y=100 + 20 * row) for row, text in enumerate(texts)]
    assert READERS[reader](written(face, *lines)).split() == texts


def test_text_that_is_read_otherwise_than_drawn(face: FontFace) -> None:
    assert extracted(written(face, line("写", Glyphs(60, "㊥")))).strip() == "写"


@pytest.mark.parametrize("spans", [(), (Glyphs(60, ""),), (Glyphs(60, "\u200f"),)])
def test_a_line_without_ink_is_no_trouble(face: FontFace, spans: tuple[Glyphs, ...]) -> None:
    assert extracted(written(face, line("", *spans), line("あ", Glyphs(60, "あ"), y=120))).strip() == "あ"


def test_names_are_extracted_as_typed(face: FontFace) -> None:
    """Characters that share a glyph, and variants of one, keep apart."""
    text = "髙﨑惠神\ufa19葛\U000e0100葛～〜ー一―"
    assert extracted(written(face, line(text, Glyphs(60, text)))).strip() == text


def test_a_variant_is_drawn_as_such(face: FontFace) -> None:
    usual, variant = "葛", "葛\U000e0100"
    if not face.has_sequence(variant):
        pytest.skip("the font has no variants")
    drawn = [pixels(written(face, line(text, Glyphs(60, text))), "-r", "300") for text in (usual, variant)]
    assert drawn[0] != drawn[1]
    unknown = pixels(written(face, line("あ\U000e0100", Glyphs(60, "あ\U000e0100"))))
    assert unknown == pixels(written(face, line("あ", Glyphs(60, "あ"))))


def test_a_missing_character_is_drawn_as_geta_and_extracted_as_itself(face: FontFace) -> None:
    missing = written(face, line("あ\U0010fffdい", Glyphs(60, "あ\U0010fffdい")))
    assert pixels(missing) == pixels(written(face, line("あ〓い", Glyphs(60, "あ〓い"))))
    assert extracted(missing).strip() == "あ\U0010fffdい"


@pytest.mark.parametrize("text", ["\u200f右\u202e左\u202c", "ソフト\u00adハイフン", "\ufeff頭"])
def test_invisible_characters_leave_no_mark(face: FontFace, text: str) -> None:
    seen = "".join(ch for ch in text if ch > "\u2fff" and ch != "\ufeff")
    marked, plain = (written(face, line(each, Glyphs(60, each))) for each in (text, seen))
    assert pixels(marked) == pixels(plain)
    assert extracted(plain).strip() == seen


SIGNS = st.text("()\\<>[]{}/%'\"#&漢字かなカナ、。（）「」14Ａaｱ", min_size=1, max_size=12)


@tries(25)
@given(parts=st.lists(st.tuples(st.sampled_from([0, 0.02, 0.25, -0.5, 1]), SIGNS), min_size=1, max_size=5))
def test_any_text_comes_back(face: FontFace, parts: list[tuple[float, str]]) -> None:
    text = "".join(text for _, text in parts)
    assert extracted(written(face, line(text, *spaced(face, *parts)))).strip() == text
