"""The rows drawn in the docstrings of the merge: what they show is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from kotobuki.git.merge import merge
from kotobuki.manuscript import alignment, merging, ordering
from kotobuki.manuscript.parse import read_tree
from kotobuki.manuscript.parts import Part, inner_parts, parts_of

SIGNS = {"<<<<<<<": "<", "=======": "=", ">>>>>>>": ">"}


def rows(module: ModuleType, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows behind the heads of the columns, without what is remarked behind two blanks."""
    for line in (module.__doc__ or "").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == columns and cells[0] not in ("base", "old"):
            yield (*cells[:-1], cells[-1].partition("  ")[0])


def listed(words: str) -> bytes:
    return "\n".join(["一覧:", *(f"- {word}" for word in words.split()), ""]).encode()


def drawn(merged: bytes) -> str:
    """As it is drawn."""
    words = (line.split(" ")[0] for line in merged.decode().replace("- ", "").splitlines() if line != "一覧:")
    return " ".join(SIGNS.get(word.partition(" ")[0], word) for word in words)


@pytest.mark.parametrize(("base", "ours", "theirs", "merged"), [*rows(merging, 4), *rows(ordering, 4)])
def test_what_is_drawn_is_how_lists_are_merged(base: str, ours: str, theirs: str, merged: str) -> None:
    assert drawn(merge(*map(listed, (base, ours, theirs))).data) == merged


def parts(words: str) -> list[Part]:
    tree = read_tree(listed(words))
    assert tree is not None
    return inner_parts(parts_of(tree, tree.root, len(tree.lines))[0][0])[0]


@pytest.mark.parametrize(("old", "new", "pairs"), list(rows(alignment, 3)))
def test_what_is_drawn_is_which_entry_is_which(old: str, new: str, pairs: str) -> None:
    before, after = old.split(), new.split()
    found = alignment.align(parts(old), parts(new))
    assert " ".join(f"{before[at]}–{after[to]}" for at, to in sorted(found.items())) == pairs
