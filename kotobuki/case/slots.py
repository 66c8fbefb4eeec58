"""Keys that name sections and rows: which of the form's they mean, and the order in which they are printed.

A key is the form's name, ｛name｝heading to rename it, or ｛追加｝heading to add one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kotobuki.case.inlines import parse_line, plain
from kotobuki.case.nodes import Scalar
from kotobuki.diagnostics import Diagnostics

ORDER_KEY = "｛順序｝"
ADDED = "追加"
SLOT = re.compile(r"｛([^｝→※＃＝]+)｝(.+)", re.DOTALL)


def slot_name(key: str) -> str:
    """The name of the section or row that a key writes: its form's, or the heading of one that is added."""
    match = SLOT.match(key)
    if not match:
        return key
    heading = Scalar(match.group(2), "", ((0, 0, 0),))
    return plain(parse_line(heading, Diagnostics())) if match.group(1) == ADDED else match.group(1)


def in_order(written: Sequence[str], slots: Sequence[str]) -> list[str]:
    """The names of `slots`, in the form's order, with those written besides: each behind the one written before it."""
    sequence = list(slots)
    for index, name in enumerate(written):
        if name not in sequence:
            sequence.insert(_place_of_added(index, written, sequence), name)
    return sequence


def _place_of_added(index: int, written: Sequence[str], sequence: list[str]) -> int:
    """Behind the one written before it; the first of all stands before the one written after it."""
    if index:
        return sequence.index(written[index - 1]) + 1
    return next((sequence.index(name) for name in written if name in sequence), len(sequence))
