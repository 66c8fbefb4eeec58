"""The words of a figure in one size of type: broken into lines with kinsoku, and how much room they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kotobuki.case.figures import Words
from kotobuki.drawing import Words as SetWords
from kotobuki.layout.lines import Advance, break_lines, break_paragraph

_ENDLESS = 1e6  # em: a measure in which nothing breaks


@dataclass(frozen=True, slots=True)
class Type:
    """A size and line pitch in pt, the widths of the font's characters in em, and the level of kinsoku."""

    size: float
    pitch: float
    advance: Advance
    strict: bool = False

    def set(self, words: Words, width: float, *, centred: bool = False) -> tuple[SetWords, ...]:
        """The paragraphs in lines of at most `width` pt; 、 and 。 hang into the blank beside them."""
        measure = max(width / self.size, 1.0)
        return tuple(
            SetWords(
                tuple(break_lines(text, measure, 0, 0, strict=self.strict, advance=self.advance)), centred
            )
            for text in words.texts
        )

    def height(self, words: Sequence[SetWords]) -> float:
        """The height of set paragraphs in pt."""
        return sum(len(each.lines) for each in words) * self.pitch

    def width(self, words: Words) -> float:
        """The width of the longest paragraph on one line, in pt."""
        lines = [break_paragraph(text, _ENDLESS, 0, 0, hang=False, advance=self.advance)[0] for text in words.texts]
        return max((line.width_em for line in lines), default=0.0) * self.size
