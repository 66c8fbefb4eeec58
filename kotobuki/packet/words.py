"""The words on the pages of a paper, passage by passage: what a later version is compared with in words (正誤表).

In: the pages of one paper, as laid out. Out: for each page its `Passage`s in the order of reading. A passage is a paragraph, an
item with its label, a heading or a figure; one that runs over the foot of a page goes on at the head of the next. What
is no part of the text (page numbers, heads of tables that are repeated) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

from kotobuki.layout.page import Page, TextLine
from kotobuki.layout.structure import Element
from kotobuki.named_tuples import NamedTuple
from kotobuki.reading.source import forbidden

_LEADER = re.compile(r"([‥…・．.])\1{2,}")
"""Dots that lead the eye across a line."""
Sign = Literal["#", "|", "-", "+"]
"""A heading, the name of a row, any other text; the rest of what the page before began."""


class Passage(NamedTuple):
    """Words that belong together, on one page."""

    sign: Sign
    text: str

    @property
    def written(self) -> str:
        """As records keep it, a line a passage: #３ 目的."""
        return self.sign + self.text


def passage_of(written: object) -> Passage:
    """A passage as a record has it. ValueError if it is none."""
    if (
        isinstance(written, str)
        and not forbidden(written)
        and (sign := next((each for each in get_args(Sign) if written[:1] == each), None))
    ):
        return Passage(sign, written[1:])
    raise ValueError(f"no passage: {written!r}")


def words_on(pages: Iterable[Page]) -> Iterator[tuple[Passage, ...]]:
    """What stands on each page of a paper."""
    begun: set[Element] = set()
    for page in pages:
        lines: dict[Element, list[str]] = {}
        for item in page.items:
            block = _block_of(item) if isinstance(item, TextLine) else None
            if block and isinstance(item, TextLine):
                lines.setdefault(block, []).append(item.text.strip())
        yield tuple(
            Passage("+" if block in begun else _sign(block), _words(block, own)) for block, own in lines.items()
        )
        begun.update(lines)


def _words(block: Element, lines: Sequence[str]) -> str:
    """What a block says. The words of a figure run on, so that where its lines break makes no difference."""
    return ("（図）" if block.kind == "Figure" else "") + joined(lines)


def joined(lines: Sequence[str]) -> str:
    """Lines as one text: between two Latin words there was a blank, which the end of a line has swallowed."""
    text = ""
    for line in lines:
        is_latin = text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        text += (" " if is_latin else "") + line
    return _LEADER.sub("…", text)


def _block_of(line: TextLine) -> Element | None:
    """The paragraph, item, heading or figure that a line is of; None for what is no part of the text."""
    element = next((part.element for part in line.parts if part.element), None)
    while element and element.parent and element.kind in ("Span", "Link", "Lbl"):
        element = element.parent
    body = element.parent if element and element.kind == "P" else None
    if body and body.kind == "LBody" and body.children[0] is element:
        return body.parent
    return element if element and element.kind not in ("Header", "Footer") else None


def _sign(block: Element) -> Sign:
    if block.kind.startswith("H"):
        return "#"
    above = block.parent
    while above and above.kind not in ("TH", "TD"):
        above = above.parent
    return "|" if above and above.kind == "TH" and above.scope == "Row" else "-"
