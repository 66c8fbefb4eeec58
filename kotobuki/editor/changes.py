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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import assert_never, cast

from kotobuki.case.content import FORM_BLOCK
from kotobuki.case.head import HEADER
from kotobuki.case.shapes import block_kind
from kotobuki.case.slots import slot_name
from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked
from kotobuki.editor.asked import text as text_asked
from kotobuki.editor.desk import Desk
from kotobuki.editor.expected import EMPTY, Expected
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.source import BOM, Source, Unreadable, expected_of, keys_known, read
from kotobuki.editor.told import Json
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript import scalars
from kotobuki.manuscript.edits import Edit, Span, at, edited, line_end
from kotobuki.manuscript.parts import inner_parts, shifted
from kotobuki.manuscript.rearranging import (
    Brackets,
    Rows,
    Value,
    between,
    in_brackets,
    item_lines,
    key_in_brackets,
    key_lines,
    rows_in,
)
from kotobuki.manuscript.retyping import (
    STEP,
    Site,
    behind_sign,
    end_of,
    header_end,
    is_written,
    lines_below,
    readable,
    retyped,
    span_of,
)
from kotobuki.manuscript.tree import Collection, Leaf, Position, comments_in, comments_of
from kotobuki.project import Project
from kotobuki.reading import nodes as n
from kotobuki.reading.source import forbidden

Steps = tuple[str | int, ...]
_CHILD = 2 * STEP
"""How far items below a heading are indented from those around it: their list, by one step from the heading, which is by one."""
_PARAGRAPH = "｛文｝"
_OF_FORM = f"｛{FORM_BLOCK}｝"
_NESTED = 3
"""Steps from an item to the one that it is below: the list of that, its place, its heading."""
_DEEPEST = 12
"""Levels of a value that is put in."""
_MOST_CELLS = 20_000
"""Cells pasted at once: a sheet of 500 rows and 40 columns."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change asks for: what the file then says, and ways to edit it so, the best first.

    lost  comments that go with what is taken out
    free  where something else may stand that is not known before
    """

    wanted: Value
    ways: Iterable[list[Edit]]
    lost: tuple[str, ...] = ()
    free: Steps | None = None


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
    asked = _asked(_File(source, expected_of(project, file, source.node)), op)
    if asked.free is None and same(asked.wanted, plain(source.node)):
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
    """A file that is changed: what it says, and where. `expected`: what it may say."""

    def __init__(self, source: Source, expected: Expected) -> None:
        self.source, self.expected = source, expected
        self.says = plain(source.node)

    @property
    def lines(self) -> list[str]:
        """Its source."""
        return self.source.lines

    def chain(self, path: Steps) -> list[tuple[Collection, int]]:
        """The lists and mappings that a path leads through, and which of its entries it takes in each."""
        found: list[tuple[Collection, int]] = []
        inner: Leaf | Collection = self.source.tree.root
        for step in path:
            if not isinstance(inner, Collection):
                raise _gone()
            index = _index(inner, step)
            found.append((inner, index))
            inner = inner.entries[index].value
        return found

    def entry(self, path: Steps) -> tuple[Collection, int]:
        """The list or mapping that a path leads into, and which of its entries it leads to."""
        if not path:
            raise _impossible()
        return self.chain(path)[-1]

    def value(self, path: Steps) -> Leaf | Collection:
        """What stands at a path."""
        if not path:
            return self.source.tree.root
        collection, index = self.entry(path)
        return collection.entries[index].value

    def rows(self, path: Steps) -> Rows | None:
        """The entries of the list or mapping at a path, where they have lines of their own."""
        return rows_in(self.source.tree, self.lines, [index for _, index in self.chain(path)])

    def at(self, path: Steps) -> Value:
        """What the value at a path says."""
        return _at(self.says, path)

    def changed(self, path: Steps, make: Callable[[Value], Value]) -> Value:
        """What the file says with one value made another."""
        return _changed(self.says, path, make)

    def expected_at(self, path: Steps) -> Expected:
        """What may stand at a path."""
        expected, node = self.expected, cast(n.Node, self.source.node)
        for step in path:
            if isinstance(node, n.Mapping) and isinstance(step, str):
                expected, node = expected.value(node, step), node.get(step) or node
            elif isinstance(node, n.Sequence) and isinstance(step, int):
                expected, node = expected.item(node), node.items[step]
        return expected

    def node(self, path: Steps) -> n.Node:
        """The node at a path."""
        node: n.Node | None = self.source.node
        for step in path:
            if isinstance(node, n.Mapping) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, n.Sequence) and isinstance(step, int):
                node = node.items[step]
        if node is None:
            raise _gone()
        return node

    def site(self, path: Steps) -> Site:
        """Where a value stands."""
        collection, index = self.entry(path)
        return Site(self.lines, collection.entries[index], collection.flow, self.source.known_keys)


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


def _at(value: Value, path: Steps) -> Value:
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if 0 <= step < len(value):
                value = value[step]
            case _:
                raise _gone()
    return value


def _asked(file: _File, op: Json) -> Change:
    """The change that an op asks for. Raises `RefusalError`."""
    path = _path(op.get("path"))
    match op.get("do"):
        case "set":
            return _set(file, path, _words(op.get("value")))
        case "rename":
            return _rename(file, path, _words(op.get("value")))
        case "add":
            return _add(file, path, _words(op.get("key")), _value(op.get("value", "")))
        case "insert":
            return _insert(file, path, _number(op.get("index")), _value(op.get("value")))
        case "remove":
            return _remove(file, path)
        case "move":
            return _move(file, path, _number(op.get("to")))
        case "nest":
            return _nest(file, path)
        case "unnest":
            return _unnest(file, path)
        case "turn":
            return _turn(file, path, op.get("into"))
        case "grid":
            return _grid(file, path, op.get("at"), op.get("rows"))
        case "raw":
            return _raw(file, path, op.get("value"))
        case _:
            raise RefusalError("この操作はできません", "画面を再読み込みしてください")


def _set(file: _File, path: Steps, words: str) -> Change:
    if not isinstance(file.value(path), Leaf):
        raise RefusalError("ここには文ではなく、一覧か項目の組があります", "もう一度選び直してください")
    return Change(file.changed(path, lambda _: words), retyped(file.site(path), words))


def _rename(file: _File, path: Steps, words: str) -> Change:
    collection, index = file.entry(path)
    key = collection.entries[index].key
    holder = file.at(path[:-1])
    if key is None or not isinstance(holder, dict):
        raise _impossible()
    if not words:
        raise RefusalError("見出しが空です", "見出しを書くか、項目ごと消してください")
    if words != key.text and words in holder:
        raise RefusalError(f"「{words}」は、もうあります", "別の名にしてください")
    quote = file.lines[key.start[0]][key.start[1]] if key.quoted else ""
    where: scalars.Where = "flow key" if collection.flow else "key"
    ways = (
        [Span(key.start, key.end).becomes(scalars.in_one_line(words, where, style, file.source.known_keys))]
        for style in dict.fromkeys((quote, '"'))
    )
    renamed = {words if each == key.text else each: value for each, value in holder.items()}
    return Change(file.changed(path[:-1], lambda _: renamed), ways)


def _add(file: _File, path: Steps, key: str, value: Value) -> Change:
    if not key:
        raise RefusalError("見出しが空です", "見出しを書いてください")
    holder, known = file.at(path), file.source.known_keys
    if holder == "" and path:
        return _put(file, path, {key: value})
    if not isinstance(holder, dict):
        raise _impossible()
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
        raise _impossible()
    lines = key_lines(key, value, rows.column, known)
    if not path and index and _is_section(file, key):
        lines.insert(0, "")
    return Change(wanted, [[_with_rows(rows, index, lines)]])


def _place_of(file: _File, path: Steps, key: str, written: list[str]) -> int:
    """Behind the last of the keys that its form has before it; one that it does not have, at the end."""
    names = [each.name for each in file.expected_at(path).keys(file.node(path))]
    own = slot_name(key)
    if own not in names:
        return len(written)
    before = set(names[: names.index(own)])
    return max((index for index, each in enumerate(written, 1) if slot_name(each) in before), default=0)


def _is_section(file: _File, key: str) -> bool:
    """Whether a key of a case is no key of its head: a blank line stands above it."""
    return key not in HEADER and any(each.name == HEADER[0] for each in file.expected.keys(file.source.node))


def _insert(file: _File, path: Steps, index: int, value: Value) -> Change:
    holder = file.at(path)
    if isinstance(holder, str):
        return _put(file, path, [holder, value] if holder else [value])
    if not isinstance(holder, list) or not 0 <= index <= len(holder):
        raise _impossible()
    wanted = file.changed(path, lambda _: [*holder[:index], value, *holder[index:]])
    collection, known = file.value(path), file.source.known_keys
    if isinstance(collection, Collection) and (collection.flow or not collection.entries):
        text = in_brackets(value, known)
        return Change(wanted, [[Brackets(file.lines, collection).with_one(index, text)]])
    rows = file.rows(path)
    if rows is None:
        raise _impossible()
    return Change(wanted, [[_with_rows(rows, index, item_lines(value, rows.column, known))]])


def _with_rows(rows: Rows, index: int, lines: list[str]) -> Edit:
    """An entry with lines of its own put among others."""
    entries = rows.all()
    return rows.becomes([*entries[:index], lines, *entries[index:]])


def _remove(file: _File, path: Steps) -> Change:
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
        return Change(wanted, [[Brackets(file.lines, collection).without(index)]], lost)
    rows = file.rows(path[:-1])
    if rows is None:
        raise _impossible()
    entries = rows.all()
    wanted = file.changed(path[:-1], lambda _: "" if last else rest)
    return Change(wanted, [[rows.becomes([*entries[:index], *entries[index + 1 :]])]], lost)


def _move(file: _File, path: Steps, to: int) -> Change:
    collection, index = file.entry(path)
    holder = file.at(path[:-1])
    if not 0 <= to < len(collection.entries):
        raise _impossible()
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
        raise _impossible()
    entries = rows.all()
    return Change(wanted, [[rows.becomes([entries[each] for each in order])]])


def _nest(file: _File, path: Steps) -> Change:
    """An item below the one before it: that one's text becomes a heading; what stands below a heading, a list."""
    holder, index = file.at(path[:-1]), path[-1]
    rows = file.rows(path[:-1])
    if not isinstance(holder, list) or not isinstance(index, int) or index < 1 or rows is None:
        raise RefusalError("この項目は、ここでは下げられません", "すぐ上に項目があるときに、その下に入れられます")
    above_it, moved = holder[index - 1], holder[index]
    entry = rows.parts[index - 1].entry
    kept, own = rows.of(index - 1), rows.of(index)
    made: Value
    if isinstance(above_it, str) and above_it and "\n" not in above_it and isinstance(entry.value, Leaf):
        made = {above_it: [moved]}
        lines = _as_heading(file, rows, index - 1, above_it)
        lines += shifted(own, _CHILD)
    elif isinstance(above_it, dict) and len(above_it) == 1:
        heading, content = next(iter(above_it.items()))
        inner = rows_in_entry(rows, index - 1)
        if isinstance(content, list) and inner is not None:
            made = {heading: [*content, moved]}
            lines = [*kept, *shifted(own, inner.column - rows.column)]
        elif content == "":
            made = {heading: [moved]}
            lines = [*_without_value(file, rows, index - 1), *shifted(own, _CHILD)]
        elif isinstance(content, str):
            made = {heading: [{_PARAGRAPH: content}, moved]}
            first = item_lines({_PARAGRAPH: content}, rows.column + _CHILD, file.source.known_keys)
            lines = [*_without_value(file, rows, index - 1), *first, *shifted(own, _CHILD)]
        else:
            raise _impossible()
    else:
        raise _impossible()
    wanted = file.changed(path[:-1], lambda _: [*holder[: index - 1], made, *holder[index + 1 :]])
    entries = rows.all()
    return Change(wanted, [[rows.becomes([*entries[: index - 1], lines, *entries[index + 1 :]])]])


def _unnest(file: _File, path: Steps) -> Change:
    """An item of a list below a heading to behind the item of that heading, which is a plain text if nothing stays below it."""
    if len(path) < _NESTED or not isinstance(path[-1], int) or not isinstance(path[-3], int):
        raise RefusalError("この項目は、これより上げられません", "そのままにしてください")
    index, heading, outer = path[-1], path[-2], path[-3]
    holder, inner = file.rows(path[:-3]), file.rows(path[:-1])
    items, around = file.at(path[:-1]), file.at(path[:-3])
    entry = file.at(path[:-2])
    if (
        holder is None or inner is None or not isinstance(items, list) or not isinstance(around, list)
        or not isinstance(heading, str) or not isinstance(entry, dict) or len(entry) != 1
    ):  # fmt: skip
        raise _impossible()
    moved = items[index]
    rest: list[Value] = [each for at_, each in enumerate(items) if at_ != index]
    own = [*shifted(inner.of(index), holder.column - inner.column)]
    part, own_part = holder.parts[outer], inner.parts[index]
    kept = holder.of(outer)
    del kept[own_part.first - part.first : own_part.end - part.first]
    made: Value = {heading: rest} if rest else heading
    if not rest and block_kind(heading) is None:
        kept = _as_text(file, holder, outer, kept, heading)
    elif not rest:
        made = {heading: ""}
    entries = holder.all()
    wanted = file.changed(path[:-3], lambda _: [*around[:outer], made, moved, *around[outer + 1 :]])
    return Change(wanted, [[holder.becomes([*entries[:outer], kept, own, *entries[outer + 1 :]])]])


def _as_heading(file: _File, rows: Rows, index: int, text: str) -> list[str]:
    """The lines of an item that is a text, as the heading of what is to stand below it."""
    part, lines = rows.parts[index], file.lines
    leaf = part.entry.value
    assert isinstance(leaf, Leaf)
    key = scalars.in_one_line(text, "key", "", file.source.known_keys)
    row, column = header_end(leaf, lines) if leaf.block else leaf.end
    line = f"{' ' * part.column}- {key}:{lines[row][column:].rstrip(chr(13) + chr(10))}"
    above_it = rows.of(index)[: part.entry.at[0] - part.first]
    return [*above_it, line, *(each.rstrip("\r\n") for each in lines[leaf.last + 1 : part.end])]


def _without_value(file: _File, rows: Rows, index: int) -> list[str]:
    """The lines of an item `heading: text`, without the text."""
    part, lines = rows.parts[index], file.lines
    inner = part.entry.value
    assert isinstance(inner, Collection)
    leaf = inner.entries[0].value
    if inner.flow or not isinstance(leaf, Leaf) or leaf.alias or leaf.anchor:
        raise _impossible()
    sign_row, sign = behind_sign(inner.entries[0], lines)
    row, column = header_end(leaf, lines) if leaf.block else leaf.end if leaf.text or leaf.quoted else (sign_row, sign)
    own = rows.of(index)
    line = own[sign_row - part.first][:sign] + lines[row][column:].rstrip("\r\n")
    below = own[max(leaf.last, sign_row) + 1 - part.first :]
    return [*own[: sign_row - part.first], line, *below]


def _as_text(file: _File, rows: Rows, index: int, kept: list[str], heading: str) -> list[str]:
    """The lines of an item whose heading has nothing below it any more, as a plain text."""
    part, lines = rows.parts[index], file.lines
    inner = part.entry.value
    key = inner.entries[0].key if isinstance(inner, Collection) else None
    if not isinstance(inner, Collection) or inner.flow or key is None:
        raise _impossible()
    sign_row, sign = behind_sign(inner.entries[0], lines)
    at_ = sign_row - part.first
    text = scalars.in_one_line(heading, "item", "", file.source.known_keys)
    line = kept[at_][: key.start[1]] + text + kept[at_][sign:]
    return [*kept[:at_], line, *kept[at_ + 1 :]]


def rows_in_entry(rows: Rows, index: int) -> Rows | None:
    """The items of the list below the heading of an item."""
    part = rows.parts[index]
    around = part.inner
    if around is None:
        return None
    heading = inner_parts(part)[0][0]
    return None if heading.inner is None else Rows(rows.lines, inner_parts(heading)[0])


def _turn(file: _File, path: Steps, into: object) -> Change:
    value = file.at(path)
    if not path:
        raise _impossible()
    match into, value:
        case "list", str():
            return _put(file, path, [value])
        case "list", dict():
            return _wrapped(file, path, value)
        case "text", list() if all(isinstance(each, str) for each in value):
            return _as_words(file, path, "\n".join(each for each in value if isinstance(each, str) and each))
        case "text", dict() if not value:
            return _as_words(file, path, "")
        case "text", dict() if len(value) == 1:
            (key, content) = next(iter(value.items()))
            named = file.expected_at(path).is_named(file.node(path))
            if isinstance(content, str) and (not content or not named):
                return _as_words(file, path, content or key)
        case "group", str():
            return _put(file, path, {_first_key(file, path, value): "" if _is_headed(file, path) else value})
        case _:
            pass
    if (into, type(value)) in (("list", list), ("text", str), ("group", dict)):
        return Change(file.says, [])
    raise RefusalError("今ある内容を残したままでは変えられません", "内容を消すか、「本文」で直してください")


def _is_headed(file: _File, path: Steps) -> bool:
    """Whether a text becomes a heading where keys are to stand: in a list of 「見出し: 内容」."""
    return isinstance(path[-1], int) and file.expected_at(path).is_named(EMPTY)


def _first_key(file: _File, path: Steps, text: str) -> str:
    """The key that a text is put under, or that it becomes."""
    if _is_headed(file, path):
        return text.replace("\n", "") or "見出し"
    keys = [*file.expected_at(path).keys(EMPTY)]
    needed = [each.name for each in keys if each.required] or [each.name for each in keys if each.name != _OF_FORM]
    if not needed:
        return "見出し"
    return needed[0]


def _put(file: _File, path: Steps, value: Value) -> Change:
    """A list or keys in the place of a text or of nothing."""
    leaf, site, known = file.value(path), file.site(path), file.source.known_keys
    if not isinstance(leaf, Leaf) or leaf.alias or leaf.anchor:
        raise _impossible()
    sign = behind_sign(site.entry, file.lines)
    written = leaf.text or leaf.quoted or leaf.block
    span = Span(sign, end_of(leaf, file.lines)) if written else at(sign)
    wanted = file.changed(path, lambda _: value)
    if site.flow:
        start = leaf.start if written else sign
        text = in_brackets(value, known)
        return Change(wanted, [[Span(start, span.end).becomes(text if written else f" {text}")]])
    below = _block_lines(value, site.column + STEP, known)
    last = span.end[0]
    ways = [[span.becomes(""), *lines_below(file.lines, last, below)]]
    if site.entry.key is None:
        ways.insert(0, [span.becomes(f" {below[0].lstrip()}"), *lines_below(file.lines, last, below[1:])])
    return Change(wanted, ways)


def _block_lines(value: Value, column: int, known: tuple[str, ...]) -> list[str]:
    match value:
        case list():
            return [line for each in value for line in item_lines(each, column, known)]
        case dict():
            return [line for each in value.items() for line in key_lines(*each, column, known)]
        case str():
            raise _impossible()


def _wrapped(file: _File, path: Steps, value: Value) -> Change:
    """Keys as the one item of a list."""
    collection = file.value(path)
    wanted = file.changed(path, lambda _: [value])
    assert isinstance(collection, Collection)
    if collection.flow:
        return Change(wanted, [[at(collection.start).becomes("["), at(collection.end).becomes("]")]])
    rows = file.rows(path)
    if rows is None:
        raise _impossible()
    lines = [*shifted([line for each in rows.all() for line in each], STEP)]
    first = next(index for index, line in enumerate(lines) if line.lstrip()[:1] not in ("", "#"))
    lines[first] = f"{' ' * rows.column}- {lines[first].lstrip()}"
    return Change(wanted, [[rows.becomes([lines])]])


def _as_words(file: _File, path: Steps, words: str) -> Change:
    """A text in the place of a list or of keys."""
    collection, site, known = file.value(path), file.site(path), file.source.known_keys
    wanted = file.changed(path, lambda _: words)
    assert isinstance(collection, Collection)
    if collection.anchor:
        raise _impossible()
    if collection.flow or site.flow:
        text = scalars.in_one_line(words, site.where, "", known) if words else "''"
        return Change(wanted, [[Span(collection.start, collection.end).becomes(text)]])
    rows = file.rows(path)
    if rows is None:
        raise _impossible()
    sign = behind_sign(site.entry, file.lines)
    line, below = scalars.written(words, site.where, quoted=False, known_keys=known)
    indent = " " * (site.column + STEP)
    text = "".join(
        f"{line_end(file.lines[sign[0]])}{indent}{each}" if each else line_end(file.lines[sign[0]]) for each in below
    )
    behind = file.lines[sign[0]][sign[1] :].rstrip("\r\n")
    if below and behind.strip() and rows.parts[0].entry.at[0] != sign[0]:
        raise _impossible()
    return Change(wanted, [[at(sign).becomes(f" {line}{text}" if words else ""), rows.becomes([])]])


def _grid(file: _File, path: Steps, corner: object, pasted: object) -> Change:
    """Cells pasted into a table; it grows where they reach beyond it, and all its rows with it."""
    table, collection = file.at(path), file.value(path)
    top, left = _corner(corner)
    cells = _cells(pasted)
    if (
        not isinstance(table, list)
        or not isinstance(collection, Collection)
        or not all(isinstance(each, list) for each in table)
    ):
        raise _impossible()
    height = max(len(table), top + len(cells))
    width = max([left + len(row) for row in cells] + [len(row) for row in table if isinstance(row, list)])
    grown: list[Value] = []
    ways: list[list[Edit]] = [[], []]
    for number in range(height):
        old = table[number] if number < len(table) else []
        assert isinstance(old, list)
        row: list[Value] = [*old, *[""] * (width - len(old))]
        if top <= number < top + len(cells):
            for index, words in enumerate(cells[number - top], left):
                if not isinstance(row[index], str):
                    raise RefusalError(
                        "文のほかのものがある欄には、貼り付けられません", "その欄を避けて貼り付けてください"
                    )
                row[index] = words
        grown.append(row)
        if number < len(table):
            for way in ways:
                way += _cells_set(file, (*path, number), row, len(old), plain_way=way is ways[0])
    new = grown[len(table) :]
    for way in ways:
        if new and (collection.flow or not collection.entries):
            text = ", ".join(in_brackets(each, file.source.known_keys) for each in new)
            way.append(Brackets(file.lines, collection).with_one(len(collection.entries), text))
        elif new:
            rows = file.rows(path)
            if rows is None:
                raise _impossible()
            lines = [line for each in new for line in item_lines(each, rows.column, file.source.known_keys)]
            way += lines_below(file.lines, rows.parts[-1].end - 1, lines)
    return Change(file.changed(path, lambda _: grown), [_joined(way) for way in ways])


def _cells_set(file: _File, path: Steps, row: Sequence[Value], width: int, *, plain_way: bool) -> list[Edit]:
    """The edits that write the cells of one row, those beyond its `width` as new ones."""
    found: list[Edit] = []
    collection, known = file.value(path), file.source.known_keys
    assert isinstance(collection, Collection)
    for index, words in enumerate(row[:width]):
        if isinstance(words, str) and words != file.at((*path, index)):
            ways = [*retyped(file.site((*path, index)), words)]
            if not ways:
                raise _impossible()
            found += ways[0 if plain_way else -1]
    new = row[width:]
    if new and (collection.flow or not collection.entries):
        text = ", ".join(in_brackets(each, known) for each in new)
        found.append(Brackets(file.lines, collection).with_one(len(collection.entries), text))
    elif new:
        rows = file.rows(path)
        if rows is None:
            raise _impossible()
        lines = [line for each in new for line in item_lines(each, rows.column, known)]
        found += lines_below(file.lines, rows.parts[-1].end - 1, lines)
    return found


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """Edits of which several put something in the same gap: as one, in their order."""
    gaps: dict[tuple[Position, Position], str] = {}
    found: list[Edit] = []
    for each in edits:
        if each.start == each.end:
            gaps[each.start, each.end] = gaps.get((each.start, each.end), "") + each.text
        else:
            found.append(each)
    return [*found, *(Edit(start, end, text) for (start, end), text in gaps.items())]


def _corner(value: object) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2:
        return _number(value[0]), _number(value[1])
    raise _gone()


def _cells(value: object) -> list[list[str]]:
    """Pasted rows. A line break within a cell is a paragraph."""
    if not isinstance(value, list) or not value or not all(isinstance(row, list) and row for row in value):
        raise RefusalError("貼り付けるものがありません", "表計算ソフトなどで範囲を写してから貼り付けてください")
    if sum(map(len, value)) > _MOST_CELLS:
        raise RefusalError(
            f"一度に貼り付けられるのは{_MOST_CELLS:,}欄までです",
            "分けて貼り付けるか、表の「ファイル:」を使ってください",
        )
    return [[_words(cell) for cell in row] for row in value]


def _raw(file: _File, path: Steps, source: object) -> Change:
    """Other source in the place of a value: whatever it says, everything else says what it said."""
    if not path or not isinstance(source, str):
        raise _impossible()
    site, value = file.site(path), file.value(path)
    start, end = span_of(site.entry, file.lines)
    eol = line_end(file.lines[start[0]])
    lines = source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    below = [len(each) - len(each.lstrip(" ")) for each in file.lines[start[0] + 1 : end[0] + 1] if each.strip()]
    block = isinstance(value, Collection) and not value.flow
    indent = start[1] if block else min(below, default=site.column + STEP)
    text = eol.join([lines[0], *(" " * indent + each if each.strip() else "" for each in lines[1:])])
    gap = "" if is_written(value) else " "
    edit = Span(start, end).becomes(gap + text)
    return Change(file.says, [[edit]], tuple(comments_in(site.entry)), free=path)


def _gone() -> RefusalError:
    return RefusalError("本文が変わったため、この項目が見つかりません", "もう一度選び直してください")


def _impossible() -> RefusalError:
    return RefusalError("この項目は、ここからは書き換えられません", "「本文」で直してください")


def _path(value: object) -> Steps:
    if not isinstance(value, list) or not all(isinstance(each, str | int) for each in value):
        raise _gone()
    return tuple(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _gone()
    return value


def _value(value: object, depth: int = 0) -> Value:
    """A value as a browser sends it."""
    if isinstance(value, list) and depth < _DEEPEST:
        return [_value(each, depth + 1) for each in value]
    if isinstance(value, dict) and depth < _DEEPEST:
        return {_words(key): _value(each, depth + 1) for key, each in value.items()}
    return _words(value)


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
    if isinstance(found, Unreadable):
        return False
    says, comments = plain(found.node), comments_of(found.tree)
    if asked.free is None:
        return same(says, asked.wanted) and sorted([*comments, *asked.lost]) == comments_of(source.tree)
    try:
        new = _at(says, asked.free)
    except RefusalError:
        return False
    kept = Counter(comments_of(source.tree)) - Counter(asked.lost)
    return same(says, _changed(asked.wanted, asked.free, lambda _: new)) and kept <= Counter(comments)


def _trimmed(edit: Edit, lines: list[str]) -> Edit:
    """The edit without what stays as it is at its ends."""
    old = between(lines, Span(edit.start, edit.end))
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
