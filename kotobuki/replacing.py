"""A file put in the place of another: whatever happens, the one or the other stands.

In: where, and the bytes. Out: the file, on the disk, under the permissions of the one before it; or `OSError`, and nothing has changed.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Written aside, flushed and renamed; a link stays a link to what is replaced."""
    target = file.resolve()
    aside = target.with_name(f".kotobuki-{secrets.token_hex(6)}{target.suffix}")
    try:
        with aside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            aside.chmod(target.stat().st_mode & 0o7777)
        aside.replace(target)
    except OSError as error:
        error.filename = str(file)
        raise
    finally:
        aside.unlink(missing_ok=True)
