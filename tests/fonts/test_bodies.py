"""Glyphs cast on other bodies: the same outline, another advance, in a font that is whole."""

from __future__ import annotations

import struct

import pytest
import uharfbuzz

from kotobuki.fonts import TrueTypeFace, find_font


@pytest.fixture
def face() -> TrueTypeFace:
    found = find_font()
    if not isinstance(found, TrueTypeFace):
        pytest.skip("no TrueType 明朝 is installed")
    return found


def drawn(font: uharfbuzz.Font, glyph: int) -> str:
    pen: list[tuple[str, object]] = []
    font.draw_glyph_with_pen(glyph, _Pen(pen))
    return repr(pen)


class _Pen:
    def __init__(self, said: list[tuple[str, object]]) -> None:
        self.said = said

    def __getattr__(self, name: str) -> object:
        return lambda *points: self.said.append((name, points))


def test_a_sort_has_the_outline_of_its_character_and_its_own_advance(face: TrueTypeFace) -> None:
    used = ["あ", "第", "　", ("第", 1250), ("第", 500), ("　", 3000), ("a", 0)]
    subset = face.subset(used)
    font = uharfbuzz.Font(uharfbuzz.Face(subset.data))
    em = font.face.upem
    advances = [font.get_glyph_h_advance(glyph) / em for glyph in subset.glyphs]
    own = face.advance_em("第")
    assert advances == pytest.approx([1, own, 1, 1.25, 0.5, 3, 0], abs=0.001)
    outlines = [drawn(font, glyph) for glyph in subset.glyphs]
    assert outlines[1] == outlines[3] == outlines[4] != outlines[0]
    assert outlines[2] == outlines[5] == "[]" != outlines[6]
    assert len(set(subset.glyphs)) == len(used)


def test_the_font_is_whole(face: TrueTypeFace) -> None:
    """Its checksums are right, and one glyph more costs but a few bytes."""
    data, more = face.subset(["第", ("第", 1250)]).data, face.subset(["第", ("第", 1250), ("第", 500)]).data
    for font in (data, more):
        assert sum(struct.unpack(f">{len(font) // 4}I", font)) & 0xFFFFFFFF == 0xB1B0AFBA
    assert len(more) - len(data) < 40
    assert face.subset(["第", ("第", 1250)]).data == data
