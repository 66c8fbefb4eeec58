"""A lock on a file. The system gives it back when the process that holds it ends, however it ends.

In: a path. Out: how to release the lock. What is left behind by a killed process can so be told from what is in use.
Each build takes one. filelock, which the ledger is locked by, takes as long to load as a whole case to read: it is left to
systems that have no `flock`, and takes the very lock that `flock` takes on the others.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PAUSE = 0.01  # seconds between two attempts


def try_lock(file: Path, patience: float = 0) -> Callable[[], None] | None:
    """Take the lock on `file` and return how to release it; None if somebody holds it or the disk knows no locks.

    `patience`: seconds for which it is waited for. A link is no such file.
    """
    try:
        return _by_filelock(file, patience) if sys.platform == "win32" else _by_flock(file, patience)
    except (OSError, NotImplementedError):
        return None


def _by_flock(file: Path, patience: float) -> Callable[[], None] | None:
    end = time.monotonic() + patience
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(descriptor).st_nlink:  # else its last holder has removed it meanwhile: others will make it anew
                return partial(_release, descriptor)
        except BlockingIOError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= end:
            return None
        time.sleep(_PAUSE)


def _release(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


def _by_filelock(file: Path, patience: float) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout

    lock = FileLock(str(file))
    try:
        lock.acquire(timeout=patience, poll_interval=_PAUSE)
    except Timeout:
        return None
    return lock.release
