"""項目: a file as a tree of fields, each with what it means and what may be written in it.

In: a project, a file and its text. Out: the tree as JSON. What a field means comes from the declarations (`expected`), where it
stands from the source (`manuscript.tree`). A fault of content makes no field go away: what is written is shown as what it is.

A field is a mapping of:

    path       the keys (as read) and, from 0, indexes that lead to it; [] is the file
    key        its key, "" for an item of a list
    label      what to show: the title of a section, a key without ｛ ｝; "" for an item
    about      what it means, in Japanese, or ""
    kind       group (keys), list, item (an entry of a list that is 「見出し: 内容」 or a block: its one child is the content),
               text, choice, yesno, date, integer, table (rows of cells), raw (what no field can show)
    value      the text as read, "\\n" between paragraphs; "" of what has none
    multiline  whether it may hold paragraphs
    required, known (false: the form knows no such key), editable (false: `set` would be refused)
    choices    [[word, meaning], …] for choice and yesno; another word is possible, and is reported
    children   fields
    absent     [{key, about, required}, …]: keys that may be added, in canonical order
    named      whether the author gives the names of the keys (用語, 見出し): they can be renamed, any can be added
    entries    the name of an offer, "" for none: what may be inserted into a list, [{label, about, value}, …], the usual one first
    may        of "text", "list", "group": what it may be turned into
    rows       of a table: [[{value, path, editable, at, end}, …], …]; heads: the heads of its columns, where they are known
    raw        the source of what is raw, its indent taken off
    at, end    [line, column] from 1: where the value stands; without one, where it would
    comments   those that belong to it; they move and go with an item
    removable, nests, unnests   whether these changes can be asked for
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import assert_never

from kotobuki.case.shapes import block_kind
from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked
from kotobuki.editor.asked import text as text_asked
from kotobuki.editor.desk import Desk
from kotobuki.editor.form.expected import EMPTY, LIST, Expected, KeyMeaning, Shape
from kotobuki.editor.form.looking import comments_at
from kotobuki.editor.form.source import BOM, Source, Unreadable, expected_of, keys_known, read
from kotobuki.editor.told import Json
from kotobuki.manuscript.parts import shifted
from kotobuki.manuscript.retyping import span_of
from kotobuki.manuscript.tree import Collection, Entry, Leaf, Position
from kotobuki.project import Project
from kotobuki.reading import nodes as n
from kotobuki.schema.words import KINDS

Step = str | int
Steps = tuple[Step, ...]
_NEEDED = "（必須）"
_NOTATIONS = frozenset(KINDS.values())
_HEADING = "見出し"
_TIME, _EVENT = "｛記入：時｝", "｛記入：事柄｝"
_RAW_BLOCKS = ("図", "画像")
_TYPED = ("text", "choice", "yesno", "date", "integer")


def answer(desk: Desk, asked: Asked) -> Json:
    """`fields {"file", "text"}`."""
    file = desk.library.path(desk.library.entry(text_asked(asked, "file")))
    return fields(Project(desk.root, Diagnostics()), file, text_asked(asked, "text"))


def fields(project: Project, file: Path, text: str) -> Json:
    """The fields of a file: {"ok", "tree", "said", "offers"}; no tree where the text cannot be read."""
    shown = project.shown(file)
    source = read(text, shown, keys_known(project, file))
    said = told.diagnostics(source.said, shown)
    if isinstance(source, Unreadable):
        return {"ok": False, "tree": None, "said": said, "offers": {}}
    root = Entry(key=None, value=source.tree.root, at=source.tree.root.start)
    shown_fields = _Shown(source, shift=1 if text.startswith(BOM) else 0)
    tree = shown_fields.field(_Place(root, source.node, expected_of(project, file, source.node)))
    return {"ok": True, "tree": tree, "said": said, "offers": shown_fields.offers}


class _Place:
    """A value in its file: its entry in the tree, its node, and what may stand there. `within`: the one that holds it."""

    def __init__(
        self, entry: Entry, node: n.Node, expected: Expected, path: Steps = (), within: _Place | None = None
    ) -> None:
        self.entry, self.node, self.expected, self.path, self.within = entry, node, expected, path, within

    @property
    def key(self) -> str:
        """Its key, "" for an item of a list."""
        return self.path[-1] if self.path and isinstance(self.path[-1], str) else ""

    @property
    def block(self) -> str:
        """The block that its key names, without ｛ ｝."""
        return block_kind(self.key) or ""

    @property
    def is_item(self) -> bool:
        """Whether it stands in a list."""
        return self.within is not None and isinstance(self.within.node, n.Sequence)

    @property
    def before(self) -> _Place | None:
        """The item before it."""
        index = self.path[-1]
        assert self.within and isinstance(index, int)
        return None if index == 0 else self.within.inner[index - 1]

    @cached_property
    def keys(self) -> dict[str, KeyMeaning]:
        """The keys that may stand in it, those with names of their own."""
        return {each.name: each for each in self.expected.keys(self.node)}

    @property
    def meaning(self) -> KeyMeaning | None:
        """What is declared of its key."""
        return self.within.keys.get(self.key) if self.within and self.key else None

    @cached_property
    def inner(self) -> tuple[_Place, ...]:
        """The values right in it."""
        return tuple(self._inner())

    def _inner(self) -> Iterator[_Place]:
        value = self.entry.value
        if not isinstance(value, Collection):
            return
        match self.node:
            case n.Mapping():
                for entry, (key, node) in zip(value.entries, self.node.entries, strict=True):
                    expected = self.expected.value(self.node, key.value)
                    yield _Place(entry, node, expected, (*self.path, key.value), self)
            case n.Sequence():
                item = self.expected.item(self.node)
                for index, (entry, node) in enumerate(zip(value.entries, self.node.items, strict=True)):
                    yield _Place(entry, node, item, (*self.path, index), self)
            case n.Scalar():
                return
            case _:
                assert_never(self.node)


class _Shown:
    """Makes the fields of a file. `shift`: how far a BOM moves the first line; `offers`: what may be inserted into lists."""

    def __init__(self, source: Source, *, shift: int) -> None:
        self.source, self.shift = source, shift
        self.offers = dict[str, list[Json]]()
        self._may = dict[tuple[int, ...], tuple[Shape, ...]]()
        self._offered = dict[tuple[int, ...], str]()

    def field(self, place: _Place) -> Json:
        """A value with all that is in it."""
        node = place.node
        shapes = self._shapes(place.expected)
        kind = _kind(place, shapes)
        start, end = span_of(place.entry, self.source.lines)
        value = node.value if isinstance(node, n.Scalar) and kind != "raw" else ""
        typed = kind in _TYPED
        may = [] if kind in ("raw", "item", "table") else [each for each in shapes if _can_become(node, each)]
        listed = kind in ("list", "table") or (typed and "list" in may)
        return {
            "path": list(place.path),
            "key": place.key,
            "label": _label(place),
            "about": _about(place, kind),
            "kind": kind,
            "value": value,
            "multiline": kind == "text" and ("\n" in value or "list" in shapes),
            "required": place.meaning is not None and place.meaning.required,
            "known": place.expected.known,
            "editable": typed,
            "choices": [[word, ""] for word in place.expected.choices(node)] if kind in ("choice", "yesno") else [],
            "children": [self.field(each) for each in place.inner] if kind in ("group", "list", "item") else [],
            "absent": _absent(place) if kind == "group" else [],
            "named": kind in ("group", "item") and place.expected.is_named(node),
            "entries": self._offer(place) if listed else "",
            "may": may,
            "rows": self._rows(place) if kind == "table" else [],
            "heads": _heads(place) if kind == "table" else [],
            "raw": self._raw(place.entry) if kind == "raw" else "",
            "at": self._position(start),
            "end": self._position(end),
            "comments": comments_at(place.entry),
            "removable": bool(place.path),
            "nests": place.is_item and _is_outline(place) and _takes_items(place.before),
            "unnests": place.is_item
            and _is_outline(place)
            and (outer := _holder(place)) is not None
            and _is_outline(outer),
        }

    def _shapes(self, expected: Expected) -> tuple[Shape, ...]:
        """What may be written in a place; found once for all places of the same schemas."""
        key = tuple(map(id, expected.schemas))
        if key not in self._may:
            self._may[key] = expected.may()
        return self._may[key]

    def _offer(self, place: _Place) -> str:
        """The name of what may be inserted into a list."""
        node = place.node if isinstance(place.node, n.Sequence) else LIST
        item = place.expected.item(node)
        key = tuple(map(id, item.schemas))
        if key not in self._offered:
            self._offered[key] = str(len(self.offers))
            self.offers[self._offered[key]] = _entries(item)
        return self._offered[key]

    def _rows(self, place: _Place) -> list[list[Json]]:
        return [
            [
                {
                    "value": self._raw(cell.entry) if words is None else words,
                    "path": list(cell.path),
                    "editable": words is not None,
                    "at": self._position(span_of(cell.entry, self.source.lines)[0]),
                    "end": self._position(span_of(cell.entry, self.source.lines)[1]),
                }
                for cell in row.inner
                for words in (_words(cell),)
            ]
            for row in place.inner
        ]

    def _position(self, position: Position) -> list[int]:
        line, column = position
        return told.position(line + 1, column + 1 + (self.shift if line == 0 else 0))

    def _raw(self, entry: Entry) -> str:
        """The source of a value, without the indent of its lines."""
        (first, start), (last, end) = span_of(entry, self.source.lines)
        lines = [each.rstrip("\r\n") for each in self.source.lines[first : last + 1]]
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][start:]
        below = [len(each) - len(each.lstrip(" ")) for each in lines[1:] if each.strip()]
        return "\n".join([lines[0], *shifted(lines[1:], -min(below, default=0))])


def _kind(place: _Place, shapes: tuple[Shape, ...]) -> str:
    node, expected, value = place.node, place.expected, place.entry.value
    if value.anchor or (isinstance(value, Leaf) and value.alias):
        return "raw"
    match node:
        case n.Scalar():
            return _kind_of_text(node, expected, shapes)
        case n.Sequence():
            rows = all(isinstance(each, n.Sequence) for each in node.items) if node.items else _holds_rows(expected)
            return "table" if rows else "list"
        case n.Mapping():
            return "raw" if place.block in _RAW_BLOCKS else "item" if _is_headed(place, node) else "group"
        case _:
            assert_never(node)


def _is_headed(place: _Place, node: n.Mapping) -> bool:
    """Whether it is an entry of a list that is 「見出し: 内容」 or a block, and no record with a single key."""
    if not place.is_item or len(node.entries) != 1:
        return False
    if place.expected.is_one_entry(node) or not place.expected.known:
        return True
    return place.expected.is_named(node) and node.entries[0][0].value not in place.keys


def _kind_of_text(node: n.Scalar, expected: Expected, shapes: tuple[Shape, ...]) -> str:
    if not node.value and "text" not in shapes and shapes:
        return "group" if "group" in shapes else "table" if _holds_rows(expected) else "list"
    if expected.is_yes_or_no(node):
        return "yesno"
    if expected.choices(node):
        return "choice"
    if expected.is_date(node):
        return "date"
    return "integer" if expected.is_integer(node) else "text"


def _holds_rows(expected: Expected) -> bool:
    """Whether a list is to hold rows of cells, and no texts."""
    may = expected.item(LIST).may() if expected.known else ()
    return "list" in may and "text" not in may


def _words(place: _Place) -> str | None:
    """The words of a text that can be changed; None where something else stands."""
    value = place.entry.value
    changeable = isinstance(value, Leaf) and not value.alias and not value.anchor
    return place.node.value if changeable and isinstance(place.node, n.Scalar) else None


def _label(place: _Place) -> str:
    """What to call it: the title of a section, the heading that the author gave, the block, the key."""
    if place.block:
        return place.block
    if place.meaning and place.meaning.title:
        return place.meaning.title.removesuffix(_NEEDED)
    if place.within and place.within.expected.is_marked(place.within.node, place.key):
        return place.key.partition("｝")[2]
    return place.key


def _about(place: _Place, kind: str) -> str:
    """What is said of a place, but how it is written in YAML: the form shows that by itself."""
    about = place.expected.about
    return "" if kind == "table" or about in _NOTATIONS else about


def _absent(place: _Place) -> list[Json]:
    """The keys that may be added; none to a mapping that is full with one."""
    node = place.node if isinstance(place.node, n.Mapping) else EMPTY
    written = {key.value for key, _ in node.entries}
    if written and place.expected.is_one_entry(node):
        return []
    return [
        {"key": each.name, "about": each.about, "required": each.required}
        for each in place.expected.keys(node)
        if each.name not in written
    ]


def _entries(item: Expected) -> list[Json]:
    """What may be inserted into a list."""
    may = item.may()
    keys = [*item.keys(EMPTY)] if "group" in may else []
    found: list[tuple[str, str, object]] = []
    if "text" in may:
        found.append(("文", "", ""))
    if "list" in may:
        found.append(("行", "", [""]))
    if "group" in may and item.is_named(EMPTY):
        if item.value(EMPTY, _HEADING).known:
            found.append(("見出しと内容", "", {_HEADING: ""}))
        else:  # of 日程
            found.append(("時と内容", "例：令和4年7月、2022-07、未定", {_TIME: _EVENT}))
    if item.is_one_entry(EMPTY):
        found += [(each.name, each.about, {each.name: ""}) for each in keys]
    elif keys:
        needed = [each.name for each in keys if each.required] or [keys[0].name]
        found.append((item.title or "項目", item.about, dict.fromkeys(needed, "")))
    return [{"label": label, "about": about, "value": value} for label, about, value in found]


def _heads(place: _Place) -> list[str]:
    """The heads of a table's columns: the first list of texts beside its rows that is as wide as they."""
    beside = place.within.node if place.within else None
    rows = place.node.items if isinstance(place.node, n.Sequence) else ()
    width = max((len(row.items) for row in rows if isinstance(row, n.Sequence)), default=0)
    for _, value in beside.entries if isinstance(beside, n.Mapping) else ():
        if isinstance(value, n.Sequence) and value is not place.node:
            heads = [each.value for each in value.items if isinstance(each, n.Scalar)]
            if len(heads) == len(value.items) and width in (0, len(heads)):
                return heads
    return []


def _can_become(node: n.Node, shape: Shape) -> bool:
    """Whether what is written can be turned into another shape, and keeps its words (`changes`)."""
    match node:
        case n.Scalar():
            return shape != "text"
        case n.Sequence():
            return shape == "text" and all(isinstance(each, n.Scalar) for each in node.items)
        case n.Mapping():
            alone = all(isinstance(each, n.Scalar) for _, each in node.entries) and len(node.entries) <= 1
            return shape == "list" or (shape == "text" and alone)
        case _:
            assert_never(node)


def _is_outline(place: _Place) -> bool:
    """Whether an item stands in a list of texts and headings, with lines of their own."""
    flow = place.within is None or _is_flow(place.within)
    return not flow and place.expected.is_one_entry(EMPTY) and place.expected.is_named(EMPTY)


def _takes_items(place: _Place | None) -> bool:
    """Whether items may be put below an item: a text, or a heading with content that is or may become a list."""
    if place is None or isinstance(place.node, n.Sequence):
        return False
    if isinstance(place.node, n.Scalar):
        return _words(place) not in (None, "") and "\n" not in place.node.value
    content = next(iter(place.inner), None)
    if content is None or len(place.node.entries) != 1 or isinstance(content.node, n.Mapping):
        return False
    return "list" in content.expected.may() and not _is_flow(place) and not _is_flow(content)


def _is_flow(place: _Place) -> bool:
    return isinstance(place.entry.value, Collection) and place.entry.value.flow


def _holder(place: _Place) -> _Place | None:
    """The item of an outer list that holds this item below its heading."""
    around = place.within.within if place.within else None
    held = around is not None and isinstance(around.node, n.Mapping) and len(around.node.entries) == 1
    return around if held and around and around.within and isinstance(around.within.node, n.Sequence) else None
