"""How seldom memory is looked through for values that hold each other and nobody needs any more, and which part never.

What a case is made of is kept until it is made: every 700 values, as Python does it by itself, they are looked through in vain.
At 50,000 a meeting is looked through once in a dozen cases or so, and its peak of memory stays the same.
"""

from __future__ import annotations

import gc
from functools import cache


def look_seldom() -> None:
    """For a process that makes papers."""
    gc.set_threshold(50_000)


@cache  # else garbage would be kept, too, where a process makes papers again and again
def keep_what_is_loaded() -> None:
    """What is loaded until now stays as long as the process: it is never looked through."""
    gc.freeze()
