"""Words on their way to the runs of a paragraph: digit widths set on all of them, neighbours of one frame joined.

In: pieces, as names and references print them. Out: the inlines of a `document.Paragraph`.
"""

from __future__ import annotations

from dataclasses import field
from itertools import groupby

from kotobuki import document as d
from kotobuki.diagnostics import Place
from kotobuki.japanese.characters import natural_width_em
from kotobuki.japanese.widths import DigitWidths
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Places


@dataclass(frozen=True, slots=True)
class WordPiece:
    """Words on their way to a `Run`: what they are part of (`frame`), where they come from."""

    text: str
    verbatim: bool = False
    frame: RunFrame | None = None
    at: Places = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class RunFrame:
    """A run of its own: spread, gap, link, leader."""

    fit_em: float | None = None
    gap_em: float = 0.0
    link: str = ""
    leader: tuple[float, str] | None = None


_PLAIN = RunFrame()  # of words that are part of nothing
RunPart = WordPiece | d.Enclosed | d.PageRef


def set_digits(parts: list[RunPart], digits: DigitWidths) -> list[RunPart]:
    """Digit widths depend on the neighbours: they are set on the paragraph's words as a whole."""
    texts = [part.text if isinstance(part, WordPiece) else "\ufffc" for part in parts]
    whole = "".join(texts)
    words = digits.set_text(whole)
    if words != whole and (verbatim := _verbatim(parts, texts)):
        words = digits.set_text(whole, verbatim)
    if words == whole:
        return parts
    found: list[RunPart] = []
    start = 0
    for part, text in zip(parts, texts, strict=True):
        end = start + len(text)
        found.append(
            WordPiece(words[start:end], part.verbatim, part.frame, part.at) if isinstance(part, WordPiece) else part
        )
        start = end
    return found


def _verbatim(parts: list[RunPart], texts: list[str]) -> frozenset[int]:
    """The offsets, in all words, of those whose digits are left alone."""
    found: set[int] = set()
    start = 0
    for part, text in zip(parts, texts, strict=True):
        if isinstance(part, WordPiece) and part.verbatim:
            found.update(range(start, start + len(text)))
        start += len(text)
    return frozenset(found)


def runs_of(parts: list[RunPart]) -> tuple[d.Inline, ...]:
    """Neighbouring pieces of one frame make one run."""
    found: list[d.Inline] = []
    for frame, group in groupby(parts, key=_frame):
        if isinstance(frame, d.Enclosed | d.PageRef):
            found.append(frame)
        elif run := _run([part for part in group if isinstance(part, WordPiece)], frame or _PLAIN):
            found.append(run)
    return tuple(found)


def _frame(part: RunPart) -> RunFrame | d.Enclosed | d.PageRef | None:
    """What keeps pieces together; a part that is no piece stands for itself."""
    return part.frame if isinstance(part, WordPiece) else part


def _run(pieces: list[WordPiece], frame: RunFrame) -> d.Run | None:
    """The run of some pieces; None where they have no words."""
    text = "".join([piece.text for piece in pieces])
    at = pieces[0].at
    if len(pieces) > 1:
        offset, each = 0, list[tuple[int, Place]]()
        for piece in pieces:
            each += [(offset + start, place) for start, place in piece.at]
            offset += len(piece.text)
        at = tuple(each)
    if frame.leader:
        width, dot = frame.leader
        text += dot * round(width - natural_width_em(text))
    return d.Run(text=text, fit_em=frame.fit_em, gap_em=frame.gap_em, link=frame.link, at=at) if text else None
