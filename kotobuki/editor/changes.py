"""A change of one field as edits of the text: only the bytes of that field change.

In: the text of a file, and a mapping that says what to do. Out: {"edits": […]} against that text. Raises `RefusalError`, in
Japanese, where it cannot be done. Whatever way is taken, it is tried first: the text with the edits is read again, and must say
exactly what it said with that one change, all comments still there; of several ways the best that does is taken, and if none
does, nothing is changed.

A change is one of:

    {"do": "set", "path": […], "value": "…"}    a text; blanks at the ends of its lines and empty lines fall away
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import assert_never

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked
from kotobuki.editor.asked import text as text_asked
from kotobuki.editor.desk import Desk
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.source import BOM, Source, Unreadable, keys_known, read
from kotobuki.editor.told import Json
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.edits import Edit, edited
from kotobuki.manuscript.retyping import Site, readable, retyped
from kotobuki.manuscript.tree import Collection, Entry, Leaf, comments_of
from kotobuki.project import Project
from kotobuki.reading import nodes as n
from kotobuki.reading.source import forbidden

Value = str | list["Value"] | dict[str, "Value"]
"""What a part of a file says: a text, a list, keys in their order."""
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change asks for: what the file then says, and ways to edit it so, the best first.

    lost  comments that go with what is taken out
    """

    wanted: Value
    ways: Iterable[list[Edit]]
    lost: tuple[str, ...] = ()


def answer(desk: Desk, asked: Asked) -> Json:
    """`change {"file", "text", "op"}`."""
    file = desk.library.path(desk.library.entry(text_asked(asked, "file")))
    op = asked.get("op")
    return change(
        Project(desk.root, Diagnostics()), file, text_asked(asked, "text"), op if isinstance(op, dict) else {}
    )


def change(project: Project, file: Path, text: str, op: Json) -> Json:
    """The edits that make a change: {"edits": [{"from", "to", "text"}, …]}, none where it is as asked already."""
    source = read(text, project.shown(file), keys_known(project, file))
    if isinstance(source, Unreadable):
        raise RefusalError("本文に誤りがあるため、項目からは直せません", "先に「本文」で誤りを直してください")
    asked = _asked(_File(source), op)
    if same(asked.wanted, plain(source.node)):
        return {"edits": []}
    for edits in asked.ways:
        if _does(source, edits, asked):
            shift = 1 if text.startswith(BOM) else 0
            return {"edits": [_as_json(each, shift) for each in sorted(_trimmed(each, source.lines) for each in edits)]}
    raise _impossible()


def plain(node: n.Node) -> Value:
    """What a node says."""
    match node:
        case n.Scalar():
            return node.value
        case n.Sequence():
            return [plain(each) for each in node.items]
        case n.Mapping():
            return {key.value: plain(value) for key, value in node.entries}
        case _:
            assert_never(node)


def same(one: Value, other: Value) -> bool:
    """Whether both say the same, keys in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


class _File:
    """A file that is changed: what it says, and where."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def entry(self, path: Steps) -> tuple[Collection, int]:
        """The list or mapping that a path leads into, and which of its entries it leads to."""
        if not path:
            raise _impossible()
        inner: Leaf | Collection = self.source.tree.root
        for at, step in enumerate(path):
            if not isinstance(inner, Collection):
                raise _gone()
            index = _index(inner, step)
            if at == len(path) - 1:
                return inner, index
            inner = inner.entries[index].value
        raise AssertionError(path)

    def changed(self, path: Steps, make: Callable[[Value], Value]) -> Value:
        """What the file says with one value made another."""
        return _changed(plain(self.source.node), path, make)

    def site(self, collection: Collection, entry: Entry) -> Site:
        """Where a text of an entry stands."""
        return Site(self.source.lines, entry, collection.flow, self.source.known_keys)


def _index(collection: Collection, step: str | int) -> int:
    if isinstance(step, int) and collection.kind == "list" and 0 <= step < len(collection.entries):
        return step
    if isinstance(step, str) and collection.kind == "mapping":
        for index, entry in enumerate(collection.entries):
            if entry.key and entry.key.text == step:
                return index
    raise _gone()


def _changed(value: Value, path: Steps, make: Callable[[Value], Value]) -> Value:
    if not path:
        return make(value)
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return {key: _changed(each, rest, make) if key == step else each for key, each in value.items()}
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return [_changed(each, rest, make) if index == step else each for index, each in enumerate(value)]
    raise _gone()


def _asked(file: _File, op: Json) -> Change:
    """The change that an op asks for. Raises `RefusalError`."""
    path = _path(op.get("path"))
    match op.get("do"):
        case "set":
            return _set(file, path, _words(op.get("value")))
        case _:
            raise RefusalError("この操作はできません")


def _set(file: _File, path: Steps, words: str) -> Change:
    collection, index = file.entry(path)
    entry = collection.entries[index]
    if not isinstance(entry.value, Leaf):
        raise RefusalError("ここには文ではなく、一覧か項目の組があります")
    return Change(file.changed(path, lambda _: words), retyped(file.site(collection, entry), words))


def _gone() -> RefusalError:
    return RefusalError("本文が変わったため、この項目が見つかりません", "もう一度選び直してください")


def _impossible() -> RefusalError:
    return RefusalError("この項目は、ここからは書き換えられません", "「本文」で直してください")


def _path(value: object) -> Steps:
    if not isinstance(value, list) or not all(isinstance(each, str | int) for each in value):
        raise _gone()
    return tuple(value)


def _words(value: object) -> str:
    """Words that a file can hold, as they will be read."""
    if not isinstance(value, str):
        raise RefusalError("文を書いてください")
    words = readable(value)
    if found := forbidden(words):
        _, reason, remedy = found
        raise RefusalError(reason, remedy)
    return words


def _does(source: Source, edits: list[Edit], asked: Change) -> bool:
    """Whether the edits make the text say what is asked for, every comment still there."""
    found = read("".join(edited(source.lines, edits)), "", source.known_keys)
    if isinstance(found, Unreadable) or not same(plain(found.node), asked.wanted):
        return False
    return sorted([*comments_of(found.tree), *asked.lost]) == comments_of(source.tree)


def _trimmed(edit: Edit, lines: list[str]) -> Edit:
    """The edit without what stays as it is at its ends."""
    old = _between(edit, lines)
    new = edit.text
    same_before = _common(old, new)
    same_before -= old[same_before - 1 : same_before] == "\r"
    same_behind = _common(old[same_before:][::-1], new[same_before:][::-1])
    same_behind -= (
        same_behind > 0 and old[len(old) - same_behind] == "\n" and old[: len(old) - same_behind][-1:] == "\r"
    )
    start = _moved(edit.start, old[:same_before])
    end = _moved(edit.start, old[: len(old) - same_behind])
    return Edit(start, end, new[same_before : len(new) - same_behind])


def _between(edit: Edit, lines: list[str]) -> str:
    (first, start), (last, end) = edit.start, edit.end
    if first == last:
        return lines[first][start:end]
    return lines[first][start:] + "".join(lines[first + 1 : last]) + (lines[last][:end] if last < len(lines) else "")


def _moved(position: tuple[int, int], text: str) -> tuple[int, int]:
    """A position behind some text."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = position
    return (line, column + len(rows[0])) if len(rows) == 1 else (line + len(rows) - 1, len(rows[-1]))


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _as_json(edit: Edit, shift: int) -> Json:
    start, end = (
        told.position(line + 1, column + 1 + (shift if line == 0 else 0)) for line, column in (edit.start, edit.end)
    )
    return told.edit(start, end, edit.text)
