"""Characters that a document asks for and its font lacks.

In: a `Document` and the face of each role. Out: `Missing` values with the place of the character in its source, for
diagnostics: nothing is to be drawn as `.notdef`, and no variant of a name is to change unnoticed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from kotobuki.case.figures import words_of
from kotobuki.diagnostics import Place
from kotobuki.document import Block, Document, Enclosed, Figure, PageRef, Paragraph, Run, Table
from kotobuki.fonts.face import FontFace, characters
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Text
from kotobuki.roles import STANDARD


@dataclass(frozen=True, slots=True)
class Missing:
    """A character (with its variation selector) that `family` lacks; `place` is None for text that no source holds."""

    character: str
    family: str
    place: Place | None
    variant: bool
    """True: the font has the character, only not in the form that the selector asks for."""

    @property
    def codes(self) -> str:
        """The code points as U+845B U+E0100."""
        return " ".join(f"U+{ord(ch):04X}" for ch in self.character)


def missing_glyphs(document: Document, face_of: Callable[[str], FontFace]) -> Iterator[Missing]:
    """What `document` asks for in vain, in the order of the text. `face_of` gives the face of a role."""
    paragraphs = _paragraphs([block for paper in document.papers for block in paper.blocks])
    texts: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        found = texts.setdefault(paragraph.role, [])
        found.append(paragraph.label)
        found += [inline.text for inline in paragraph.inlines]
    faces = {role: face_of(role) for role in texts}
    if all(_has_all(faces[role], "".join(found)) for role, found in texts.items()):  # as nearly always
        return
    for paragraph in paragraphs:
        face = faces[paragraph.role]
        for text, at in _texts(paragraph):
            if not _has_all(face, text):
                yield from _missing(text, at, face)


def _has_all(face: FontFace, text: str) -> bool:
    """Whether the face has all characters of a text, none of which varies another."""
    new = set(text) - face.known
    if not all(characters(ch) and face.has(ch) for ch in new):
        return False
    face.known |= new
    return True


def _missing(text: str, at: tuple[tuple[int, Place], ...], face: FontFace) -> Iterator[Missing]:
    offset = 0
    for character in characters(text):
        offset = text.index(character, offset)
        lacks = not face.has(character)
        if lacks or (len(character) > 1 and not face.has_sequence(character)):
            yield Missing(character, face.family, _place(offset, at), not lacks)
        offset += len(character)


def _place(offset: int, at: tuple[tuple[int, Place], ...]) -> Place | None:
    """Where the character at `offset` stands in the source, from the places known of its text."""
    index = bisect_right(at, offset, key=lambda entry: entry[0]) - 1
    if index < 0:
        return None
    start, place = at[index]
    return replace(place, column=place.column + offset - start) if place.line else place


def _texts(paragraph: Paragraph) -> Iterator[tuple[str, tuple[tuple[int, Place], ...]]]:
    if paragraph.label:
        yield paragraph.label, ()
    for inline in paragraph.inlines:
        match inline:
            case Run():
                yield inline.text, inline.at
            case Enclosed() | PageRef():
                yield inline.text, ()
            case _:
                assert_never(inline)


def _paragraphs(blocks: Iterable[Block]) -> list[Paragraph]:
    """All that has words, in the order of the text; those of a figure as paragraphs."""
    found: list[Paragraph] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(block)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        found += _paragraphs(cell.blocks)
            case Figure():
                for inlines in words_of(block.figure):
                    words = [Run(text=each.text, at=each.at) for each in inlines if isinstance(each, Text)]
                    found.append(Paragraph(role=STANDARD.style, inlines=tuple(words)))
            case _:
                assert_never(block)
    return found
