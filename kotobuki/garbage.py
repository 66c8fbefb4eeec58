"""How seldom memory is looked through for values that hold each other and nobody needs any more, and which part never.

What a case is made of is kept until it is made: every 700 values, as Python does it by itself, they are looked through in vain.
Next to nothing of it is garbage: at 200,000, which comes once in dozens of cases, a meeting of 70 takes some megabytes more.
"""

from __future__ import annotations

import gc
from functools import cache


def look_seldom() -> None:
    """For a process that makes papers."""
    gc.set_threshold(200_000)


@cache  # else garbage would be kept, too, where a process makes papers again and again
def keep_what_is_loaded() -> None:
    """What is loaded until now stays as long as the process: it is never looked through."""
    gc.freeze()
