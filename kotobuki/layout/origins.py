"""Where the words of a page come from: each line keeps its paragraph, and what is asked of it is worked out then.

In: the `Origin` of a line. Out: `Stretch`es of its characters with the places of their source. A build asks for none of it.
What has no place of its own has that of what stands by it: a label, the number of a page and a character in a circle have
that of the words behind them, else before them; a value that a template prints has that of its neighbours in the paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from kotobuki.diagnostics import Place
from kotobuki.document import Paragraph, Run
from kotobuki.named_tuples import NamedTuple


class Origin(NamedTuple):
    """The paragraph that a line is part of; its first character is the one at `start` of label and text together."""

    paragraph: Paragraph
    start: int


class Stretch(NamedTuple):
    """The characters of a line from `start` to `end`: they are of words that come from `place`; None = from no file.

    `before`: how many characters of these words stand on earlier lines. `own`: the place is that of the words themselves;
    False = of what stands by them. Words that are printed for a mark (｛用語｝) have its place, too: whether the
    characters stand in the source one by one, only the source can tell.
    """

    start: int
    end: int
    place: Place | None
    own: bool
    before: int = 0


class Cuts:
    """Paragraphs, each cut once for all of its lines: a long one has thousands of both."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Paragraph, list[_Piece], list[int]]] = {}

    def of(self, paragraph: Paragraph, start: int) -> Iterator[_Piece]:
        """The pieces of label and text that end behind `start`."""
        if id(paragraph) not in self._known:
            pieces = _sourced(paragraph)
            self._known[id(paragraph)] = paragraph, pieces, [each.end for each in pieces]
        _, pieces, ends = self._known[id(paragraph)]
        return islice(pieces, bisect_right(ends, start), None)


def stretches(origin: Origin, length: int, cuts: Cuts | None = None) -> Iterator[Stretch]:
    """The stretches of a line of `length` characters, one for each place of its source, from its beginning to its end.

    `cuts`: what is kept where many lines are asked about.
    """
    first, last = origin.start, origin.start + length
    for start, end, place, own in (cuts or Cuts()).of(origin.paragraph, first):
        if start >= last:
            return
        begins = max(start, first)
        yield Stretch(begins - first, min(end, last) - first, place, own, begins - start)


class _Piece(NamedTuple):
    start: int
    end: int
    place: Place | None
    own: bool


def _sourced(paragraph: Paragraph) -> list[_Piece]:
    """Label and text of a paragraph cut where another place of the source begins."""
    cut = list(_cut(paragraph))
    near = _near([place for _, _, place in cut])
    return [
        _Piece(start, end, nearest, place is not None) for (start, end, place), nearest in zip(cut, near, strict=True)
    ]


def _cut(paragraph: Paragraph) -> Iterator[tuple[int, int, Place | None]]:
    offset = len(paragraph.label)
    if offset:
        yield 0, offset, None
    for inline in paragraph.inlines:
        end = offset + len(inline.text)
        known = [(offset + start, place) for start, place in inline.at] if isinstance(inline, Run) else []
        if not known or known[0][0] > offset:
            yield offset, known[0][0] if known else end, None
        for number, (start, place) in enumerate(known, 1):
            yield start, known[number][0] if number < len(known) else end, place
        offset = end


def _near(places: list[Place | None]) -> list[Place | None]:
    """For each stretch the first place that is known from there on, else the last one before it."""
    found, last = list(places), None
    for each in (*reversed(range(len(found))), *range(len(found))):
        last = found[each] = found[each] or last
    return found
