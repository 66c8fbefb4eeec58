"""SHA-256 of what files hold: what manifests say of them, and by what it is known that they changed.

In: a path, or what is to be written. Out: the digest in hexadecimal; an `OSError` where the file cannot be read.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from kotobuki.named_tuples import NamedTuple

_LARGE = 1_000_000  # bytes: a font, a scanned 別添
_Seen = tuple[int, int, int, int, int]


class Contents(NamedTuple):
    """What a file is to hold, with the SHA-256 of it, which is taken once for all that is said of the file."""

    data: bytes
    digest: str


def contents(data: bytes) -> Contents:
    """What a file is to hold."""
    return Contents(data, hashlib.sha256(data).hexdigest())


def digest_of(file: Path) -> str:
    """SHA-256 of what a file holds.

    A large one is read once a process as long as it is the same file, of the same size and times: every case of a
    meeting, and what is remembered of it, is asked for the same font.
    """
    with file.open("rb") as stream:
        about = os.fstat(stream.fileno())
        if about.st_size < _LARGE:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    seen = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    return _of_large(file.absolute(), seen)


@lru_cache(maxsize=64)
def _of_large(file: Path, _seen: _Seen) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
