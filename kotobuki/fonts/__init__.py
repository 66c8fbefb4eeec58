"""Fonts: a 明朝 found on the system, its metrics, its subset, and the characters that it lacks.

In: font names as the house style or `templates/base.docx` writes them. Out: `FontFace` values for layout and for the
PDF writer, and `Missing` values for diagnostics. The only home of uharfbuzz, which is imported when a face is opened.
"""

from __future__ import annotations

from kotobuki.fonts.face import GETA, FontFace, Sort, StandardFace, TrueTypeFace, characters
from kotobuki.fonts.find import FONT_PATH_VARIABLE, FontFile, find_font, font_files, font_folders, is_font, is_usual
from kotobuki.fonts.missing import Missing, missing_glyphs

__all__ = [
    "FONT_PATH_VARIABLE",
    "GETA",
    "FontFace",
    "FontFile",
    "Missing",
    "Sort",
    "StandardFace",
    "TrueTypeFace",
    "characters",
    "find_font",
    "font_files",
    "font_folders",
    "is_font",
    "is_usual",
    "missing_glyphs",
]
