"""One typeface: what layout measures with and what the PDF writer embeds.

In: a TrueType file (or none). Out: advances in em, the presence of characters, and a subset with the glyphs of the
characters that were used. A character is one code point, or one followed by a variation selector (異体字セレクタ),
which chooses the variant of the glyph where the font has it and its usual form where not.
"""

from __future__ import annotations

import re
import struct
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path

from kotobuki.diagnostics import CommandError
from kotobuki.fonts.bodies import with_bodies
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern

OUTLINE_TABLES = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})
"""The tables of a TrueType font that draw it: all that a PDF needs."""

GETA = "〓"
"""What typesetters put in place of a sort they do not have; drawn for a missing character, never `.notdef`."""

Sort = str | tuple[str, int]
"""A character on its own body, or on one of so many thousandths of an em."""

_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IGNORABLE = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e00ff"
_SPECIAL = re.compile(f"[{_SELECTORS}{_IGNORABLE}]")
_CHARACTER = lazy_pattern(f"([^{_SELECTORS}{_IGNORABLE}][{_SELECTORS}]?)|.", re.DOTALL)


def characters(text: str) -> Sequence[str]:
    """The characters of `text` that are drawn: each code point with its variation selector; invisible ones left out."""
    if _SPECIAL.search(text) is None:
        return text
    return [match[1] for match in _CHARACTER.finditer(text) if match[1]]


@dataclass(frozen=True, slots=True)
class Subset:
    """A TrueType font with few glyphs. `glyphs` are the ids, in `data`, of the characters asked for."""

    data: bytes
    glyphs: tuple[int, ...]


class _Advances(dict[str, float]):
    """Advances of characters in em, measured when first asked for: the hottest look-up of layout."""

    def __init__(self, face: FontFace) -> None:
        self._face = face

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._face._advance(character) if characters(character) else 0.0
        return advance


class FontFace(ABC):
    """A typeface. `ascent` and `descent` (below the baseline, negative) are in em; `path` is None without a file."""

    family: str
    postscript_name: str
    path: Path | None
    ascent: float
    descent: float
    embedded: bool
    """False: no TrueType 明朝 was found, and the reader of the PDF must supply one."""

    def __init__(self) -> None:
        """Start with nothing measured."""
        self.known: set[str] = set()
        """Characters that the face is known to have."""
        self.advance_em: Callable[[str], float] = _Advances(self).__getitem__
        """The real advance of a character in em; that of 〓 if it is missing, 0 if it is invisible."""

    @abstractmethod
    def has(self, character: str) -> bool:
        """Whether the font can draw `character`, be it without the variant that a selector asks for."""

    @abstractmethod
    def has_sequence(self, sequence: str) -> bool:
        """Whether the font knows this character with this variation selector."""

    @abstractmethod
    def _advance(self, character: str) -> float: ...


class TrueTypeFace(FontFace):
    """A face of a TrueType file or collection, to be embedded as a subset."""

    embedded = True

    def __init__(self, path: Path, index: int = 0) -> None:
        """Open the face `index` of `path`, which must be one that can be embedded (see `files.open_faces`)."""
        import uharfbuzz

        super().__init__()
        self.path, self.index = path, index
        self._face = face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
        self._font = uharfbuzz.Font(face)
        self._em: int = face.upem
        self._glyphs: dict[str, int | None] = {}
        self.family = face.get_name(1, "ja") or face.get_name(1, "en") or path.stem
        self.postscript_name = face.get_name(6, "en") or "Mincho"
        extents = self._font.get_font_extents("ltr")
        self.ascent = extents.ascender / self._em
        self.descent = extents.descender / self._em

    @property
    def bbox_em(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the box that holds every glyph, in em (table `head`)."""
        head = bytes(self._face.reference_table("head").data)
        left, bottom, right, top = (int.from_bytes(head[at : at + 2], signed=True) for at in (36, 38, 40, 42))
        return left / self._em, bottom / self._em, right / self._em, top / self._em

    def glyph(self, character: str) -> int:
        """The id of the glyph that is drawn for a character: that of 〓 if it is missing."""
        return self._drawn(character)

    def has(self, character: str) -> bool:
        """Whether the font has a glyph for the base character."""
        return self._glyph(character) is not None

    def has_sequence(self, sequence: str) -> bool:
        """Whether the font's `cmap` format 14 lists this base character and selector."""
        return len(sequence) == 2 and self._variant(sequence) is not None

    def subset(self, used: Sequence[Sort]) -> Subset:
        """A font with the glyphs of `used` alone: outlines only, without hints and layout tables.

        Raises `CommandError` if the file is spoilt.
        """
        try:
            return self._subset(used)
        except (struct.error, RuntimeError, LookupError, ValueError, OverflowError):  # of HarfBuzz, of our own tables
            reason = f"フォント「{self.family}」のファイル（{self.path}）が壊れているため、PDFに埋め込めません"
            raise CommandError(f"{reason}。フォントを入れ直すか、ほかのフォントを使ってください") from None

    def _subset(self, used: Sequence[Sort]) -> Subset:
        import uharfbuzz

        characters = [sort if isinstance(sort, str) else sort[0] for sort in used]
        found = [self._glyph(each) for each in characters]
        geta = self._glyph(GETA) or 0
        glyphs = [geta if glyph is None else glyph for glyph in found]
        request = uharfbuzz.SubsetInput()
        # By characters where there is no variant among them: for glyphs, HarfBuzz goes through all characters of the font.
        request.unicode_set.update(
            [
                ord(GETA if glyph is None else each)
                for each, glyph in zip(characters, found, strict=True)
                if len(each) == 1
            ]
        )
        request.glyph_set.update([glyph for each, glyph in zip(characters, glyphs, strict=True) if len(each) > 1])
        request.drop_table_tag_set.update(
            int.from_bytes(tag.encode()) for tag in self._face.table_tags if tag not in OUTLINE_TABLES
        )
        request.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = uharfbuzz.SubsetPlan(self._face, request)
        renumbered = plan.old_to_new_glyph_mapping
        drawn = [renumbered[glyph] for glyph in glyphs]
        bodies = {
            sort: (glyph, round(sort[1] * self._em / 1000))
            for sort, glyph in zip(used, drawn, strict=True)
            if not isinstance(sort, str)
        }
        data, added = with_bodies(bytes(plan.execute().blob.data), list(bodies.values()))
        new: dict[Sort, int] = dict(zip(bodies, added, strict=True))
        return Subset(data, tuple(new.get(sort, glyph) for sort, glyph in zip(used, drawn, strict=True)))

    def _advance(self, character: str) -> float:
        advance: int = self._font.get_glyph_h_advance(self._drawn(character))
        return advance / self._em

    def _drawn(self, character: str) -> int:
        glyph = self._glyph(character)
        return self._glyph(GETA) or 0 if glyph is None else glyph

    def _glyph(self, character: str) -> int | None:
        try:
            return self._glyphs[character]
        except KeyError:
            variant = self._variant(character) if len(character) == 2 else None
            found = variant if variant is not None else self._font.get_nominal_glyph(ord(character[0]))
            self._glyphs[character] = found
            return found

    def _variant(self, sequence: str) -> int | None:
        glyph: int | None = self._font.get_variation_glyph(ord(sequence[0]), ord(sequence[1]))
        return glyph


class StandardFace(FontFace):
    """HeiseiMin-W3, the standard Japanese CID font of PDF: not embedded, every reader replaces it by a 明朝 it has.

    It stands in when the system has no TrueType 明朝: half width for ASCII and half-width katakana, full width for
    all else that Windows' code page 932 knows; what that lacks (names beyond it, variants) counts as missing.
    """

    embedded = False
    family = "平成明朝W3"
    postscript_name = "HeiseiMin-W3"
    path = None
    ascent = 0.88
    descent = -0.12

    def has(self, character: str) -> bool:
        """Whether code page 932, which the font surely covers, has the base character."""
        try:
            return character[0].isprintable() and bool(character[0].encode("cp932"))
        except UnicodeEncodeError:
            return False

    def has_sequence(self, sequence: str) -> bool:
        """Never: variants are not part of the standard encoding."""
        return False

    def _advance(self, character: str) -> float:
        return 0.5 if character[0] <= "~" or "｡" <= character[0] <= "ﾟ" else 1.0
