"""A number written into a YAML, every other byte as it was.

In: a `NumberedFile`, its number and, where none is in it yet, its date. Out: the file's new bytes, or None where no place can be found for it. Rules: the number
goes to the front of 依頼 (発信, 諮問), in the style that mapping is written in; a value that stands there is replaced within its
quotes; before the bytes are handed out they are read again, and must say the same but for the number.
"""

from __future__ import annotations

from datetime import date

from kotobuki.manuscript import edits
from kotobuki.manuscript.edits import Edit
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.parse import sound_node
from kotobuki.register.entries import NumberKey
from kotobuki.register.papers import NumberedFile

_NUMBER, _BRANCH, _DATE = "番号", "枝番", "日付"
_HEAD = ("様式", "件名", "主管課", "根拠")
_BEFORE = {"依頼": _HEAD, "発信": _HEAD, "諮問": ("会議体", "年度", "回")}
"""After which of these keys, the last one there is, a new 依頼 or 諮問 goes."""


def with_number(paper: NumberedFile, key: NumberKey, day: date | None = None) -> bytes | None:
    """The bytes of the paper's file with that number in it, and with that date (None: as it is)."""
    number, branch = key
    values = {_NUMBER: str(number)} | ({_BRANCH: str(branch)} if branch else {})
    values |= {_DATE: day.isoformat()} if day else {}
    lines = edits.lines_of(paper.data.decode())
    found = _edits(paper, values, lines)
    if found is None:
        return None
    data = "".join(edits.edited(lines, found)).encode()
    return data if _says_the_same(paper, data, values) else None


def _edits(paper: NumberedFile, values: dict[str, str], lines: list[str]) -> list[Edit] | None:
    entry = next((each for each in paper.node.entries if each[0].value == paper.claim.what), None)
    flow = "{" + edits.in_a_row(values) + "}"
    if entry is None:
        return _each([_new_line(paper, f"{paper.claim.what}: {flow}", lines)])
    key, value = entry
    if isinstance(value, Scalar):
        return None if value.value else _each([_behind_colon(key, flow, lines)])
    if not isinstance(value, Mapping):
        return None
    new = dict(values)
    found = [_replaced(name, old, new.pop(name.value), lines) for name, old in value.entries if name.value in new]
    return _each([*found, edits.with_entries(key, value, new, lines)] if new else found)


def _each(found: list[Edit | None]) -> list[Edit] | None:
    """The edits, if there is a place for each."""
    certain = [each for each in found if each]
    return certain if len(certain) == len(found) else None


def _replaced(key: Scalar, old: Node, text: str, lines: list[str]) -> Edit | None:
    """A value in the place of another, within its quotes; or after the colon, where there is none."""
    if not isinstance(old, Scalar):
        return None
    if not old.value and not old.quoted:
        return _behind_colon(key, text, lines)
    span = edits.words(old, lines)
    return span.becomes(text) if span else None


def _behind_colon(key: Scalar, text: str, lines: list[str]) -> Edit | None:
    colon = edits.behind_colon(key, lines)
    return colon.becomes(f" {text}") if colon else None


def _new_line(paper: NumberedFile, text: str, lines: list[str]) -> Edit | None:
    """After those keys that come before it, the last one there is."""
    entries = paper.node.entries
    known = [index for index, (key, _) in enumerate(entries) if key.value in _BEFORE[paper.claim.what]]
    return edits.with_line(entries, known[-1], text, lines) if known else None


def _says_the_same(paper: NumberedFile, data: bytes, values: dict[str, str]) -> bool:
    """Whether the bytes, read again without fault, have the values and are otherwise what they were."""
    node = sound_node(data, shown=paper.claim.place.path)
    if not isinstance(node, Mapping):
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
