"""The fonts of pages on a screen: what they are called there, and what is served for them.

In: a `FontFace`. Out: a `ScreenFont`. A face that may be served is called by a family of its own, so that nothing that a
computer has by the same name stands in for it. One whose licence forbids that is drawn as outlines; where there is no
face at all, the browser takes a 明朝 that it has, each character in its place.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from kotobuki.fonts import FontFace, TrueTypeFace
from kotobuki.fonts.screen import may_be_served, screen_file
from kotobuki.lazy_dataclasses import dataclass

_SYSTEM = "'ＭＳ 明朝','MS Mincho','游明朝','Yu Mincho','ヒラギノ明朝 ProN','Hiragino Mincho ProN',serif"


@dataclass(frozen=True, slots=True, eq=False)
class ScreenFont:
    """A font of pages on a screen.

    key     by which its file is asked for; "" = none is served
    family  what it is called in the pages, as CSS has it
    drawn   its characters are drawn as outlines, and stand below them unseen
    """

    face: FontFace
    key: str
    family: str
    drawn: bool = False

    def file(self) -> bytes:
        """What is served: a TrueType file."""
        assert isinstance(self.face, TrueTypeFace)  # else it has no key
        return screen_file(self.face)


@lru_cache(maxsize=32)
def screen_font(face: FontFace) -> ScreenFont:
    """The font for a face; one value for one face. Its key changes with the file of the face."""
    if not isinstance(face, TrueTypeFace) or face.path is None:
        return ScreenFont(face, "", _SYSTEM)
    if not may_be_served(face):
        return ScreenFont(face, "", _SYSTEM, drawn=True)
    about = face.path.stat()
    key = hashlib.sha256(
        f"{face.postscript_name}:{face.index}:{about.st_size}:{about.st_mtime_ns}".encode()
    ).hexdigest()
    return ScreenFont(face, key[:16], f"kotobuki-{key[:16]}")
