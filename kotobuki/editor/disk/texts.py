"""States of files that browsers have in their hands, by what they hold: what a merge begins from.

In: bytes. Out: the digest by which they are called, and the bytes again. The longest unused go first.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from kotobuki.limits import KEPT_BYTES


class Texts:
    """The states, as many as fit into `most` bytes."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most, self._held = most, 0
        self._texts = OrderedDict[str, bytes]()
        self._lock = Lock()

    def put(self, data: bytes) -> str:
        """Keep a state; its digest."""
        digest = digest_of(data)
        with self._lock:
            if digest not in self._texts:
                self._texts[digest] = data
                self._held += len(data)
            self._texts.move_to_end(digest)
            while self._held > self._most:
                self._held -= len(self._texts.popitem(last=False)[1])
        return digest

    def find(self, digest: str) -> bytes | None:
        """The state of a digest; None where it is not kept."""
        with self._lock:
            if digest in self._texts:
                self._texts.move_to_end(digest)
            return self._texts.get(digest)


def digest_of(data: bytes) -> str:
    """By which a state of a file is known: SHA-256."""
    return hashlib.sha256(data).hexdigest()
