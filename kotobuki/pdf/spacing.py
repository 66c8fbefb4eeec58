"""Where drawn gaps would be read as blanks, and blanks would be lost: text extraction made exact.

In: a `TextLine`. Out: its pieces in groups. Readers of a PDF infer blanks from gaps, but 第 14条 and 村 島 are gaps of
layout. A group whose gaps mislead carries its true text, to be written as /ActualText (ISO 32000-1, 14.9.4). Groups
are as small as can be (the characters next to a gap), so that the rest of the line stays selectable by character.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kotobuki.fonts import characters
from kotobuki.layout.page import Glyphs, TextLine

_GAP = 0.08
"""The widest gap or overlap, in em, that no reader minds (poppler ends a word at 0.1 em of either)."""


class Piece(NamedTuple):
    """Characters set from `x` on with `tracking` pt after each; `blank` is read between them and the piece before."""

    x: float
    characters: Sequence[str]
    tracking: float
    blank: str = ""


@dataclass(slots=True)
class Group:
    """Pieces that belong together; `gaps`: a reader would not find their text by what it sees."""

    pieces: list[Piece]
    gaps: bool
    otherwise: str | None = None
    """The text, where it is not what the pieces draw."""

    @property
    def text(self) -> str:
        """What is to be read, searched and copied there, blanks included."""
        if self.otherwise is not None:
            return self.otherwise
        return "".join(piece.blank + "".join(piece.characters) for piece in self.pieces)


def groups(line: TextLine, advance_em: Callable[[str], float]) -> list[Group]:
    """The line cut into groups. `advance_em` measures a character of its font."""
    spans = [span for span in line.spans if characters(span.text)]
    if not spans:
        return []
    blanks = _blanks(line.text, spans)
    if blanks is None:  # drawn otherwise than read
        drawn = [Piece(span.x, characters(span.text), span.tracking) for span in spans]
        return [Group(drawn, gaps=True, otherwise=line.text)]
    cutter = _Cutter(line.size, advance_em)
    tied: str | None = None
    for span, following, blank in zip(spans, (*spans[1:], None), blanks, strict=True):
        ties = following is not None and (blank != "" or cutter.parts(span, following))
        cutter.add(span, tied, ties)
        tied = blank if ties else None
    return cutter.groups


def _blanks(text: str, spans: Sequence[Glyphs]) -> list[str] | None:
    """The blanks of `text` that no span draws, by the span before them; None if the spans draw something else."""
    skipped: list[str] = []
    for span in spans:
        before, drawn, text = text.partition(span.text)
        if not drawn or before.strip():
            return None
        skipped.append(before)
    return None if text.strip() else [*skipped[1:], ""]


class _Cutter:
    """Cuts spans into pieces and ties pieces into groups."""

    def __init__(self, size: float, advance_em: Callable[[str], float]) -> None:
        self._size = size
        self._advance_em = advance_em
        self.groups: list[Group] = []

    def parts(self, span: Glyphs, following: Glyphs) -> bool:
        """Whether readers would part two spans that belong together."""
        if span.text[-1].isspace() or following.text[0].isspace():
            return False
        end = span.x + self._width(characters(span.text), span.tracking) - span.tracking
        return self._is_gap(following.x - end)

    def add(self, span: Glyphs, tied: str | None, ties: bool) -> None:
        """Add a span; `tied`: blank to read between it and the group before, None if they are apart."""
        drawn = characters(span.text)
        count = len(drawn)
        gaps = count > 1 and self._is_gap(span.tracking)
        cuts = {0, count} if gaps else {0, int(tied is not None), count - ties, count}
        x = span.x
        for start, stop in pairwise(sorted(cuts)):
            piece = Piece(x, drawn[start:stop], span.tracking)
            if start == 0 and tied is not None:
                self.groups[-1].pieces.append(piece._replace(blank=tied))
                self.groups[-1].gaps = True
            else:
                self.groups.append(Group([piece], gaps))
            if stop < count:
                x += self._width(piece.characters, piece.tracking)

    def _is_gap(self, length: float) -> bool:
        return abs(length) > _GAP * self._size

    def _width(self, drawn: Sequence[str], tracking: float) -> float:
        return sum(map(self._advance_em, drawn)) * self._size + tracking * len(drawn)
