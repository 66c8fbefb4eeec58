"""The changes as they are listed, for a terminal, a web page or a comment alike.

In: compared files. Out: `Listed` values: changes grouped under the headings they stand under, their words in parts that were
there, are there, or both. A long text that is alike is cut to what stands around a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, assert_never

from kotobuki.compare.changes import SAID, Change, ChangeKind, changes, lines, said
from kotobuki.compare.files import FileDiff
from kotobuki.compare.kinds import Kind
from kotobuki.compare.pairs import Pair
from kotobuki.compare.words import Stretch
from kotobuki.lazy_dataclasses import dataclass

Mode = Literal["same", "old", "new"]
NOTHING = "違いはありません。"
STEP = " ＞ "
"""Between the headings of a path."""
_TOP = "全体"
_AROUND = 16
"""Characters left beside a change: with those on both sides, a change of 8 fits a terminal of 80 columns (40 characters)."""
_LEAST_CUT = 6
"""Fewer characters are not worth a cut: the … takes a place itself, and is harder to read over than a word."""
_REDRAWN = "図、画像、添付のファイル又は体裁（線、配置、用紙の向き）の変更"


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words that stand in both versions, in the old or in the new one."""

    mode: Mode
    text: str


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of a change; `depth`: how far below the changed part."""

    depth: int
    parts: tuple[MarkedWords, ...]


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A change; `note`: what words do not show. `line`: in the new file, else in the old one; 0 = of no line."""

    kind: ChangeKind
    lines: tuple[ListedLine, ...]
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: the changes under each path of headings. `note`: about the file as a whole."""

    name: str
    note: str
    groups: tuple[tuple[tuple[str, ...], tuple[ListedChange, ...]], ...]

    @property
    def summary(self) -> str:
        """How many changes there are, by kind."""
        counts = Counter(change.kind for _, own in self.groups for change in own)
        each = "、".join(f"{word}{counts[kind]}" for kind, word in SAID.items() if counts[kind])
        return f"{counts.total()}件（{each}）" if counts else ""


def listed(found: Sequence[FileDiff]) -> Iterator[Listed]:
    """Each file that differs, with its changes; of a file that is new or gone that alone."""
    for each in found:
        name, note = each.shown, each.note
        if each.old is None or each.new is None:
            yield Listed(name, "新しいファイル" if each.old is None else "ファイルの削除", ())
            continue
        if each.old.file.name != each.new.file.name:
            note = "。".join(filter(None, (f"ファイルの名の変更（もとは {each.old.file.name}）", note)))
        yield Listed(name, note, tuple(_groups(each.pair)))


def _groups(found: Pair) -> Iterator[tuple[tuple[str, ...], tuple[ListedChange, ...]]]:
    """The changes by what they stand under. What stands under nothing must not seem to stand under what is above it."""
    for at, (path, own) in enumerate(groupby(changes(found), key=lambda change: change.path)):
        yield path or ((_TOP,) if at else ()), tuple(map(_listed, own))


def _listed(change: Change) -> ListedChange:
    found = change.pair
    line = found.node.place.line
    match change.kind:
        case "added" | "removed":
            mode: Mode = "new" if change.kind == "added" else "old"
            own = tuple(ListedLine(depth, (MarkedWords(mode, text),)) for depth, text in lines(found))
            return ListedChange(change.kind, own, "", line)
        case "moved":
            note = _moved_from(change)
        case "changed" | "renamed":
            note = _REDRAWN if found.redrawn else ""
        case _:
            assert_never(change.kind)
    return ListedChange(change.kind, (ListedLine(0, tuple(_parts(found))),), note, line)


def _moved_from(change: Change) -> str:
    old = change.pair.old
    assert old is not None  # or it would have been added
    label = old.label
    if change.was == change.path:
        return f"もとは {label}" if old.label != change.pair.node.label else "順の変更"
    return (
        f"もとは「{STEP.join(change.was)}」{'の ' + label if label else ''}"
        if change.was
        else f"もとは{label or '先頭の段'}"
    )


def _parts(found: Pair) -> Iterator[MarkedWords]:
    """The words of a changed part behind its label."""
    head = said(found.node).removesuffix("）" if found.node.kind is Kind.ARTICLE else "")
    if label := head.removesuffix(found.node.text):
        yield MarkedWords("same", label)
    last = len(found.stretches) - 1
    for at, each in enumerate(found.stretches):
        if each.same:
            yield MarkedWords("same", _cut(each.new, is_first=at == 0, is_last=at == last))
        else:
            yield from _both(each)
    if found.node.kind is Kind.ARTICLE and found.node.text:
        yield MarkedWords("same", "）")


def _both(stretch: Stretch) -> Iterator[MarkedWords]:
    if stretch.old:
        yield MarkedWords("old", stretch.old)
    if stretch.new:
        yield MarkedWords("new", stretch.new)


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    """A text that is alike, cut to what stands around the changes before and behind it."""
    if is_first and is_last:  # nothing of the words changed
        return text if len(text) <= 3 * _AROUND else f"{text[: 3 * _AROUND]}…"
    head, tail = ("" if is_first else text[:_AROUND]), ("" if is_last else text[-_AROUND:])
    return text if len(text) <= len(head) + len(tail) + _LEAST_CUT else f"{head}…{tail}"
