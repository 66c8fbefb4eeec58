"""Rows of cells in a terminal, where a full-width character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows as lines, each column but the last as wide as its widest cell."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)][:-1]
    for *cells, last in rows:
        padded = (cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join((*padded, last)).rstrip()


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text
    )


def shortened(text: str, most: int) -> str:
    """A text of at most so many columns; what is left out is marked by …."""
    if columns(text) <= most:
        return text
    found = ""
    for each in text:
        if columns(found + each) > most - columns("…"):
            break
        found += each
    return f"{found}…"
