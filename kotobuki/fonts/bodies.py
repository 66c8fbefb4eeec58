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
    directory = dict(_tables(font))
    tables = {tag: data for tag, (data, _) in directory.items()}
    starts, metrics = _starts(tables), _metrics(tables)
    own, outlines, places = len(starts) - 1, tables["glyf"], [*starts]
    added = bytearray()
    for glyph, advance in wanted:
        like = outlines[starts[glyph] : starts[glyph + 1]]
        if like:  # else it is a blank, and so is the new one
            added += struct.pack(">h8sHHbb", -1, like[2:10], _XY, glyph, 0, 0)
        places.append(len(outlines) + len(added))
        metrics += struct.pack(">H2s", advance, metrics[4 * glyph + 2 : 4 * glyph + 4])
    glyphs = len(places) - 1
    widest = max(int.from_bytes(tables["hhea"][10:12]), *(advance for _, advance in wanted))
    whole = len(outlines) & ~3  # so far, the checksum of the outlines is known
    known = directory["glyf"][1] - _sum(outlines[whole:]) + _sum(outlines[whole:] + added)
    tables["glyf"] = outlines + added
    tables["loca"] = struct.pack(f">{len(places)}I", *places)
    tables["hmtx"] = bytes(metrics)
    tables["head"] = tables["head"][:50] + struct.pack(">h", 1) + tables["head"][52:]  # long offsets
    tables["hhea"] = _put(tables["hhea"], {10: widest, 34: glyphs})
    tables["maxp"] = _maximums(tables["maxp"], glyphs)
    return font_file(font[:4], tables, {"glyf": known & 0xFFFFFFFF}), range(own, glyphs)


def _tables(font: bytes) -> Iterator[tuple[str, tuple[bytes, int]]]:
    """Each table and its checksum."""
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16):
        tag, checksum, offset, length = struct.unpack(">4sIII", font[at : at + 16])
        yield tag.decode("ascii"), (font[offset : offset + length], checksum)


def _starts(tables: Mapping[str, bytes]) -> Sequence[int]:
    """Where each outline begins; the last is the end of all."""
    count = int.from_bytes(tables["maxp"][4:6]) + 1
    if int.from_bytes(tables["head"][50:52]):
        return struct.unpack(f">{count}I", tables["loca"][: 4 * count])
    return [2 * half for half in struct.unpack(f">{count}H", tables["loca"][: 2 * count])]


def _metrics(tables: Mapping[str, bytes]) -> bytearray:
    """Advance and left side bearing of each glyph; in the font, the last ones share an advance."""
    count = int.from_bytes(tables["hhea"][34:36])
    own, rest = tables["hmtx"][: 4 * count], tables["hmtx"][4 * count :]
    shared = own[-4:-2]
    return bytearray(own + b"".join([shared + rest[at : at + 2] for at in range(0, len(rest), 2)]))


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


def font_file(version: bytes, tables: Mapping[str, bytes], known: Mapping[str, int]) -> bytes:
    """The tables as a font file, with its checksums, of which some may be known.

    `version`: what its outlines are (sfnt version).
    """
    span = 1 << (len(tables).bit_length() - 1)
    head = version + struct.pack(">4H", len(tables), 16 * span, span.bit_length() - 1, 16 * (len(tables) - span))
    offset, total = len(head) + 16 * len(tables), 0
    parts: dict[str, bytes] = {}
    for tag, data in sorted(tables.items()):
        parts[tag] = data if tag != "head" else data[:8] + bytes(4) + data[12:]
        own = known[tag] if tag in known else _sum(parts[tag])
        head += struct.pack(">4sIII", tag.encode("ascii"), own, offset, len(data))
        offset += len(data) + -len(data) % 4
        total += own
    adjustment = (0xB1B0AFBA - total - _sum(head)) & 0xFFFFFFFF
    parts["head"] = parts["head"][:8] + adjustment.to_bytes(4) + parts["head"][12:]
    return b"".join([head, *(part for data in parts.values() for part in (data, bytes(-len(data) % 4)))])


def _sum(data: bytes) -> int:
    words = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
