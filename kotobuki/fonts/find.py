"""Where the 明朝 is: by name, on Windows, macOS and Linux, without fontconfig.

In: font names in Japanese or English. Out: the first one found as a `FontFace`; else the first of the usual 明朝 in the
order of `FALLBACK`; else the standard CID font, whose `embedded` is False. Known families are looked up by the names
of their files; only where that fails are the name tables of all fonts read. Same fonts, same answer; and a process that runs for
days (`serve`, `--watch`) takes what is installed meanwhile.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from kotobuki.diagnostics import CommandError
from kotobuki.file_names import FONT_ENDINGS
from kotobuki.fonts.face import GETA, FontFace, StandardFace, TrueTypeFace
from kotobuki.fonts.files import answers_to, name_key, open_faces
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.named_tuples import NamedTuple

FONT_PATH_VARIABLE = "KOTOBUKI_FONT_PATH"
"""Environment variable: folders (separated as in PATH) that replace those of the system."""


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface by the names people write and the files it comes in."""

    names: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The names in the form that they are compared in."""
        return frozenset(map(name_key, self.names))


_MS = Family(("ＭＳ 明朝", "MS Mincho"), ("msmincho.ttc", "MS Mincho.ttf"))
_BIZ = Family(
    ("BIZ UD明朝", "BIZ UDMincho", "BIZ UD明朝 Medium", "BIZ UDMincho Medium"),
    ("BIZ-UDMinchoM.ttc", "BIZUDMincho-Regular.ttf"),
)
_IPAEX = Family(("IPAex明朝", "IPAexMincho"), ("ipaexm.ttf",))
_IPAMJ = Family(("IPAmj明朝", "IPAmjMincho"), ("ipamjm.ttf",))
_IPA = Family(("IPA明朝", "IPAMincho"), ("ipam.ttf",))
_YU = Family(("游明朝", "Yu Mincho", "游明朝 Regular", "Yu Mincho Regular"), ("yumin.ttf",))

FALLBACK = (_MS, _BIZ, _IPAEX, _IPAMJ, _IPA, _YU)
"""Tried in this order when no requested font is there."""

_KNOWN = (
    *FALLBACK,
    Family(("ＭＳ Ｐ明朝", "MS PMincho"), ("msmincho.ttc", "MS PMincho.ttf")),
    Family(
        ("BIZ UDP明朝", "BIZ UDPMincho", "BIZ UDP明朝 Medium", "BIZ UDPMincho Medium"),
        ("BIZ-UDMinchoM.ttc", "BIZUDPMincho-Regular.ttf"),
    ),
    Family(("IPA P明朝", "IPAPMincho"), ("ipamp.ttf",)),
)

_STANDARD = StandardFace()


class FontFile(NamedTuple):
    """A font file as it is now: another one in its place is another font."""

    path: Path
    size: int
    written: int


def find_font(names: Sequence[str] = (), files: tuple[FontFile, ...] | None = None) -> FontFace:
    """The first font of `names` that is on this system as TrueType, else a fallback. Never fails.

    `files`: those of this system, if they have been looked for (`font_files`).
    """
    return _find(tuple(names), font_files() if files is None else files)


def is_font(face: FontFace, name: str) -> bool:
    """Whether `face` is what `name` asks for, and no fallback."""
    keys = _family(name).keys
    return face.path is not None and any(answers_to(each, keys) for each in open_faces(face.path))


def is_usual(name: str) -> bool:
    """Whether `name` is one of the usual 明朝, which stand in for each other."""
    return name_key(name) in frozenset().union(*(family.keys for family in FALLBACK))


def font_folders() -> tuple[Path, ...]:
    """The folders that are searched, the user's own before the system's."""
    override = os.environ.get(FONT_PATH_VARIABLE)
    if override is not None:
        return tuple(Path(folder) for folder in override.split(os.pathsep) if folder)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - which a user may not have; `Path.home` would raise then
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return local / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    if sys.platform == "darwin":
        word = Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts")
        return home / "Library/Fonts", Path("/Library/Fonts"), word, Path("/System/Library/Fonts")
    return home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")


@lru_cache(maxsize=64)
def _find(names: tuple[str, ...], found: tuple[FontFile, ...]) -> FontFace:
    files: dict[str, FontFile] = {}
    for file in found:
        files.setdefault(file.path.name.lower(), file)
    return next(_candidates([_family(name) for name in names], files), None) or _STANDARD


def _candidates(wanted: list[Family], files: dict[str, FontFile]) -> Iterator[FontFace]:
    """Faces from the best to the last resort, each looked for only when the ones before it are not there."""
    for family in wanted:
        yield from _faces(family, _known_files(family, files) if family.files else files.values())
    for family in FALLBACK:
        yield from _faces(family, _known_files(family, files))
    for family in (*wanted, *FALLBACK):  # renamed files
        yield from _faces(family, files.values())


def _known_files(family: Family, files: dict[str, FontFile]) -> list[FontFile]:
    return [files[name.lower()] for name in family.files if name.lower() in files]


def _faces(family: Family, files: Iterable[FontFile]) -> Iterator[FontFace]:
    for file in files:
        for face in open_faces(file.path):
            if answers_to(face, family.keys) and (opened := _sound(file, face.index)):
                yield opened


def _sound(file: FontFile, index: int) -> TrueTypeFace | None:
    """The face; None if its file is spoilt, so that the next one is looked for."""
    try:
        face = _true_type(file, index)
        face.subset([GETA, (GETA, 1250)])
    except (CommandError, ValueError, ArithmeticError):
        return None
    return face


@lru_cache(maxsize=64)
def _true_type(file: FontFile, index: int) -> TrueTypeFace:
    """One value for one face, however it was asked for, so that a file embeds it once."""
    return TrueTypeFace(file.path, index)


def _family(name: str) -> Family:
    key = name_key(name)
    return next((family for family in _KNOWN if key in family.keys), Family((name,), ()))


def font_files() -> tuple[FontFile, ...]:
    """The font files of this system, as they are now, in the order in which they are looked through; of equal names the first counts."""
    found = []
    for folder in font_folders():
        for parent, subfolders, names in os.walk(folder):
            subfolders.sort()
            for name in sorted(names):
                if name.lower().endswith(FONT_ENDINGS):
                    with suppress(OSError):  # a link that leads nowhere
                        path = Path(parent, name)
                        status = path.stat()
                        found.append(FontFile(path, status.st_size, status.st_mtime_ns))
    return tuple(found)
