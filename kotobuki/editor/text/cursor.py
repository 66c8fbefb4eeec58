"""Where a cursor stands in a YAML that need not be readable at the moment: told from indents, hyphens and brackets.

In: the lines of a text and a position, both counted from 0. Out: a `Cursor`: the keys and indexes that lead there, and what is
being written. A line whose words have no colon opens nothing, so that what is half typed does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.tree import Position

Steps = tuple[str | int, ...]
At = Literal["key", "item", "value", "text"]
"""What is being written: a key, an item of a list (which may begin with a key), a value, or more of a text."""

_DASH = re.compile(r"-(?: +|$)")
_QUOTED_KEY = re.compile(r"""('(?:[^']|'')*'|"(?:[^"\\]|\\.)*")[ \t]*:(?=[ \t]|$)""")
_PLAIN_KEY = re.compile(r"([^\s'\"\[\]{}#&*!|>%@`,][^\n]*?)[ \t]*:(?=[ \t]|$)")
_BLOCK = re.compile(r"(?:&\S+ +)?[|>][-+0-9]*[ \t]*(?:#.*)?$")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_LONGEST_FLOW = 20_000
"""Characters that are looked through for the end of brackets: an open one need not have any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a cursor stands.

    path    of the value that is written, or of the mapping (key) or list (item) that gets something new
    word    what stands before the cursor of what is written, and `start`, where that begins
    column  of the keys here, or of what is written behind a hyphen
    flow    within brackets
    key     where the last key of the path begins, if that stands on the line
    """

    path: Steps
    at: At
    word: str
    start: Position
    column: int
    flow: bool = False
    key: Position | None = None

    @property
    def mark(self) -> str | None:
        """What is typed of a ｛…｝ that is open at the cursor; None where none is."""
        begin = self.word.rfind("｛")
        if begin < 0 or "｝" in self.word[begin:] or self.word[begin - 1 : begin] == "｛":
            return None
        return self.word[begin + 1 :]


@dataclass(slots=True)
class _Frame:
    """A key or a hyphen that is open. `filled`: its value begins on its own line."""

    column: int
    step: str | int
    filled: bool = False


@dataclass(slots=True)
class _Scan:
    frames: list[_Frame] = field(default_factory=list)
    block: int | None = None
    """The column of the key or hyphen whose text under `>-` goes on."""

    def path(self) -> Steps:
        return tuple(frame.step for frame in self.frames)


def cursor_at(lines: Sequence[str], position: Position) -> Cursor:
    """Where a cursor stands."""
    row, column = position
    scan = _Scan()
    number = 0
    while number < row:
        found = _passed(scan, lines, number, row, column)
        if isinstance(found, Cursor):
            return found
        number = found
    return _stopped(scan, lines, row, column)


def _passed(scan: _Scan, lines: Sequence[str], number: int, row: int, column: int) -> int | Cursor:
    """A line before that of the cursor is looked at: the next one to look at, or the cursor where it stands in brackets that begin here."""
    line = lines[number]
    bare = line.strip()
    indent = len(line) - len(line.lstrip(" "))
    if not bare or (scan.block is not None and indent > scan.block) or bare.startswith("#"):
        return number + 1
    scan.block = None
    at = _opened(scan, line)
    rest = line[at:]
    if _BLOCK.match(rest):
        scan.block = scan.frames[-1].column if scan.frames else -1
    elif rest[:1] in ("[", "{"):
        found = _through_brackets(scan, lines, (number, at), (row, column))
        return found if isinstance(found, Cursor) else max(found, number + 1)
    if scan.frames and rest.strip() and not _COMMENT.match(rest):
        scan.frames[-1].filled = True
    return number + 1


def _opened(scan: _Scan, line: str) -> int:
    """Hyphens and a key of a line are opened; where what follows them begins."""
    at = len(line) - len(line.lstrip(" "))
    while match := _DASH.match(line, at):
        _dash(scan, at)
        at = match.end()
    if key := _key(line, at):
        _close(scan, at)
        scan.frames.append(_Frame(at, _name(key[1])))
        at = key.end()
        at += len(line[at:]) - len(line[at:].lstrip(" \t"))
    return at


def _dash(scan: _Scan, column: int) -> None:
    index = 0
    while scan.frames and scan.frames[-1].column >= column:
        frame = scan.frames[-1]
        if frame.column == column:
            if isinstance(frame.step, str):  # a list as far left as its key
                break
            index = frame.step + 1
        scan.frames.pop()
    scan.frames.append(_Frame(column, index))


def _close(scan: _Scan, column: int) -> None:
    """A key in that column ends what stands as far to the right."""
    while scan.frames and scan.frames[-1].column >= column:
        scan.frames.pop()


def _key(line: str, at: int) -> re.Match[str] | None:
    found = _QUOTED_KEY.match(line, at) or _PLAIN_KEY.match(line, at)
    comment = _COMMENT.search(line, at)
    return None if found and comment and comment.start() < found.end() else found


def _name(key: str) -> str:
    return key[1:-1].replace("''", "'") if key[:1] in ("'", '"') else key


def _stopped(scan: _Scan, lines: Sequence[str], row: int, column: int) -> Cursor:
    """The cursor on its own line."""
    line = lines[row] if row < len(lines) else ""
    head = line[:column]
    indent = len(head) - len(head.lstrip(" "))
    if scan.block is not None and (indent > scan.block or not head.strip()) and (head.strip() or column > scan.block):
        return Cursor(path=scan.path(), at="text", word=head.lstrip(), start=(row, indent), column=indent)
    if _COMMENT.match(head.lstrip()):
        return Cursor(path=(), at="text", word="", start=(row, column), column=column)
    before = len(scan.frames)
    dashes = bool(_DASH.match(head, indent))
    key = _key(head, _behind_dashes(head, indent))
    at = _opened(scan, head)
    rest = head[at:]
    if key:
        if rest[:1] in ("[", "{"):
            found = _through_brackets(scan, lines, (row, at), (row, column))
            if isinstance(found, Cursor):
                return found
        return Cursor(
            path=scan.path(), at="value", word=rest, start=(row, at), column=key.start(), key=(row, key.start())
        )
    if dashes:
        if rest[:1] in ("[", "{"):
            found = _through_brackets(scan, lines, (row, at), (row, column))
            if isinstance(found, Cursor):
                return found
        return Cursor(path=scan.path(), at="item", word=rest, start=(row, at), column=at)
    _close(scan, at)
    open_text = bool(scan.frames) and scan.frames[-1].filled and len(scan.frames) <= before
    return Cursor(path=scan.path(), at="text" if open_text else "key", word=rest, start=(row, at), column=at)


def _behind_dashes(line: str, at: int) -> int:
    while match := _DASH.match(line, at):
        at = match.end()
    return at


@dataclass(slots=True, kw_only=True)
class _Open:
    """A bracket that is open: the index of a list, or the key of a mapping, once it is typed; where that and its word begin."""

    kind: str
    index: int = 0
    key: str | None = None
    key_at: Position | None = None
    start: Position = (0, 0)
    words: str = ""


def _through_brackets(scan: _Scan, lines: Sequence[str], start: Position, upto: Position) -> int | Cursor:
    """Brackets are looked through: the cursor where it stands in them, else the line behind their end."""
    opened: list[_Open] = []
    row, column = start
    quote = ""
    for _ in range(_LONGEST_FLOW):
        if (row, column) == upto:
            return _within(scan, opened, upto) if opened else row + 1
        if row >= len(lines):
            break
        if column >= len(lines[row]):
            if row == upto[0]:
                return _within(scan, opened, upto) if opened else row + 1
            row, column = row + 1, 0
            continue
        sign = lines[row][column]
        behind = lines[row][column + 1 : column + 2]
        column += 1
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "[{":
            opened.append(_Open(kind=sign, start=(row, column)))
            continue
        elif sign in "]}":
            opened.pop()
            if not opened:
                return row + 1
        elif sign == "," and opened:
            last = opened[-1]
            last.index, last.key, last.words, last.start = last.index + 1, None, "", (row, column)
            continue
        elif sign == ":" and behind in ("", " ", "\t") and opened and opened[-1].kind == "{" and opened[-1].key is None:
            last = opened[-1]
            last.key, last.key_at = _name(last.words.strip()), last.start
            last.words, last.start = "", (row, column)
            continue
        elif sign in "'\"" and opened and not opened[-1].words.strip():
            quote = sign
        if opened:
            last = opened[-1]
            if not last.words.strip() and sign in " \t":
                last.start = (row, column)
            else:
                last.words += sign
    return row + 1


def _within(scan: _Scan, opened: Sequence[_Open], at: Position) -> Cursor:
    path = list(scan.path())
    for each in opened[:-1]:
        path.append(each.index if each.kind == "[" else each.key or "")
    last = opened[-1]
    word = last.words.lstrip()
    if last.kind == "[":
        return Cursor(path=(*path, last.index), at="item", word=word, start=last.start, column=at[1], flow=True)
    if last.key is None:
        return Cursor(path=tuple(path), at="key", word=word, start=last.start, column=at[1], flow=True)
    return Cursor(
        path=(*path, last.key), at="value", word=word, start=last.start, column=at[1], flow=True, key=last.key_at
    )
