"""A seal by which Kotobuki knows its own leavings again: nobody else can make it, however well they copy the rest.

In: words. Out: their seal, made with a key that only this user of this computer has (HMAC-SHA256). An output folder may
come out of git or from a shared disk; what bears no seal of ours there was not left by us. Nothing that is printed
depends on the key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_SIZE = 32


def seal(words: bytes) -> str:
    """64 hexadecimal digits."""
    return hmac.new(_key(), words, hashlib.sha256).hexdigest()


def is_sealed(words: bytes, found: str) -> bool:
    """Whether `found` is, or begins, the seal of these words: 16 digits at least."""
    return len(found) >= 16 and found.isascii() and hmac.compare_digest(seal(words)[: len(found)], found)


def state_folder() -> Path:
    """Where Kotobuki keeps what is of this user and this computer. Raises `RuntimeError` for a user without a home."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "kotobuki"
    told = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (told if told.is_absolute() else Path.home() / ".local" / "state") / "kotobuki"


def _key() -> bytes:
    try:
        return _key_in(state_folder())
    except RuntimeError:
        return _key_in(None)


@lru_cache(maxsize=8)
def _key_in(folder: Path | None) -> bytes:
    """The user's key, made when it is first wanted; one of this process alone where nothing can be kept."""
    if folder is None:
        return secrets.token_bytes(_SIZE)
    with suppress(OSError):
        file = folder / "key"
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists() or file.stat().st_size != _SIZE:
            _make(file)
        key = file.read_bytes()
        if len(key) == _SIZE:
            return key
    return secrets.token_bytes(_SIZE)


def _make(file: Path) -> None:
    aside = file.with_name(f"key.{secrets.token_hex(6)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(_SIZE))
    finally:
        os.close(descriptor)
    aside.replace(file)
