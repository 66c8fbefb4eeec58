"""Where Western text, set half-width among Japanese, may be parted: never in a number or a word, but in an address.

In: a text. Out: offsets in it. Rules: after the signs that UAX #14 lets a line end with (SY /, HY -, EX ?, and & = _ #),
and, as style guides for addresses have it, after IS . : and @ as well; not before a digit where the sign belongs to the
number (HY × NU, IS × NU), nor between two digits (2024/05), nor between two signs (://).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotobuki.lazy_patterns import lazy_pattern

_RUN = re.compile(r"[!-~]+")
_URL = re.compile(r"://|^\W*www\.")
_LETTER = lazy_pattern("[A-Za-z]")
_SLASHES = re.compile(r"[/\\]")

_AFTER_SIGN = lazy_pattern(
    r"""(?<=[!-~][/\\?&=_\#@])(?=[A-Za-z0-9%~])(?<![0-9].(?=[0-9]))
    | (?<=[!-~][-.:])(?=[A-Za-z%~])""",
    re.VERBOSE,
)


def address_places(text: str) -> Iterator[int]:
    """Where URLs (https://…, www.…) and paths (two slashes or more, and letters) in a text may be parted.

    >>> list(address_places("https://a.jp/b?c=1-2 を見る。約1,200件、A/B、Wi-Fi"))
    [8, 10, 13, 15, 17]
    """
    for run in _RUN.finditer(text):
        if _is_address(run[0]):
            yield from (run.start() + place for place in sign_places(run[0]))


def sign_places(run: str) -> Iterator[int]:
    """Where a run of Western characters is best parted, if it must be: as an address is, whatever it is."""
    return (found.start() for found in _AFTER_SIGN.finditer(run))


def _is_address(run: str) -> bool:
    return bool(_URL.search(run)) or (len(_SLASHES.findall(run)) > 1 and bool(_LETTER.search(run)))
