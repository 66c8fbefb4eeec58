"""A page made ready for files: its words set, its objects numbered, what draws it written and compressed.

In: a page, the fonts by the names that its lines use, the numbers of its objects. Out: a `Sheet`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import assert_never

from kotobuki.layout.page import Artwork, Circle, Heading, Inset, Link, Page, Rule, TextLine
from kotobuki.layout.structure import FOOTER, HEADER, Element
from kotobuki.named_tuples import NamedTuple
from kotobuki.pdf.content import Content, Ink, content, set_words
from kotobuki.pdf.font import UsedFont
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
    headings  that stand on it
    links     that it has
    images    that are drawn on it
    boxes     where its figures stand
    elements  all that something on it belongs to, as often as it does
    leads_to  the papers that its links lead to, by their keys
    """

    def __init__(
        self, page: Page, fonts: Mapping[str, UsedFont], *, key: int, numbers: Numbers, link_keys: Iterator[int]
    ) -> None:
        """`link_keys`: those of the annotations of the press, whose pages have theirs before them."""
        self.page, self.key = page, key
        self.ref, self.stream, self.marks = numbers.ref(), numbers.ref(), numbers.ref()
        lines: list[TextLine] = []
        self._ink: list[Ink] = []
        self.links: list[PlacedLink] = []
        self.headings: list[Heading] = []
        for item in page.drawn:
            match item:
                case TextLine():
                    lines.append(item)
                case Rule() | Circle() | Artwork() | Inset():
                    self._ink.append(item)
                case Link():
                    self.links.append(PlacedLink(item, numbers.ref(), next(link_keys)))
                case Heading():
                    self.headings.append(item)
                case _:
                    assert_never(item)
        self._words = set_words(lines, page.height, fonts)
        self.fonts = tuple(dict.fromkeys([fonts[line.font] for line in lines]))
        self.images = [item.image for item in self._ink if isinstance(item, Artwork) and item.image]
        self.boxes = dict(_boxes(page, self._ink))
        words = [element for element, _, _ in self._words if element not in (None, HEADER, FOOTER)]
        self.elements = [*self.boxes, *words]
        led = [each.paper for each in self.elements if each.kind == "Link"]
        self.leads_to = {*led, *(each.link.paper for each in self.links)}
        self._drawn: dict[frozenset[str], Content] = {}

    def content(self, papers: Collection[str]) -> Content:
        """What draws the page in a file with these papers, by their keys; made once where its links lead to the same."""
        reached = frozenset(self.leads_to.intersection(papers))
        if reached not in self._drawn:
            self._drawn[reached] = content(self._ink, self._words, self.page.height, reached)
        return self._drawn[reached]


def _boxes(page: Page, ink: Iterable[Ink]) -> Iterator[tuple[Element, Box]]:
    for item in ink:
        if isinstance(item, Artwork) and item.element is not None:
            left, top, right, bottom = item.box
            yield item.element, (left, page.height - bottom, right, page.height - top)
        elif isinstance(item, Inset):
            yield item.element, (0, 0, page.width, page.height)
