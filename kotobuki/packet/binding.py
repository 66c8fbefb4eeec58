"""Parts to a packet: blank versos put in, pages numbered through, everything joined into one Document and its pages.

In: the parts, the meeting's settings, and a rule that gives each leaf its position. Out: `Packet`. The packet's own papers
list where each 議案 begins, so they are made when that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kotobuki.document import Block, Document, Paper, Paragraph, Running
from kotobuki.forms.meeting import AgendaEntry
from kotobuki.layout.furniture import renumbered
from kotobuki.layout.page import Page
from kotobuki.layout.paragraphs import Look
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.front import FrontMaker
from kotobuki.packet.leaves import BLANK, BoundPaper, Leaf, PacketPart
from kotobuki.reading.inlines import PaperPageNumber, Text
from kotobuki.settings.meeting import Meeting

Positions = Callable[[Sequence[Leaf]], Sequence[str]]
"""The number of each page in the packet."""

_MOST_PASSES = 4
"""The front lists pages, and moves them: the first pass finds how long it is, the second the numbers behind it, the third that
nothing moves any more. One is to spare, for a list that grows by a page with its numbers.
"""


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet ready to be written: its Document, and its pages in the order they are bound, blanks included."""

    document: Document
    leaves: tuple[Leaf, ...]


def counted(leaves: Sequence[Leaf]) -> list[str]:
    """Positions from 1 on, one after the other."""
    return [str(position) for position in range(1, len(leaves) + 1)]


def bind(parts: Sequence[PacketPart], maker: FrontMaker, positions: Positions) -> Packet | None:
    """The packet; None after a diagnostic. The front is made again until the list in it tells the truth."""
    meeting = maker.meeting
    front, bound = PacketPart(None, "", "", "", ()), list(parts)
    for _ in range(_MOST_PASSES):
        bound = _positioned(_with_blanks([front, *parts], meeting.packet.recto), positions)
        made = maker.front(_listed(bound, meeting))
        if not made:
            return None
        papers = tuple(
            BoundPaper(paper, tuple(Leaf(None, paper.name, page) for page in pages)) for paper, pages in made
        )
        new = PacketPart(None, "", "", "", papers)
        if new == front:
            break
        front = new
    look = maker.workshop.look(maker.document(()))
    bound = [_numbered(part, meeting.packet.running, look).with_leaves(_labelled) for part in bound]
    document = maker.document([paper for part in bound for paper in _papers(part, maker.title, meeting.packet.running)])
    return Packet(document, tuple(leaf for part in bound for leaf in part.leaves))


def _with_blanks(parts: Sequence[PacketPart], recto: bool) -> list[PacketPart]:
    """A blank page behind each part that would let the next one begin on a left-hand page."""
    bound = []
    for part in parts:
        if recto and len(part.leaves) % 2 and part is not parts[-1]:
            last = part.leaves[-1].page
            leaf = Leaf(
                part.agenda, BLANK, Page(width=last.width, height=last.height, paper=last.paper, number=None, items=())
            )
            blank = BoundPaper(Paper(key=f"{part.key}-blank", name=BLANK, blocks=(), numbering="none"), (leaf,))
            part = replace(part, papers=(*part.papers, blank))
        bound.append(part)
    return bound


def _positioned(parts: Sequence[PacketPart], positions: Positions) -> list[PacketPart]:
    found = iter(positions([leaf for part in parts for leaf in part.leaves]))
    return [part.with_leaves(lambda leaf: replace(leaf, position=next(found))) for part in parts]


def _listed(parts: Sequence[PacketPart], meeting: Meeting) -> list[AgendaEntry]:
    """What the list of 議案 says, the withdrawn ones among them."""
    found = [
        AgendaEntry(part.agenda, part.title, part.office, tuple(_pages(part, meeting.packet.running)), part.key)
        for part in parts
        if part.agenda is not None
    ]
    return sorted([*found, *map(AgendaEntry, meeting.withdrawn)], key=lambda each: each.number)


def _pages(part: PacketPart, running: tuple[str, str] | None) -> Iterator[Text | PaperPageNumber]:
    """Where a 議案 begins in the packet or, where that is not printed, which pages of its own it has."""
    if running:
        first = part.leaves[0]
        number = PaperPageNumber(part.key, "first", first.position, _ahead(first))
        yield from (each for each in (Text(running[0]), number, Text(running[1])) if each != Text(""))
        return
    numbered = [leaf.page for leaf in part.leaves if leaf.page.number is not None]
    if numbered:
        first_page, last_page = numbered[0], numbered[-1]
        yield Text("p. ")
        yield PaperPageNumber(first_page.paper, "first", first_page.printed_number)
        if last_page.printed_number != first_page.printed_number:
            yield Text("～p. ")
            yield PaperPageNumber(last_page.paper, "last", last_page.printed_number)


def _numbered(part: PacketPart, running: tuple[str, str] | None, look: Look) -> PacketPart:
    """The number in the packet printed on each page, but not on the packet's cover and on blank pages."""
    if running is None:
        return part
    bare = (BLANK, part.leaves[0].paper) if part.agenda is None else (BLANK,)

    def numbered(leaf: Leaf) -> Leaf:
        if leaf.paper in bare:
            return leaf
        number = leaf.position.join(running)
        return replace(leaf, page=renumbered(leaf.page, leaf.page.printed_number, number, look))

    return part.with_leaves(numbered)


def _papers(part: PacketPart, meeting: str, running: tuple[str, str] | None) -> Iterator[Paper]:
    """The papers of a part in their place in the outline, with their numbers in the packet."""
    first = part.leaves[0].page.running
    entry = f"{part.entry}（{first}）" if first else part.entry
    under = (meeting,) if part.agenda is None else (meeting, entry)
    for each in part.papers:
        leaf, numbers = each.leaves[0], None
        if running and leaf.page.running and leaf.position.isdecimal():
            numbers = Running(*running, int(leaf.position), _ahead(leaf), len(each.leaves) == 1)
        blocks = each.paper.blocks
        if part.agenda is not None:
            blocks = _deepened(blocks, opens=each is part.papers[0])
        yield replace(each.paper, blocks=blocks, under=under, running=numbers)


def _deepened(blocks: tuple[Block, ...], *, opens: bool) -> tuple[Block, ...]:
    """The blocks as Word's outline has them: sections one level deeper, under the line that opens a 議案."""
    deeper = [
        replace(block, heading=block.heading + 1) if isinstance(block, Paragraph) and block.heading else block
        for block in blocks
    ]
    if opens and deeper and isinstance(deeper[0], Paragraph):
        deeper[0] = replace(deeper[0], heading=1)
    return tuple(deeper)


def _ahead(leaf: Leaf) -> int:
    """What a position is ahead of the page's own number; a paper without page numbers is counted from 1."""
    return int(leaf.position) - (leaf.page.number or 1) if leaf.position.isdecimal() else 0


def _labelled(leaf: Leaf) -> Leaf:
    """What a reader of PDFs shows for the page: its number in the packet, else the 議案 and its page."""
    own = leaf.page.printed_number or leaf.paper
    words = leaf.page.running or (f"第{leaf.agenda}号 {own}" if leaf.agenda else own)
    return replace(leaf, page=replace(leaf.page, label=words))
