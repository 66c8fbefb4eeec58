"""Lines: where a paragraph breaks, and where each character of a line stands.

In: the text of a paragraph and the measure of its lines, in em of its size. Out: `Line`s (offsets in the text), and
for one line its `Fragment`s (positions in em). Rules: Word's, as real papers show them. Kinsoku and whole Western
words; closed-up marks and auto-space always; 、 and 。 hang; a mark gives up part of its blank to avoid a forbidden
break (kinsoku squeezing, always) or to take one more character (on demand, where the paper is set so).
Lines are filled one by one: no line looks at the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

from kotobuki.japanese.characters import Trait, advance_em, is_even
from kotobuki.japanese.western import sign_places
from kotobuki.layout.measuring import EPSILON, USUAL, Advance, Body, LineRules, MeasuredText

# Squeezing, in em. Word's own figures are not published: these are measured on printed lines (3.4 pt of 12 a mark, and
# three such marks' worth a line).
SQUEEZE_EM = 0.28  # on demand, from one blank
SQUEEZE_LINE_EM = 0.84  # on demand, from one line
CLOSED_UP_SHARE_EM = 0.3  # of that, used up by each pair that has closed up already
KINSOKU_SQUEEZE_EM = 0.45  # from one blank, to avoid a forbidden break

SPREAD_EM = 0.5
"""The most that justified text is spread at one place: a line emptier than that is set flush left.

Word spreads any line; but two characters at the ends of a line, because a long address follows, are no words.
"""


class Line(NamedTuple):
    """One line of a paragraph: text[start:end] in a measure.

    `width_em` is its width as set, not justified, without a hanging mark and without spaces at its end.
    """

    start: int
    end: int
    measure_em: float
    width_em: float


class Fragment(NamedTuple):
    """Characters of a line set from `x_em` on with `tracking_em` between them; `offset` is their place in the line."""

    offset: int
    text: str
    x_em: float
    tracking_em: float


class Measure(NamedTuple):
    """The room of a paragraph, in em: `width` from the left edge of its column to the right edge of its lines, and what
    the indents of the first line and of the `others` take off it.
    """

    width: float
    first: float = 0.0
    others: float = 0.0


def break_lines(
    text: str,
    measure: Measure,
    rules: LineRules = USUAL,
    *,
    advance: Advance = advance_em,
    unbreakable: Sequence[tuple[int, int]] = (),
) -> list[str]:
    """The lines of a paragraph as strings, which joined give the text back. Arguments as in `break_paragraph`."""
    lines = break_paragraph(text, measure, rules, advance=advance, unbreakable=unbreakable)
    return [text[line.start : line.end] for line in lines]


def break_paragraph(
    text: str,
    measure: Measure,
    rules: LineRules = USUAL,
    *,
    advance: Advance = advance_em,
    unbreakable: Sequence[tuple[int, int]] = (),
) -> tuple[Line, ...]:
    """Break a paragraph into lines; one empty line if it has no text.

    advance: width of a character of the font, in em. unbreakable: spans of the text that stay on one line if they can.
    """
    return break_text(MeasuredText(text, advance, rules), measure, unbreakable)


def set_text(
    text: str,
    measure: Measure,
    rules: LineRules,
    advance: Advance,
    unbreakable: tuple[tuple[int, int], ...] = (),
    *,
    justify: bool = False,
) -> tuple[tuple[Line, tuple[Fragment, ...]], ...]:
    """The lines of a text, each with its characters in their places. Arguments as in `break_paragraph` and `set_line`;
    `justify`: all lines but the last.
    """
    room = measure.width - measure.first
    if text and is_even(text):
        *_, width = accumulate(map(advance, text))
        if width <= room:  # most texts: one line, with nothing to break, squeeze or spread
            return ((Line(0, len(text), room, width), (Fragment(0, text, 0.0, 0.0),)),)
    measured = MeasuredText(text, advance, rules)
    lines = break_text(measured, measure, unbreakable)
    return tuple(
        [
            (line, place_line(measured, line.start, line.end, line.measure_em, justify=justify and number < len(lines)))
            for number, line in enumerate(lines, 1)
        ]
    )


def break_text(
    paragraph: MeasuredText, measure: Measure, unbreakable: Sequence[tuple[int, int]] = ()
) -> tuple[Line, ...]:
    """As `break_paragraph`, of a text that has been measured."""
    text = paragraph.text
    whole = _whole_places(paragraph, unbreakable)
    lines: list[Line] = []
    start, room = 0, measure.width - measure.first
    while start < len(text) or not lines:
        end = _line_end(paragraph, whole, start, room)
        lines.append(_line(paragraph, start, end, room))
        start, room = end, measure.width - measure.others
    return tuple(lines)


def set_line(
    text: str, measure_em: float, rules: LineRules = USUAL, *, justify: bool = False, advance: Advance = advance_em
) -> tuple[Fragment, ...]:
    """Where the characters of one line stand, from its left end; the fragments joined give the text back.

    A line wider than its measure is squeezed into it; with `justify` a narrower one is spread over it, evenly, but not
    inside Western words, and not by more than `SPREAD_EM` at a place. A mark that hangs starts where the measure ends.
    """
    return place_line(MeasuredText(text, advance, rules), 0, len(text), measure_em, justify=justify)


def place_line(
    line: MeasuredText, start: int, end: int, measure_em: float, *, justify: bool = False
) -> tuple[Fragment, ...]:
    """As `set_line`, of text[start:end] of a paragraph that has been measured as a whole."""
    body = line.body(start, end, measure_em)
    spare = measure_em - body.width
    if spare >= -EPSILON and body.end == end > start and (line.even or is_even(line.text, start, end)):
        each = spare / (end - start - 1) if justify and spare > EPSILON and end - start > 1 else 0.0
        return (Fragment(0, line.text[start:end], 0.0, each if each <= SPREAD_EM + EPSILON else 0.0),)
    extras = [*line.gaps[start : end - 1], 0.0]
    inner = range(body.end - 1 - start)
    if spare < -EPSILON:
        taken = line.squeezed(start, body, -spare)
        for at in inner:
            extras[at] -= taken * line.joints[start + at].blank
    elif justify and spare > EPSILON:
        stretched = [at for at in inner if line.joints[start + at].stretches]
        each = spare / len(stretched) if stretched else 0.0
        for at in stretched if each <= SPREAD_EM + EPSILON else ():
            extras[at] += each
    return tuple(_fragments(line, start, end, extras))


def _line(text: MeasuredText, start: int, end: int, measure: float) -> Line:
    body = text.body(start, end, measure)
    if body.width <= measure:
        return Line(start, end, measure, body.width)
    taken = text.squeezed(start, body, body.width - measure) * text.blanks(start, body)
    return Line(start, end, measure, body.width - taken)


def _whole_places(text: MeasuredText, unbreakable: Sequence[tuple[int, int]]) -> list[int]:
    """Where the text may be broken without parting an unbreakable span."""
    if not unbreakable:
        return text.places
    kept = {at for start, end in unbreakable for at in range(start + 1, min(end, len(text.text)))}
    return [at for at in text.places if at not in kept]


def _line_end(text: MeasuredText, places: list[int], start: int, measure: float) -> int:
    """Where the line that begins at `start` ends: it takes in what fits, and the next unit if that can be made to fit.

    A unit is what stands between two `places`: a character with the marks that stick to it, a Western word.
    """
    full = max(bisect_right(text.edges, text.left(start) + measure + EPSILON) - 1, start)
    if full >= len(text.text):
        return len(text.text)
    following = bisect_right(places, full)
    after = places[following]
    body = text.body(start, after, measure)
    if body.width <= measure + _room(text, start, full, body) + EPSILON:
        return after
    before = places[following - 1] if following else 0
    return before if before > start else _cut(text, start, full)


def _room(text: MeasuredText, start: int, full: int, body: Body) -> float:
    """How far the line can be squeezed to take in the unit that overflows at `full`; for a Western word it is not."""
    if full == start or text.traits[full] & Trait.SOLID:
        return 0.0
    # 、 and 。 are not squeezed in against kinsoku: they hang, or take the character before them to the next line.
    kinsoku = not text.joint(full).breaks and not text.traits[full] & Trait.HANGING
    if not (kinsoku or text.rules.squeeze):
        return 0.0
    blanks = text.blanks(start, body)
    room = KINSOKU_SQUEEZE_EM * blanks if kinsoku else 0.0
    if text.rules.squeeze:
        whole_line = SQUEEZE_LINE_EM - CLOSED_UP_SHARE_EM * text.pairs(start, body)
        room = max(room, min(SQUEEZE_EM * blanks, whole_line))
    return room


def _cut(text: MeasuredText, start: int, full: int) -> int:
    """Where to cut a unit that is wider than a whole line: at least one character, with all that is attached to it.

    A span that was to stay whole is cut where it might have been broken, a Western word behind one of its signs.
    """
    place = text.places[bisect_right(text.places, full) - 1]
    if start < place <= full:
        return place
    if signs := [start + at for at in sign_places(text.text[start : full + 1]) if at <= full - start]:
        return signs[-1]
    end = max(full, start + 1)
    while end < len(text.text) and text.traits[end] & Trait.ATTACHED:
        end += 1
    return end


def _fragments(line: MeasuredText, begin: int, end: int, extras: list[float]) -> Iterator[Fragment]:
    """Runs of characters with one extra advance between them; one that has others attached to it stands alone."""
    text, around_clusters = line.text[begin:end], _cluster_edges(line.traits[begin:end])
    if text and not around_clusters and extras[:-1].count(extras[0]) == len(text) - 1:  # as in most lines
        yield Fragment(0, text, 0.0, extras[0] if len(text) > 1 else 0.0)
        return
    edges = list(accumulate(map(add, line.advances[begin:end], extras), initial=0.0))
    first = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or extras[at - 1] != extras[first] or at in around_clusters:
            yield Fragment(first, text[first:at], edges[first], extras[first] if at > first + 1 else 0.0)
            first = at


def _cluster_edges(traits: list[int]) -> set[int]:
    """Where characters that have others attached to them begin and end."""
    if not traits or max(traits) < Trait.ATTACHED:
        return set()
    attached = [bool(found & Trait.ATTACHED) for found in [*traits, 0]]
    changes = [at for at, (left, right) in enumerate(pairwise(attached), 1) if left != right]
    return {at if attached[at - 1] else at - 1 for at in changes}
