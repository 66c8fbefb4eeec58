"""A YAML edited in its source: values replaced, entries put in and taken out, every other byte as it was.

In: nodes with their places, and the lines of the source. Out: `Edit`s, and the text they make. The one way in which a part
of a file is changed (`writing` lays out a file as a whole). A function that finds no certain place gives None: a text of
several lines or with escapes does not stand in the source as it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.tree import Position
from kotobuki.reading import nodes as n
from kotobuki.reading.nodes import Scalar

_BRACE = re.compile(r"(?:&\S+[ \t]+)?\{")
_COLON = re.compile(r"""['"]?[ \t]*:""")
_COMMA_BEHIND = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r"[ \t]*,[ \t]*$")
_BLANK_OR_COMMENT = re.compile(r"[ \t]*(#.*)?[\r\n]*")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands from `start` up to `end` gives way to `text`."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the source, from `start` up to `end`."""

    start: Position
    end: Position

    def becomes(self, text: str) -> Edit:
        """The edit that puts a text in its place."""
        return Edit(self.start, self.end, text)


def at(place: Position) -> Span:
    """The gap before a character."""
    return Span(place, place)


def lines_of(text: str) -> list[str]:
    """The lines with their ends; the last one is what stands behind the last end, "" for a file that ends in one."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def line_end(lines: Sequence[str], row: int) -> str:
    """How a line ends; the last of a file, which has no end, as the one before it would."""
    ends = (line[len(line.rstrip("\r\n")) :] for line in (lines[row], lines[row - 1]))
    return next(filter(None, ends), "\n")


def edited(lines: Sequence[str], edits: Iterable[Edit]) -> list[str]:
    """The lines with all edits made, which may not overlap; one that takes in several lines leaves one in their place."""
    found = list(lines)
    for edit in sorted(set(edits), reverse=True):  # what an alias repeats is changed once
        (first, start), (last, end) = edit.start, edit.end
        tail = found[last][end:] if last < len(found) else ""
        found[first : last + 1] = [found[first][:start] + edit.text + tail]
    return found


def words(scalar: Scalar, lines: Sequence[str]) -> Span | None:
    """Where a text stands on its line, without its quotes; the gap between them for an empty one."""
    place = scalar.place()
    row, start = place.line - 1, place.column - 1 + (scalar.quoted and not scalar.value)
    end = start + len(scalar.value)
    on_one_line = len({line for _, line, _ in scalar.segments}) == 1
    return Span((row, start), (row, end)) if on_one_line and lines[row][start:end] == scalar.value else None


def written(scalar: Scalar, lines: Sequence[str]) -> Span | None:
    """Where a text that is not empty stands on its line, with its quotes."""
    inner = words(scalar, lines) if scalar.value else None
    if inner is None or not scalar.quoted:
        return inner
    (row, start), (_, end) = inner.start, inner.end
    return Span((row, start - 1), (row, end + 1))


def value(key: Scalar, of_key: Scalar, lines: Sequence[str]) -> Span | None:
    """As `written`, for the value of a key; one of several lines from behind the key's colon."""
    if found := written(of_key, lines):
        return found
    colon = behind_colon(key, lines)
    offset, last, column = of_key.segments[-1]
    end = column - 1 + len(of_key.value) - offset
    if colon is None or not of_key.value or lines[last - 1][column - 1 : end] != of_key.value[offset:]:
        return None
    row, start = colon.start
    blanks = len(lines[row][start:]) - len(lines[row][start:].lstrip(" \t"))
    return Span((row, start + blanks), (last - 1, end + of_key.quoted))


def behind_colon(key: Scalar, lines: Sequence[str]) -> Span | None:
    """The gap behind the colon of a key; None where that does not stand behind the key as read."""
    row, column = key.place().line - 1, key.place().column - 1 + len(key.value)
    colon = _COLON.match(lines[row], column)
    return at((row, colon.end())) if colon else None


def with_entries(key: Scalar, mapping: n.Mapping, entries: Mapping[str, str], lines: Sequence[str]) -> Edit | None:
    """Entries before the first of a mapping that is the value of a key: within its brace, or each on a line of its own."""
    row, column = mapping.place().line - 1, mapping.place().column
    if brace := _BRACE.match(lines[row], column - 1):
        return at((row, brace.end())).becomes(in_a_row(entries) + (", " if mapping.entries else ""))
    if not mapping.entries:
        return None
    first = mapping.entries[0][0].place()
    indent = lines[first.line - 1][: first.column - 1]
    below = key.place().line  # counted from 0, the line below the key
    if indent.strip() or first.line <= below:
        return None
    return above(
        below, "".join(f"{indent}{name}: {each}{line_end(lines, below - 1)}" for name, each in entries.items())
    )


def in_a_row(entries: Mapping[str, str]) -> str:
    """Entries as they stand in braces: 番号: 82, 枝番: 2."""
    return ", ".join(f"{name}: {each}" for name, each in entries.items())


def with_line(entries: Sequence[tuple[Scalar, n.Node]], index: int, text: str, lines: Sequence[str]) -> Edit | None:
    """A line below the entry `index` of a mapping, above the next key and the comments that belong to that."""
    key = entries[index][0].place()
    after = entries[index + 1][0].place().line - 1 if index + 1 < len(entries) else len(lines)
    while after > key.line and _BLANK_OR_COMMENT.fullmatch(lines[after - 1]):
        after -= 1
    indent, end = lines[key.line - 1][: key.column - 1], line_end(lines, key.line - 1)
    if indent.strip():
        return None
    last = lines[after - 1]
    if last.endswith(("\n", "\r")):
        return above(after, f"{indent}{text}{end}")
    return at((after - 1, len(last))).becomes(f"{end}{indent}{text}")


def above(row: int, text: str) -> Edit:
    """Whole lines above a row, which counts from 0."""
    return at((row, 0)).becomes(text)


def without(key: Scalar, of_key: Scalar, lines: Sequence[str]) -> Edit | None:
    """An entry of a mapping taken out: its line, or, in brackets, it and one comma."""
    found = value(key, of_key, lines)
    if found is None or found.start[0] != found.end[0]:
        return None
    row, end = found.end
    start, line = key.place().column - 1, lines[row]
    if not line[:start].strip():
        return Edit((row, 0), (row + 1, 0) if row + 1 < len(lines) else (row, len(line)), "")
    if behind := _COMMA_BEHIND.match(line, end):
        return Edit((row, start), (row, behind.end()), "")
    before = _COMMA_BEFORE.search(line[:start])
    return Edit((row, before.start() if before else start), (row, end), "")
