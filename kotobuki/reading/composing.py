"""From the structure of a YAML file to its tree: what YAML allows and Kotobuki does not is told on the way.

In: the lines of a file. Out: `nodes` whose every character knows its place. Refused: duplicate keys, tags, keys that
are no text, aliases that explode, deep nesting, several documents. What typists mistook for YAML is noted with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import field
from typing import NoReturn

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import mistakes, scalars, source
from kotobuki.reading.mistakes import QUOTE, Mistake
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.scalars import Extent, SourceRun, Style
from kotobuki.reading.structure import ALIAS, DOCUMENT, LIST, LIST_END, MAPPING, MAPPING_END, TEXT, Event, events

MAX_DEPTH = 64
"""Levels of nesting: the deepest sample case has 19, and every reader calls itself for each."""
MAX_NODES = 100_000
"""Nodes with aliases expanded, a few of which could fill the memory; the largest sample case has 367."""
MAX_MISTAKES = 200
"""Lines of one file whose mistakes are reported."""

_OWN_LINE = re.compile(r" *(?:- +)*")


class StoppedError(Exception):
    """The rest of the file is not worth composing; why has been reported."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A node that aliases may repeat, with how many nodes it holds and how deep they go."""

    node: Node
    size: int
    height: int


@dataclass(kw_only=True, slots=True)
class Composer:
    """Builds nodes from the events of a file. Calls itself for what is nested, at most `MAX_DEPTH` deep."""

    lines: tuple[str, ...]
    shown: str
    diagnostics: Diagnostics
    known_keys: Collection[str]
    inner_lines: set[int] = field(default_factory=set)  # that begin within a text or brackets: numbers from 1
    mistaken_lines: set[int] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)
    _anchors: dict[str, _Anchored | None] = field(default_factory=dict, init=False)  # None: the node is not complete
    _count: int = field(default=0, init=False)
    _deepest: int = field(default=0, init=False)
    _events: Iterator[Event] = field(init=False)

    def document(self) -> Node | None:
        """The one document of the file; raises `StoppedError`, or `BadSyntaxError`."""
        with events(self.lines) as self._events:
            node = self._document()
        if node is None or (isinstance(node, Scalar) and not node.value and not node.quoted):
            self.error(
                Place(self.shown, 1, 1),
                "empty-file",
                "ファイルに何も書かれていません",
                "「キー: 値」の形で内容を書いてください",
            )
            return None
        return node

    def _document(self) -> Node | None:
        """The first document; of another one, where it begins is told."""
        beginnings = (each for each in self._events if type(each) is DOCUMENT)
        if next(beginnings, None) is None:
            return None
        node = self._node(next(self._events), 1)
        if second := next(beginnings, None):
            reason = "「---」で、一つのファイルに二つ目の文書が始まっています"
            self.error(
                self._place(second), "several-documents", reason, "「---」の行を消すか、ファイルを分けてください"
            )
        return node

    def _node(self, event: Event, depth: int, *, is_key: bool = False) -> Node:
        """The node that begins with `event`."""
        kind = type(event)
        self._count += 1
        if depth > self._deepest:
            self._deepest = depth
        if depth > MAX_DEPTH or self._count > MAX_NODES:
            self._stop(depth, event)
        if kind is ALIAS:
            return self._alias(event, depth)
        if event.tag:
            reason = f"タグ「{event.tag.replace('tag:yaml.org,2002:', '!!')}」は使えません"
            self.error(self._place(event), "tag", reason, "「!」で始まる語を消してください。文の一部であれば、" + QUOTE)
        if event.anchor:
            return self._anchored(event, depth, is_key=is_key)
        return self._scalar(event, is_key) if kind is TEXT else self._collection(event, depth)

    def _collection(self, event: Event, depth: int) -> Node:
        """The list or mapping that begins with `event`."""
        place = self._place(event)
        if type(event) is LIST:
            return Sequence(self._items(event, depth), place)
        assert type(event) is MAPPING, event
        return Mapping(self._entries(event, depth), place)

    def _anchored(self, event: Event, depth: int, *, is_key: bool) -> Node:
        """A node that aliases may repeat."""
        size, deepest, self._deepest = self._count - 1, self._deepest, depth
        self._anchors[event.anchor] = None
        node = self._scalar(event, is_key) if type(event) is TEXT else self._collection(event, depth)
        self._anchors[event.anchor] = _Anchored(node, self._count - size, self._deepest - depth)
        self._deepest = max(deepest, self._deepest)
        return node

    def _alias(self, event: Event, depth: int) -> Node:
        """The node that an alias repeats."""
        anchored = self._anchors.get(event.anchor)
        if anchored:
            self._count += anchored.size - 1
            self._deepest = max(self._deepest, depth + anchored.height)
            if depth + anchored.height > MAX_DEPTH or self._count > MAX_NODES:
                self._stop(depth + anchored.height, event)
            return anchored.node
        reason = f"「*{event.anchor}」が指す「&{event.anchor}」が、これより前にありません"
        if event.anchor in self._anchors:
            reason = f"「*{event.anchor}」が、それ自身を含むものを指しています"
        place = self._place(event)
        self.error(place, "alias", reason, "「*」で始まる語を消してください。文の一部であれば、" + QUOTE)
        return scalars.read_scalar([], "", self.shown, (place.line, place.column))

    def _items(self, start: Event, depth: int) -> tuple[Node, ...]:
        """The entries of a list."""
        items = []
        while type(event := next(self._events)) is not LIST_END:
            items.append(self._node(event, depth + 1))
        self._close(start, event)
        return tuple(items)

    def _entries(self, start: Event, depth: int) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a mapping whose keys are in order."""
        found: dict[str, tuple[Scalar, Node]] = {}
        while type(event := next(self._events)) is not MAPPING_END:
            key = self._node(event, depth + 1, is_key=True)
            if not isinstance(key, Scalar):
                key = self._meant(key)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                reason = "キーには文字だけを書けます。ここには一覧か項目の組があります"
                remedy = "｛条例｝などの印は、全角の「｛ ｝」で書いてください。半角の括弧で始まるキーは、" + QUOTE
                self.error(key.place(), "key-not-text", reason, remedy)
                continue
            doubtful = start.flow_style or not key.value or "\u3000" in key.value
            name = self._key(key, value, in_braces=bool(start.flow_style)) if doubtful else key
            if name and name.value in found:
                first = found[name.value][0].place().line
                reason = f"キー「{name.value}」が二度書かれています（最初は{first}行目です）"
                self.error(name.place(), "duplicate-key", reason, "どちらか一方を消すか、キーを書き直してください")
            elif name:
                found[name.value] = (name, value)
        self._close(start, event)
        return tuple(found.values())

    def _meant(self, key: Node) -> Node:
        """A key that was written with half-width braces, {文}: as it was meant, after a report."""
        if not (isinstance(key, Mapping) and len(key.entries) == 1):
            return key
        (name, value), place = key.entries[0], key.place()
        if not isinstance(value, Scalar) or value.value:
            return key
        reason = f"キー「{{{name.value}}}」の括弧が半角です"
        self.error(place, "key-not-text", reason, f"全角の括弧で「｛{name.value}｝: …」と書いてください")
        return Scalar(f"｛{name.value}｝", self.shown, ((0, place.line, place.column),))

    def _key(self, key: Scalar, value: Node, *, in_braces: bool) -> Scalar | None:
        """A key that may be none, as it was meant; None (with a report) if it is none."""
        if not key.value:
            self.error(key.place(), "key-empty", "「:」の前にキーがありません", "「キー: 値」の形で書いてください")
            return None
        has_value = not isinstance(value, Scalar) or value.value or value.quoted
        if in_braces and not has_value and not key.quoted:
            mistyped = mistakes.mistyped_key(key.value, key.place(), self.known_keys)
            if mistyped:
                self.report(mistyped)
                return None
        if "\u3000" in key.value and not key.quoted and (padded := mistakes.padded_key(key.value, key.place())):
            if in_braces or not key.value.startswith("\u3000"):  # else found as a fault of the indent
                self.report(padded)
            blanks = len(key.value) - len(key.value.lstrip("\u3000 "))
            start = key.place(blanks)
            return Scalar(key.value.strip("\u3000 "), self.shown, ((0, start.line, start.column),))
        return key

    def _scalar(self, event: Event, is_key: bool) -> Scalar:
        """The text of a scalar, from its source lines rather than from YAML's own folding."""
        text: str = event.value
        style: Style = event.style or ""
        line, column = event.start_mark.line, event.start_mark.column
        end_line, end = event.end_mark.line, event.end_mark.column
        alone = not style and line == end_line and end - column == len(text)  # no anchor, no tag
        if alone and scalars.is_plain(text):  # as nearly all are
            if not is_key and mistakes.may_be_mistaken(text, self.lines[line], end):
                self._check_text([SourceRun(text, line + 1, column + 1)], plain=True)
            return Scalar(text, self.shown, ((0, line + 1, column + 1),))
        runs = scalars.source_runs(self.lines, Extent(style, (line, column), (end_line, end)))
        scalar = scalars.read_scalar(runs, style, self.shown, (line + 1, column + 1))
        if style and runs:
            self.inner_lines.update(range(runs[0].line + (style in "'\""), runs[-1].line + 1))
        if style == '"':
            self._check_escapes(scalar)
        elif style != "'" and runs and not is_key:
            self._check_text(runs, plain=not style)
        return scalar

    def _check_text(self, runs: list[SourceRun], plain: bool) -> None:
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

    def _check_escapes(self, scalar: Scalar) -> None:
        """What \\u and the like put into a text: characters in the source itself have been checked, and are U+FFFD."""
        for offset, character in enumerate(scalar.value):
            if character not in "\ufffd\n" and (found := source.forbidden(character)):
                self.error(scalar.place(offset), *found)

    def _stop(self, depth: int, event: Event) -> NoReturn:
        """Report what is nested too deep, or too many nodes."""
        if depth > MAX_DEPTH:
            self.too_deep(self._place(event))
        else:
            reason = f"項目が多すぎます。「*」で繰り返すものを含めて{MAX_NODES:,}個まで書けます"
            self.error(
                self._place(event), "too-many-nodes", reason, "「*」での繰り返しをやめるか、ファイルを分けてください"
            )
        raise StoppedError

    def _close(self, start: Event, end: Event) -> None:
        """Note the lines within brackets: blanks and marks are free there."""
        if start.flow_style:
            self.inner_lines.update(range(start.start_mark.line + 2, end.end_mark.line + 2))

    def too_deep(self, place: Place) -> None:
        """Report what is nested deeper than `MAX_DEPTH`."""
        reason = f"入れ子が深すぎます。{MAX_DEPTH}段まで書けます"
        self.error(place, "too-deep", reason, "字下げや括弧「[」「{」が重なりすぎていないか確かめてください")

    def _place(self, event: Event) -> Place:
        return Place(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def error(self, place: Place, rule: str, reason: str, remedy: str) -> None:
        """Report an error, as `Diagnostics.error`."""
        self.diagnostics.error(place, rule, reason, remedy)

    def report(self, mistake: Mistake) -> None:
        """Note a typist's mistake, and report it unless the file has too many."""
        self.mistaken_lines.add(mistake.place.line)
        self.mistakes.append(mistake)
        if len(self.mistaken_lines) <= MAX_MISTAKES:
            self.diagnostics.error(*mistake)
