"""The words of a figure in one size of type: broken into lines with kinsoku, and how much room they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import accumulate

from kotobuki.case.figures import FigureWords
from kotobuki.drawing import SetWords
from kotobuki.japanese.characters import AUTO_SPACE_EM
from kotobuki.japanese.words import parts
from kotobuki.japanese.words import words as word_spans
from kotobuki.layout.lines import KINSOKU_SQUEEZE_EM, Measure, break_lines, break_paragraph
from kotobuki.layout.measuring import EPSILON, Advance, LineRules
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern

_MARK = lazy_pattern(r"[・※○〇●◎■□◆◇①-⑳][ \u3000]?(?=.)")  # what the lines of an item hang behind
_LATITUDE_EM = 0.3  # by so much the lines of another program may be wider: it breaks as we do, or is told where
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
    _widths: dict[str, float] = field(default_factory=dict, compare=False, repr=False)
    """Of texts that have been measured: a word is asked for at each width that its box is tried at."""

    def set(self, words: FigureWords, width: float, *, centred: bool = False) -> tuple[SetWords, ...]:
        """The paragraphs in lines of at most `width` pt, broken between words where these fit; 、 and 。 hang.

        Lines of a paragraph that begins with ・ and the like hang under its text. Other lines are balanced if `centred`:
        no last line of a single character.
        """
        measure = max(width / self.size, 1.0)
        return tuple(
            replace(self._set(text, measure, centred=centred), at=at)
            for text, at in zip(words.texts, words.places, strict=True)
        )

    def _set(self, text: str, measure: float, *, centred: bool) -> SetWords:
        if mark := _MARK.match(text):
            hang = self._width(mark[0] + "字") - 1.0
            room = measure > hang + NARROWEST_EM and self.parted(text, measure, hang) == self.parted(text, measure)
            return self._words(text, measure, hang if room else 0.0)
        return self._balanced(text, measure) if centred else self._words(text, measure)

    def _balanced(self, text: str, measure: float) -> SetWords:
        """The paragraph in as few lines as `measure` allows, and those as short as that allows, in steps of half an em."""
        lines, narrowest, parted = self._words(text, measure), measure, self.parted(text, measure)
        while narrowest > 1.5 and len(lines.lines) > 1:
            shorter = self._words(text, narrowest - 0.5)
            if len(shorter.lines) > len(lines.lines) or self.parted(text, narrowest - 0.5) > parted:
                break
            lines, narrowest = shorter, narrowest - 0.5
        return replace(lines, centred=True, indent=(measure - narrowest) * self.size / 2)

    def _words(self, text: str, measure: float, hang: float = 0.0) -> SetWords:
        room = Measure(measure, _slack(text), hang)
        lines = self._break(text, room, self._kept(text, measure, hang))
        wider = room._replace(width=measure + _LATITUDE_EM)
        parted = len(lines) > 1 and any(lines != self._break(text, each) for each in (room, wider))
        return SetWords(lines=lines, hang=hang * self.size, parted=parted)

    def _break(self, text: str, room: Measure, kept: Sequence[tuple[int, int]] = ()) -> tuple[str, ...]:
        """The lines, none of which has to be squeezed: other programs do not squeeze marks where we do."""
        rules = LineRules(strict=True)
        lines = break_lines(text, room, rules, advance=self.advance, unbreakable=kept)
        fits = (room.width - (room.others if at else room.first) + EPSILON for at in range(len(lines)))
        if any(self._width(line.rstrip("、。")) > most for line, most in zip(lines, fits, strict=True)):
            narrower = room._replace(width=room.width - KINSOKU_SQUEEZE_EM)
            lines = break_lines(text, narrower, rules, advance=self.advance, unbreakable=kept)
        return tuple(lines)

    def _kept(self, text: str, measure: float, hang: float) -> list[tuple[int, int]]:
        """The words of a text that fit the measure, and what the others may be broken between."""
        kept = []
        for start, end, fits in self._words_of(text, measure, hang):
            if fits:
                kept.append((start, end))
            else:
                kept += [(start + first, start + last) for first, last in parts(text[start:end])]
        return kept

    def parted(self, text: str, measure: float, hang: float = 0.0) -> int:
        """How many words of a text are too wide for a measure in em, lines but the first having `hang` less."""
        return sum(not fits for _, _, fits in self._words_of(text, measure, hang))

    def _words_of(self, text: str, measure: float, hang: float) -> Iterator[tuple[int, int, bool]]:
        """The words of a text, and whether each fits a line; a mark at the head belongs to the first of them."""
        spans, mark = list(word_spans(text)), _MARK.match(text)
        if mark:
            head = spans.pop(0)[1] if spans and spans[0][0] == mark.end() else mark.end() + 1
            spans.insert(0, (0, head))
        for start, end in spans:
            yield start, end, self._width(text[start:end]) <= measure - (hang if start else 0.0)

    def height(self, words: Sequence[SetWords]) -> float:
        """The height of set paragraphs in pt."""
        return sum(len(each.lines) for each in words) * self.pitch

    def width(self, words: FigureWords) -> float:
        """The width of the longest paragraph on one line, in pt."""
        return max((self._width(text) + _slack(text) for text in words.texts), default=0.0) * self.size

    def _width(self, text: str) -> float:
        """The width of a text on one endless line, in em."""
        if (known := self._widths.get(text)) is not None:
            return known
        (line,) = break_paragraph(text, Measure(_ENDLESS), LineRules(hang=False), advance=self.advance)
        return self._widths.setdefault(text, line.width_em)


def broken_words(words: Iterable[SetWords]) -> int:
    """How many words are broken between two lines."""
    return sum(
        any(start < place < end for start, end in word_spans(each.text))
        for each in words
        for place in accumulate(len(line) for line in each.lines[:-1])
    )


def _slack(text: str) -> float:
    """What LibreOffice sets, in em, behind a number in a circle and Word does not: the line has room for it."""
    return AUTO_SPACE_EM if "①" <= text[:1] <= "⑳" else 0.0
