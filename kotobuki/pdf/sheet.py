"""A page made ready for files: its words set, its objects numbered, what draws it written and compressed.

In: a page, its lines as sorts, the fonts by the names that they use, the numbers of its objects. Out: a `Sheet`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from kotobuki.drawing import Image
from kotobuki.layout.page import Artwork, Inset, Link, Page
from kotobuki.layout.structure import FOOTER, HEADER, Element
from kotobuki.pdf.content import Content, SetLine, content
from kotobuki.pdf.font import PdfFont
from kotobuki.pdf.objects import Numbers, Ref
from kotobuki.pdf.structure import Box


class PlacedLink(NamedTuple):
    """A link and its annotation; `key`: what leads from this to the element of the link (StructParent)."""

    link: Link
    ref: Ref
    key: int


class Sheet:
    """A page made ready.

    key       what leads from the page to the elements of its marks (StructParents)
    ref       the page, and `stream` its content, `marks` the elements of its marks
    fonts     those that it uses
    images    those that are drawn on it
    boxes     where its figures stand
    elements  all that something on it belongs to, as often as it is drawn
    """

    def __init__(
        self,
        page: Page,
        lines: Sequence[SetLine],
        fonts: Mapping[str, PdfFont],
        *,
        key: int,
        numbers: Numbers,
        link_keys: Iterator[int],
    ) -> None:
        """`link_keys`: those of the annotations of the press, whose pages have theirs before them."""
        self.page, self.key, self._lines, self._by_name = page, key, lines, fonts
        self.ref, self.stream, self.marks = numbers.ref(), numbers.ref(), numbers.ref()
        self.fonts = {fonts[name].name: fonts[name] for name in dict.fromkeys(line.font for line, _ in lines)}
        drawn = page.drawn
        self.links = [PlacedLink(item, numbers.ref(), next(link_keys)) for item in drawn if isinstance(item, Link)]
        self.images: list[Image] = []
        self.boxes: dict[Element, Box] = {}
        for item in drawn:
            if isinstance(item, Artwork):
                self.images += [item.image] if item.image else []
                if item.element is not None:
                    left, top, right, bottom = item.box
                    self.boxes[item.element] = (left, page.height - bottom, right, page.height - top)
            elif isinstance(item, Inset):
                self.boxes[item.element] = (0, 0, page.width, page.height)
        words = (stretch.element for _, own in lines for stretch in own)
        self.elements = [*self.boxes, *(each for each in words if each is not None and each not in (HEADER, FOOTER))]
        self.leads_to = frozenset(
            [each.paper for each in self.elements if each.kind == "Link"] + [each.link.paper for each in self.links]
        )
        self._drawn: dict[frozenset[str], Content] = {}

    def content(self, papers: Collection[str]) -> Content:
        """What draws the page in a file with these papers, by their keys; made once where its links lead to the same."""
        reached = self.leads_to.intersection(papers)
        if reached not in self._drawn:
            self._drawn[reached] = content(self.page, self._lines, self._by_name, reached)
        return self._drawn[reached]
