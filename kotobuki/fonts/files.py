"""Font files: which faces one holds, whether they can be embedded, and what they are called.

In: a path. Out: opened faces (`uharfbuzz.Face`) with TrueType outlines, and the answer whether one bears a name.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.fonts.face import GETA, OUTLINE_TABLES

if TYPE_CHECKING:
    import uharfbuzz

_FAMILY, _STYLE, _FULL_NAME, _TYPOGRAPHIC_FAMILY = 1, 2, 4, 16  # ids of the `name` table
_MOST_FACES = 64  # in a collection; a spoilt one may say that it has four billion
_RESTRICTED = 0x0002  # OS/2 fsType: may not be embedded


def open_faces(path: Path) -> list[uharfbuzz.Face]:
    """The faces of a font file or collection that can be embedded; none if it is unreadable or not such a font."""
    import uharfbuzz

    try:
        blob = uharfbuzz.Blob.from_file_path(str(path))
    except uharfbuzz.HarfBuzzError:
        return []
    count = min(uharfbuzz.Face(blob).count, _MOST_FACES)
    faces = (uharfbuzz.Face(blob, index) for index in range(count))
    return [face for face in faces if _usable(face)]


def answers_to(face: uharfbuzz.Face, keys: frozenset[str]) -> bool:
    """Whether one of `keys` (see `name_key`) is the full name of the face, or its family name and it is no bold.

    A face whose names cannot be read answers to none.
    """
    try:
        return _answers_to(face, keys)
    except ValueError:  # not the bytes of any text
        return False


def _answers_to(face: uharfbuzz.Face, keys: frozenset[str]) -> bool:
    wanted = {_FULL_NAME}
    if face.get_name(_STYLE, "en") in (None, "Regular", "Medium", "Normal"):
        wanted |= {_FAMILY, _TYPOGRAPHIC_FAMILY}
    names = (face.get_name(entry.name_id, entry.language) for entry in face.list_names() if entry.name_id in wanted)
    return any(name_key(name) in keys for name in names if name)


def name_key(name: str) -> str:
    """A font name without what its spellings differ in: width, case, spaces (ＭＳ 明朝 = MS明朝)."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", name).casefold() if ch.isalnum())


def _usable(face: uharfbuzz.Face) -> bool:
    """TrueType outlines (not CFF), a licence to embed, and Japanese."""
    import uharfbuzz

    try:
        tags = frozenset(face.table_tags)
    except ValueError:  # a spoilt directory: tags that are no text
        return False
    if not tags >= OUTLINE_TABLES | {"cmap"}:
        return False
    if "OS/2" in tags and int.from_bytes(bytes(face.reference_table("OS/2").data)[8:10]) & _RESTRICTED:
        return False
    font = uharfbuzz.Font(face)
    return all(font.get_nominal_glyph(ord(ch)) for ch in f"あ一{GETA}")
