"""Line ends as a file had them, given back to a text whose ends were made alike.

A browser's editor knows one line end a text. A file that has several keeps them in the lines that were not touched.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_END = re.compile(r"(\r\n|\r|\n)")
_MOST = 3_000
"""Lines between the first and the last change that are compared: a file of a thousand lines is a long case."""


def restored(text: str, old: str) -> str:
    """`text`, with the line ends of `old` in the lines that both have, if `old` has several kinds of them."""
    before = _lines(old)
    if len({end for _, end in before if end}) < 2:
        return text
    after = _lines(text)
    words, own = [line for line, _ in before], [line for line, _ in after]
    most = min(len(words), len(own))
    head = next((at for at in range(most) if words[at] != own[at]), most)
    tail = next((at for at in range(most - head) if words[-1 - at] != own[-1 - at]), most - head)
    blocks = [(0, 0, head), (len(words) - tail, len(own) - tail, tail)]
    if max(len(words), len(own)) - head - tail <= _MOST:
        middle = SequenceMatcher(None, words[head : len(words) - tail], own[head : len(own) - tail], autojunk=False)
        blocks += [(head + one, head + other, size) for one, other, size in middle.get_matching_blocks()]
    ends = {other + at: before[one + at][1] for one, other, size in blocks for at in range(size)}
    return "".join(line + (ends.get(at) or end if end else "") for at, (line, end) in enumerate(after))


def _lines(text: str) -> list[tuple[str, str]]:
    """The lines with their ends; the last one has none."""
    parts = _END.split(text)
    return list(zip(parts[::2], [*parts[1::2], ""], strict=True))
