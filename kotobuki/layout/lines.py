"""Lines: where a paragraph breaks, and where each character of a line stands.

In: the text of a paragraph and the measure of its lines, in em of its size. Out: `Line`s (offsets in the text), and
for one line its `Fragment`s (positions in em). Rules: Word's, as real papers show them. Kinsoku and whole Western
words; closed-up marks and auto-space always; 、 and 。 hang; a mark gives up part of its blank to avoid a forbidden
break (kinsoku squeezing, always) or to take one more character (on demand, where the paper is set so).
Lines are filled one by one: no line looks at the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import add

from kotobuki.japanese.characters import Trait, advance_em, is_even
from kotobuki.japanese.western import sign_places
from kotobuki.layout.measuring import EPSILON, USUAL, Advance, Body, LineRules, MeasuredText, is_in_ems
from kotobuki.named_tuples import NamedTuple

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


def width_on_one_line(text: str, room: float, advance: Advance) -> float | None:
    """The width in em of a text that stands in its room as it is, with nothing to break, squeeze or spread, as most do.

    None = it is for `set_text` to say.
    """
    return float(len(text)) if len(text) <= room and is_in_ems(text, advance) else None


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
    measured = MeasuredText(text, advance, rules)
    return tuple(
        [
            (line, _fragments(measured, line, body, justify=justify and line.end < len(text)))
            for line, body in _broken(measured, measure, unbreakable)
        ]
    )


def break_text(
    paragraph: MeasuredText, measure: Measure, unbreakable: Sequence[tuple[int, int]] = ()
) -> tuple[Line, ...]:
    """As `break_paragraph`, of a text that has been measured."""
    return tuple([line for line, _ in _broken(paragraph, measure, unbreakable)])


def set_line(
    text: str, measure_em: float, rules: LineRules = USUAL, *, justify: bool = False, advance: Advance = advance_em
) -> tuple[Fragment, ...]:
    """Where the characters of one line stand, from its left end; the fragments joined give the text back.

    A line wider than its measure is squeezed into it; with `justify` a narrower one is spread over it, evenly, but not
    inside Western words, and not by more than `SPREAD_EM` at a place. A mark that hangs starts where the measure ends.
    """
    line = MeasuredText(text, advance, rules)
    body = line.body(0, len(text), measure_em)
    return _fragments(line, Line(0, len(text), measure_em, body.width), body, justify=justify)


def _broken(
    text: MeasuredText, measure: Measure, unbreakable: Sequence[tuple[int, int]]
) -> Iterator[tuple[Line, Body]]:
    """The lines of a text, each with what of it must fit its measure.

    A line takes in what fits, and the next unit if that can be made to fit. A unit is what stands between two places where the
    text may be broken: a character with the marks that stick to it, a Western word.
    """
    length = len(text.text)
    kept = {at for start, end in unbreakable for at in range(start + 1, min(end, length))}
    start, room, after = 0, measure.width - measure.first, 0
    while True:
        full = max(bisect_right(text.rights, text.lefts[start] + room + EPSILON) - 1, start)
        if full >= length:
            end, body = length, text.body(start, length, room)
        else:
            if after <= full:  # else no line since then has come so far
                after = full + 1
                while after < length and (after in kept or not text.breaks(after)):
                    after += 1
            end, body = after, text.body(start, after, room)
            if body.width > room + EPSILON and body.width > room + _room(text, start, full, body) + EPSILON:
                end = _last_place(text, start, full, kept) or _cut(text, start, full)
                body = text.body(start, end, room)
        yield Line(start, end, room, _width(text, start, body, room)), body
        if end == length:
            return
        start, room = end, measure.width - measure.others


def _width(text: MeasuredText, start: int, body: Body, measure: float) -> float:
    """How wide a line is when it has been squeezed, if it must."""
    if body.width <= measure:
        return body.width
    return body.width - text.squeezed(start, body, body.width - measure) * text.blanks(start, body)


def _last_place(text: MeasuredText, start: int, full: int, kept: Container[int] = ()) -> int:
    """The last place up to `full` where the line that begins at `start` may end; 0 = there is none."""
    return next((at for at in range(full, start, -1) if at not in kept and text.breaks(at)), 0)


def _room(text: MeasuredText, start: int, full: int, body: Body) -> float:
    """How far the line can be squeezed to take in the unit that overflows at `full`; for a Western word it is not."""
    if full == start or text.trait(full) & Trait.SOLID:
        return 0.0
    # 、 and 。 are not squeezed in against kinsoku: they hang, or take the character before them to the next line.
    kinsoku = not text.joint(full).breaks and not text.trait(full) & Trait.HANGING
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
    if place := _last_place(text, start, full):
        return place
    if signs := [start + at for at in sign_places(text.text[start : full + 1]) if at <= full - start]:
        return signs[-1]
    end = max(full, start + 1)
    while end < len(text.text) and text.trait(end) & Trait.ATTACHED:
        end += 1
    return end


def _fragments(text: MeasuredText, line: Line, body: Body, *, justify: bool) -> tuple[Fragment, ...]:
    """Runs of characters with one extra advance between them; one that has others attached to it stands alone."""
    start, end = line.start, line.end
    words, last = text.text[start:end], end - start - 1
    spare = line.measure_em - body.width
    if spare >= -EPSILON and body.end == end and (text.even or is_even(words)):  # as in most lines
        each = spare / last if justify and spare > EPSILON and last > 0 else 0.0
        return (Fragment(0, words, 0.0, each if each <= SPREAD_EM + EPSILON else 0.0),) if words else ()
    extras = _extras(text, line, body, justify=justify)
    around_clusters = _cluster_edges(text.traits[start:end])
    edges = list(accumulate(map(add, map(text.advance, words), extras), initial=0.0))
    found: list[Fragment] = []
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or extras[at - 1] != extras[first] or at in around_clusters:
            found.append(Fragment(first, words[first:at], edges[first], extras[first] if at > first + 1 else 0.0))
            first = at
    return tuple(found)


def _extras(text: MeasuredText, line: Line, body: Body, *, justify: bool) -> list[float]:
    """What stands behind each character of a line beyond its advance."""
    extras = [*text.gaps[line.start : line.end - 1], 0.0]
    spare = line.measure_em - body.width
    inner = range(body.end - 1 - line.start)
    if spare < -EPSILON:
        taken = text.squeezed(line.start, body, -spare)
        for at in inner:
            extras[at] -= taken * text.joints[line.start + at].blank
    elif justify and spare > EPSILON:
        stretched = [at for at in inner if text.joints[line.start + at].stretches]
        each = spare / len(stretched) if stretched else 0.0
        for at in stretched if each <= SPREAD_EM + EPSILON else ():
            extras[at] += each
    return extras


def _cluster_edges(traits: list[int]) -> set[int]:
    """Where characters that have others attached to them begin and end."""
    if not traits or max(traits) < Trait.ATTACHED:
        return set()
    attached = [bool(found & Trait.ATTACHED) for found in [*traits, 0]]
    changes = [at for at, (left, right) in enumerate(pairwise(attached), 1) if left != right]
    return {at if attached[at - 1] else at - 1 for at in changes}
