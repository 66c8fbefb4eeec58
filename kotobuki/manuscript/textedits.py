"""Places of a YAML's text: where a value stands in its lines, and those lines with some of it replaced.

In: nodes with their positions, and the source. Out: `Edit`s, and the text they make; every other byte as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kotobuki.reading.nodes import Scalar


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands from `start` up to `end`, each (line, column) from 0, gives way to `text`."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def lines_of(text: str) -> list[str]:
    """The lines with their ends; the last one is what stands behind the last end, "" for a file that ends in one."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def line_end(line: str) -> str:
    """How a line ends; "" for the last of a file."""
    return line[len(line.rstrip("\r\n")) :]


def apply(edits: Iterable[Edit], lines: Sequence[str]) -> str:
    """The text with all edits made; they may not overlap."""
    found = list(lines)
    for edit in sorted(set(edits), reverse=True):  # what an alias repeats is changed once
        (first, start), (last, end) = edit.start, edit.end
        tail = found[last][end:] if last < len(found) else ""
        found[first : last + 1] = [found[first][:start] + edit.text + tail]
    return "".join(found)


def extent(scalar: Scalar, lines: Sequence[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """From where to where a scalar stands on its line, quotes counted in; None for one of several lines or with escapes."""
    place = scalar.place()
    line, start = place.line - 1, place.column - 1
    end = start + len(scalar.value)
    if len({row for _, row, _ in scalar.segments}) > 1 or lines[line][start:end] != scalar.value or not scalar.value:
        return None
    if scalar.quoted:
        return (line, start - 1), (line, end + 1)
    return (line, start), (line, end)


def value_extent(key: Scalar, value: Scalar, lines: Sequence[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """As `extent`, for the value of a key; one of several lines from behind the key's colon."""
    if found := extent(value, lines):
        return found
    colon = behind_colon(key, lines)
    offset, last, at = value.segments[-1]
    end = at - 1 + len(value.value) - offset
    if colon is None or not value.value or lines[last - 1][at - 1 : end] != value.value[offset:]:
        return None
    row, start = colon
    blanks = len(lines[row][start:]) - len(lines[row][start:].lstrip(" \t"))
    return (row, start + blanks), (last - 1, end + value.quoted)


def behind_colon(key: Scalar, lines: Sequence[str]) -> tuple[int, int] | None:
    """The place behind the colon of a key; None where it does not stand behind the key as read."""
    row, column = key.place().line - 1, key.place().column - 1 + len(key.value)
    colon = re.compile(r"""['"]?[ \t]*:""").match(lines[row], column)
    return (row, colon.end()) if colon else None


def removal(key: Scalar, value: Scalar, lines: Sequence[str]) -> Edit | None:
    """An entry of a mapping taken out: its line, or, in brackets, it and one comma."""
    found = value_extent(key, value, lines)
    if found is None or found[0][0] != found[1][0]:
        return None
    (row, _), (_, end) = found
    start, line = key.place().column - 1, lines[row]
    if not line[:start].strip():
        return Edit((row, 0), (row + 1, 0), "") if row + 1 < len(lines) else Edit((row, 0), (row, len(line)), "")
    after = re.compile(r"[ \t]*,[ \t]*").match(line, end)
    if after:
        return Edit((row, start), (row, after.end()), "")
    before = re.search(r"[ \t]*,[ \t]*$", line[:start])
    return Edit((row, before.start() if before else start), (row, end), "")
