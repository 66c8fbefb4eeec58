"""Glyphs cast on other bodies: the same outline with another advance, as a glyph of its own.

In: a TrueType font and, for each new glyph, the one that it looks like and its advance. Out: the font with these glyphs
behind its own (OpenType 1.9: glyf, loca, hmtx, hhea, maxp). A new glyph is a composite of the one, so it takes 16 bytes.
Blanks of layout (第 14 条, 村　島) are thus part of a character, and no reader takes them for blanks of the text.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence

_XY = 0x0002  # the arguments of a component are an offset


def with_bodies(font: bytes, wanted: Sequence[tuple[int, int]]) -> tuple[bytes, Sequence[int]]:
    """The font with a glyph more for each of `wanted`, and their ids.

    `wanted`: the glyph that it looks like, its advance in units of the font.
    """
    if not wanted:
        return font, ()
    tables = dict(_tables(font))
    starts = _starts(tables)
    outlines, places = bytearray(tables["glyf"]), list(starts)
    for glyph, _ in wanted:
        like = tables["glyf"][starts[glyph] : starts[glyph + 1]]
        if like:  # else it is a blank, and so is the new one
            outlines += struct.pack(">h8sHHbb", -1, like[2:10], _XY, glyph, 0, 0)
        places.append(len(outlines))
    metrics = list(_metrics(tables, len(starts) - 1))
    metrics += [(advance, metrics[glyph][1]) for glyph, advance in wanted]
    tables["glyf"] = bytes(outlines)
    tables["loca"] = struct.pack(f">{len(places)}I", *places)
    tables["hmtx"] = b"".join(struct.pack(">Hh", *metric) for metric in metrics)
    tables["head"] = tables["head"][:50] + struct.pack(">h", 1) + tables["head"][52:]  # long offsets
    tables["hhea"] = _put(tables["hhea"], {10: max(advance for advance, _ in metrics), 34: len(metrics)})
    tables["maxp"] = _maximums(tables["maxp"], len(metrics))
    return font_file(font[:4], tables), range(len(starts) - 1, len(metrics))


def _tables(font: bytes) -> Iterator[tuple[str, bytes]]:
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16):
        tag, _, offset, length = struct.unpack(">4sIII", font[at : at + 16])
        yield tag.decode("ascii"), font[offset : offset + length]


def _starts(tables: Mapping[str, bytes]) -> Sequence[int]:
    """Where each outline begins; the last is the end of all."""
    count = int.from_bytes(tables["maxp"][4:6]) + 1
    if int.from_bytes(tables["head"][50:52]):
        return struct.unpack(f">{count}I", tables["loca"][: 4 * count])
    return [2 * half for half in struct.unpack(f">{count}H", tables["loca"][: 2 * count])]


def _metrics(tables: Mapping[str, bytes], glyphs: int) -> Iterator[tuple[int, int]]:
    """Advance and left side bearing of each glyph; the last ones share an advance."""
    count = int.from_bytes(tables["hhea"][34:36])
    own = struct.unpack(f">{'Hh' * count}", tables["hmtx"][: 4 * count])
    yield from zip(own[::2], own[1::2], strict=True)
    rest = tables["hmtx"][4 * count : 4 * count + 2 * (glyphs - count)]
    yield from ((own[-2], bearing) for (bearing,) in struct.iter_unpack(">h", rest))


def _maximums(maxp: bytes, glyphs: int) -> bytes:
    """The table maxp for fonts with composites of at most one level more."""
    (points, contours, in_composites, of_composites) = struct.unpack(">4H", maxp[6:14])
    elements, depth = struct.unpack(">2H", maxp[28:32])
    composites = {10: max(points, in_composites), 12: max(contours, of_composites)}
    return _put(maxp, {4: glyphs, **composites, 28: max(elements, 1), 30: depth + 1})


def _put(table: bytes, numbers: Mapping[int, int]) -> bytes:
    changed = bytearray(table)
    for at, number in numbers.items():
        changed[at : at + 2] = number.to_bytes(2)
    return bytes(changed)


def font_file(version: bytes, tables: dict[str, bytes]) -> bytes:
    """The tables as a font file, with its checksums; `version`: what its outlines are (sfnt version)."""
    tables["head"] = tables["head"][:8] + bytes(4) + tables["head"][12:]
    span = 1 << (len(tables).bit_length() - 1)
    head = version + struct.pack(">4H", len(tables), 16 * span, span.bit_length() - 1, 16 * (len(tables) - span))
    offset = len(head) + 16 * len(tables)
    places: dict[str, int] = {}
    body, total = bytearray(), 0
    for tag, data in sorted(tables.items()):
        places[tag], own = offset + len(body), _sum(data)
        head += struct.pack(">4sIII", tag.encode("ascii"), own, places[tag], len(data))
        body += data + bytes(-len(data) % 4)
        total += own
    font = bytearray(head + body)
    at = places["head"] + 8
    font[at : at + 4] = ((0xB1B0AFBA - total - _sum(head)) & 0xFFFFFFFF).to_bytes(4)
    return bytes(font)


def _sum(data: bytes) -> int:
    words = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
