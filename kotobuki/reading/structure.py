"""The structure of a YAML file as a row of marks with positions: the only home of PyYAML.

In: lines. Out: where each document, list, mapping, text and alias begins, and where lists and mappings end:
`一覧: [甲, 乙]` is document, mapping, text, list, text, text, end, end. What a text says is not here: `scalars` reads
it from the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, Protocol

import yaml

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


class StructureMark(NamedTuple):
    """A step of YAML's structure: a text, an alias, or where a document, list or mapping begins, or the last two end.

    `extent` counts lines and columns from 0; of a list or mapping, that of its beginning. `flow`: in brackets.
    """

    kind: MarkKind
    extent: Extent
    anchor: str = ""
    flow: bool = False
    tag: str = ""

    @property
    def line_and_column(self) -> tuple[int, int]:
        """Where it begins, both counted from 1."""
        line, column = self.extent.start
        return line + 1, column + 1


class BadSyntaxError(Exception):
    """What is no YAML, in the parser's words. `noticed`, `began`: where, and its context; both count from 0."""

    def __init__(self, problem: str, context: str, noticed: tuple[int, int], began: tuple[int, int]) -> None:
        super().__init__(problem)
        self.problem, self.context, self.noticed, self.began = problem, context, noticed, began


def structure(lines: Iterable[str]) -> Iterator[StructureMark]:
    """The marks of a file one by one; raises `BadSyntaxError` where it stops being YAML."""
    try:
        events: Iterable[Any] = yaml.parse("\n".join(lines), Loader=_LOADER)  # each with what its kind has
        for event in events:
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
    except yaml.YAMLError as error:
        noticed = getattr(error, "problem_mark", None)
        began = getattr(error, "context_mark", None) or noticed
        problem, context = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
        raise BadSyntaxError(problem, context, _position(noticed), _position(began)) from error


class _Position(Protocol):
    """A position in YAML's eyes: both count from 0."""

    line: int
    column: int


def _position(mark: _Position | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)
