"""A face for a screen: the file that a browser sets with, or, where the licence keeps it from that, outlines of glyphs.

In: a `TrueTypeFace`. Out: a TrueType file with that one face, or the outline of a character. The file has neither kerning nor
ligatures nor bitmaps: a browser that sets with it sets each character with the width that layout measured (a
page of ours needs no style sheet for that), and a face of a collection is a file of its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kotobuki.fonts.bodies import font_file
from kotobuki.fonts.face import OUTLINE_TABLES, TrueTypeFace

if TYPE_CHECKING:
    import uharfbuzz

_SCREEN_TABLES = OUTLINE_TABLES | {"OS/2", "cmap", "name", "post", "cvt ", "fpgm", "prep", "gasp"}
_RESTRICTED, _BITMAP_ONLY = 0x0002, 0x0200  # OS/2 fsType: may not be embedded; only its bitmaps may be


def may_be_served(face: TrueTypeFace) -> bool:
    """Whether the licence of the face lets it go into a page, by what its file says (OpenType 1.9, OS/2 fsType)."""
    opened = _opened(face)
    if "OS/2" not in opened.table_tags:
        return True
    permission = int.from_bytes(bytes(opened.reference_table("OS/2").data)[8:10])
    return not permission & (_RESTRICTED | _BITMAP_ONLY)


@lru_cache(maxsize=2)  # each tab asks for it
def screen_file(face: TrueTypeFace) -> bytes:
    """The face as a file for a browser."""
    opened = _opened(face)
    tags = sorted(_SCREEN_TABLES.intersection(opened.table_tags))
    return font_file(b"\x00\x01\x00\x00", {tag: bytes(opened.reference_table(tag).data) for tag in tags}, {})


def outline(face: TrueTypeFace, character: str) -> str:
    """The outline of a character as the data of an SVG path, in units of `1 / units(face)` em, y upwards."""
    import uharfbuzz

    found: list[str] = []
    font = uharfbuzz.Font(_opened(face))
    font.draw_glyph(face.glyph(character), _pen(), found)
    return "".join(found)


def units(face: TrueTypeFace) -> int:
    """How many units an em has."""
    em: int = _opened(face).upem
    return em


@lru_cache(maxsize=8)
def _opened(face: TrueTypeFace) -> uharfbuzz.Face:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index)


@lru_cache(maxsize=1)
def _pen() -> uharfbuzz.DrawFuncs:
    import uharfbuzz

    pen = uharfbuzz.DrawFuncs()
    pen.set_move_to_func(lambda x, y, found: found.append(f"M{x:g} {y:g}"))
    pen.set_line_to_func(lambda x, y, found: found.append(f"L{x:g} {y:g}"))
    pen.set_quadratic_to_func(lambda x1, y1, x, y, found: found.append(f"Q{x1:g} {y1:g} {x:g} {y:g}"))
    pen.set_close_path_func(lambda found: found.append("Z"))
    return pen
