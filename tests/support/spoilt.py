"""Files of others, spoilt: bytes flipped and cut, parts of archives changed, tokens of PDFs, tables of fonts.

All take a `Random`, so that a seed gives the same files. `spoilt(kind, data, random)` is the mutator of a kind of file: docx, pdf,
ttf, png, jpg, svg. `rezipped` and `docx_with` make archives that Word would never write.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random

Mutator = Callable[[bytes, Random], bytes]


def flipped(data: bytes, random: Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 5, 20, 100))):
        if changed:
            changed[random.randrange(len(changed))] = random.choice((0, 255, 127, 128, random.randrange(256)))
    return bytes(changed)


def cut(data: bytes, random: Random) -> bytes:
    """The end is missing, or something in the middle."""
    start, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:start] if random.random() < 0.5 else data[:start] + data[end:]


def shuffled(data: bytes, random: Random) -> bytes:
    """A stretch stands elsewhere, or twice."""
    start = random.randrange(len(data) + 1)
    piece = data[start : start + random.choice((1, 4, 30, 500))]
    at = random.randrange(len(data) + 1)
    return data[:at] + piece * random.choice((1, 1, 3)) + data[at:]


ANY: tuple[Mutator, ...] = (flipped, cut, shuffled)


def rezipped(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """An archive with these parts changed, added, or (None) left out."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        parts = {name: source.read(name) for name in source.namelist()} | dict(changes)
        for name, part in parts.items():
            if part is not None:
                target.writestr(name, part)
    return buffer.getvalue()


def spoilt_part(data: bytes, random: Random) -> bytes:
    """An archive that is whole, with a part that is not."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        name = random.choice(source.namelist())
        part = source.read(name)
    how = random.random()
    changed = (
        None if how < 0.1 else b"" if how < 0.2 else random.choice((*ANY, spoilt_markup, spoilt_markup))(part, random)
    )
    return rezipped(data, {name: changed})


_VALUES = ("", "0", "-1", "x", "99999999999", "rId1", "あ", "true", "1.5", "NaN", "/", "#")


def spoilt_markup(data: bytes, random: Random) -> bytes:
    """An XML text with another value in an attribute, or a tag that is gone, doubled or renamed."""
    if random.random() < 0.5:
        found = list(re.finditer(rb'="([^"]*)"', data))
        new = random.choice(_VALUES).encode()
        return _put(data, random.choice(found).span(1), new) if found else data
    found = list(re.finditer(rb"<[^<>]*>", data))
    if not found:
        return data
    one, other = random.choice(found), random.choice(found)
    return _put(data, one.span(), random.choice((b"", one[0] * 2, other[0], one[0] + other[0])))


_PDF_VALUES = (
    b"null",
    b"/x",
    b"-1",
    b"0",
    b"99999999999",
    b"1.5",
    b"(x)",
    b"<<>>",
    b"[]",
    b"true",
    b"1 0 R",
    b"99 0 R",
)


def spoilt_tokens(data: bytes, random: Random) -> bytes:
    """A PDF with another value somewhere: of a key, or in an array. Works on one that is written in plain."""
    found = list(re.finditer(rb"(?<=[\s\[/])(-?\d+ 0 R|-?[\d.]+|/\w+|\([^()]*\)|\[[^\[\]]*\])", data))
    return _put(data, random.choice(found).span(), random.choice(_PDF_VALUES)) if found else data


def spoilt_table(data: bytes, random: Random) -> bytes:
    """A font with a table that is spoilt, or that its directory says wrong things of."""
    count = int.from_bytes(data[4:6])
    entry = 12 + 16 * random.randrange(max(count, 1))
    if random.random() < 0.3:
        at = entry + random.randrange(16)
        return _put(data, (at, at + 1), bytes([random.randrange(256)]))
    offset, length = (int.from_bytes(data[at : at + 4]) for at in (entry + 8, entry + 12))
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 30))):
        at = offset + random.randrange(min(max(length, 1), random.choice((64, 1 << 20))))
        if at < len(changed):
            changed[at] = random.choice((0, 255, random.randrange(256)))
    return bytes(changed)


def _put(data: bytes, span: tuple[int, int], new: bytes) -> bytes:
    return data[: span[0]] + new + data[span[1] :]


MUTATORS: Mapping[str, tuple[Mutator, ...]] = {
    "docx": (*ANY, spoilt_part, spoilt_part, spoilt_part),
    "pdf": (*ANY, spoilt_tokens, spoilt_tokens, spoilt_tokens),
    "ttf": (*ANY, spoilt_table, spoilt_table),
    "png": ANY,
    "jpg": ANY,
    "svg": (*ANY, spoilt_markup, spoilt_markup),
}


def spoilt(kind: str, data: bytes, random: Random) -> bytes:
    """A file of this kind, spoilt once or twice."""
    chosen = random.choices(MUTATORS[kind], k=random.choice((1, 1, 2)))
    for mutator in sorted(chosen, key=ANY.__contains__):  # what knows the kind works on a file that is one
        data = mutator(data, random)
    return data
