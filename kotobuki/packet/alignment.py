"""Which new page takes the place of which old one, and which number it then bears.

In: digests of pages, old numbers. Out: pairs, numbers. A run of other pages between equal ones is paired page by page; what
is left over is inserted or dropped. Inserted pages may take branch numbers (12の2), so that what follows stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def paired(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each of the new digests the index of the old one in whose place it stands; None for one that is inserted."""
    places: list[int | None] = [None] * len(new)
    for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for at, place in zip(range(start, end), range(first, last), strict=False):
            places[at] = place
    return places


def standing(numbers: Sequence[str | None]) -> list[str]:
    """The numbers, with one for each None: a branch of the number before it or, at the end, the next ones."""
    taken = {number for number in numbers if number}
    after = max((at for at, number in enumerate(numbers) if number), default=-1)
    found: list[str] = []
    for at, number in enumerate(numbers):
        before = found[-1] if found else "0"
        new = number or (_branch(before, taken) if at < after else str(int(before.split("の")[0]) + 1))
        taken.add(new)
        found.append(new)
    return found


def _branch(number: str, taken: set[str]) -> str:
    """The next branch of a number: 12の2 after 12, 12の3 after 12の2; 12の2の2 where 12の3 is taken."""
    stem, mark, last = number.rpartition("の")
    following = f"{stem}の{int(last) + 1}" if mark else f"{number}の2"
    return following if following not in taken else _branch(f"{number}の1", taken)
