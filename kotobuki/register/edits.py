"""A number written into a YAML, every other byte as it was.

In: a `Paper` and its number. Out: the file's new bytes, or None where no place can be found for it. Rules: the number
goes to the front of 依頼 (発信, 諮問), in the style that mapping is written in; a value that stands there is replaced within its
quotes; before the bytes are handed out they are read again, and must say the same but for the number.
"""

from __future__ import annotations

import re

from kotobuki.diagnostics import Diagnostics
from kotobuki.manuscript.textedits import Edit, apply, behind_colon, line_end, lines_of
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.parse import read_text
from kotobuki.register.entries import Key
from kotobuki.register.papers import Paper

_NUMBER, _BRANCH = "番号", "枝番"
_HEAD = ("様式", "件名", "主管課", "根拠")
_BEFORE = {"依頼": _HEAD, "発信": _HEAD, "諮問": ("会議体", "年度", "回")}
"""After which of these keys, the last one there is, a new 依頼 or 諮問 goes."""


def with_number(paper: Paper, key: Key) -> bytes | None:
    """The bytes of the paper's file with that number in it."""
    number, branch = key
    values = {_NUMBER: str(number)} | ({_BRANCH: str(branch)} if branch else {})
    lines = lines_of(paper.data.decode())
    edits = _edits(paper, values, lines)
    if edits is None:
        return None
    data = apply(edits, lines).encode()
    return data if _says_the_same(paper, data, values) else None


def _edits(paper: Paper, values: dict[str, str], lines: list[str]) -> list[Edit] | None:
    entry = next((each for each in paper.node.entries if each[0].value == paper.claim.what), None)
    flow = "{" + _pairs(values) + "}"
    if entry is None:
        return _new_line(paper, f"{paper.claim.what}: {flow}", lines)
    key, value = entry
    if isinstance(value, Scalar):
        edit = None if value.value else _after_colon(key, flow, lines)
        return [edit] if edit else None
    if not isinstance(value, Mapping):
        return None
    edits: list[Edit] = []
    new = dict(values)
    for name, old in value.entries:
        if name.value in new:
            edit = _replaced(name, old, new.pop(name.value), lines)
            if edit is None:
                return None
            edits.append(edit)
    if new:
        edit = _at_front(key, value, _pairs(new), lines)
        if edit is None:
            return None
        edits.append(edit)
    return edits


def _pairs(values: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in values.items())


def _replaced(key: Scalar, old: Node, text: str, lines: list[str]) -> Edit | None:
    """A value in the place of another, within its quotes; or after the colon, where there is none."""
    if not isinstance(old, Scalar):
        return None
    if not old.value and not old.quoted:
        return _after_colon(key, text, lines)
    place = old.place()
    line, start = place.line - 1, place.column - 1 + (not old.value)  # an empty one is placed at its quote
    end = start + len(old.value)
    return Edit((line, start), (line, end), text) if lines[line][start:end] == old.value else None


def _after_colon(key: Scalar, text: str, lines: list[str]) -> Edit | None:
    colon = behind_colon(key, lines)
    return Edit(colon, colon, f" {text}") if colon else None


def _at_front(key: Scalar, mapping: Mapping, pairs: str, lines: list[str]) -> Edit | None:
    """Before the first entry of a mapping: within its brace, or on a line of its own below its key."""
    line, column = mapping.place().line - 1, mapping.place().column
    if brace := re.compile(r"(?:&\S+[ \t]+)?\{").match(lines[line], column - 1):
        return Edit((line, brace.end()), (line, brace.end()), pairs + (", " if mapping.entries else ""))
    if not mapping.entries:
        return None
    first = mapping.entries[0][0].place()
    indent = lines[first.line - 1][: first.column - 1]
    below = key.place().line  # counted from 0, the line below the key
    if indent.strip() or first.line <= below:
        return None
    end = line_end(lines[below - 1]) or "\n"
    return Edit((below, 0), (below, 0), "".join(f"{indent}{pair}{end}" for pair in pairs.split(", ")))


def _new_line(paper: Paper, text: str, lines: list[str]) -> list[Edit] | None:
    """A line after those keys that come before it, above the next key and the comments that belong to that."""
    entries = paper.node.entries
    known = [index for index, (key, _) in enumerate(entries) if key.value in _BEFORE[paper.claim.what]]
    if not known:
        return None
    last = entries[known[-1]][0].place()
    after = entries[known[-1] + 1][0].place().line - 1 if known[-1] + 1 < len(entries) else len(lines)
    while after > last.line and re.fullmatch(r"[ \t]*(#.*)?[\r\n]*", lines[after - 1]):
        after -= 1
    indent, end = lines[last.line - 1][: last.column - 1], line_end(lines[last.line - 1]) or "\n"
    if indent.strip():
        return None
    above = lines[after - 1]
    if above.endswith(("\n", "\r")):
        return [Edit((after, 0), (after, 0), f"{indent}{text}{end}")]
    return [Edit((after - 1, len(above)), (after - 1, len(above)), f"{end}{indent}{text}")]


def _says_the_same(paper: Paper, data: bytes, values: dict[str, str]) -> bool:
    """Whether the bytes, read again without fault, have the values and are otherwise what they were."""
    diagnostics = Diagnostics()
    node = read_text(data, paper.claim.place.path, diagnostics)
    if diagnostics.errors or not isinstance(node, Mapping):
        return False
    section = node.get(paper.claim.what)
    found = {name.value: value for name, value in section.entries} if isinstance(section, Mapping) else {}
    written = all(isinstance(value := found.get(name), Scalar) and value.value == values[name] for name in values)
    return written and _without(node, paper.claim.what, values) == _without(paper.node, paper.claim.what, values)


def _without(node: Mapping, what: str, values: dict[str, str]) -> list[tuple[str, object]]:
    """A file's entries without the values, and without the mapping that they leave empty."""
    found: list[tuple[str, object]] = []
    for key, value in node.entries:
        if key.value == what and isinstance(value, Mapping):
            rest = [(name.value, inner) for name, inner in value.entries if name.value not in values]
            found += [(key.value, rest)] if rest else []
        elif key.value != what or not isinstance(value, Scalar) or value.value:
            found.append((key.value, value))
    return found
