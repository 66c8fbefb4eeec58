"""A font as an object of a PDF file: embedded as a subset, every character extractable as typed.

In: a `FontFace` and the sorts that are set in it. Out: what files embed of it, made once for all of them (a composite
font with two-byte codes, ISO 32000-1, 9.7), and the code of each sort. Codes are given to sorts and not to glyphs, so that two characters that share
a glyph, and a character and its variant, extract as what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kotobuki.fonts import GETA, FontFace, Sort, TrueTypeFace
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.pdf.objects import Name, PdfFile, Ref, Stream, Value, Written, packed, written


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFont:
    """A font that page content can use: `name` in the resources, `codes` as they stand in a literal string."""

    name: str
    face: FontFace
    codes: Mapping[Sort, str]
    about: Mapping[str, Value | Stream]
    descendant: Mapping[str, Value | Stream]
    descriptor: Mapping[str, Value | Stream]

    def put(self, file: PdfFile) -> Ref:
        """Make the font part of a file."""
        descriptor = file.add(_settled(file, self.descriptor))
        descendant = file.add({**_settled(file, self.descendant), "FontDescriptor": descriptor})
        return file.add({**_settled(file, self.about), "DescendantFonts": [descendant]})


def embeddable(name: str, face: FontFace, used: Iterable[Sort]) -> PdfFont:
    """What files embed of `face` for the sorts `used`."""
    sorts = sorted(used, key=lambda sort: ("", 0, sort) if isinstance(sort, str) else (sort[0], sort[1], ""))
    numbers: dict[Sort, int]
    if isinstance(face, TrueTypeFace):
        numbers = {sort: number for number, sort in enumerate(sorts, start=1)}
        about, descendant, descriptor = _true_type(face, numbers)
    else:
        numbers = {sort: ord(sort[0] if face.has(sort[0]) else GETA) for sort in sorts}
        about, descendant, descriptor = _standard(face, numbers)
    codes = {sort: _literal(number) for sort, number in numbers.items()}
    return PdfFont(name=name, face=face, codes=codes, about=about, descendant=descendant, descriptor=descriptor)


_Dictionary = dict[str, Value | Stream]
_Dictionaries = tuple[_Dictionary, _Dictionary, _Dictionary]
"""Of the font, its descendant and its descriptor."""


def _settled(file: PdfFile, dictionary: Mapping[str, Value | Stream]) -> dict[str, Value]:
    """A dictionary whose streams have been put into the file."""
    return {key: file.add(each) if isinstance(each, Stream) else each for key, each in dictionary.items()}


def _true_type(face: TrueTypeFace, numbers: Mapping[Sort, int]) -> _Dictionaries:
    subset = face.subset(tuple(numbers))
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(subset.data).digest()[:6])
    name = Name(f"{tag}+{face.postscript_name}")
    descriptor = _descriptor(name, face, face.bbox_em)
    descriptor["FontFile2"] = packed(subset.data, {"Length1": len(subset.data)})
    glyphs = b"".join(glyph.to_bytes(2) for glyph in (0, *subset.glyphs))
    descendant: _Dictionary = {
        "Type": Name("Font"),
        "Subtype": Name("CIDFontType2"),
        "BaseFont": name,
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
        "DW": 1000,
        "W": Written(written(_widths(face, numbers))),
        "CIDToGIDMap": packed(glyphs),
    }
    texts = {number: sort if isinstance(sort, str) else sort[0] for sort, number in numbers.items()}
    return _composite(name, "Identity-H", texts), descendant, descriptor


def _standard(face: FontFace, numbers: Mapping[Sort, int]) -> _Dictionaries:
    """The font by name only; codes are UCS-2, whose CMap sets ASCII at half width (CIDs 231–632, 8718–8719)."""
    name, encoding = Name(face.postscript_name), "UniJIS-UCS2-HW-H"
    descendant: _Dictionary = {
        "Type": Name("Font"),
        "Subtype": Name("CIDFontType0"),
        "BaseFont": name,
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Japan1", "Supplement": 4},
        "DW": 1000,
        "W": [231, 632, 500, 8718, [500, 500]],
    }
    texts = {number: chr(number) for number in sorted(numbers.values())}
    about = _composite(Name(f"{face.postscript_name}-{encoding}"), encoding, texts)
    return about, descendant, _descriptor(name, face, (-0.123, -0.257, 1.001, 0.91))


def _composite(name: Name, encoding: str, texts: Mapping[int, str]) -> _Dictionary:
    return {
        "Type": Name("Font"),
        "Subtype": Name("Type0"),
        "BaseFont": name,
        "Encoding": Name(encoding),
        "ToUnicode": packed(_to_unicode(texts)),
    }


def _descriptor(name: Name, face: FontFace, bbox_em: tuple[float, float, float, float]) -> _Dictionary:
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


def _widths(face: FontFace, numbers: Mapping[Sort, int]) -> list[Value]:
    """The array W: runs of codes whose advance is not the 1 em that stands as default."""
    runs: list[tuple[int, list[Value]]] = []
    for sort, number in numbers.items():
        width = round(face.advance_em(sort) * 1000, 3) if isinstance(sort, str) else sort[1]
        if width == 1000:
            continue
        if not runs or runs[-1][0] + len(runs[-1][1]) != number:
            runs.append((number, []))
        runs[-1][1].append(width)
    return [part for run in runs for part in run]


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap from codes to characters that readers search and copy by."""
    lines = [f"<{number:04X}> <{text.encode('utf-16-be').hex()}>" for number, text in texts.items()]
    return "\n".join((_CMAP_HEAD, *_blocks(lines), _CMAP_TAIL)).encode()


def _blocks(lines: list[str]) -> Iterator[str]:
    for start in range(0, len(lines), 100):  # no more are allowed in one block
        block = lines[start : start + 100]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


@cache
def _literal(number: int) -> str:
    """A two-byte code, one character a byte, escaped as it must be inside ( )."""
    return "".join(_ESCAPED.get(byte, chr(byte)) for byte in number.to_bytes(2))


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
