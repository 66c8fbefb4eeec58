"""Inlines in, pieces out: the stretches of a paragraph that are each set in one way, the links and lines upon them.

Offsets count the characters of the paragraph, its label first.
"""

from __future__ import annotations

from kotobuki.document import Enclosed, Paragraph, Run
from kotobuki.japanese.characters import Trait, text_traits
from kotobuki.named_tuples import NamedTuple


class Piece(NamedTuple):
    """A stretch set in one way: as it runs, spread to `fit_em`, or in a circle; then a blank of `gap_em`."""

    offset: int
    text: str
    fit_em: float | None = None
    gap_em: float = 0.0
    enclosed: bool = False


class MarkedSpan(NamedTuple):
    """Characters that something is drawn on besides: the link to a paper, an underline."""

    start: int
    end: int
    link: str
    underlined: bool


def pieces(paragraph: Paragraph, opening: str) -> tuple[Piece, ...]:
    """The paragraph cut where the way of setting changes; `opening` is the label, if no tab follows it."""
    start, text = len(paragraph.label) - len(opening), opening
    only = paragraph.inlines[0] if len(paragraph.inlines) == 1 else None
    if isinstance(only, Run) and only.fit_em is None and not only.gap_em and only.text:  # as in most paragraphs
        return (Piece(start, text + only.text),)
    found: list[Piece] = []
    for inline in paragraph.inlines:
        fit, gap = (inline.fit_em, inline.gap_em) if isinstance(inline, Run) else (None, 0.0)
        enclosed = isinstance(inline, Enclosed)
        if fit is None and not enclosed:
            text += inline.text
            if not gap:
                continue
            piece = Piece(start, text, None, gap)
        else:
            if text:
                found.append(Piece(start, text))
            start += len(text)
            piece = Piece(start, inline.text, fit, gap, enclosed)
        found.append(piece)
        start, text = start + len(piece.text), ""
    if text:
        found.append(Piece(start, text))
    return tuple(found)


def marked_spans(paragraph: Paragraph) -> list[MarkedSpan]:
    """Links and what is underlined, by offsets in label and text together."""
    spans: list[MarkedSpan] = []
    offset = len(paragraph.label)
    for inline in paragraph.inlines:
        end = offset + len(inline.text)
        if isinstance(inline, Run) and (inline.link or inline.underlined):
            spans.append(MarkedSpan(offset, end, inline.link, inline.underlined))
        offset = end
    return spans


def clusters(text: str) -> list[str]:
    """The characters, each with the marks and variation selectors that are drawn as part of it."""
    found: list[str] = []
    for character, trait in zip(text, text_traits(text), strict=True):
        if found and trait & Trait.ATTACHED:
            found[-1] += character
        else:
            found.append(character)
    return found
