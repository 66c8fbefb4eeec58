"""The outline that Word's navigation pane shows: the papers by their titles, what has a heading below them.

In a Document, headings count from the sections of a paper; readers of PDFs have the names of papers in the outline, Word
has paragraphs alone.
"""

from __future__ import annotations

from dataclasses import replace

from kotobuki.document import Block, Paper, Paragraph
from kotobuki.roles import TITLE


def outlined(paper: Paper) -> Paper:
    """A paper with its title as the highest heading; one without a title, or in a packet, is left as it is: there the
    line that opens a 議案 is the highest.
    """
    titles = [block for block in paper.blocks if isinstance(block, Paragraph) and block.role == TITLE.style]
    if not titles or titles[0].heading or paper.under:
        return paper
    return replace(paper, blocks=tuple(_deeper(block, titles[0]) for block in paper.blocks))


def _deeper(block: Block, title: Paragraph) -> Block:
    if block is title:
        return replace(title, heading=1)
    if isinstance(block, Paragraph) and block.heading:
        return replace(block, heading=block.heading + 1)
    return block
