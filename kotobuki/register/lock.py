"""A lock on a file. The system gives it back when the process that holds it ends, however it ends.

In: a path. Out: how to release the lock. What is left behind by a killed process can so be told from what is in use.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def try_lock(file: Path, patience: float = 0) -> Callable[[], None] | None:
    """Take the lock on `file` and return how to release it; None if somebody holds it or the disk knows no locks.

    `patience`: seconds for which it is waited for. A link is no such file.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(str(file))
    try:
        lock.acquire(timeout=patience, poll_interval=0.01)
    except (Timeout, OSError, NotImplementedError):
        return None
    return lock.release
