"""Words put into a YAML: spelt so that they read back as they are, whatever is in them.

In: words. Out: a scalar as it is written in a file: plain where that will do, else in quotes. And texts with
placeholders, those of them filled in that there is an answer to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from typing import assert_never

from kotobuki.reading import nodes as n
from kotobuki.reading.parse import sound_node
from kotobuki.reading.placeholders import Placeholder
from kotobuki.reading.scalars import composed

_PLACEHOLDER = re.compile(r"｛記入：([^｛｝\n]+)｝")


Answers = Dictionary[str, tuple[str, ...]]
"""What takes the place of placeholders, by what they are called: one text, or several where a list may stand."""


class UnwritableError(ValueError):
    """Words that no YAML of ours can hold: several lines, characters that cannot be seen."""


def clean(words: str) -> str:
    """Words as a YAML holds them: no blanks at the ends, kana and their marks in one character."""
    return composed(words.strip(" \t"))


def written(words: str, *, key: bool = False) -> str:
    """The scalar that reads back as `words`, in a block and in brackets alike; `key`: before a colon."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    for candidate in (words, "'" + words.replace("'", "''") + "'", f'"{escaped}"'):
        if words and _reads_back(candidate, words, key):
            return candidate
    raise UnwritableError(words)


def blank(what: str) -> str:
    """A placeholder as written: ｛記入：条項｝ for 条項."""
    return Placeholder(re.sub("[｛｝]", "", what)).source


def spelt(answer: Sequence[str]) -> str:
    """An answer as it is written: one scalar, or a list of several."""
    return written(answer[0]) if len(answer) == 1 else f"[{', '.join(map(written, answer))}]"


def fill(text: str, answers: Answers) -> str:
    """`text` with the first placeholder of each name that `answers` has replaced by the answer."""
    left = {name: spelt(answer) for name, answer in answers.items()}
    return _PLACEHOLDER.sub(lambda match: left.pop(match[1], match[0]), text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, one a line."""
    return [each for each in re.split(r"(?<=。)(?![」）])", text) if each]


def _reads_back(candidate: str, words: str, key: bool) -> bool:
    """Whether a reader finds the words, and nothing to complain of."""
    expected: object
    if key:
        text, expected = f"- {candidate}: 値\n- {{{candidate}: 値}}\n", [[(words, "値")], [(words, "値")]]
    else:
        text = f"- 値: {candidate}\n- {{値: {candidate}, 末: 値}}\n- [{candidate}, 末]\n"
        expected = [[("値", words)], [("値", words), ("末", "値")], [words, "末"]]
    try:
        node = sound_node(text.encode(), strict=True)
    except UnicodeEncodeError:  # half of a character
        return False
    return node is not None and _values(node) == expected


def _values(node: n.Node) -> object:
    match node:
        case n.Scalar():
            return node.value
        case n.Sequence():
            return [_values(item) for item in node.items]
        case n.Mapping():
            return [(key.value, _values(value)) for key, value in node.entries]
        case _:
            assert_never(node)
