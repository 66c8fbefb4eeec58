"""Texts that a merge brought back, lost or doubled, though it is without conflict there.

Entry by entry, what one side moved into another list or mapping was deleted here and added there. Where the other side
deleted or moved it as well, both do as they were told, and the deletion is lost:

    base           | ours           | theirs         | merged, and a stray
    甲: [一] 乙: []  | 甲: [] 乙: [一]  | 甲: [] 乙: []    | 甲: [] 乙: [一]

In: the trees of the three versions, and of the merged file with its conflicts settled for either side. Out: texts that
stand at most once in each version, and in the merged file not as often as whoever changed that has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kotobuki.manuscript.tree import Leaf, Tree, comments_of, entries_of


def strays(base: Tree, ours: Tree, theirs: Tree, merged: Sequence[Tree]) -> list[str]:
    """The texts, in the order of the base."""
    old, own, others = (Counter(words_of(tree)) for tree in (base, ours, theirs))
    found = [Counter(words_of(tree)) for tree in merged]
    strayed = []
    for text in old:
        counts = old[text], own[text], others[text]
        meant = 1 if counts == (1, 1, 1) else 0
        settled = [each[text] for each in found]
        if text and max(counts) == 1 and not min(settled) <= meant <= max(settled):
            strayed.append(text)
    return strayed


def words_of(tree: Tree) -> list[str]:
    """Every key, text and comment of a file."""
    leaves = [each for entry in entries_of(tree.root) for each in (entry.key, entry.value) if isinstance(each, Leaf)]
    return [*(leaf.text for leaf in leaves), *comments_of(tree)]
