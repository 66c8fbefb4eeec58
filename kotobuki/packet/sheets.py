"""Old pages and new ones to the sheets that must be swapped.

In: the pages as they were handed out and as they are now. Out: `SheetChange`s in the order of the packet. A sheet is one page, or
front and back (`size` 2). It stands if everything on it looks as it did, the printed numbers too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.alignment import paired
from kotobuki.packet.leaves import Leaf
from kotobuki.packet.record import Former, former

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A sheet taken out (`old`; empty: nothing) and one put in (`new`; empty: nothing). `after`: an added one's place."""

    old: tuple[Former, ...]
    new: tuple[Leaf, ...]
    after: Former | None = None


def changes(old: Sequence[Former], leaves: Sequence[Leaf], size: int, *, numbers_stand: bool) -> list[SheetChange]:
    """The sheets to swap. `numbers_stand`: later pages keep their sheets, whatever is inserted before them."""
    if size == 1 or numbers_stand:
        return list(_by_sheet(old, [leaf for leaf in leaves if not leaf.blank], size))
    return list(_by_order(_chunks(old, size), _chunks(leaves, size)))


def places(old: Sequence[Former], leaves: Sequence[Leaf]) -> list[int | None]:
    """For each leaf the index of the old page in whose place it stands, paper by paper; None for an inserted one."""
    found: list[int | None] = [None] * len(leaves)
    papers = dict.fromkeys((leaf.agenda, leaf.paper) for leaf in leaves)
    for paper in papers:
        before = [at for at, page in enumerate(old) if (page.agenda, page.paper) == paper]
        now = [at for at, leaf in enumerate(leaves) if (leaf.agenda, leaf.paper) == paper]
        pairs = paired([old[at].digest for at in before], [leaves[at].digest for at in now])
        for at, place in zip(now, pairs, strict=True):
            found[at] = None if place is None else before[place]
    return found


def _by_sheet(old: Sequence[Former], leaves: Sequence[Leaf], size: int) -> Iterator[SheetChange]:
    """What now belongs to each old sheet: the pages in place of its own, and those inserted behind them."""
    sheets = _chunks(old, size)
    content: list[list[Leaf]] = [[] for _ in sheets] or [[]]
    last = 0
    for leaf, place in zip(leaves, places(old, leaves), strict=True):
        last = last if place is None else place // size
        content[last].append(leaf)
    for sheet, pages in zip(sheets or [()], content, strict=True):
        first, *more = _chunks(pages, size) or [()]
        if _inked(sheet) != _inked(map(former, first)):
            yield SheetChange(sheet if any(not page.blank for page in sheet) else (), first)
        before = first
        for added in more:
            yield SheetChange((), added, former(before[-1]) if before else None)
            before = added


def _by_order(old: Sequence[tuple[Former, ...]], new: Sequence[tuple[Leaf, ...]]) -> Iterator[SheetChange]:
    keys = [_inked(sheet) for sheet in old], [_inked(map(former, sheet)) for sheet in new]
    for kind, first, last, start, end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(last - first, end - start)
        yield from (SheetChange(old[first + at], new[start + at]) for at in range(both))
        yield from (SheetChange(sheet, ()) for sheet in old[first + both : last])
        for at in range(start + both, end):
            yield SheetChange((), new[at], former(new[at - 1][-1]) if at else None)


def _inked(pages: Iterable[Former]) -> tuple[tuple[str, str, str], ...]:
    """What is seen of a sheet: numbers and contents of its pages; a sheet of which these are as before stays."""
    return tuple((page.number, page.running, page.digest) for page in pages if not page.blank)


def _chunks(pages: Sequence[_T], size: int) -> list[tuple[_T, ...]]:
    return [tuple(pages[at : at + size]) for at in range(0, len(pages), size)]
