"""Characters drawn as outlines, each glyph said once a page, for a face that may not be served as a file."""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.fonts import FontFace, TrueTypeFace, characters
from kotobuki.fonts.screen import outline, units
from kotobuki.layout.page import Glyphs, TextLine
from kotobuki.svg.markup import element, number


class Outlines:
    """The glyphs of a page."""

    def __init__(self) -> None:
        """Begin a page, with none."""
        self._shapes: dict[str, str] = {}

    def line(self, line: TextLine, face: FontFace) -> str:
        """The characters of a line, each where it stands."""
        assert isinstance(face, TrueTypeFace)  # else there is nothing to draw
        scale, uses = line.size / units(face), list[str]()
        for span in line.spans:
            for character, x in placed(span, line.size, face):
                name = f"{face.postscript_name}-{face.glyph(character)}"
                if name not in self._shapes:
                    self._shapes[name] = outline(face, character)
                to = f"translate({number(x)} {number(line.y)}) scale({scale:.6f} {-scale:.6f})"
                uses.append(element("use", href=f"#{name}", transform=to))
        return "".join(uses)

    def definitions(self) -> str:
        """What the glyphs look like."""
        paths = "".join(element("path", id=name, d=shape) for name, shape in self._shapes.items())
        return element("defs", paths) if paths else ""


def placed(span: Glyphs, size: float, face: FontFace) -> Iterator[tuple[str, float]]:
    """The characters of a stretch that are drawn, each with the place where it begins."""
    x = span.x
    for character in characters(span.text):
        yield character, x
        x += face.advance_em(character) * size + span.tracking
