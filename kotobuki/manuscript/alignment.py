"""Which entry of one version of a list or mapping is which of another.

In: the parts of both. Out: pairs of indices. Entries of mappings are the same if their keys are; of lists, if they say the
same, wherever they stand. A key or heading is another one now if what is below it is the same, or if words and neighbours are.

Drawn (`tests/manuscript/test_drawn_examples.py` aligns these rows):

    old               | new               | pairs
    甲 乙 丙          | 丙 甲 乙          | 甲–甲 乙–乙 丙–丙        moved: it says the same, and stands but once in each
    甲 乙 丙 丙       | 丙 甲 乙          | 甲–甲 乙–乙              which of the two has moved, and which is gone?
    甲 名簿の提出 丙  | 甲 名簿の保存 丙  | 甲–甲 名簿の提出–名簿の保存 丙–丙   rewritten: alone in its place
    名簿の提出 丙     | 新 名簿の保存 丙  | 名簿の提出–名簿の保存 丙–丙         rewritten: half of it is alike
    名簿の提出 丙     | 新 研修の受講 丙  | 丙–丙                    one deleted, two added
    名簿の提出 丙     | 丙 名簿の保存     | 丙–丙                    rewritten elsewhere is written anew
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import assert_never

from kotobuki.manuscript.parts import Part, said
from kotobuki.manuscript.tree import Collection, Entry, Leaf

_ALIKE = 0.5
"""Entries between the same neighbours that are less alike are not one entry rewritten.

Of 874 pairs of different entries of one list in the sample cases, 93 in 100 are less alike; 0.3 to 0.6 merge all the same in
the tests. A wrong pair is a conflict where there was none, a pair missed one of the whole entry: neither loses a word.
"""
_WEIGHED = 400
"""Characters of an entry by which likeness is told: its time grows with their square (5 ms a pair; 50 ms for 1,600)."""


def align(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """The pairs: index in `old` → index in `new`."""
    if any(part.entry.key for part in (*old, *new)):
        return _by_key(old, new)
    pairs = _unchanged(old, new)
    _add_moved(pairs, [part.said for part in old], [part.said for part in new])
    _add_alike(pairs, old, new)
    _add_moved(pairs, [heading(part.entry) for part in old], [heading(part.entry) for part in new])
    _add_moved(pairs, [_headed(part.entry) for part in old], [_headed(part.entry) for part in new])
    return pairs


def heading(entry: Entry) -> str:
    """The key of an entry, or of the only thing in an item of a list; "" if it has none."""
    if entry.key:
        return entry.key.text
    value = entry.value
    return heading(value.entries[0]) if isinstance(value, Collection) and len(value.entries) == 1 else ""


def _headed(entry: Entry) -> Hashable:
    """What is below the heading of an entry; None if it has none, or nothing is below it."""
    value = entry.value
    if entry.key:
        return None if isinstance(value, Leaf) and not (value.text or value.alias) else said(value)
    return _headed(value.entries[0]) if heading(entry) and isinstance(value, Collection) else None


def _by_key(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Those with the same key; then those whose key was renamed: one entry alone (the heading of an item) is always one."""
    places = {heading(part.entry): index for index, part in enumerate(new)}
    pairs = {index: places[name] for index, part in enumerate(old) if (name := heading(part.entry)) in places}
    if len(old) == len(new) == 1:
        return {0: 0}
    _add_moved(pairs, [_headed(part.entry) for part in old], [_headed(part.entry) for part in new])
    _add_alike(pairs, old, new, keyed=True)
    return pairs


def _unchanged(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Those that say the same, in the same order."""
    numbers: dict[Hashable, int] = {}
    a, b = ([numbers.setdefault(part.said, len(numbers)) for part in parts] for parts in (old, new))
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return {block.a + index: block.b + index for block in blocks for index in range(block.size)}


def _add_moved(pairs: dict[int, int], old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
    """Those still unpaired of which there is one of a kind in either."""
    taken = set(pairs.values())
    left = Counter(each for index, each in enumerate(old) if index not in pairs)
    right = Counter(each for index, each in enumerate(new) if index not in taken)
    places = {each: index for index, each in enumerate(new) if index not in taken}
    for index, each in enumerate(old):
        if index not in pairs and each and left[each] == right[each] == 1:
            pairs[index] = places[each]


def _add_alike(pairs: dict[int, int], old: Sequence[Part], new: Sequence[Part], *, keyed: bool = False) -> None:
    """Those that are alike between the same neighbours; one alone between them in both lists is one that was rewritten."""
    taken = set(pairs.values())
    for olds, news in _gaps(pairs, len(old), len(new)):
        left = [index for index in olds if index not in pairs]
        right = [index for index in news if index not in taken]
        if len(left) == len(right) == 1 and not keyed:
            pairs[left[0]] = right[0]
            continue
        for index in left:
            alike = [(_likeness(old[index], new[other]), -other) for other in right]
            best, other = max(alike, default=(0.0, 0))
            if best >= _ALIKE:
                pairs[index] = -other
                right = [each for each in right if each > -other]  # in order


def _gaps(pairs: dict[int, int], olds: int, news: int) -> list[tuple[range, range]]:
    """What lies between neighbouring pairs that stand in the same order in both."""
    found, a, b = [], 0, 0
    for index in sorted(pairs):
        if pairs[index] >= b:
            found.append((range(a, index), range(b, pairs[index])))
            a, b = index + 1, pairs[index] + 1
    return [*found, (range(a, olds), range(b, news))]


def _likeness(old: Part, new: Part) -> float:
    """0 to 1: the same heading is 1, else the share of characters that both have in one order."""
    if (name := heading(old.entry)) and name == heading(new.entry):
        return 1.0
    return SequenceMatcher(None, _words(old.entry)[:_WEIGHED], _words(new.entry)[:_WEIGHED], autojunk=False).ratio()


def _words(each: Entry | Leaf | Collection) -> str:
    """All its texts, one behind the other, without keys' colons, hyphens and comments."""
    match each:
        case Leaf():
            return each.text
        case Collection():
            return "".join(map(_words, each.entries))
        case Entry():
            return (each.key.text if each.key else "") + _words(each.value)
        case _:
            assert_never(each)
