"""How much a PDF unpacks to, before anything opens it.

In: a file. Out: whether its streams stay within `kotobuki.limits`. They are looked for by the word `stream`, as no table of a
spoilt file can be believed, and unpacked piece by piece without being kept (ISO 32000-1, 7.4). Images, which are only
carried along, may be large; streams of objects, which are all kept, may not. What has been packed twice is refused: no program does it.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kotobuki.limits import IMAGE_BYTES, IMAGES_BYTES, OBJECTS_BYTES, STREAM_BYTES, STREAMS_BYTES

_STREAM = re.compile(rb"(?<!end)stream[ \t\0\f]*(?:\r\n|\n|\r)?")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+|\d+\s+\d+\s+R)")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_OBJECTS = re.compile(rb"/Type\s*/(ObjStm|XRef)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LONGEST_DICTIONARY = 20_000
_PIECE = 1 << 16
_CODECS = frozenset((b"DCTDecode", b"DCT", b"CCITTFaxDecode", b"CCF", b"JPXDecode", b"JBIG2Decode", b"Crypt"))
"""Of images. What is unpacked of them is the points of JPEG files, when qpdf checks a file."""


class _TooMuchError(Exception):
    """It unpacks to more than it may."""


def is_bounded(file: Path) -> bool:
    """Whether each stream, and all of a kind together, are within the limits. Raises `OSError`."""
    data = file.read_bytes()
    left = {"image": IMAGES_BYTES, "objects": OBJECTS_BYTES, "other": STREAMS_BYTES}
    most = {"image": IMAGE_BYTES, "objects": OBJECTS_BYTES, "other": STREAM_BYTES}
    try:
        for found in _STREAM.finditer(data):
            about = _dictionary(data, found.start())
            kind = "objects" if _OBJECTS.search(about) else "image" if _IMAGE.search(about) else "other"
            left[kind] -= _unpacked(data, found.end(), about, min(most[kind], left[kind]))
    except _TooMuchError:
        return False
    return True


def _dictionary(data: bytes, end: int) -> bytes:
    """The words between the beginning of an object and its stream; its names without escapes."""
    start = max(data.rfind(b"obj", max(0, end - _LONGEST_DICTIONARY), end), 0)
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data[start:end])


def _unpacked(data: bytes, start: int, about: bytes, most: int) -> int:
    """The size of the stream at `start`, unpacked. Raises `_TooMuchError`."""
    named = _FILTER.search(about)
    if named is None:
        return 0  # as it lies
    if not named[1].startswith((b"/", b"[")):
        raise _TooMuchError  # names its filter elsewhere
    names = _NAME.findall(named[1])
    filters = [each for each in names if each not in _CODECS]
    source = memoryview(data)[start:]
    while filters and filters[0] in _TEXTS:
        source = memoryview(_from_text(filters.pop(0), bytes(source[: _length(data, start)])))
        start, data = 0, bytes(source)
    if not filters:
        return _within(_photograph(bytes(source[: _length(data, start)])), most) if _JPEG & set(names) else 0
    if len(filters) > 1 or filters[0] not in _PACKERS:
        raise _TooMuchError
    size = _PACKERS[filters[0]](source, most)
    if _JPEG & set(names):  # a photograph packed once more
        if filters[0] not in (b"FlateDecode", b"Fl"):
            raise _TooMuchError
        return max(size, _within(_photograph(zlib.decompressobj().decompress(source, most)), most))
    return size


_JPEG = frozenset((b"DCTDecode", b"DCT"))
_FRAME = re.compile(rb"\xff[\xc0-\xcf]..\x08(..)(..)(.)", re.DOTALL)


def _photograph(data: bytes) -> int:
    """How many bytes the points of a JPEG file take: of its largest frame, as it may hold a small copy of itself."""
    frames = (map(int.from_bytes, found.groups()) for found in _FRAME.finditer(data))
    return max((rows * columns * min(parts, 4) for rows, columns, parts in frames), default=0)


def _length(data: bytes, start: int) -> int:
    end = data.find(b"endstream", start)
    return (end if end >= 0 else len(data)) - start


_TEXTS = frozenset((b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx"))


def _from_text(kind: bytes, text: bytes) -> bytes:
    """Bytes written as characters. Raises `_TooMuchError` if they are not: then nobody knows what others make of them."""
    plain = b"".join(text.split())
    try:
        if kind in (b"ASCII85Decode", b"A85"):
            return base64.a85decode(plain.removeprefix(b"<~").partition(b"~")[0])
        return bytes.fromhex(plain.partition(b">")[0].decode("ascii"))
    except ValueError:
        raise _TooMuchError from None


def _inflated(data: memoryview, most: int) -> int:
    inflater, size, at = zlib.decompressobj(), 0, 0
    rest = b""
    try:
        while not inflater.eof and (rest or at < len(data)):
            if not rest:
                rest, at = bytes(data[at : at + _PIECE]), at + _PIECE
            size = _within(size + len(inflater.decompress(rest, _PIECE * 16)), most)
            rest = inflater.unconsumed_tail
    except zlib.error:
        pass
    return size


def _run_lengths(data: memoryview, most: int) -> int:
    size = at = 0
    while at < len(data) and (length := data[at]) != 128:
        size = _within(size + (length + 1 if length < 128 else 257 - length), most)
        at += length + 2 if length < 128 else 2
    return size


_CLEAR, _END, _FIRST, _LAST = 256, 257, 258, 4095


def _lzw(data: memoryview, most: int) -> int:
    """Only lengths are kept: each code but the first stands for one byte more than the code before it."""
    size, bits, held, before = 0, 0, 0, 0
    lengths = [1] * _FIRST
    for byte in data:
        bits, held = (bits << 8) | byte, held + 8
        width = max(9, min(12, (len(lengths) + 1).bit_length()))
        if held < width:
            continue
        held -= width
        code, bits = bits >> held, bits & ((1 << held) - 1)
        if code == _END:
            break
        if code == _CLEAR:
            lengths, before = [1] * _FIRST, 0
            continue
        if before and len(lengths) <= _LAST:
            lengths.append(before + 1)
        if code >= len(lengths):
            break  # spoilt
        before = lengths[code]
        size = _within(size + before, most)
    return size


def _within(size: int, most: int) -> int:
    if size > most:
        raise _TooMuchError
    return size


_PACKERS: Mapping[bytes, Callable[[memoryview, int], int]] = {
    b"FlateDecode": _inflated,
    b"Fl": _inflated,
    b"LZWDecode": _lzw,
    b"LZW": _lzw,
    b"RunLengthDecode": _run_lengths,
    b"RL": _run_lengths,
}
