"""Where the words of a page come from: each line keeps its paragraph, and what is asked of it is worked out then.

In: the `Origin` of a line. Out: `Stretch`es of its characters with the places of their source. A build asks for none of it.
What has no place of its own has that of what stands by it: a label, the number of a page and a character in a circle have
that of the words behind them, else before them; a value that a template prints has that of its neighbours in the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kotobuki.diagnostics import Place
from kotobuki.document import Paragraph, Run


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


def stretches(origin: Origin, length: int) -> Iterator[Stretch]:
    """The stretches of a line of `length` characters, one for each place of its source, from its beginning to its end."""
    first, last = origin.start, origin.start + length
    for start, end, place, own in _sourced(origin.paragraph):
        if start < last and first < end:
            begins = max(start, first)
            yield Stretch(begins - first, min(end, last) - first, place, own, begins - start)


def _sourced(paragraph: Paragraph) -> list[tuple[int, int, Place | None, bool]]:
    """Label and text of a paragraph cut where another place of the source begins."""
    cut = list(_cut(paragraph))
    places = [place for _, _, place in cut]
    return [
        (start, end, place or _near(places, number), place is not None)
        for number, (start, end, place) in enumerate(cut)
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


def _near(places: list[Place | None], number: int) -> Place | None:
    """The first place that is known behind the stretch `number`, else the last one before it."""
    behind = next((place for place in places[number + 1 :] if place), None)
    return behind or next((place for place in reversed(places[:number]) if place), None)
