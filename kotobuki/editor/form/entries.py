"""Keys and items put in, taken out and moved."""

from __future__ import annotations

from kotobuki.case.head import HEADER
from kotobuki.case.slots import slot_name
from kotobuki.editor.form.editing import Change, Editing, Steps, impossible
from kotobuki.editor.form.turning import put
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript.edits import Edit
from kotobuki.manuscript.rearranging import (
    Brackets,
    Rows,
    Value,
    in_brackets,
    item_lines,
    key_in_brackets,
    key_lines,
)
from kotobuki.manuscript.tree import Collection, comments_in


def add(file: Editing, path: Steps, key: str, value: Value) -> Change:
    """A key where its form has it; of nothing written, the first of its keys."""
    if not key:
        raise RefusalError("見出しが空です", "見出しを書いてください")
    holder, known = file.at(path), file.source.known_keys
    if holder == "" and path:
        return put(file, path, {key: value})
    if not isinstance(holder, dict):
        raise impossible()
    if key in holder:
        raise RefusalError(f"「{key}」は、もうあります", "その項目に書いてください")
    index = _place_of(file, path, key, [*holder])
    entries = [*holder.items()]
    wanted = file.changed(path, lambda _: dict([*entries[:index], (key, value), *entries[index:]]))
    collection = file.value(path)
    if isinstance(collection, Collection) and (collection.flow or not collection.entries):
        text = key_in_brackets(key, value, known)
        return Change(wanted, [[Brackets(file.lines, collection).with_one(index, text)]])
    rows = file.rows(path)
    if rows is None:
        raise impossible()
    lines = key_lines(key, value, rows.column, known)
    if not path and index and _is_section(file, key):
        lines.insert(0, "")
    return Change(wanted, [[_with_rows(rows, index, lines)]])


def _place_of(file: Editing, path: Steps, key: str, written: list[str]) -> int:
    """Behind the last of the keys that its form has before it; one that it does not have, at the end."""
    names = [each.name for each in file.expected_at(path).keys(file.node(path))]
    own = slot_name(key)
    if own not in names:
        return len(written)
    before = set(names[: names.index(own)])
    return max((index for index, each in enumerate(written, 1) if slot_name(each) in before), default=0)


def _is_section(file: Editing, key: str) -> bool:
    """Whether a key of a case is no key of its head: a blank line stands above it."""
    return key not in HEADER and any(each.name == HEADER[0] for each in file.expected.keys(file.source.node))


def insert(file: Editing, path: Steps, index: int, value: Value) -> Change:
    """An item; of a text, which becomes the first one."""
    holder = file.at(path)
    if isinstance(holder, str):
        return put(file, path, [holder, value] if holder else [value])
    if not isinstance(holder, list) or not 0 <= index <= len(holder):
        raise impossible()
    wanted = file.changed(path, lambda _: [*holder[:index], value, *holder[index:]])
    collection, known = file.value(path), file.source.known_keys
    if isinstance(collection, Collection) and (collection.flow or not collection.entries):
        text = in_brackets(value, known)
        return Change(wanted, [[Brackets(file.lines, collection).with_one(index, text)]])
    rows = file.rows(path)
    if rows is None:
        raise impossible()
    return Change(wanted, [[_with_rows(rows, index, item_lines(value, rows.column, known))]])


def _with_rows(rows: Rows, index: int, lines: list[str]) -> Edit:
    """An entry with lines of its own put among others."""
    entries = rows.all()
    return rows.becomes([*entries[:index], lines, *entries[index:]])


def remove(file: Editing, path: Steps) -> Change:
    """A key or an item taken out with its comments; what holds nothing then, says nothing."""
    collection, index = file.entry(path)
    holder = file.at(path[:-1])
    last = len(collection.entries) == 1
    if last and len(path) == 1:
        raise RefusalError("最後の項目は消せません", "別の項目を書いてから消してください")
    rest: Value = (
        {key: value for key, value in holder.items() if key != path[-1]}
        if isinstance(holder, dict)
        else [value for at_, value in enumerate(holder) if at_ != index]
    )
    entry = collection.entries[index]
    lost = tuple(comments_in(entry))
    if collection.flow:
        wanted = file.changed(path[:-1], lambda _: rest)
        return Change(wanted, Brackets(file.lines, collection).without(index), lost)
    rows = file.rows(path[:-1])
    if rows is None:
        raise impossible()
    entries = rows.all()
    wanted = file.changed(path[:-1], lambda _: "" if last else rest)
    return Change(wanted, [[rows.becomes([*entries[:index], *entries[index + 1 :]])]], lost)


def move(file: Editing, path: Steps, to: int) -> Change:
    """A key or an item in another place of the same list or mapping."""
    collection, index = file.entry(path)
    holder = file.at(path[:-1])
    if not 0 <= to < len(collection.entries):
        raise impossible()
    order = [each for each in range(len(collection.entries)) if each != index]
    order.insert(to, index)
    moved: Value
    if isinstance(holder, dict):
        pairs = [*holder.items()]
        moved = dict(pairs[each] for each in order)
    else:
        moved = [holder[each] for each in order]
    wanted = file.changed(path[:-1], lambda _: moved)
    if collection.flow:
        texts = Brackets(file.lines, collection).all()
        return Change(wanted, [Brackets(file.lines, collection).becomes([texts[each] for each in order])])
    rows = file.rows(path[:-1])
    if rows is None:
        raise impossible()
    entries = rows.all()
    return Change(wanted, [[rows.becomes([entries[each] for each in order])]])
