"""YAML read as text with positions: the only home of PyYAML.

In: a file, or its bytes. Out: a tree of `nodes` whose every character knows its place, and diagnostics for all that is
wrong. Rules (design §3): scalars stay as written (14:00 is no 840); duplicate keys, tags, keys that are no text,
aliases that explode, deep nesting and several documents are refused; the first syntax error ends the tree, but not the
search for typists' mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import yaml

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading import mistakes, scalars, source
from kotobuki.reading.mistakes import QUOTE, Mistake
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.scalars import Extent, Run, Style
from kotobuki.reading.syntax import explain

MAX_DEPTH = 64
"""Levels of nesting: the deepest sample case has 19, and every reader calls itself for each."""
MAX_NODES = 100_000
"""Nodes with aliases expanded, a few of which could fill the memory; the largest sample case has 367."""
_MAX_MISTAKES = 200  # lines of one file that are reported

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it
_OWN_LINE = re.compile(r" *(?:- +)*")


def read_yaml(path: Path, shown: str, diagnostics: Diagnostics, known_keys: Collection[str] = ()) -> Node | None:
    """The tree of a YAML file, None if there is none to be had; `shown` is the path as the user knows it.

    `known_keys`: keys that the file may have; they sharpen the search for full-width colons.
    """
    data = source.read_bytes(path, shown, diagnostics)
    return None if data is None else read_text(data, shown, diagnostics, known_keys)


def read_text(data: bytes, shown: str, diagnostics: Diagnostics, known_keys: Collection[str] = ()) -> Node | None:
    """The tree of a YAML file's bytes, as `read_yaml`."""
    lines = source.read_lines(data, shown, diagnostics)
    if lines is None:
        return None
    if conflicts := list(mistakes.check_conflicts(lines, shown)):
        for each in conflicts:
            diagnostics.error(*each)
        return None
    composer = _Composer(lines=lines, shown=shown, diagnostics=diagnostics, known_keys=known_keys)
    node, failure = None, None
    try:
        node = composer.document()
    except _StoppedError:
        return None
    except yaml.YAMLError as error:
        failure = error
    for mistake in islice(mistakes.check_lines(lines, shown, composer.inner_lines, known_keys), _MAX_MISTAKES):
        composer.report(mistake)
    if mended := _mended(composer):
        return mended
    if failure:
        _report_failure(failure, composer)
    return node


def inner_lines(data: bytes) -> frozenset[int]:
    """The numbers of the lines of a sound YAML that begin within a text or brackets: above them no line can be put in."""
    lines = source.read_lines(data, "", Diagnostics()) or ()
    composer = _Composer(lines=lines, shown="", diagnostics=Diagnostics(), known_keys=())
    node = composer.document()
    return frozenset(composer.inner_lines | set(_continued(node)) if node else composer.inner_lines)


def _continued(node: Node) -> Iterator[int]:
    """The lines on which a text goes on."""
    match node:
        case Scalar():
            yield from (line for _, line, _ in node.segments if line > node.segments[0][1])
        case Sequence():
            for item in node.items:
                yield from _continued(item)
        case Mapping():
            for pair in node.entries:
                for each in pair:
                    yield from _continued(each)


def _mended(composer: _Composer) -> Node | None:
    """The tree as it would be without the typist's mistakes, so that what is wrong besides is found in the same run.

    None if there is nothing to mend, or the file is no YAML even then.
    """
    lines = mistakes.mend(composer.lines, composer.mistakes)
    if lines == composer.lines:
        return None
    unheard = Diagnostics(sources=composer.diagnostics.sources)
    second = _Composer(lines=lines, shown=composer.shown, diagnostics=unheard, known_keys=composer.known_keys)
    try:
        node = second.document()
    except (yaml.YAMLError, _StoppedError):
        return None
    told = composer.mistaken_lines
    composer.diagnostics.found += [each for each in unheard.found if each.place.line not in told]
    return node


Kind = Literal["text", "alias", "list", "mapping", "end"]
_KINDS: dict[str, Kind] = {"Scalar": "text", "Alias": "alias", "SequenceStart": "list", "MappingStart": "mapping"}


class StructureMark(NamedTuple):
    """A step of YAML's structure: a text, an alias, or where a list or mapping begins and ends.

    `extent` counts lines and columns from 0; of a list or mapping, that of its beginning. `flow`: in brackets.
    """

    kind: Kind
    extent: Extent
    anchor: str = ""
    flow: bool = False


def structure(lines: Collection[str]) -> Iterator[StructureMark]:
    """The structure of the one document in `lines`, which `read_text` has read without error."""
    for event in yaml.parse("\n".join(lines), Loader=_LOADER):
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            kind = _KINDS.get(type(event).__name__.removesuffix("Event"), "end")
            style: Style = getattr(event, "style", None) or ""
            extent = Extent(style, _position(event.start_mark), _position(event.end_mark))
            yield StructureMark(
                kind, extent, getattr(event, "anchor", None) or "", bool(getattr(event, "flow_style", False))
            )


class _StoppedError(Exception):
    """The rest of the file is not worth composing; why has been reported."""


class _Mark(Protocol):
    """A position in YAML's eyes: both count from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A node that aliases may repeat, with how many nodes it holds and how deep they go."""

    node: Node
    size: int
    height: int


@dataclass(kw_only=True)
class _Composer:
    """Builds nodes from YAML's events. Calls itself for what is nested, at most `MAX_DEPTH` deep."""

    lines: tuple[str, ...]
    shown: str
    diagnostics: Diagnostics
    known_keys: Collection[str]
    inner_lines: set[int] = field(default_factory=set)  # that begin within a text or brackets: numbers from 1
    mistaken_lines: set[int] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)
    anchors: dict[str, _Anchored | None] = field(default_factory=dict)  # None: the node is not complete
    count: int = 0
    deepest: int = 0
    events: Iterator[yaml.Event] = field(init=False)

    def document(self) -> Node | None:
        """The one document of the file; raises `_StoppedError`, or `yaml.YAMLError` for bad syntax."""
        self.events = yaml.parse("\n".join(self.lines), Loader=_LOADER)
        next(self.events)  # the beginning of the stream
        node: Node | None = None
        if isinstance(next(self.events), yaml.DocumentStartEvent):
            node = self.node(next(self.events), 1)
            next(self.events)  # the end of the document
            event = next(self.events)
            if isinstance(event, yaml.DocumentStartEvent):
                reason = "「---」で、一つのファイルに二つ目の文書が始まっています"
                self.error(
                    self.place(event), "several-documents", reason, "「---」の行を消すか、ファイルを分けてください"
                )
        if node is None or (isinstance(node, Scalar) and not node.value and not node.quoted):
            self.error(
                Place(self.shown, 1, 1),
                "empty-file",
                "ファイルに何も書かれていません",
                "「キー: 値」の形で内容を書いてください",
            )
            return None
        return node

    def node(self, event: yaml.Event, depth: int, *, is_key: bool = False) -> Node:
        """The node that begins with `event`."""
        self.grow(1, depth, event)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        assert isinstance(event, yaml.NodeEvent)
        if tag := getattr(event, "tag", None):
            reason = f"タグ「{tag.replace('tag:yaml.org,2002:', '!!')}」は使えません"
            self.error(self.place(event), "tag", reason, "「!」で始まる語を消してください。文の一部であれば、" + QUOTE)
        size, deepest, self.deepest = self.count - 1, self.deepest, depth
        if event.anchor:
            self.anchors[event.anchor] = None
        node: Node
        match event:
            case yaml.ScalarEvent():
                node = self.scalar(event, is_key)
            case yaml.SequenceStartEvent():
                node = Sequence(tuple(self.items(event, depth)), self.place(event))
            case yaml.MappingStartEvent():
                node = Mapping(tuple(self.entries(event, depth)), self.place(event))
            case _:
                raise AssertionError(f"no node begins with {event}")
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(node, self.count - size, self.deepest - depth)
        self.deepest = max(deepest, self.deepest)
        return node

    def alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        """The node that an alias repeats."""
        anchored = self.anchors.get(str(event.anchor))
        if anchored:
            self.grow(anchored.size - 1, depth + anchored.height, event)
            return anchored.node
        reason = f"「*{event.anchor}」が指す「&{event.anchor}」が、これより前にありません"
        if event.anchor in self.anchors:
            reason = f"「*{event.anchor}」が、それ自身を含むものを指しています"
        self.error(self.place(event), "alias", reason, "「*」で始まる語を消してください。文の一部であれば、" + QUOTE)
        return scalars.read_scalar([], "", self.shown, _start(event))

    def items(self, event: yaml.SequenceStartEvent, depth: int) -> Iterator[Node]:
        """The entries of a list."""
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            yield self.node(inner, depth + 1)
        self.close(event, inner)

    def entries(self, event: yaml.Event, depth: int) -> Iterator[tuple[Scalar, Node]]:
        """The entries of a mapping whose keys are in order."""
        seen: dict[str, Place] = {}
        while not isinstance(inner := next(self.events), yaml.MappingEndEvent):
            key = self.meant(self.node(inner, depth + 1, is_key=True))
            value = self.node(next(self.events), depth + 1)
            in_braces = isinstance(event, yaml.MappingStartEvent) and bool(event.flow_style)
            if isinstance(key, Scalar) and (name := self.key(key, value, in_braces)):
                if name.value not in seen:
                    seen[name.value] = name.place()
                    yield name, value
                    continue
                reason = f"キー「{name.value}」が二度書かれています（最初は{seen[name.value].line}行目です）"
                self.error(name.place(), "duplicate-key", reason, "どちらか一方を消すか、キーを書き直してください")
            elif not isinstance(key, Scalar):
                reason = "キーには文字だけを書けます。ここには一覧か項目の組があります"
                remedy = "｛条例｝などの印は、全角の「｛ ｝」で書いてください。半角の括弧で始まるキーは、" + QUOTE
                self.error(key.place(), "key-not-text", reason, remedy)
        self.close(event, inner)

    def meant(self, key: Node) -> Node:
        """A key that was written with half-width braces, {文}: as it was meant, after a report."""
        if not (isinstance(key, Mapping) and len(key.entries) == 1):
            return key
        (name, value), place = key.entries[0], key.place()
        if not isinstance(value, Scalar) or value.value:
            return key
        reason = f"キー「{{{name.value}}}」の括弧が半角です"
        self.error(place, "key-not-text", reason, f"全角の括弧で「｛{name.value}｝: …」と書いてください")
        return Scalar(f"｛{name.value}｝", self.shown, ((0, place.line, place.column),))

    def key(self, key: Scalar, value: Node, in_braces: bool) -> Scalar | None:
        """The key as it was meant; None (with a report) if it is none."""
        if not key.value:
            self.error(key.place(), "key-empty", "「:」の前にキーがありません", "「キー: 値」の形で書いてください")
            return None
        has_value = not isinstance(value, Scalar) or value.value or value.quoted
        if in_braces and not has_value and not key.quoted:
            mistyped = mistakes.mistyped_key(key.value, key.place(), self.known_keys)
            if mistyped:
                self.report(mistyped)
                return None
        if not key.quoted and (padded := mistakes.padded_key(key.value, key.place())):
            if in_braces or not key.value.startswith("\u3000"):  # else found as a fault of the indent
                self.report(padded)
            blanks = len(key.value) - len(key.value.lstrip("\u3000 "))
            start = key.place(blanks)
            return Scalar(key.value.strip("\u3000 "), self.shown, ((0, start.line, start.column),))
        return key

    def scalar(self, event: yaml.ScalarEvent, is_key: bool) -> Scalar:
        """The text of a scalar, from its source lines rather than from YAML's own folding."""
        start, end = _position(event.start_mark), _position(event.end_mark)
        style: Style = event.style or ""  # type: ignore[assignment]  # typed as str, but YAML has only these
        runs = scalars.source_runs(self.lines, Extent(style, start, end))
        scalar = scalars.read_scalar(runs, style, self.shown, (start[0] + 1, start[1] + 1))
        if style and runs:
            self.inner_lines.update(range(runs[0].line + (style in "'\""), runs[-1].line + 1))
        if style == '"':
            self.check_escapes(scalar)
        elif style != "'" and runs and not is_key:
            self.check_text(runs, plain=not style)
        return scalar

    def check_text(self, runs: list[Run], plain: bool) -> None:
        """Search a text without quotes for what was not meant to be text, and for what was."""
        first, last = runs[0], runs[-1]
        own_line = bool(_OWN_LINE.fullmatch(self.lines[first.line - 1], 0, first.column - 1))
        for mistake in mistakes.check_text(
            runs, self.shown, plain=plain, own_line=own_line, known_keys=self.known_keys
        ):
            self.report(mistake)
        end = last.column - 1 + len(last.text)
        if plain and (cut := mistakes.check_comment(self.lines[last.line - 1], end, Place(self.shown, last.line))):
            self.diagnostics.warning(*cut)

    def check_escapes(self, scalar: Scalar) -> None:
        """What \\u and the like put into a text: characters in the source itself have been checked, and are U+FFFD."""
        for offset, character in enumerate(scalar.value):
            if character not in "\ufffd\n" and (found := source.forbidden(character)):
                self.error(scalar.place(offset), *found)

    def grow(self, nodes: int, depth: int, event: yaml.Event) -> None:
        """Count nodes and watch the depth."""
        self.count += nodes
        self.deepest = max(self.deepest, depth)
        if depth > MAX_DEPTH:
            self.too_deep(self.place(event))
            raise _StoppedError
        if self.count > MAX_NODES:
            reason = f"項目が多すぎます。「*」で繰り返すものを含めて{MAX_NODES:,}個まで書けます"
            self.error(
                self.place(event), "too-many-nodes", reason, "「*」での繰り返しをやめるか、ファイルを分けてください"
            )
            raise _StoppedError

    def close(self, start: yaml.Event, end: yaml.Event) -> None:
        """Note the lines within brackets: blanks and marks are free there."""
        if getattr(start, "flow_style", False):
            self.inner_lines.update(range(_position(start.start_mark)[0] + 2, _position(end.end_mark)[0] + 2))

    def too_deep(self, place: Place) -> None:
        reason = f"入れ子が深すぎます。{MAX_DEPTH}段まで書けます"
        self.error(place, "too-deep", reason, "字下げや括弧「[」「{」が重なりすぎていないか確かめてください")

    def place(self, event: yaml.Event) -> Place:
        return Place(self.shown, *_start(event))

    def error(self, place: Place, rule: str, reason: str, remedy: str) -> None:
        self.diagnostics.error(place, rule, reason, remedy)

    def report(self, mistake: Mistake) -> None:
        self.mistaken_lines.add(mistake.place.line)
        self.mistakes.append(mistake)
        if len(self.mistaken_lines) <= _MAX_MISTAKES:
            self.diagnostics.error(*mistake)


def _position(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _start(event: yaml.Event) -> tuple[int, int]:
    """Line and column (from 1) of an event."""
    line, column = _position(event.start_mark)
    return line + 1, column + 1


def _report_failure(failure: yaml.YAMLError, composer: _Composer) -> None:
    """Explain a syntax error, unless a mistake that was found at the same place explains it better."""
    noticed = _position(getattr(failure, "problem_mark", None))
    if "nesting depth" in str(getattr(failure, "problem", "")):  # libyaml's own limit, met before `MAX_DEPTH` is seen
        composer.too_deep(Place(composer.shown, noticed[0] + 1, noticed[1] + 1))
        return
    began = _position(getattr(failure, "context_mark", None) or getattr(failure, "problem_mark", None))
    problem, context = str(getattr(failure, "problem", "")), str(getattr(failure, "context", ""))
    fault = explain(problem, context, composer.lines, noticed, began)
    above = next((number for number in range(fault.line - 1, 0, -1) if composer.lines[number - 1]), 0)
    if composer.mistaken_lines.isdisjoint((above, fault.line, noticed[0] + 1)):
        composer.error(Place(composer.shown, fault.line, fault.column), "yaml-syntax", fault.reason, fault.remedy)
