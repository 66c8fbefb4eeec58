"""Keys, each said once: beside the frozen dataclass that they fill.

A dataclass whose fields are made by `keyed` is a record. Its declaration is all that there is: `read_record` reads a mapping
by it, `record_schema` gives its JSON Schema, `keys_of` lists its keys for canonical orders, drafts and guides.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Head:
        post: str = keyed("職", Words(), "長の職（例：○○市長）", default="", required=True)
        name: str = key("氏名", Words(), "長の氏名。空白は印字にも残る", default="", required=True)
        place: Place = where()

    read_record(Head, mapping, diagnostics, "長")   # {職: 市長, 氏名: 海野 渚} → Head(post="市長", name="海野 渚", …)
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Mapping as Names
from dataclasses import field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, overload

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.asking import Ask, of_type
from kotobuki.reading.fields import Fields
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Kind, Known
from kotobuki.reading.nodes import Mapping, Node

T = TypeVar("T")
D = TypeVar("D")
_KEY, _SPLICED, _WHERE = "key", "spliced", "where"
Uses = Names[str, bool]
"""By the name of a key: whether it must be there."""
NO_USES: Uses = MappingProxyType({})
Kinds = Names[str, Kind[Any]]
NO_KINDS: Kinds = MappingProxyType({})
NO_NAMES: Names[str, str] = MappingProxyType({})


Spell = Callable[[str], str]
"""Spells a name so that it reads back as it is where it stands before a colon."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What `new` asks for: an answer takes the place of the placeholder ｛記入：name｝.

    option  of the command that answers it; `words`: what is asked, "" = by the name of the key
    """

    name: str
    option: str
    words: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """How `new` begins a key.

    lines   as they stand in the file, ｛記入：…｝ where something is still to be written; () = the key is not shown
    guide   what to write there, for a comment above it
    stands  it stands even where it may be left out; other keys are commented out then
    asked   what is asked before the file is written; None = nothing
    """

    lines: Callable[[Known, Spell], tuple[str, ...]]
    guide: Callable[[Known], str] = lambda _: ""
    stands: bool = False
    asked: Asked | None = None


def drafted(*lines: str, guide: str = "", stands: bool = False, asked: Asked | None = None) -> Draft:
    """A draft that is always the same."""
    return Draft(lines=lambda _, __: lines, guide=lambda _: guide, stands=stands, asked=asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a record.

    about     what it means, in Japanese, for editors and guides
    required  absent and empty are errors
    example   of a value, where the kind's own says too little
    draft     how `new` begins it; None = it does not
    """

    name: str
    kind: Kind[Any]
    about: str
    required: bool = False
    example: str = ""
    draft: Draft | None = None


@overload
def keyed(
    name: str, kind: Kind[T], about: str, *, required: bool = ..., example: str = ..., draft: Draft | None = ...
) -> T | None: ...
@overload
def keyed(
    name: str,
    kind: Kind[T],
    about: str,
    *,
    default: D,
    required: bool = ...,
    example: str = ...,
    draft: Draft | None = ...,
) -> T | D: ...
def keyed(
    name: str,
    kind: Kind[Any],
    about: str,
    *,
    default: Any = None,
    required: bool = False,
    example: str = "",
    draft: Draft | None = None,
) -> Any:  # the value that the field will hold
    """Declares a field of a record: the key `name`, whose value is of that `kind`, and means `about`.

    default  where the key is absent, empty, or its value wrong (which has been reported)
    required  absent and empty are errors; `example` shows how one is written
    draft     how `new` begins it
    """
    declared = Key(name=name, kind=kind, about=about, required=required, example=example, draft=draft)
    return field(default=default, metadata={_KEY: declared})


def spliced(record: type[T]) -> T:
    """A field whose record has its keys in the same mapping: 番号 and 日付 stand in 依頼 beside 宛先."""
    found: T = field(default_factory=record, metadata={_SPLICED: record})
    return found


def where(of: str = "") -> Place:
    """A field for the place of the mapping, or of the value under a key of it (the mapping's, where that is absent)."""
    found: Place = field(default=Place(""), compare=False, metadata={_WHERE: of})
    return found


@cache
def _declared(record: type) -> tuple[tuple[str, Key | type | str], ...]:
    """The fields of a record that are declared here: its name, and its key, the record that is spliced in, or where its place is."""
    found: list[tuple[str, Key | type | str]] = []
    for each in fields(record):
        found += [(each.name, each.metadata[kind]) for kind in (_KEY, _SPLICED, _WHERE) if kind in each.metadata]
    return tuple(found)


@cache
def keys_of(record: type) -> tuple[Key, ...]:
    """The keys of a record, in the order declared, which is the canonical one."""
    found: list[Key] = []
    for _, declared in _declared(record):
        if isinstance(declared, Key):
            found.append(declared)
        elif isinstance(declared, type):
            found += keys_of(declared)
    return tuple(found)


def names_of(record: type) -> tuple[str, ...]:
    """The names of its keys, in canonical order."""
    return tuple(each.name for each in keys_of(record))


def read_record(
    record: type[T],
    mapping: Mapping,
    diagnostics: Diagnostics,
    what: str,
    *,
    needs: Uses = NO_USES,
    without: Collection[str] = (),
    kinds: Kinds = NO_KINDS,
    called: Names[str, str] = NO_NAMES,
    meant: Collection[str] = (),
    loose: bool = False,
) -> T:
    """The record that a mapping fills; `what` is what users call it in messages.

    needs    by key: whether it must be there, where that is not as declared
    without  keys that do not exist here
    kinds    by key: the kind of its value, where it is known only now
    called   what the author calls a key here (左 and 右 for 現行 and 変更後)
    meant    keys whose misspelling is reported elsewhere
    loose    other keys may stand there, too, and are not looked at
    """
    asking = Fields(mapping, diagnostics, what)
    found = _filled(
        record, asking, _Here(needs, without, kinds, called) if needs or without or kinds or called else None
    )
    if loose:
        asking.known.update((name.value, None) for name, _ in mapping.entries)
    asking.finish(meant)
    return found


@dataclass(frozen=True, slots=True)
class _Here:
    """How a record is read in one place, as `read_record` is told."""

    needs: Uses
    without: Collection[str]
    kinds: Kinds
    called: Names[str, str]


def _filled(record: type[T], asking: Fields, here: _Here | None) -> T:
    """`here`: None = as the record declares its keys."""
    values: dict[str, Any] = {}
    kind_of_record: type = record
    for field_name, declared in _declared(kind_of_record):
        if isinstance(declared, Key):
            name, kind, required = declared.name, declared.kind, declared.required
            if here:
                if name in here.without:
                    continue
                kind, required = here.kinds.get(name, kind), here.needs.get(name, required)
                name = here.called.get(name, name)
            if not required and name not in asking.written:  # as most keys
                asking.known[name] = None
                continue
            value = asking.value(name, kind, required=required, example=declared.example)
            if value is not None:
                values[field_name] = value
        elif isinstance(declared, str):
            node = asking.written.get(declared, asking.mapping_node)
            values[field_name] = node.place()
        else:
            values[field_name] = _filled(declared, asking, here)
    return record(**values)


def record_schema(
    record: type,
    what: str,
    known: Known,
    *,
    needs: Uses = NO_USES,
    without: Collection[str] = (),
    kinds: Kinds = NO_KINDS,
    **rest: object,
) -> Schema:
    """The schema of a record called `what`, with its keys as `read_record` asks for them.

    rest  further keys of the schema itself
    """
    keys = [each for each in keys_of(record) if each.name not in without]
    schemas = {each.name: kinds.get(each.name, each.kind).schema(known) for each in keys}
    about = {each.name: each.about for each in keys}
    needed = [each.name for each in keys if needs.get(each.name, each.required)]
    return json_schema.record(what, schemas, about, needed, **rest)


@dataclass(frozen=True, slots=True)
class Record(Kind[T]):
    """A mapping that fills a record. `what` is what users call it."""

    record: type[T]
    what: str
    example: str = "{…: …}"

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """The record."""
        mapping = of_type(Mapping, node, ask.name, diagnostics)
        return None if mapping is None else read_record(self.record, mapping, diagnostics, self.what)

    def schema(self, known: Known) -> Schema:
        """The schema of its keys."""
        return record_schema(self.record, self.what, known)
