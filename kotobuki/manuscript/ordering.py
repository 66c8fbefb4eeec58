"""In which order the entries of a merged list or mapping stand.

In: its parts in the three versions. Out: `MergeRun`s: the entries that both sides have, and what either has alone between them;
or nothing where both sides moved entries, or it cannot be told where one belongs.

The side that moved entries gives the order; what the other side alone has stays behind the entry that it stood behind.
Drawn, `< ours = theirs >` a conflict (`tests/manuscript/test_drawn_examples.py` merges these rows):

    base     | ours        | theirs      | merged
    甲 乙 丙 | 甲 新 乙 丙 | 甲 乙 丙 末 | 甲 新 乙 丙 末          added in two places
    甲 乙 丙 | 甲 新 乙 丙 | 甲 新 乙 丙 | 甲 新 乙 丙             both added the same
    甲 乙 丙 | 甲 新 乙 丙 | 甲 別 乙 丙 | 甲 < 新 = 別 > 乙 丙    added in one place: which comes first?
    甲 乙 丙 | 丙 甲 乙    | 甲 乙 丙ろ  | 丙ろ 甲 乙              moved by one, changed by the other
    甲 乙 丙 | 丙 甲 乙    | 甲 新 乙 丙 | 丙 甲 新 乙             still between 甲 and 乙
    甲 乙 丙 | 丙 甲 乙    | 甲 乙 新 丙 | < 丙 甲 乙 = 甲 乙 新 丙 >  behind 乙 or before 丙, which are apart now?
    甲 乙 丙 | 丙 甲 乙    | 乙 甲 丙    | < 丙 甲 乙 = 乙 甲 丙 >  both moved

Where the order says nothing (用語), what was added in one place stands side by side, that of ours first, and is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.alignment import align, heading
from kotobuki.manuscript.parts import Part


@dataclass(frozen=True, slots=True)
class Versions:
    """The parts of a list or mapping in the three versions.

    strict   there is no base: whatever differs is a conflict
    ordered  the order of its entries says something
    """

    base: Sequence[Part]
    ours: Sequence[Part]
    theirs: Sequence[Part]
    strict: bool
    ordered: bool


@dataclass(frozen=True, slots=True, eq=False)
class Triple:
    """An entry in the three versions, None where it is missing."""

    base: Part | None
    ours: Part | None
    theirs: Part | None


@dataclass(frozen=True, slots=True)
class MergeRun:
    """Behind an entry of both sides, or at the beginning: that entry, and what only one side has there."""

    after: Triple | None
    ours: list[Triple]
    theirs: list[Triple]


def order(versions: Versions) -> list[MergeRun] | None:
    """The merged order; None where it cannot be known."""
    triples = _triples(versions)
    own, others = _sorted(triples, versions.ours, "ours"), _sorted(triples, versions.theirs, "theirs")
    based = [each for each in triples if each.base and each.ours and each.theirs]
    moved = [_without_new(each, based) != based for each in (own, others)]
    if all(moved) and _without_new(own, based) != _without_new(others, based):
        return None
    leading, following = (others, own) if moved[1] and not moved[0] else (own, others)
    first, second = _runs(leading), _runs(following)
    if versions.ordered or versions.strict:
        followers = {id(after): before for (after, _), before in _with_next(first)}
        if any(run and followers[id(after)] is not before for (after, run), before in _with_next(second)):
            return None  # its neighbours were moved apart
    behind = {id(after): run for after, run in second}
    merged = [(after, run, behind[id(after)]) for after, run in first]
    return [MergeRun(after, *((b, a) if leading is others else (a, b))) for after, a, b in merged]


_Following = tuple[Triple | None, list[Triple]]
"""An entry of both sides (None: the beginning), and what stands behind it in one of them alone."""


def _with_next(runs: list[_Following]) -> Iterator[tuple[_Following, Triple | None]]:
    """Each with the entry of both sides that comes next, None at the end."""
    return zip(runs, [*(after for after, _ in runs[1:]), None], strict=True)


def _triples(versions: Versions) -> list[Triple]:
    """Every entry of any version; those of the base first and in its order."""
    base, ours, theirs = versions.base, versions.ours, versions.theirs
    all_ours, all_theirs = align(base, ours), align(base, theirs)
    to_ours = _without_clashes(all_ours, ours, all_theirs, theirs)
    to_theirs = _without_clashes(all_theirs, theirs, all_ours, ours)
    found = [
        Triple(part, _at(ours, to_ours.get(index)), _at(theirs, to_theirs.get(index)))
        for index, part in enumerate(base)
    ]
    new, others = _unpaired(ours, to_ours), _unpaired(theirs, to_theirs)
    keyed = any(part.entry.key for part in new)
    both = align(new, others) if versions.strict or keyed else {}
    if keyed:  # only the same key is the same entry
        both = {a: b for a, b in both.items() if heading(new[a].entry) == heading(others[b].entry)}
    found += [Triple(None, part, _at(others, both.get(index))) for index, part in enumerate(new)]
    return found + [Triple(None, None, part) for part in _unpaired(others, both)]


def _without_clashes(
    pairs: dict[int, int], parts: Sequence[Part], others: dict[int, int], other_parts: Sequence[Part]
) -> dict[int, int]:
    """The pairs of one side without those whose key, renamed, the other side has for another entry."""
    places = {part.entry.key.text: index for index, part in enumerate(other_parts) if part.entry.key}
    keys = {index: heading(parts[at].entry) for index, at in pairs.items()}
    return {index: at for index, at in pairs.items() if places.get(keys[index], others.get(index)) == others.get(index)}


def _unpaired(parts: Sequence[Part], pairs: dict[int, int]) -> list[Part]:
    """Those that nothing was paired with."""
    taken = set(pairs.values())
    return [part for index, part in enumerate(parts) if index not in taken]


def _at(parts: Sequence[Part], index: int | None) -> Part | None:
    return None if index is None else parts[index]


def _sorted(triples: Sequence[Triple], parts: Sequence[Part], side: str) -> list[Triple]:
    """The entries of a side, in its order."""
    by_part = {id(getattr(each, side)): each for each in triples}
    return [by_part[id(part)] for part in parts]


def _without_new(side: Sequence[Triple], based: Sequence[Triple]) -> list[Triple]:
    wanted = set(map(id, based))
    return [each for each in side if id(each) in wanted]


def _runs(side: Sequence[Triple]) -> list[_Following]:
    """The entries of both sides in the order of one, each with what stands behind it in that one alone."""
    found: list[_Following] = [(None, [])]
    for each in side:
        if each.ours and each.theirs:
            found.append((each, []))
        else:
            found[-1][1].append(each)
    return found
