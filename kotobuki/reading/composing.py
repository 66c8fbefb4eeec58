"""From the structure of a YAML file to its tree: what YAML allows and Kotobuki does not is told on the way.

In: the lines of a file. Out: `nodes` whose every character knows its place. Refused: duplicate keys, tags, keys that
are no text, aliases that explode, deep nesting, several documents. What typists mistook for YAML is noted with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import field
from typing import assert_never

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import mistakes, scalars, source
from kotobuki.reading.mistakes import QUOTE, Mistake
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.scalars import Extent, SourceRun
from kotobuki.reading.structure import StructureMark, structure

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


@dataclass(kw_only=True)
class Composer:
    """Builds nodes from the marks of a file. Calls itself for what is nested, at most `MAX_DEPTH` deep."""

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
    _marks: Iterator[StructureMark] = field(init=False)

    def document(self) -> Node | None:
        """The one document of the file; raises `StoppedError`, or `BadSyntaxError`."""
        self._marks = structure(self.lines)
        node: Node | None = None
        if next(self._marks, None):  # where a document begins
            node = self._node(next(self._marks), 1)
            if second := next(self._marks, None):
                reason = "「---」で、一つのファイルに二つ目の文書が始まっています"
                self.error(
                    self._place(second), "several-documents", reason, "「---」の行を消すか、ファイルを分けてください"
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

    def _node(self, mark: StructureMark, depth: int, *, is_key: bool = False) -> Node:
        """The node that begins at `mark`."""
        self._grow(1, depth, mark)
        if mark.kind == "alias":
            return self._alias(mark, depth)
        if mark.tag:
            reason = f"タグ「{mark.tag.replace('tag:yaml.org,2002:', '!!')}」は使えません"
            self.error(self._place(mark), "tag", reason, "「!」で始まる語を消してください。文の一部であれば、" + QUOTE)
        size, deepest, self._deepest = self._count - 1, self._deepest, depth
        if mark.anchor:
            self._anchors[mark.anchor] = None
        node: Node
        match mark.kind:
            case "text":
                node = self._scalar(mark.extent, is_key)
            case "list":
                node = Sequence(tuple(self._items(mark, depth)), self._place(mark))
            case "mapping":
                node = Mapping(tuple(self._entries(mark, depth)), self._place(mark))
            case "document" | "end":
                raise AssertionError(f"no node begins with {mark}")
            case _:
                assert_never(mark.kind)
        if mark.anchor:
            self._anchors[mark.anchor] = _Anchored(node, self._count - size, self._deepest - depth)
        self._deepest = max(deepest, self._deepest)
        return node

    def _alias(self, mark: StructureMark, depth: int) -> Node:
        """The node that an alias repeats."""
        anchored = self._anchors.get(mark.anchor)
        if anchored:
            self._grow(anchored.size - 1, depth + anchored.height, mark)
            return anchored.node
        reason = f"「*{mark.anchor}」が指す「&{mark.anchor}」が、これより前にありません"
        if mark.anchor in self._anchors:
            reason = f"「*{mark.anchor}」が、それ自身を含むものを指しています"
        self.error(self._place(mark), "alias", reason, "「*」で始まる語を消してください。文の一部であれば、" + QUOTE)
        return scalars.read_scalar([], "", self.shown, mark.line_and_column)

    def _items(self, mark: StructureMark, depth: int) -> Iterator[Node]:
        """The entries of a list."""
        while (inner := next(self._marks)).kind != "end":
            yield self._node(inner, depth + 1)
        self._close(mark, inner)

    def _entries(self, mark: StructureMark, depth: int) -> Iterator[tuple[Scalar, Node]]:
        """The entries of a mapping whose keys are in order."""
        seen: dict[str, Place] = {}
        while (inner := next(self._marks)).kind != "end":
            key = self._meant(self._node(inner, depth + 1, is_key=True))
            value = self._node(next(self._marks), depth + 1)
            if isinstance(key, Scalar) and (name := self._key(key, value, mark.flow)):
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
        self._close(mark, inner)

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

    def _key(self, key: Scalar, value: Node, in_braces: bool) -> Scalar | None:
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
        if "\u3000" in key.value and not key.quoted and (padded := mistakes.padded_key(key.value, key.place())):
            if in_braces or not key.value.startswith("\u3000"):  # else found as a fault of the indent
                self.report(padded)
            blanks = len(key.value) - len(key.value.lstrip("\u3000 "))
            start = key.place(blanks)
            return Scalar(key.value.strip("\u3000 "), self.shown, ((0, start.line, start.column),))
        return key

    def _scalar(self, extent: Extent, is_key: bool) -> Scalar:
        """The text of a scalar, from its source lines rather than from YAML's own folding."""
        style, (line, column) = extent.style, extent.start
        runs = scalars.source_runs(self.lines, extent)
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

    def _grow(self, nodes: int, depth: int, mark: StructureMark) -> None:
        """Count nodes and watch the depth."""
        self._count += nodes
        self._deepest = max(self._deepest, depth)
        if depth > MAX_DEPTH:
            self.too_deep(self._place(mark))
            raise StoppedError
        if self._count > MAX_NODES:
            reason = f"項目が多すぎます。「*」で繰り返すものを含めて{MAX_NODES:,}個まで書けます"
            self.error(
                self._place(mark), "too-many-nodes", reason, "「*」での繰り返しをやめるか、ファイルを分けてください"
            )
            raise StoppedError

    def _close(self, start: StructureMark, end: StructureMark) -> None:
        """Note the lines within brackets: blanks and marks are free there."""
        if start.flow:
            self.inner_lines.update(range(start.extent.start[0] + 2, end.extent.end[0] + 2))

    def too_deep(self, place: Place) -> None:
        """Report what is nested deeper than `MAX_DEPTH`."""
        reason = f"入れ子が深すぎます。{MAX_DEPTH}段まで書けます"
        self.error(place, "too-deep", reason, "字下げや括弧「[」「{」が重なりすぎていないか確かめてください")

    def _place(self, mark: StructureMark) -> Place:
        return Place(self.shown, *mark.line_and_column)

    def error(self, place: Place, rule: str, reason: str, remedy: str) -> None:
        """Report an error, as `Diagnostics.error`."""
        self.diagnostics.error(place, rule, reason, remedy)

    def report(self, mistake: Mistake) -> None:
        """Note a typist's mistake, and report it unless the file has too many."""
        self.mistaken_lines.add(mistake.place.line)
        self.mistakes.append(mistake)
        if len(self.mistaken_lines) <= MAX_MISTAKES:
            self.diagnostics.error(*mistake)
