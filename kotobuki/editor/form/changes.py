"""A change of one field as edits of the text: only the bytes of that field change.

In: the text of a file, and a mapping that says what to do. Out: {"edits": […]} against that text. Raises `RefusalError`, in
Japanese, where it cannot be done. Whatever way is taken, it is tried first: the text with the edits is read again, and must say
exactly what it said with that one change, all comments still there; of several ways the best that does is taken, and if none
does, nothing is changed.

A change is one of these; `path` is that of a field (`fields`), `value` a text, or [value, …], or {key: value, …}:

    {"do": "set", "path", "value"}           a text; blanks at the ends of its lines and empty lines fall away
    {"do": "rename", "path", "value"}        another key
    {"do": "add", "path", "key", "value"}    a key (`value` may be left out) in the place where its form has it
    {"do": "insert", "path", "index", "value"}   an item of a list; of a text, which becomes the first item
    {"do": "remove", "path"}                 a key or an item, and the comments that belong to it
    {"do": "move", "path", "to"}             a key or an item to that index (as it is afterwards)
    {"do": "nest", "path"}                   an item to the end of what is below the item before it
    {"do": "unnest", "path"}                 an item to right behind the one that it is below
    {"do": "turn", "path", "into"}           "list", "text" or "group"
    {"do": "grid", "path", "at", "rows"}     cells of a table from [row, column] on; rows and columns are added
    {"do": "raw", "path", "value"}           other source in the place of a value
    {"do": "looked", "path"}                 its comments `# 確認：…` taken out
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked
from kotobuki.editor.asked import text as text_asked
from kotobuki.editor.desk import Desk
from kotobuki.editor.form import entries, grids, looking, nesting, orders, rewriting, turning
from kotobuki.editor.form.editing import Change, Editing, changed_value, impossible, plain, same, value_at
from kotobuki.editor.form.source import BOM, Source, Unreadable, expected_of, keys_known, read
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.told import Json
from kotobuki.manuscript.edits import Edit, Span, edited, line_end, lines_of
from kotobuki.manuscript.rearranging import between
from kotobuki.manuscript.tree import comments_of
from kotobuki.project import Project


def answer(desk: Desk, asked: Asked) -> Json:
    """`change {"file", "text", "op"}`."""
    file = desk.library.path(desk.library.entry(text_asked(asked, "file")))
    op = asked.get("op")
    return change(
        Project(desk.root, Diagnostics()), file, text_asked(asked, "text"), op if isinstance(op, dict) else {}
    )


def change(project: Project, file: Path, text: str, op: Json) -> Json:
    """The edits that make a change: {"edits": [{"from", "to", "text"}, …]}, none where it is as asked already."""
    shift = 1 if text.startswith(BOM) else 0
    return {"edits": [_as_json(each, shift) for each in _edits(project, file, text, op)]}


def changed(project: Project, file: Path, text: str, op: Json) -> str:
    """The text, which has no BOM, with a change made."""
    return "".join(edited(lines_of(text), _edits(project, file, text, op)))


def _edits(project: Project, file: Path, text: str, op: Json) -> list[Edit]:
    """The edits that make a change, none where it is as asked already. New lines end as the one does that they begin in."""
    source = read(text, project.shown(file), keys_known(project, file))
    if isinstance(source, Unreadable):
        raise RefusalError("本文に誤りがあるため、項目からは直せません", "先に「本文」で誤りを直してください")
    lines = lines_of(text)
    found = _tried(project, file, source, op)
    return [Edit(each.start, each.end, each.text.replace("\n", line_end(lines, each.start[0]))) for each in found]


def _tried(project: Project, file: Path, source: Source, op: Json) -> list[Edit]:
    """The edits of the best way that does what is asked."""
    asked = _asked(Editing(source, expected_of(project, file, source.node)), op)
    if asked.free is None and not asked.lost and same(asked.wanted, plain(source.node)):
        return []
    for edits in asked.ways:
        if _does(source, edits, asked):
            return _settled(edits, source.lines)
    raise impossible()


def _asked(file: Editing, op: Json) -> Change:
    """The change that an op asks for. Raises `RefusalError`."""
    path = orders.path(op.get("path"))
    match op.get("do"):
        case "set":
            return rewriting.set_text(file, path, orders.words(op.get("value")))
        case "rename":
            return rewriting.rename(file, path, orders.words(op.get("value")))
        case "add":
            return entries.add(file, path, orders.words(op.get("key")), orders.value(op.get("value", "")))
        case "insert":
            return entries.insert(file, path, orders.number(op.get("index")), orders.value(op.get("value")))
        case "remove":
            return entries.remove(file, path)
        case "move":
            return entries.move(file, path, orders.number(op.get("to")))
        case "nest":
            return nesting.nest(file, path)
        case "unnest":
            return nesting.unnest(file, path)
        case "turn":
            return turning.turn(file, path, op.get("into"))
        case "grid":
            return grids.paste(file, path, orders.corner(op.get("at")), orders.cells(op.get("rows")))
        case "raw":
            return rewriting.set_source(file, path, op.get("value"))
        case "looked":
            return looking.looked_at(file, path)
        case _:
            raise RefusalError("この操作はできません", "画面を再読み込みしてください")


def _does(source: Source, edits: list[Edit], asked: Change) -> bool:
    """Whether the edits make the text say what is asked for, every comment still there."""
    found = read("".join(edited(source.lines, edits)), "", source.known_keys)
    if isinstance(found, Unreadable):
        return False
    says, comments = plain(found.node), comments_of(found.tree)
    if asked.free is None:
        return same(says, asked.wanted) and sorted([*comments, *asked.lost]) == comments_of(source.tree)
    try:
        new = value_at(says, asked.free)
    except RefusalError:
        return False
    kept = Counter(comments_of(source.tree)) - Counter(asked.lost)
    return same(says, changed_value(asked.wanted, asked.free, lambda _: new)) and kept <= Counter(comments)


def _settled(edits: list[Edit], lines: list[str]) -> list[Edit]:
    """The edits in order, each no larger than it must be, those that touch as one."""
    found: list[Edit] = []
    for each in sorted(_trimmed(each, lines) for each in edits):
        if found and found[-1].end == each.start:
            found[-1] = Edit(found[-1].start, each.end, found[-1].text + each.text)
        else:
            found.append(each)
    return [each for each in found if each.text or each.start != each.end]


def _trimmed(edit: Edit, lines: list[str]) -> Edit:
    """The edit without what stays as it is at its ends."""
    old = between(lines, Span(edit.start, edit.end))
    new = edit.text
    same_before = _common(old, new)
    same_behind = _common(old[same_before:][::-1], new[same_before:][::-1])
    start = _moved(edit.start, old[:same_before])
    end = _moved(edit.start, old[: len(old) - same_behind])
    return Edit(start, end, new[same_before : len(new) - same_behind])


def _moved(position: tuple[int, int], text: str) -> tuple[int, int]:
    """A position behind some text."""
    rows = text.split("\n")
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
