"""A paper cut where its pages turn: stretches of blocks that stand on upright or on landscape pages alike.

In: a paper. Out: its blocks in stretches, and the page that each stands on. Layout and the Word writer (where each
stretch is a section) go by the same cuts.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.document import Block, Paper, Paragraph
from kotobuki.stylesheet import PageSetup, Stylesheet


def sections_by_orientation(paper: Paper) -> list[tuple[Block, ...]]:
    """The blocks of the paper, cut before each that turns the page; one empty stretch for a paper without blocks."""
    found: list[list[Block]] = [[]]
    landscape = False
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.page and (block.page == "landscape") != landscape:
            landscape = not landscape
            if found[-1]:
                found.append([])
        found[-1].append(block)
    return [tuple(each) for each in found]


def is_landscape(stretch: Sequence[Block]) -> bool:
    """Whether a stretch stands on landscape pages: its first block says so."""
    first = stretch[0] if stretch else None
    return isinstance(first, Paragraph) and first.page == "landscape"


def page_of(stretch: Sequence[Block], sheet: Stylesheet) -> PageSetup:
    """The page that the blocks of a stretch stand on."""
    return sheet.page.turned() if is_landscape(stretch) else sheet.page
