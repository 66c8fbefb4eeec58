"""What stays together over a page break, besides what the roles say: a sentence and the table or figure it leads to.

In: finished blocks, one below the other. Out: the same, `keep_next` set or taken back. In a cell, Word keeps a whole row
with the next one if its first paragraph is kept (so that a table of such rows would go over as one): there none is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kotobuki.document import Block, Paragraph
from kotobuki.roles import TABLE_TITLE


def kept(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of a paper, lead-in sentences kept with what they lead to; several sentences are text of their own."""
    found = list(blocks)
    for at, following in enumerate(found):
        if at == 0 or (isinstance(following, Paragraph) and following.role != TABLE_TITLE.style):
            continue
        block = found[at - 1]  # stands before a table, a figure or the title of one
        if isinstance(block, Paragraph) and block.text.count("。") <= 1:
            found[at - 1] = replace(block, keep_next=True)
    return tuple(found)


def kept_in_cell(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of a cell."""
    first, *others = kept(blocks)
    return (replace(first, keep_next=False) if isinstance(first, Paragraph) and first.keep_next else first, *others)
