"""Papers in, their markup out: each is written once, for all files that it goes into.

What only a file can say of a paper stands in slots: its numbers, which must be unique in the file, and what Word is told of
its sections. A paper in which something leads to another is written anew for each file: not every file has the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kotobuki.document import Block, Paper
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.orientation import page_of, sections_by_orientation
from kotobuki.word.base import BasePackage
from kotobuki.word.blocks import BlockWriter, Ends
from kotobuki.word.inlines import SLOT, Marks, bookmark
from kotobuki.word.outline import outlined
from kotobuki.word.parts import Section
from kotobuki.word.revisions import revised_sections


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """The markup of a paper, with slots: `paper` (its place in the file), those of `marks.number`, `section1` … (what
    Word is told of each of its sections, in the last paragraph of that) and `behind` (or there, of the last one).
    """

    markup: Slotted
    sections: Sequence[Section]
    marks: Marks


class Slotted:
    """Markup with slots."""

    def __init__(self, markup: str) -> None:
        self._pieces = markup.split(SLOT)  # at every odd place, the name of a slot

    def filled(self, said: Mapping[str, str]) -> str:
        """With what is said in each slot, by its name."""
        pieces = self._pieces.copy()
        pieces[1::2] = [said[name] for name in pieces[1::2]]
        return "".join(pieces)


class WrittenPapers:
    """Papers as they were written, with the styles of `base`, for whoever writes them again."""

    def __init__(self, base: BasePackage) -> None:
        self._base = base
        self._known: dict[tuple[str, tuple[str, ...]], tuple[Sequence[Block], WrittenPaper]] = {}

    def written(self, paper: Paper, papers: Sequence[Paper], marks: Marks) -> WrittenPaper:
        """A paper of a file of these papers. `marks`: what the file says of all of them."""
        blocks, known = self._known.get((paper.key, paper.under), ((), None))
        if known and blocks is paper.blocks:
            return known
        made = _written(paper, papers, self._base, marks)
        if not marks.leads and not paper.was:
            self._known[paper.key, paper.under] = paper.blocks, made
        return made


def _written(paper: Paper, papers: Sequence[Paper], base: BasePackage, marks: Marks) -> WrittenPaper:
    first, last = (bookmark(f"paper{SLOT}paper{SLOT}_{edge}", marks) for edge in ("first", "last"))
    sections = revised_sections(paper, papers, base, marks) if paper.was else _sections(outlined(paper), base)
    writer = BlockWriter(base, marks)
    markup = []
    for at, part in enumerate(sections, 1):
        ends = Ends(first if at == 1 else "", last if at == len(sections) else "", f"{SLOT}section{at}{SLOT}")
        old_width = part.old_page.text_width if part.old_page else 0.0
        markup.append(writer.blocks(part.blocks, part.page.text_width, ends, old_width))
    return WrittenPaper(Slotted("".join((*markup, f"{SLOT}behind{SLOT}"))), sections, marks)


def _sections(paper: Paper, base: BasePackage) -> list[Section]:
    """A section for each stretch of pages that are alike."""
    return [Section(each, page_of(each, base.stylesheet)) for each in sections_by_orientation(paper)]
