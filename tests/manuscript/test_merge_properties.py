"""Whatever two branches edit in different items of a case, the merge has both, whichever is merged into the other."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st
from support.hostile import Value

from kotobuki.git.merge import merge
from kotobuki.manuscript.parse import read_tree
from kotobuki.manuscript.tree import Collection, Leaf

WORDS = ["委託する業務", "個人情報の保護", "区民への周知", "記録の点検", "鍵の管理", "期間を延ばすこと"]
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Edit:
    kind: str
    path: Path
    text: str


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Value]:
    """A mapping of sections, in which no two texts or headings are the same."""
    numbers = count(1)

    def text() -> str:
        return f"{draw(st.sampled_from(WORDS))}{next(numbers)}" + "。次の文。" * draw(st.integers(0, 1))

    def content(depth: int) -> Value:
        kind = draw(st.integers(0, 3)) if depth else 0
        if kind == 0:
            return text()
        if kind == 1 and depth < 3:
            return {f"組{next(numbers)}": content(depth - 1) for _ in range(draw(st.integers(2, 3)))}
        return [
            {f"見出し{next(numbers)}": content(depth - 1)} if draw(st.booleans()) else text()
            for _ in range(draw(st.integers(1, 4)))
        ]

    return {f"節{next(numbers)}": content(3) for _ in range(draw(st.integers(1, 3)))}


def places(value: Value, path: Path = ()) -> list[Path]:
    """Every item of a list and every text of a mapping."""
    found: list[Path] = []
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, list) or isinstance(each, str):
            found.append((*path, key))
        if not isinstance(each, str):
            found += places(each, (*path, key))
    return found


def at(value: Value, path: Path) -> Value:
    for key in path:
        value = value[key]
    return value


def applied(value: dict[str, Value], edits: list[Edit]) -> dict[str, Value]:
    """The case after the edits, the last of a list first so that indices hold."""
    value = copy.deepcopy(value)
    for edit in sorted(edits, key=lambda each: [(str(type(key)), key) for key in each.path], reverse=True):
        parent, key = at(value, edit.path[:-1]), edit.path[-1]
        if edit.kind == "delete" and isinstance(parent, list) and len(parent) > 1:
            del parent[key]
        elif edit.kind == "insert" and isinstance(parent, list):
            parent.insert(key, edit.text)
        elif isinstance(parent[key], str):
            parent[key] = edit.text
    return value


@st.composite
def edits(draw: st.DrawFn, value: dict[str, Value]) -> tuple[list[Edit], list[Edit]]:
    """Edits of two sides: of different items, none within another, and in no list do both insert."""
    sides: tuple[list[Edit], list[Edit]] = ([], [])
    taken: list[Path] = []
    inserting: dict[Path, int] = {}
    for index, path in enumerate(draw(st.permutations(places(value)))[:6]):
        if any(path[: len(other)] == other or other[: len(path)] == path for other in taken):
            continue
        side, kind = draw(st.integers(0, 1)), draw(st.sampled_from(["reword", "delete", "insert"]))
        if kind == "insert" and inserting.setdefault(path[:-1], side) != side:
            continue
        if kind == "delete" and any(
            each.kind == "delete" and each.path[:-1] == path[:-1] for each in (*sides[0], *sides[1])
        ):
            continue  # so that no list is emptied
        taken.append(path)
        sides[side].append(Edit(kind, path, f"新しい文{index}"))
    return sides


def dumped(value: Value, indent: int = 0) -> str:
    """A case as YAML."""
    pad, lines = " " * indent, ""
    for key, each in value.items() if isinstance(value, dict) else ((None, each) for each in value):
        head = pad + ("-" if key is None else f"{key}:")
        lines += f"{head} {each}\n" if isinstance(each, str) else f"{head}\n{dumped(each, indent + 2)}"
    return lines


def loaded(data: bytes) -> Value:
    """What a YAML says."""

    def plain(node: Leaf | Collection) -> Value:
        if isinstance(node, Leaf):
            return node.text
        if node.kind == "list":
            return [plain(entry.value) for entry in node.entries]
        return {entry.key.text: plain(entry.value) for entry in node.entries if entry.key}

    tree = read_tree(data)
    assert tree is not None
    return plain(tree.root)


@given(st.data())
def test_independent_edits_merge_in_either_order(data: st.DataObject) -> None:
    value = data.draw(cases())
    ours, theirs = data.draw(edits(value))
    base, one, other = (dumped(applied(value, side)).encode() for side in ([], ours, theirs))
    assert loaded(base) == value
    expected = applied(value, [*ours, *theirs])
    for first, second in ((one, other), (other, one)):
        found = merge(base, first, second)
        assert found.clean and not found.doubtful
        assert loaded(found.data) == expected


@given(st.data())
def test_nothing_is_lost_where_edits_meet(data: st.DataObject) -> None:
    """Edits of the same items: what is merged without conflict has both; a conflict shows both."""
    value = data.draw(cases())
    where = data.draw(st.sampled_from(places(value)))
    texts = [f"{name}の文" for name in ("甲", "乙")]
    kinds = data.draw(st.tuples(*[st.sampled_from(["reword", "insert"])] * 2))
    base, one, other = (
        dumped(applied(value, side)).encode()
        for side in ([], *([Edit(kind, where, text)] for kind, text in zip(kinds, texts, strict=True)))
    )
    found = merge(base, one, other)
    text = found.data.decode()
    assert not found.doubtful
    for each, side in zip(texts, (one, other), strict=True):
        assert (each in text) == (each in side.decode())
    if found.clean:
        assert loaded(found.data)
    else:
        assert text.count("<<<<<<<") == 1
