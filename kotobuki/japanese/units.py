"""Words that a title does not part at a line's end: 第80号, 第14条第３項, 令和４年５月11日.

In: text as printed. Out: spans of offsets, for a line breaker to keep whole.
"""

from __future__ import annotations

import re

from kotobuki.japanese.wareki import ERAS

_NUMBER = r"第?[0-9０-９]+(?:年度|か年|[年月日回号条項章節款編次期])(?:の[0-9０-９]+)?"
_UNITS = re.compile(rf"(?:{'|'.join(era.name for era in ERAS)})?(?:{_NUMBER}|元年度?)+(?:{_NUMBER})*")


def unit_spans(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each unit in `text`, ascending."""
    return tuple(match.span() for match in _UNITS.finditer(text))
