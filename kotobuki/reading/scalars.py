"""The rule by which the lines of a YAML scalar join into Japanese text, the same whatever the scalar's style.

In: the source lines and where in them a scalar stands. Out: a `Scalar` whose every character knows its place. Rule:
blanks at both ends of a line fall away; kana and a combining ゛ or ゜ are one character; a line break between full-width characters joins without a space, between two
half-width ones with one; a blank line (or several) starts a new paragraph, one "\\n" in the value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, assert_never

from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.named_tuples import NamedTuple
from kotobuki.reading.nodes import Scalar

Style = Literal["", "|", ">", "'", '"']
_BLANKS = " \t"  # U+3000 is a character of the text
_OPENING, _CLOSING = "([{<-/", ")]}>,.;:!?%"  # of half-width text: no space after these, none before those

_BEFORE = ("&", "!", "#", " ", "\t", "")
_PROPERTY = lazy_pattern(r"[&!][^ \t]*|[ \t]+|#.*")  # what may stand before a scalar and is counted in by YAML
_ESCAPE = lazy_pattern(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|[^\\]+")
_DECOMPOSED = lazy_pattern("[\u3041-\u30ff][\u3099\u309a]")
_ESCAPES = {  # YAML's, by the letter after the backslash; any other character stands for itself
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\n",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


class SourceRun(NamedTuple):
    """Characters that stand side by side in the source, from `line` and `column` (from 1)."""

    text: str
    line: int
    column: int


class Extent(NamedTuple):
    """Where a scalar stands: from `start` up to `end`, each (line, column) from 0, anchor and quotes counted in."""

    style: Style
    start: tuple[int, int]
    end: tuple[int, int]


def source_runs(lines: Sequence[str], extent: Extent) -> list[SourceRun]:
    """The source of a scalar line by line, without its quotes; if it has none, without the blanks at the ends."""
    last, end = extent.end
    line, column = extent.start
    in_line = line == last and column < end
    if in_line and not extent.style and lines[line][column : column + 1] not in _BEFORE:  # as nearly all are
        return [_right_stripped(SourceRun(lines[line][column:end], line + 1, column + 1))]
    line, column = _skip_properties(lines, extent)
    if (line, column) >= extent.end:
        return []
    quoted = extent.style in ("'", '"')
    if quoted:
        column, end = column + 1, end - 1
    elif extent.style:
        line, column = line + 1, 0
        last = last if end else last - 1
    found = []
    for number in range(line, last + 1):
        first = column if number == line else 0
        text = lines[number][first : end if number == extent.end[0] else None]
        found.append(SourceRun(text, number + 1, first + 1))
    return found if quoted else [_left_stripped(_right_stripped(run)) for run in found]


def _skip_properties(lines: Sequence[str], extent: Extent) -> tuple[int, int]:
    line, column = extent.start
    while (line, column) < extent.end and lines[line][column : column + 1] in _BEFORE:
        match = _PROPERTY.match(lines[line], column)
        line, column = (line, match.end()) if match else (line + 1, 0)
    return line, column


def read_scalar(runs: Sequence[SourceRun], style: Style, path: str, start: tuple[int, int]) -> Scalar:
    """The scalar that `source_runs` make; `start` (line, column from 1) is its place if it is empty."""
    match style:
        case "'":
            return _join(map(_trim, _single_quoted(runs)), path, start, quoted=True)
        case '"':
            return _join(map(_trim, _double_quoted(runs)), path, start, quoted=True)
        case "" | "|" | ">":  # a line of full-width spaces alone looks blank, so it is
            return _join([_composed(run) if run.text.strip() else [] for run in runs], path, start)
        case _:
            assert_never(style)


def is_plain(text: str) -> bool:
    """Whether a text on one line is what is written there: there are words in it, and nothing to compose."""
    return not (text.isspace() or "\u3099" in text or "\u309a" in text) and text != ""


def _join(rows: Iterable[Sequence[SourceRun]], path: str, start: tuple[int, int], quoted: bool = False) -> Scalar:
    """The rule of this module, for `rows` of runs that stand on one line after another, without blanks at their ends."""
    parts: list[str] = []
    segments: list[tuple[int, int, int]] = []
    length = 0
    paragraph = False
    for row in rows:
        if not row:
            paragraph = True
            continue
        if parts:
            glue = "\n" if paragraph else _glue(parts[-1][-1], row[0].text[0])
            parts[-1] += glue
            length += len(glue)
        paragraph = False
        for run in row:
            segments.append((length, run.line, run.column))
            parts.append(run.text)
            length += len(run.text)
    return Scalar("".join(parts), path, tuple(segments) or ((0, *start),), quoted)


def composed(text: str) -> str:
    """Words with か and a combining ゛ made one character, as they are read."""
    return "".join(run.text for run in _composed(SourceRun(text, 1, 1)))


def _composed(run: SourceRun) -> list[SourceRun]:
    """The run with か and a combining ゛ made one character, as macOS parts them in file names; nothing else is normalised."""
    if "\u3099" not in run.text and "\u309a" not in run.text:  # as nearly all are
        return [run] if run.text else []
    found = []
    at = 0
    for match in _DECOMPOSED.finditer(run.text):
        character = unicodedata.normalize("NFC", match.group())
        if len(character) == 1:
            found.append(SourceRun(run.text[at : match.start()] + character, run.line, run.column + at))
            at = match.end()
    if at < len(run.text):
        found.append(SourceRun(run.text[at:], run.line, run.column + at))
    return found


def _single_quoted(lines: Sequence[SourceRun]) -> list[list[SourceRun]]:
    """The rows of what stands between single quotes, where \'\' is one quote."""
    return [
        [
            SourceRun("'" if match.group() == "''" else match.group(), run.line, run.column + match.start())
            for match in re.finditer("''|[^']+", run.text)
        ]
        for run in lines
    ]


def _double_quoted(lines: Sequence[SourceRun]) -> list[list[SourceRun]]:
    """The rows of what stands between double quotes: \\n starts a paragraph, \\ at the end of a line joins."""
    rows: list[list[SourceRun]] = [[]]
    for run in lines:
        text = run.text.rstrip(_BLANKS) if run is not lines[-1] else run.text
        joined = run is not lines[-1] and (len(text) - len(text.rstrip("\\"))) % 2 == 1
        blanks = len(text) - len(text.lstrip(_BLANKS))
        for match in _ESCAPE.finditer(text, blanks, len(text) - joined):
            character = _unescape(match)
            if character == "\n":
                rows += [[], []]
            else:
                rows[-1].append(SourceRun(character, run.line, run.column + match.start()))
        if not joined:
            rows.append([])
    return rows


def _unescape(match: re.Match[str]) -> str:
    if match.lastindex is None:
        return match.group()
    digits = match.group(1) or match.group(2) or match.group(3)
    return chr(int(digits, 16)) if digits else _ESCAPES.get(match.group(4), match.group(4))


def _trim(row: Sequence[SourceRun]) -> list[SourceRun]:
    """The row with its characters composed, without blanks at its ends and without empty runs."""
    runs = [part for run in row for part in _composed(run)]
    while runs and not runs[0].text.strip(_BLANKS):
        runs.pop(0)
    while runs and not runs[-1].text.strip(_BLANKS):
        runs.pop()
    if runs:
        runs[0] = _left_stripped(runs[0])
        runs[-1] = _right_stripped(runs[-1])
    return runs


def _left_stripped(run: SourceRun) -> SourceRun:
    text = run.text.lstrip(_BLANKS)
    if len(text) == len(run.text):
        return run
    return SourceRun(text, run.line, run.column + len(run.text) - len(text))


def _right_stripped(run: SourceRun) -> SourceRun:
    text = run.text.rstrip(_BLANKS)
    return run if len(text) == len(run.text) else SourceRun(text, run.line, run.column)


def _glue(before: str, after: str) -> str:
    """What a line break between two characters becomes."""
    if not (_is_half_width(before) and _is_half_width(after)) or before in _OPENING or after in _CLOSING:
        return ""
    return " "


def _is_half_width(character: str) -> bool:
    """Whether words of such characters are kept apart by spaces: ASCII, and the letters of other Western scripts."""
    return character.isascii() or (character < "\u2000" and character.isalpha())
