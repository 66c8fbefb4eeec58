"""Inlines in, pieces out: the stretches of a paragraph that are each set in one way, the links and lines upon them.

Offsets count the characters of the paragraph, its label first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kotobuki.document import Enclosed, Paragraph, Run
from kotobuki.japanese.characters import Trait, text_traits


class Piece(NamedTuple):
    """A stretch set in one way: as it runs, spread to `fit_em`, or in a circle; then a blank of `gap_em`."""

    offset: int
    text: str
    fit_em: float | None = None
    gap_em: float = 0.0
    enclosed: bool = False


class LinkSpan(NamedTuple):
    """The characters of a link to a paper."""

    start: int
    end: int
    paper: str


def pieces(paragraph: Paragraph, opening: str) -> Iterator[Piece]:
    """The paragraph cut where the way of setting changes; `opening` is the label, if no tab follows it."""
    start, text = len(paragraph.label) - len(opening), opening
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
                yield Piece(start, text)
            start += len(text)
            piece = Piece(start, inline.text, fit, gap, enclosed)
        yield piece
        start, text = start + len(piece.text), ""
    if text:
        yield Piece(start, text)


def link_spans(paragraph: Paragraph) -> list[LinkSpan]:
    """The links of the paragraph, by offsets in its label and text together."""
    spans: list[LinkSpan] = []
    offset = len(paragraph.label)
    for inline in paragraph.inlines:
        end = offset + len(inline.text)
        if isinstance(inline, Run) and inline.link:
            spans.append(LinkSpan(offset, end, inline.link))
        offset = end
    return spans


def underlined_spans(paragraph: Paragraph) -> list[tuple[int, int]]:
    """First and last offset of what is underlined."""
    spans: list[tuple[int, int]] = []
    offset = len(paragraph.label)
    for inline in paragraph.inlines:
        end = offset + len(inline.text)
        if isinstance(inline, Run) and inline.underlined:
            spans.append((offset, end))
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
