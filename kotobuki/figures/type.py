"""The words of a figure in one size of type: broken into lines with kinsoku, and how much room they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kotobuki.case.figures import FigureWords
from kotobuki.drawing import SetWords
from kotobuki.japanese.characters import AUTO_SPACE_EM
from kotobuki.layout.lines import Measure, break_lines, break_paragraph
from kotobuki.layout.measuring import Advance, LineRules

_ENDLESS = 1e6  # em: a measure in which nothing breaks


class TooNarrowError(Exception):
    """The width leaves no room for boxes that words could stand in."""


NARROWEST_EM = 4.0
"""Width of the words of the narrowest box that can be read."""


@dataclass(frozen=True, slots=True)
class Type:
    """A size and line pitch in pt, and the widths of the font's characters in em.

    Kinsoku is strict: short lines that begin with ッ or ー read badly. Word, at its standard level, then breaks a line
    later here and there, but never needs a line more.
    """

    size: float
    pitch: float
    advance: Advance

    def set(self, words: FigureWords, width: float, *, centred: bool = False) -> tuple[SetWords, ...]:
        """The paragraphs in lines of at most `width` pt; 、 and 。 hang into the blank beside them.

        Centred lines are balanced: no last line of a single character.
        """
        measure = max(width / self.size, 1.0)
        if centred:
            return tuple(self._balanced(text, measure) for text in words.texts)
        return tuple(SetWords(self._break(text, measure)) for text in words.texts)

    def _balanced(self, text: str, measure: float) -> SetWords:
        """The paragraph in as few lines as `measure` allows, and those as short as that allows, in steps of half an em."""
        lines, narrowest = self._break(text, measure), measure
        while narrowest > 1.5 and len(lines) > 1:
            shorter = self._break(text, narrowest - 0.5)
            if len(shorter) > len(lines):
                break
            lines, narrowest = shorter, narrowest - 0.5
        return SetWords(lines, centred=True, indent=(measure - narrowest) * self.size / 2)

    def _break(self, text: str, measure: float) -> tuple[str, ...]:
        return tuple(break_lines(text, Measure(measure, _slack(text)), LineRules(strict=True), advance=self.advance))

    def height(self, words: Sequence[SetWords]) -> float:
        """The height of set paragraphs in pt."""
        return sum(len(each.lines) for each in words) * self.pitch

    def width(self, words: FigureWords) -> float:
        """The width of the longest paragraph on one line, in pt."""
        lines = [
            break_paragraph(text, Measure(_ENDLESS), LineRules(hang=False), advance=self.advance)[0]
            for text in words.texts
        ]
        widths = (line.width_em + _slack(text) for line, text in zip(lines, words.texts, strict=True))
        return max(widths, default=0.0) * self.size


def _slack(text: str) -> float:
    """What LibreOffice sets, in em, behind a number in a circle and Word does not: the line has room for it."""
    return AUTO_SPACE_EM if "①" <= text[:1] <= "⑳" else 0.0
