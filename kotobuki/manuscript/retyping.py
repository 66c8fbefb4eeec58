"""A text of a file written anew where it stands: the edits that change its bytes and no others.

In: an entry of a `Tree`, and the words that its value shall be read as. Out: ways to edit the source, the best first; which
of them reads as it should is found by reading (`editor.form.changes`). Rules: a text in one line stays in one line and in its quotes,
as long as it fits into a line and can be written so; one under `>-` or `|-` stays there, and of its lines only those give way in
which words change, to a sentence a line; what is written where nothing was has the layout of `scalars`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript import scalars
from kotobuki.manuscript.edits import Edit, Span, above, at, line_end
from kotobuki.manuscript.scalars import ONE_LINE, Where
from kotobuki.manuscript.tree import Collection, Entry, Leaf, Position
from kotobuki.reading.scalars import composed

_BLANKS = " \t"
_COLON = re.compile(r"[ \t]*:")
_HEADER = re.compile(r"[|>][-+0-9]*")
STEP = 2
"""How far a text below its key is indented."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a text stands. `lines`: of the source, with their ends; `column`: of the key or hyphen; `flow`: in brackets."""

    lines: Sequence[str]
    entry: Entry
    flow: bool
    known_keys: tuple[str, ...] = ()

    @property
    def where(self) -> Where:
        """What it is."""
        if self.entry.key is None:
            return "flow item" if self.flow else "item"
        return "flow value" if self.flow else "value"

    @property
    def column(self) -> int:
        """Of its key or hyphen."""
        return self.entry.at[1]


def readable(words: str) -> str:
    """Words as a file of ours can hold them: no blanks at the ends of a line, no line without words."""
    lines = (each.strip(_BLANKS) for each in composed(words).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(each for each in lines if each)


def end_of(leaf: Leaf, lines: Sequence[str]) -> Position:
    """Where a text ends: of one under `>-`, at the end of its last line."""
    return (leaf.last, len(lines[leaf.last].rstrip("\r\n"))) if leaf.block else leaf.end


def behind_sign(entry: Entry, lines: Sequence[str]) -> Position:
    """Behind the colon of a key, or the hyphen of an item: where a value is put that is not there yet."""
    if entry.key is None:
        row, column = entry.at
        return row, column + (lines[row][column : column + 1] == "-")
    row, column = entry.key.end
    last = max(row, entry.value.start[0])
    for number in range(
        row, min(last + 1, len(lines))
    ):  # behind 「? key」 it stands on a line of its own, or not at all
        if colon := _COLON.match(lines[number], column if number == row else 0):
            return number, colon.end()
    return row, column


def is_written(value: Leaf | Collection) -> bool:
    """Whether anything stands in the source for a value."""
    if isinstance(value, Collection):
        return True
    return bool(value.text or value.quoted or value.block or value.alias or value.anchor)


def span_of(entry: Entry, lines: Sequence[str]) -> tuple[Position, Position]:
    """Where the value of an entry stands; of one that is not there, where it would."""
    value = entry.value
    if not is_written(value):
        sign = behind_sign(entry, lines)
        return sign, sign
    if isinstance(value, Leaf):
        return value.start, end_of(value, lines)
    if value.flow or not value.entries:
        return value.start, value.end
    return value.start, (value.last, len(lines[value.last].rstrip("\r\n")))


def header_end(leaf: Leaf, lines: Sequence[str]) -> Position:
    """Behind the `>-` of a block."""
    row, column = leaf.start
    header = _HEADER.match(lines[row], column)
    return row, header.end() if header else column


def cut(site: Site) -> list[Edit]:
    """The edits that take a text away and leave what stands around it: comments behind its `>-`, its key or its end."""
    leaf, lines = site.entry.value, site.lines
    assert isinstance(leaf, Leaf)
    row, column = leaf.start
    sign = behind_sign(site.entry, lines)
    before = lines[row][sign[1] if sign[0] == row else 0 : column]
    start = (row, column - (len(before) - len(before.rstrip(_BLANKS))))
    if not leaf.block:
        return [Edit(start, leaf.end, "")]
    header = Edit(start, header_end(leaf, lines), "")
    text = Edit((row, len(lines[row].rstrip("\r\n"))), end_of(leaf, lines), "")
    return [header, text] if leaf.last > row else [header]


def retyped(site: Site, text: str) -> Iterator[list[Edit]]:
    """Ways to write a text in the place of the one that stands there."""
    leaf = site.entry.value
    assert isinstance(leaf, Leaf)
    if leaf.alias or leaf.anchor or text == leaf.text:
        return
    if not is_written(leaf):
        yield from _begun(site, text)
    elif leaf.block and text:
        yield from _lines_changed(site, leaf, text)
    else:
        yield from _replaced(site, leaf, text)


def _begun(site: Site, text: str) -> Iterator[list[Edit]]:
    """Where nothing stood."""
    place = behind_sign(site.entry, site.lines)
    for line, below in _ways(site, text, "", one_line=False):
        yield [at(place).becomes(f" {line}"), *_below(site, place[0], below)]


def _replaced(site: Site, leaf: Leaf, text: str) -> Iterator[list[Edit]]:
    """In the place of the whole: of a text in one line, of one that goes on below, or of a block."""
    end = end_of(leaf, site.lines)
    span = Span(leaf.start, end)
    one_line = leaf.start[0] == end[0]
    if not text:
        start = behind_sign(site.entry, site.lines)
        if not leaf.quoted and not site.flow and start <= leaf.start:
            yield [Span(start, end).becomes("")]
        if leaf.block:
            row = leaf.start[0]
            rest = [] if leaf.last == row else [Span((row, len(site.lines[row].rstrip("\r\n"))), end).becomes("")]
            yield [Span(leaf.start, header_end(leaf, site.lines)).becomes("''"), *rest]
        quote = site.lines[leaf.start[0]][leaf.start[1]] if leaf.quoted else "'"
        yield [span.becomes(quote * 2)]
        return
    style = site.lines[leaf.start[0]][leaf.start[1]] if leaf.quoted else ""
    for line, below in _ways(site, text, style, one_line=one_line and len(text) <= max(ONE_LINE, len(leaf.text))):
        yield [span.becomes(line), *_below(site, end[0], below)]


def _ways(site: Site, text: str, style: str, *, one_line: bool) -> Iterator[tuple[str, list[str]]]:
    """What stands in the line, and the lines below it; `one_line`: it stays in one if it can, in quotes of this style."""
    if one_line and "\n" not in text:
        yield scalars.in_one_line(text, site.where, style, site.known_keys), []
    yield scalars.written(text, site.where, quoted=False, known_keys=site.known_keys)
    yield scalars.in_one_line(text, site.where, '"', site.known_keys), []


def _below(site: Site, row: int, below: Sequence[str]) -> list[Edit]:
    """Lines below a row, indented as they stand under the key or hyphen."""
    indent = " " * (site.column + STEP)
    return lines_below(site.lines, row, [indent + each if each else "" for each in below])


def lines_below(lines: Sequence[str], row: int, below: Sequence[str]) -> list[Edit]:
    """Whole lines below a row, which may be the last of a file without an end."""
    end = line_end(lines, row)
    if not below:
        return []
    if row + 1 < len(lines):
        return [above(row + 1, "".join(each + end for each in below))]
    return [at((row, len(lines[row]))).becomes("".join(end + each for each in below))]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a block with words: its number, and where they stand in the text."""

    line: int
    start: int
    end: int


def _rows(leaf: Leaf, lines: Sequence[str]) -> list[_Row]:
    found: list[_Row] = []
    at_ = 0
    for number in range(leaf.start[0] + 1, leaf.last + 1):
        words = composed(lines[number].strip(" \t\r\n"))
        if not words.strip():
            continue
        if found and leaf.text[at_ : at_ + 1] in (" ", "\n"):
            at_ += 1
        found.append(_Row(number, at_, at_ + len(words)))
        at_ += len(words)
    return found


def _lines_changed(site: Site, leaf: Leaf, text: str) -> Iterator[list[Edit]]:
    """In a block: the lines in which words change, else all lines, else another style."""
    rows = _rows(leaf, site.lines)
    if rows:
        old = leaf.text
        same = _common(old, text)
        same_behind = _common(old[same:][::-1], text[same:][::-1])
        head = next((index for index in range(len(rows) - 1) if rows[index + 1].start > same), len(rows) - 1)
        tail = len(rows)
        while tail > head and (rows[tail - 2].end if tail > 1 else 0) >= len(old) - same_behind:
            tail -= 1
        for first, end in ((head, tail), (head, min(tail + 1, len(rows))), (0, len(rows))):
            if edit := _rows_changed(site, rows, (first, end), old, text):
                yield [edit]
    yield from _replaced(site, leaf, text)


def _rows_changed(site: Site, rows: list[_Row], part: tuple[int, int], old: str, text: str) -> Edit | None:
    """The rows from `part[0]` up to `part[1]` written anew."""
    head, tail = part
    start = rows[head].start if head < len(rows) else len(old)
    behind = len(old) - (rows[tail - 1].end if tail > head else start)
    words = text[start : len(text) - behind]
    lines = [
        line
        for index, paragraph in enumerate(words.split("\n"))
        for line in ([""] if index else []) + (list(scalars.sentences(paragraph)) if paragraph else [])
    ]
    source = site.lines
    row = rows[min(head, len(rows) - 1)].line
    end, indent = line_end(source, row), source[row][: len(source[row]) - len(source[row].lstrip(" "))]
    indented = [indent + each if each else "" for each in lines]
    if tail == head:
        return above(row, "".join(each + end for each in indented)) if indented else None
    last = rows[tail - 1].line
    upto = (last, len(source[last].rstrip("\r\n")))
    if indented:
        return Span((row, 0), upto).becomes(end.join(indented))
    if head:
        before = rows[head - 1].line
        return Span((before, len(source[before].rstrip("\r\n"))), upto).becomes("")
    return Span((row, 0), (rows[tail].line, 0)).becomes("") if tail < len(rows) else None


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
