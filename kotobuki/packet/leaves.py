"""What a packet is bound of: pages in their order, and the parts they make.

Nothing is decided here; these are the values that the modules of this package hand to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kotobuki.build.foreign import ForeignPage
from kotobuki.document import Paper
from kotobuki.layout.page import Page
from kotobuki.lazy_dataclasses import dataclass

BLANK = "白紙"
"""The name of a page left blank so that the next 議案 begins on a right-hand page."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the packet: of which 議案 (None: the packet's own) and paper.

    `position` is its number in the packet, printed or not; `source` what is drawn below it.
    """

    agenda: int | None
    paper: str
    page: Page
    source: ForeignPage | None = None
    position: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is on it: the back of a sheet, so that the next paper begins on a front."""
        return self.paper == BLANK

    @property
    def digest(self) -> str:
        """What is on the page, without its numbers."""
        return self.source.digest if self.source else self.page.digest


@dataclass(frozen=True, slots=True)
class BoundPaper:
    """A paper of the Word file and its pages in the PDF. A 別添 has a slip for each of its pages in Word."""

    paper: Paper
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class PacketPart:
    """What is bound as one: the packet's own papers (`agenda` None) or those of a 議案.

    `entry`: the 議案 in the outline; `title` and `office`: its 件名 and 主管課 in the list.
    """

    agenda: int | None
    entry: str
    title: str
    office: str
    papers: tuple[BoundPaper, ...]

    @property
    def key(self) -> str:
        """The key of the paper it begins with, to which links lead."""
        return self.papers[0].paper.key

    @property
    def leaves(self) -> list[Leaf]:
        """The pages of its papers, in the order they are bound."""
        return [leaf for paper in self.papers for leaf in paper.leaves]

    def with_leaves(self, change: Callable[[Leaf], Leaf]) -> PacketPart:
        """The same part with each leaf changed, in their order."""
        papers = tuple(replace(each, leaves=tuple(map(change, each.leaves))) for each in self.papers)
        return replace(self, papers=papers)
