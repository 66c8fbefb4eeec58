"""The words of WordprocessingML that both reading and writing need: namespaces, escaping, units.

Text goes into markup through `text` and `attribute` only, so that nothing a user wrote can become markup.
"""

from __future__ import annotations

import re
from functools import cache

from kotobuki.lazy_patterns import lazy_pattern

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ANCHORS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EXTENSIONS_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"
SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"
GROUPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML 1.0 cannot hold at all, not even escaped; a carriage return would come back as another character.
_UNSAYABLE = lazy_pattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_UNLIKE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff&<>\"']")  # what stands otherwise in markup
_IN_ELEMENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_ATTRIBUTE = {**_IN_ELEMENT, **str.maketrans({'"': "&quot;", "'": "&#x27;"})}


@cache
def word(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{WORD}}}{name}"


def text(value: str) -> str:
    """`value` as the content of an element. Characters that XML cannot hold become U+FFFD."""
    return _UNSAYABLE.sub("�", value).translate(_IN_ELEMENT) if _UNLIKE.search(value) else value


def attribute(value: str) -> str:
    """`value` as it stands between the quotes of an attribute."""
    return _UNSAYABLE.sub("�", value).translate(_IN_ATTRIBUTE) if _UNLIKE.search(value) else value


def twips(points: float) -> int:
    """A length in pt as twentieths of a point, the unit of WordprocessingML."""
    return round(points * 20)


def half_points(points: float) -> int:
    """A size in pt as half-points, the unit of font sizes."""
    return round(points * 2)


def emu(points: float) -> int:
    """A length in pt in the unit of DrawingML."""
    return round(points * 12700)
