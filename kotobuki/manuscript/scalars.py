"""How a text is written: in one line or folded, with quotes or without.

In: a text as `case.scalars` reads it, and where it stands. Out: its lines. Rules: one sentence, or a few short ones,
stand in the line of their key; a longer text stands under `>-`, a sentence a line, an empty line between paragraphs; lines
that are no sentences under `|-`. Quotes are single ones, and only where without them it would be read otherwise: that is asked of
`reading.parse` itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, assert_never

from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.parse import sound_node

Where = Literal["key", "value", "item", "flow key", "flow value", "flow item"]
"""What a text is, and whether in brackets."""
ONE_LINE = 100
"""Characters of a text up to which a sentence stands in the line of its key: 655 of the 662 in the sample cases do."""
SHORT = 50
"""And up to which several do: two short ones. Longer texts of several stand a sentence a line, so that git compares them so."""

_AROUND: dict[Where, tuple[str, ...]] = {
    "key": ("甲: 乙\n{}: 丙", "- 甲\n- {}: 丙"),
    "value": ("甲: {}",),
    "item": ("- 甲\n- {}",),
    "flow key": ("- {{{}: 乙}}",),
    "flow value": ("- {{甲: {}, 乙: 丙}}",),
    "flow item": ("- [{}, 乙]",),
}
"""Files in which a text stands so; what is read there must be the text."""
_MARKS = "(?:｛[＃※](?:[^｛｝]|｛[^｛｝]*｝)*｝)*"  # an identifier or a note behind a sentence is part of it
_SENTENCE = re.compile(f"[^。（）「」『』［］【】｛｝]*(。{_MARKS}|[（「『［【｛）」』］】｝]|$)")
_HEAD = "ぁ-ゖァ-ヺ一-鿿々0-9０-９A-Za-zＡ-Ｚａ-ｚ｛（「『【《※○①-⑳"
_PLAIN = re.compile(f"[{_HEAD}][{_HEAD}ー、。・｝）」』】》→＃／～-]*")
"""A text of which nobody need ask whether it needs quotes."""
_DEEPER, _SHALLOWER = "（「『［【｛", "）」』］】｝"


def written(text: str, where: Where, *, quoted: bool, known_keys: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """What stands in the line of the key or hyphen, and the lines below it, not yet indented."""
    if not text:
        return ("''" if quoted else ""), []
    if len(text) <= ONE_LINE and "。" not in text[:-1] and _PLAIN.fullmatch(text):
        return text, []
    for line, below in _ways(text, where):
        if _reads_as(text, line, tuple(below), where, known_keys):
            return line, below
    return _double(text), []


def in_one_line(text: str, where: Where, style: str, known_keys: tuple[str, ...] = ()) -> str:
    """A text in one line, however long: in quotes of that style ("" = none) if it can be, else as simple as it can be."""
    if not style and _PLAIN.fullmatch(text):
        return text
    plain, single, double = text, "'" + text.replace("'", "''") + "'", _double(text)
    ways = {"": (plain, single), "'": (single,), '"': (double,)}[style]
    if "\n" not in text:
        for line in (*ways, plain, single):
            if text and _reads_as(text, line, (), where, known_keys):
                return line
    return double


def _ways(text: str, where: Where) -> Iterator[tuple[str, list[str]]]:
    """The ways to write a text, the best first."""
    paragraphs = [list(sentences(each)) for each in text.split("\n")]
    folds = len(paragraphs) > 1 or len(text) > (ONE_LINE if len(paragraphs[0]) == 1 else SHORT)
    if folds and where in ("value", "item"):
        header = "|-" if len(paragraphs) > 1 and "。" not in text else ">-"
        yield header, [line for index, each in enumerate(paragraphs) for line in ([""] if index else []) + each]
    if "\n" not in text:
        yield text, []
        yield "'" + text.replace("'", "''") + "'", []


def sentences(paragraph: str) -> Iterator[str]:
    """A paragraph cut behind each 。 that is not within brackets or a mark; only where lines join again without a blank."""
    depth = start = 0
    for match in _SENTENCE.finditer(paragraph):
        end, sign = match.end(), match.group(1)
        if sign and sign in _DEEPER:
            depth += 1
        elif sign and sign in _SHALLOWER:
            depth = max(depth - 1, 0)
        elif sign and depth == 0 and paragraph[end : end + 1] not in ("", " ", "\t", "\u3000", "-"):
            yield paragraph[start:end]
            start = end
    yield paragraph[start:]


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


@lru_cache(maxsize=10_000)
def _reads_as(text: str, line: str, below: tuple[str, ...], where: Where, known_keys: tuple[str, ...]) -> bool:
    """Whether a text, written so, is read again without any remark."""
    for around in _AROUND[where]:
        lines = [around.format(line), *("    " + each if each else "" for each in below), ""]
        expected = tuple(text if part == _STAND_IN else part for part in _pattern(around))
        if _parts_of("\n".join(lines), known_keys) != expected:
            return False
    return True


_STAND_IN = "文"


@lru_cache
def _pattern(around: str) -> tuple[str, ...]:
    """The parts of a file with the stand-in in the place of the text."""
    return _parts_of(around.format(_STAND_IN), ())


def _parts_of(file: str, known_keys: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a file, with what holds them; nothing if there is anything to remark."""
    node = sound_node(file.encode(errors="surrogatepass"), known_keys, strict=True)
    return tuple(_flat(node)) if node else ()


def _flat(node: Node) -> Iterator[str]:
    match node:
        case Scalar():
            yield node.value
        case Sequence():
            yield "["
            for item in node.items:
                yield from _flat(item)
            yield "]"
        case Mapping():
            yield "{"
            for key, value in node.entries:
                yield key.value
                yield from _flat(value)
            yield "}"
        case _:
            assert_never(node)
