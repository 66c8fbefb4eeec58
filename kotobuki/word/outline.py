"""The outline that Word's navigation pane shows: the papers by their titles, what has a heading below them.

In a Document, headings count from the sections of a paper; readers of PDFs have the names of papers in the outline, Word
has paragraphs alone.
"""

from __future__ import annotations

from dataclasses import replace

from kotobuki.document import Block, Paper, Paragraph
from kotobuki.roles import TITLE


def outlined(paper: Paper) -> Paper:
    """A paper with its title as a heading above its others: the highest, or in a packet the one below its 議案.

    One without a title is left as it is.
    """
    titles = [block for block in paper.blocks if isinstance(block, Paragraph) and block.role == TITLE.style]
    if not titles or titles[0].heading:
        return paper
    level = max(len(paper.under), 1)
    return replace(paper, blocks=tuple(_deeper(block, titles[0], level) for block in paper.blocks))


def _deeper(block: Block, title: Paragraph, level: int) -> Block:
    if block is title:
        return replace(title, heading=level)
    if isinstance(block, Paragraph) and block.heading >= level:
        return replace(block, heading=block.heading + 1)
    return block
