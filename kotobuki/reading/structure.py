"""The structure of a YAML file as a row of marks with positions: the only home of PyYAML.

In: lines. Out: where each document, list, mapping, text and alias begins, and where lists and mappings end:
`一覧: [甲, 乙]` is document, mapping, text, list, text, text, end, end. What a text says is not here: `scalars` reads
it from the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, Protocol

import yaml

from kotobuki.named_tuples import NamedTuple
from kotobuki.reading.scalars import Extent, Style

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it

MarkKind = Literal["document", "text", "alias", "list", "mapping", "end"]
_KINDS: dict[type[yaml.Event], MarkKind] = {
    yaml.DocumentStartEvent: "document",
    yaml.ScalarEvent: "text",
    yaml.AliasEvent: "alias",
    yaml.SequenceStartEvent: "list",
    yaml.MappingStartEvent: "mapping",
    yaml.SequenceEndEvent: "end",
    yaml.MappingEndEvent: "end",
}
Event = Any
"""An event of PyYAML, with what its kind has: `start_mark` and `end_mark`, both counted from 0; `value`, `style`, `anchor`, `tag` …"""
DOCUMENT, TEXT, ALIAS = yaml.DocumentStartEvent, yaml.ScalarEvent, yaml.AliasEvent
LIST, LIST_END = yaml.SequenceStartEvent, yaml.SequenceEndEvent
MAPPING, MAPPING_END = yaml.MappingStartEvent, yaml.MappingEndEvent


class StructureMark(NamedTuple):
    """A step of YAML's structure: a text, an alias, or where a document, list or mapping begins, or the last two end.

    `extent` counts lines and columns from 0; of a list or mapping, that of its beginning. `flow`: in brackets.
    """

    kind: MarkKind
    extent: Extent
    anchor: str = ""
    flow: bool = False
    tag: str = ""


class BadSyntaxError(Exception):
    """What is no YAML, in the parser's words. `noticed`, `began`: where, and its context; both count from 0."""

    def __init__(self, problem: str, context: str, noticed: tuple[int, int], began: tuple[int, int]) -> None:
        super().__init__(problem)
        self.problem, self.context, self.noticed, self.began = problem, context, noticed, began


@contextmanager
def events(lines: Iterable[str]) -> Iterator[Iterator[Event]]:
    """The events of a file, for whoever has no time for marks of them; within, `BadSyntaxError` is raised where it stops being YAML."""
    try:
        yield iter(_LOADER("\n".join(lines)).get_event, None)
    except yaml.YAMLError as error:
        noticed = getattr(error, "problem_mark", None)
        began = getattr(error, "context_mark", None) or noticed
        problem, context = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
        raise BadSyntaxError(problem, context, _position(noticed), _position(began)) from error


def structure(lines: Iterable[str]) -> Iterator[StructureMark]:
    """The marks of a file one by one; raises `BadSyntaxError` where it stops being YAML."""
    with events(lines) as found:
        for event in found:
            if kind := _KINDS.get(type(event)):
                start, end = event.start_mark, event.end_mark
                style: Style = event.style or "" if kind == "text" else ""
                extent = Extent(style, (start.line, start.column), (end.line, end.column))
                if kind in ("end", "document"):
                    yield StructureMark(kind, extent)
                elif kind == "alias":
                    yield StructureMark(kind, extent, event.anchor)
                else:
                    flow = kind != "text" and bool(event.flow_style)
                    yield StructureMark(kind, extent, event.anchor or "", flow, event.tag or "")


class _Position(Protocol):
    """A position in YAML's eyes: both count from 0."""

    line: int
    column: int


def _position(mark: _Position | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)
