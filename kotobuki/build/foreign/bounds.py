"""How much a PDF unpacks to, before anything opens it.

In: a file. Out: whether its streams stay within `kotobuki.limits`. They are looked for by the word `stream`, as no table of a
spoilt file can be believed, and inflated piece by piece without being kept. What is not packed by Flate counts as it lies.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from kotobuki.limits import STREAM_BYTES, STREAMS_BYTES

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PIECE = 1 << 16


def is_bounded(file: Path) -> bool:
    """Whether each stream, and all together, are within the limits. Raises `OSError`."""
    data = memoryview(file.read_bytes())
    left = STREAMS_BYTES
    for found in _STREAM.finditer(data):
        size = _inflated(data[found.end() :], min(STREAM_BYTES, left))
        left -= size
        if size > STREAM_BYTES or left < 0:
            return False
    return True


def _inflated(data: memoryview, most: int) -> int:
    """The size of the stream at the beginning of `data`; more than `most` as soon as it is more. 0: none of Flate."""
    inflater, size, at = zlib.decompressobj(), 0, 0
    rest = b""
    try:
        while not inflater.eof and size <= most and (rest or at < len(data)):
            if not rest:
                rest, at = bytes(data[at : at + _PIECE]), at + _PIECE
            size += len(inflater.decompress(rest, _PIECE * 16))
            rest = inflater.unconsumed_tail
    except zlib.error:
        pass
    return size
