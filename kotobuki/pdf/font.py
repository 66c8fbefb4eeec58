"""A font as an object of a PDF file: embedded as a subset, every character extractable as typed.

In: a `FontFace` and the sorts that are set in it. Out: the code of each sort, and what files embed, made once for all of
them (a composite font with two-byte codes, ISO 32000-1, 9.7). Codes are given to sorts and not to glyphs, so that two
characters that share a glyph, and a character and its variant, extract as what they are.
"""

from __future__ import annotations

import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import count

from kotobuki.fonts import GETA, FontFace, Sort, TrueTypeFace
from kotobuki.named_tuples import NamedTuple
from kotobuki.pdf.objects import Name, Numbers, Objects, Portion, Ref, Stream, Value, packed


class UsedFont:
    """A font in which pages are set; `name`: in the resources."""

    def __init__(self, name: str, face: FontFace) -> None:
        """Begin with no sort used."""
        self.name, self.face = name, face
        numbers = count(1)
        # A character of one code point has this as its key. With a dictionary of a class of ours, `translate` takes twice
        # as long.
        self._codes: dict[int | Sort, str] = (
            defaultdict(lambda: _literal(next(numbers))) if face.embedded else _CodePoints(face)
        )

    def literal(self, sorts: Sequence[Sort]) -> str:
        """The codes of the sorts as they stand in a literal string: of each sort when it is first asked for."""
        if isinstance(sorts, str):
            return sorts.translate(self._codes)  # twice as fast as asking for one after the other
        return "".join([self._codes[ord(sort) if len(sort) == 1 else sort] for sort in sorts])

    @property
    def sorts(self) -> list[Sort]:
        """Those that have been used, in the order of first use."""
        return [chr(key) if isinstance(key, int) else key for key in self._codes]


class _CodePoints(dict[int | Sort, str]):
    """The codes of sorts in a face that is not embedded."""

    def __init__(self, face: FontFace) -> None:
        self._face = face

    def __missing__(self, key: int | Sort) -> str:
        literal = self[key] = _literal(_drawn(chr(key) if isinstance(key, int) else key, self._face))
        return literal


class ReadyFont(NamedTuple):
    """A font for any number of files: its objects, and the one that resources refer to."""

    ref: Ref
    portion: Portion
    face: FontFace


def ready_font(used: UsedFont, numbers: Numbers) -> ReadyFont:
    """What files embed of the face for the sorts that have been used."""
    objects = Objects(numbers)
    face, sorts = used.face, used.sorts
    ref = _true_type(face, sorts, objects) if isinstance(face, TrueTypeFace) else _standard(face, sorts, objects)
    return ReadyFont(ref, objects.portion(), face)


def _drawn(sort: Sort, face: FontFace) -> int:
    """The code point that a face which is not embedded draws for a sort."""
    return ord(sort[0] if face.has(sort[0]) else GETA)


def _true_type(face: TrueTypeFace, sorts: Sequence[Sort], objects: Objects) -> Ref:
    subset = face.subset(sorts)
    name = Name(f"{_tag(subset.data)}+{face.postscript_name}")
    program = objects.add(Stream(_deflated(subset.data), {"Length1": len(subset.data)}, "FlateDecode"))
    glyphs = struct.pack(f">{len(sorts) + 1}H", 0, *subset.glyphs)
    descendant: dict[str, Value] = {
        "Type": Name("Font"),
        "Subtype": Name("CIDFontType2"),
        "BaseFont": name,
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
        "DW": 1000,
        "W": _widths(face, sorts),
        "CIDToGIDMap": objects.add(packed(glyphs)),
        "FontDescriptor": objects.add({**_descriptor(name, face, face.bbox_em), "FontFile2": program}),
    }
    texts = [sort if isinstance(sort, str) else sort[0] for sort in sorts]
    return objects.add(
        _composite(name, "Identity-H", _to_unicode(range(1, len(texts) + 1), texts), descendant, objects)
    )


def _tag(program: bytes) -> str:
    """Six letters that tell a subset from others of the same font."""
    number = zlib.crc32(program)
    return "".join([chr(ord("A") + number // 26**place % 26) for place in range(6)])


def _deflated(program: bytes) -> bytes:
    """Outlines, which hardly repeat: level 3, with the usual memory, takes a fifth longer to save a hundredth."""
    deflate = zlib.compressobj(2, memLevel=zlib.DEF_MEM_LEVEL + 1)
    return deflate.compress(program) + deflate.flush()


def _standard(face: FontFace, sorts: Sequence[Sort], objects: Objects) -> Ref:
    """The font by name only; codes are UCS-2, whose CMap sets ASCII at half width (CIDs 231–632, 8718–8719)."""
    name, encoding = Name(face.postscript_name), "UniJIS-UCS2-HW-H"
    descendant: dict[str, Value] = {
        "Type": Name("Font"),
        "Subtype": Name("CIDFontType0"),
        "BaseFont": name,
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Japan1", "Supplement": 4},
        "DW": 1000,
        "W": [231, 632, 500, 8718, [500, 500]],
        "FontDescriptor": objects.add(_descriptor(name, face, (-0.123, -0.257, 1.001, 0.91))),
    }
    codes = sorted({_drawn(sort, face) for sort in sorts})
    to_unicode = _to_unicode(codes, [chr(code) for code in codes])
    return objects.add(
        _composite(Name(f"{face.postscript_name}-{encoding}"), encoding, to_unicode, descendant, objects)
    )


def _composite(
    name: Name, encoding: str, to_unicode: bytes, descendant: Mapping[str, Value], objects: Objects
) -> dict[str, Value]:
    return {
        "Type": Name("Font"),
        "Subtype": Name("Type0"),
        "BaseFont": name,
        "Encoding": Name(encoding),
        "DescendantFonts": [objects.add(descendant)],
        "ToUnicode": objects.add(packed(to_unicode)),
    }


def _descriptor(name: Name, face: FontFace, bbox_em: tuple[float, float, float, float]) -> dict[str, Value]:
    serif, symbolic = 1 << 1, 1 << 2
    return {
        "Type": Name("FontDescriptor"),
        "FontName": name,
        "Flags": serif | symbolic,
        "FontBBox": [round(edge * 1000) for edge in bbox_em],
        "ItalicAngle": 0,
        "Ascent": round(face.ascent * 1000),
        "Descent": round(face.descent * 1000),
        "CapHeight": round(face.ascent * 1000),
        "StemV": 80,
    }


def _widths(face: FontFace, sorts: Sequence[Sort]) -> list[Value]:
    """The array W: runs of codes whose advance is not the 1 em that stands as default."""
    runs: list[tuple[int, list[Value]]] = []
    for code, sort in enumerate(sorts, 1):
        width = face.advance_em(sort) * 1000 if isinstance(sort, str) else sort[1]
        if width == 1000:
            continue
        if not runs or runs[-1][0] + len(runs[-1][1]) != code:
            runs.append((code, []))
        runs[-1][1].append(round(width, 3))
    return [part for run in runs for part in run]


def _to_unicode(codes: Sequence[int], texts: Sequence[str]) -> bytes:
    """The CMap from codes to characters that readers search and copy by."""
    words = "".join(texts).encode("utf-16-be").hex(" ", 2).split()
    if len(words) > len(texts):  # not all are of one unit
        words = [text.encode("utf-16-be").hex() for text in texts]
    lines = [f"<{code:04X}> <{word}>" for code, word in zip(codes, words, strict=True)]
    return "\n".join((_CMAP_HEAD, *_blocks(lines), _CMAP_TAIL)).encode()


def _blocks(lines: list[str]) -> Iterator[str]:
    for start in range(0, len(lines), 100):  # no more are allowed in one block
        block = lines[start : start + 100]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


@cache
def _literal(code: int) -> str:
    """A two-byte code, one character a byte, escaped as it must be inside ( )."""
    return "".join(_ESCAPED.get(byte, chr(byte)) for byte in code.to_bytes(2))


_ESCAPED = {ord("("): r"\(", ord(")"): r"\)", ord("\\"): r"\\", ord("\r"): r"\r"}  # a bare \r would be read as \n

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
