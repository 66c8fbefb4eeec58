"""How a provision of a regulation is cited (conventions C6): 第３条第１項第２号, 第２項, 前条, この項.

In: targets, and where they are cited. Out: words, as printed. Rules: what both share is not said: inside its own
article a 項 is 第２項, inside its own 項 a 号 is 第１号; the only 項 of an article is never named; with `nearest`, a neighbour is
前条 or 次条; of several, a later one says what differs from the one before it; three or more in a row are 第３条から第５条まで.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from kotobuki.numbering.targets import Target, TargetKind

Chain = tuple[Target, ...]


def chain(target: Target) -> Chain:
    """The parts of a citation: 条, 項, 号 …, those that are never named left out."""
    return tuple(each for each in (*target.parents, target) if each.cited_as and not each.alone)


def cite(target: Target, owner: Target | None, *, nearest: bool) -> str:
    """One provision as it is cited in a paragraph that belongs to `owner`."""
    if owner is None or _annex_of(owner) is not target.annex:
        annex = target.annex
        return (annex.label if annex else "") + _words(chain(target))
    here, there = chain(owner), chain(target)
    shared = _shared(here, there)
    rest = there[shared:]
    if not rest:
        return f"この{there[-1].traits.unit}" if there[-1].traits.unit else _words(there)
    word = _next_door(here[shared], rest[0]) if nearest and len(here) > shared else ""
    return f"{word}{rest[0].traits.unit}{_words(rest[1:])}" if word else _words(rest)


def cite_all(targets: Sequence[Target], owner: Target | None, *, nearest: bool) -> str:
    """Provisions that stand one behind the other."""
    words = [cite(targets[0], owner, nearest=nearest)]
    for before, target in pairwise(targets):
        rest = chain(target)[_shared(chain(before), chain(target)) :] if before.annex is target.annex else ()
        words.append(_words(rest or chain(target)))
    if len(targets) > 2 and _follow(targets):
        return f"{words[0]}から{words[-1]}まで"
    return "、".join(words[:-1]) + ("及び" if len(words) > 1 else "") + words[-1]


def _words(parts: Sequence[Target]) -> str:
    return "".join(part.cited_as for part in parts)


def _shared(one: Chain, other: Chain) -> int:
    """How many parts two chains have in common."""
    return len(list(takewhile(lambda pair: pair[0] is pair[1], zip(one, other, strict=False))))


def _next_door(here: Target, there: Target) -> str:
    """前 or 次, where two provisions stand side by side."""
    if not here.traits.unit or here.kind is not there.kind:
        return ""
    return {-1: "前", 1: "次"}.get(there.mark.index - here.mark.index, "")


def _annex_of(owner: Target) -> Target | None:
    return owner if owner.kind is TargetKind.ANNEX else owner.annex


def _follow(targets: Sequence[Target]) -> bool:
    """Whether they are of one kind, in one place, each the next of the one before it."""
    first = targets[0]
    return all(
        target.kind is first.kind
        and first.traits.unit != ""
        and target.mark.index == first.mark.index + step
        and (first.kind is TargetKind.ARTICLE or target.parents == first.parents)
        for step, target in enumerate(targets)
    )
