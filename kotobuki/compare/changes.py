"""What changed, one by one, in the order of the new version: what reviewers are told.

In: a `Pair` of trees. Out: `Change`s, each with the headings it stands under. A part that was added or removed is one
change with all that is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kotobuki.compare.kinds import Kind
from kotobuki.compare.pairs import Pair
from kotobuki.compare.tree import Node
from kotobuki.lazy_dataclasses import dataclass

ChangeKind = Literal["added", "removed", "changed", "moved", "renamed"]
SAID: dict[ChangeKind, str] = {
    "added": "追加",
    "removed": "削除",
    "changed": "変更",
    "moved": "移動",
    "renamed": "改称",
}
"""The kinds as users read them."""
_LONGEST_STEP = 24
"""Characters of a heading in a path: of the headings in the sample cases nine of ten have 19 or fewer."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `path`: the titles of what it stands under, outermost first; `was`: those it stood under, if it moved."""

    kind: ChangeKind
    path: tuple[str, ...]
    pair: Pair
    was: tuple[str, ...] = ()


def changes(found: Pair) -> Iterator[Change]:
    """Every change, once, in the order of the new version; what was removed, where it stood.

    An item rewritten under ６ 業務の内容 is Change("changed", ("６ 業務の内容",), its pair); one that moved from there to ２ 実施目的
    is Change("moved", ("２ 実施目的",), its pair, was=("６ 業務の内容",)), and nothing is told where it stood.
    """
    paths = dict(_old_paths(found, ()))
    yield from _changes(found, (), paths)


def lines(found: Pair, depth: int = 0) -> Iterator[tuple[int, str]]:
    """A part that one version alone has and all of it that is so, a line each: (depth, words with their label)."""
    node = found.node
    if node.text or node.label or node.name:
        yield depth, said(node)
        depth += 1
    for child in found.children:
        if not (child.moved or (child.old and child.new)):  # what stands elsewhere in the other version is told there
            yield from lines(child, depth)


def said(node: Node) -> str:
    """The part's own words with its label; an entry of the head with its name."""
    if node.kind.traits.entry:
        return f"{node.name}：{node.text}" if node.text else node.name
    if node.kind is Kind.ARTICLE and node.text:
        return f"{node.label}（{node.text}）"
    bare = node.label[-1:] in "）)" or not node.label or not node.text
    return f"{node.label}{'' if bare else ' '}{node.text}"


def _changes(found: Pair, path: tuple[str, ...], paths: dict[int, tuple[str, ...]]) -> Iterator[Change]:
    old, new = found.old, found.new
    path = path or found.node.kind.traits.under
    if old is None:
        yield Change("added", path, found)
        yield from _moved_within(found, path, paths)
        return
    if new is None:
        if not found.moved:
            yield Change("removed", path, found)
        return
    if found.moved:
        yield Change("moved", path, found, paths.get(id(old), ()))
    elif found.reworded:
        yield Change("renamed" if _is_renaming(found) else "changed", path, found)
    inner = path if new.kind.traits.is_root or not title(new) else (*path, title(new))
    for child in found.children:
        yield from _changes(child, inner, paths)


def _moved_within(found: Pair, path: tuple[str, ...], paths: dict[int, tuple[str, ...]]) -> Iterator[Change]:
    """What moved into an added part: it is told apart from that, which is told as new with all else that is in it."""
    own = title(found.node)
    for child in found.children:
        if child.old is None:
            yield from _moved_within(child, (*path, own) if own else path, paths)
        else:
            yield from _changes(child, (*path, own) if own else path, paths)


def _is_renaming(found: Pair) -> bool:
    """Whether a term is called otherwise, and nothing else of it changed."""
    assert found.old and found.new  # asked of those alone
    short, full = (node.text.partition("：")[0::2] for node in (found.old, found.new))
    return found.new.kind is Kind.TERM and short[0] != full[0] and short[1] == full[1]


def title(node: Node) -> str:
    """The part as a step of a path: ６ 業務の内容, （１）名簿の提出, cut to 24 characters."""
    words = node.title if node.kind is not Kind.ARTICLE else said(node)
    return words if len(words) <= _LONGEST_STEP else words[: _LONGEST_STEP - 1] + "…"


def _old_paths(found: Pair, path: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where each part of the old version stood."""
    if found.old is None:
        for child in found.children:
            yield from _old_paths(child, path)
        return
    if found.moved and found.new is not None:
        return  # said where it stood
    yield id(found.old), path
    inner = path if found.old.kind.traits.is_root or not title(found.old) else (*path, title(found.old))
    for child in found.children:
        yield from _old_paths(child, inner)
