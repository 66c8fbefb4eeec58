"""The words of a line as sorts: characters on bodies, as a printer sets them, so that what is drawn reads as it is.

In: a `TextLine` and its face. Out: the stretches that belong to one element each, made of runs of sorts. Readers of a PDF
(poppler, pypdf, pdfminer.six, PDFium) take a gap between two characters for a blank, but those in 第 14条 and 村 島 are of
layout. So a character before such a gap is set on a wider body, one that closes up on a narrower (`fonts.bodies`), and a
blank of the text that is not drawn is set as a blank: the text is found by every reader, with nothing said twice. Bodies
come in steps of an eighth of an em; what is left stands between the sorts, too little for anyone to mind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kotobuki.fonts import FontFace, Sort, characters
from kotobuki.layout.page import Glyphs, TextLine
from kotobuki.layout.structure import Element
from kotobuki.named_tuples import NamedTuple

_STEP = 125
"""Of bodies, in thousandths of an em."""
_GAP = 0.0626
"""The widest gap or overlap, in em, that is left between sorts: just over half a step (readers end a word at 0.1)."""


class SortRun(NamedTuple):
    """Sorts set from `x` on with `tracking` pt after each, the last one too.

    `width`: how far all that goes; 0.0 where nothing comes behind it in the line, as it is not asked for there.
    """

    x: float
    sorts: Sequence[Sort]
    tracking: float
    width: float


Stretch = tuple[Element | None, Sequence[SortRun], str | None]
"""What of a line belongs to one element: this, runs, and their text where they read otherwise than they are drawn."""


def stretches(line: TextLine, face: FontFace) -> list[Stretch]:
    """The line cut into stretches, in its order."""
    if len(line.spans) == 1 and _is_plain(line, line.spans[0]):
        if len(line.parts) < 2:  # as most lines are
            return [(line.parts[0].element if line.parts else None, (SortRun(*line.spans[0], 0.0),), None)]
        if face.embedded:
            return _parted(line, line.spans[0], face)
    placed = [each for each in _placed(line, face) if characters(each[0].text)]
    if not placed:
        return []
    spans = [span for span, _ in placed]
    blanks = _blanks(line.text, spans)
    starts = [*(span.x for span in spans[1:]), None]
    found: list[tuple[Element | None, list[SortRun], bool]] = []  # and whether what they read as is to be said
    for (span, element), following, blank in zip(placed, starts, blanks or [""] * len(spans), strict=True):
        for run in _runs(span, following, blank, line.size, face):
            last, runs, said = found[-1] if found else (None, [], False)
            is_blank = _is_blank(run)
            if not runs or last is not element or (said and not is_blank):
                found.append((element, [run], False))
            elif is_blank and not said and len(runs[-1].sorts) == 1:
                found.append((element, [runs.pop(), run], True))
            else:
                runs.append(run)
    if blanks is None:  # drawn otherwise than read
        return [(found[0][0], [run for _, runs, _ in found for run in runs], line.text)]
    all_said = not face.embedded and len(placed) > 1  # there are no bodies of our own
    return [(element, runs, _drawn(runs) if said or all_said else None) for element, runs, said in found if runs]


def _is_plain(line: TextLine, span: Glyphs) -> bool:
    """Whether a line is drawn as it reads, by one span without gaps in it."""
    text = span.text
    return text == line.text != "" and abs(span.tracking) <= _GAP * line.size and characters(text) is text


def _parted(line: TextLine, span: Glyphs, face: FontFace) -> list[Stretch]:
    """The stretches of such a line: what of it belongs to each element, one run behind the other."""
    x, text, tracking = span
    found: list[Stretch] = []
    ends = [*(part.start for part in line.parts[1:]), len(text)]
    for (start, element), end in zip(line.parts, ends, strict=True):
        if sorts := text[start:end]:
            width = sum(map(face.advance_em, sorts)) * line.size + len(sorts) * tracking if end < len(text) else 0.0
            found.append((element, (SortRun(x, sorts, tracking, width),), None))
            x += width
    return found


def _placed(line: TextLine, face: FontFace) -> list[tuple[Glyphs, Element | None]]:
    """The spans of a line, cut where another element begins."""
    if len(line.parts) < 2:
        element = line.parts[0].element if line.parts else None
        return [(span, element) for span in line.spans]
    found: list[tuple[Glyphs, Element | None]] = []
    parts = iter(line.parts)
    part = next(parts)
    following = next(parts, None)
    end = 0
    for span in line.spans:
        start, first = end, 0
        end += len(span.text)
        while first < len(span.text):
            while following is not None and following.start <= start + first:
                part, following = following, next(parts, None)
            last = len(span.text) if following is None else min(following.start - start, len(span.text))
            found.append((_cut(span, first, last, line.size, face), part.element))
            first = last
    return found


def _cut(span: Glyphs, first: int, last: int, size: float, face: FontFace) -> Glyphs:
    """The characters of a span from `first` to before `last`."""
    if last - first == len(span.text):
        return span
    before = characters(span.text[:first])
    x = span.x + sum(map(face.advance_em, before)) * size + len(before) * span.tracking
    return Glyphs(x, span.text[first:last], span.tracking)


def _blanks(text: str, spans: Sequence[Glyphs]) -> list[str] | None:
    """The blanks of `text` that no span draws, by the span before them; None if the spans draw something else."""
    skipped: list[str] = []
    for span in spans:
        before, drawn, text = text.partition(span.text)
        if not drawn or before.strip():
            return None
        skipped.append(before)
    return None if text.strip() else [*skipped[1:], ""]


def _is_blank(run: SortRun) -> bool:
    """Whether it is a blank on a body of its own. Poppler takes a wide one for the end of a column, unless it is told."""
    return not isinstance(run.sorts[0], str) and run.sorts[0][0].isspace()


def _drawn(runs: Sequence[SortRun]) -> str:
    return "".join(sort if isinstance(sort, str) else sort[0] for run in runs for sort in run.sorts)


@lru_cache(maxsize=2048)  # labels, which stand before most other words, come again at the same places
def _runs(span: Glyphs, following: float | None, blank: str, size: float, face: FontFace) -> tuple[SortRun, ...]:
    """The runs of a span, and of the blank that is read before what stands at `following`; None = nothing does."""
    drawn, inner = characters(span.text), span.tracking
    advance = face.advance_em
    is_spaced = abs(inner) > _GAP * size
    if following is None and not is_spaced:
        return (SortRun(span.x, drawn, inner, 0.0),)
    others, last = drawn[:-1], drawn[-1]
    before = sum(map(advance, others)) * size + inner * len(others)
    own = advance(last) * size
    x = span.x + before
    sort, body = (last, own) if blank or following is None else _on_body(last, own, following - x, size, face)
    if others and not blank and not is_spaced:
        return (SortRun(span.x, drawn if sort is last else [*others, sort], inner, before + body + inner),)
    found: list[SortRun] = []
    if is_spaced:
        found += _spaced(span, others, size, face)
    elif others:
        found.append(SortRun(span.x, others, inner, before))
    found.append(SortRun(x, [sort], 0.0, body))
    if blank and following is not None:
        sort, body = _on_body(blank[0], advance(blank[0]) * size, following - x - own, size, face)
        found.append(SortRun(x + own, [sort, *((more, 0) for more in blank[1:])], 0.0, body))
    return tuple(found)


def _spaced(span: Glyphs, drawn: Sequence[str], size: float, face: FontFace) -> Iterator[SortRun]:
    """Letter-spaced characters, each on a body that reaches to the next."""
    x = span.x
    for character in drawn:
        own = face.advance_em(character) * size
        sort, body = _on_body(character, own, own + span.tracking, size, face)
        yield SortRun(x, [sort], 0.0, body)
        x += own + span.tracking


def _on_body(character: str, own: float, length: float, size: float, face: FontFace) -> tuple[Sort, float]:
    """A character that is followed by the next after `length` pt, and its body; `own` is what it has by itself."""
    if not face.embedded or abs(length - own) <= _GAP * size:
        return character, own
    body = max(round(1000 * length / size / _STEP), 0) * _STEP
    return (character, body), body * size / 1000
