"""Which part of the new version stands for which part of the old one.

In: two rows of parts, a key by which parts are equal, a measure of likeness. Out: pairs of indices in the order of both,
None where a part has no other. Rule: what is equal in order stays together; between, the pairs whose likeness sums up to
most, none of them below `LEAST`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

LEAST = 0.45
"""Parts that are less alike are not one part changed, but one dropped and another added.

A text of which half is rewritten in one stretch is itself by 0.48 or more (95 in 100 of those tried), and should be found; of
1,498 pairs of different parts under one heading of the sample cases, 95 in 100 are alike by less than 0.47. The tests do not
decide: 0.2 to 0.7 list the same changes in all of them.
"""
_MOST = 250_000
"""Pairs of a stretch that are weighed; beyond, nothing in it is taken as changed.

500 parts that were all rewritten against 500: about 5 seconds for sentences of 50 characters. The sample case with most parts
has fewer than that in all.
"""

_T = TypeVar("_T")
IndexPair = tuple[int | None, int | None]


def aligned(
    old: Sequence[_T], new: Sequence[_T], key: Callable[[_T], Hashable], likeness: Callable[[_T, _T], float]
) -> list[IndexPair]:
    """The pairs; of a stretch that changed, what is dropped stands before what is added in its place."""
    found: list[IndexPair] = []
    matcher = SequenceMatcher(None, list(map(key, old)), list(map(key, new)), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            found += _weighed(old, new, range(a, b), range(c, d), likeness)
    return found


def _weighed(
    old: Sequence[_T], new: Sequence[_T], before: range, after: range, likeness: Callable[[_T, _T], float]
) -> Iterator[IndexPair]:
    """The best pairs of two stretches in order (Needleman and Wunsch, without a price for gaps)."""
    if not before or not after or len(before) * len(after) > _MOST:
        yield from ((at, None) for at in before)
        yield from ((None, at) for at in after)
        return
    gains = [[max(0.0, likeness(old[a], new[c]) - LEAST + 1e-9) for c in after] for a in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = gains[i][j] + best[i + 1][j + 1] if gains[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(before) and j < len(after):
        if gains[i][j] and best[i][j] == gains[i][j] + best[i + 1][j + 1]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield before[i], None
            i += 1
        else:
            yield None, after[j]
            j += 1
    yield from ((at, None) for at in before[i:])
    yield from ((None, at) for at in after[j:])


def likeness(old: str, new: str) -> float:
    """How alike two texts are, 0 to 1: the share of their pairs of neighbouring characters that they have in common (Dice)."""
    if old == new:
        return 1.0
    before, after = _pairs(old), _pairs(new)
    both = before.total() + after.total()
    return 2 * (before & after).total() / both if both else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Counter[str]:
    framed = f"\n{text}\n"
    return Counter(framed[at : at + 2] for at in range(len(framed) - 1)) if text else Counter()
