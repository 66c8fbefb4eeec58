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
from kotobuki.pdf.objects import Name, Numbers, Objects, Portion, Ref, Value, packed


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFont:
    """A font that page content can use: `name` in the resources, `codes` as they stand in a literal string.

    `portion`: its objects, ready for any file; `ref`: the one that resources refer to.
    """

    name: str
    face: FontFace
    codes: Mapping[Sort, str]
    ref: Ref
    portion: Portion


def embedded(name: str, face: FontFace, used: Iterable[Sort], numbers: Numbers) -> PdfFont:
    """What files embed of `face` for the sorts `used`, its objects with the next `numbers`."""
    objects = Objects(numbers)
    sorts = sorted(used, key=lambda sort: ("", 0, sort) if isinstance(sort, str) else (sort[0], sort[1], ""))
    codes: dict[Sort, int]
    if isinstance(face, TrueTypeFace):
        codes = {sort: code for code, sort in enumerate(sorts, start=1)}
        ref = _true_type(face, codes, objects)
    else:
        codes = {sort: ord(sort[0] if face.has(sort[0]) else GETA) for sort in sorts}
        ref = _standard(face, codes, objects)
    literals = {sort: _literal(code) for sort, code in codes.items()}
    return PdfFont(name=name, face=face, codes=literals, ref=ref, portion=objects.portion())


def _true_type(face: TrueTypeFace, codes: Mapping[Sort, int], objects: Objects) -> Ref:
    subset = face.subset(tuple(codes))
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(subset.data).digest()[:6])
    name = Name(f"{tag}+{face.postscript_name}")
    program = objects.add(packed(subset.data, {"Length1": len(subset.data)}))
    glyphs = b"".join(glyph.to_bytes(2) for glyph in (0, *subset.glyphs))
    descendant: dict[str, Value] = {
        "Type": Name("Font"),
        "Subtype": Name("CIDFontType2"),
        "BaseFont": name,
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
        "DW": 1000,
        "W": _widths(face, codes),
        "CIDToGIDMap": objects.add(packed(glyphs)),
        "FontDescriptor": objects.add({**_descriptor(name, face, face.bbox_em), "FontFile2": program}),
    }
    texts = {code: sort if isinstance(sort, str) else sort[0] for sort, code in codes.items()}
    return objects.add(_composite(name, "Identity-H", texts, descendant, objects))


def _standard(face: FontFace, codes: Mapping[Sort, int], objects: Objects) -> Ref:
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
    texts = {code: chr(code) for code in sorted(codes.values())}
    return objects.add(_composite(Name(f"{face.postscript_name}-{encoding}"), encoding, texts, descendant, objects))


def _composite(
    name: Name, encoding: str, texts: Mapping[int, str], descendant: Mapping[str, Value], objects: Objects
) -> dict[str, Value]:
    return {
        "Type": Name("Font"),
        "Subtype": Name("Type0"),
        "BaseFont": name,
        "Encoding": Name(encoding),
        "DescendantFonts": [objects.add(descendant)],
        "ToUnicode": objects.add(packed(_to_unicode(texts))),
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


def _widths(face: FontFace, codes: Mapping[Sort, int]) -> list[Value]:
    """The array W: runs of codes whose advance is not the 1 em that stands as default."""
    runs: list[tuple[int, list[Value]]] = []
    for sort, code in codes.items():
        width = round(face.advance_em(sort) * 1000, 3) if isinstance(sort, str) else sort[1]
        if width == 1000:
            continue
        if not runs or runs[-1][0] + len(runs[-1][1]) != code:
            runs.append((code, []))
        runs[-1][1].append(width)
    return [part for run in runs for part in run]


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap from codes to characters that readers search and copy by."""
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items()]
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
