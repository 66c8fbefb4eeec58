"""What stays together over a page break, besides what the roles say: a sentence and the table or figure it leads to.

In: finished blocks, one below the other. Out: the same, `keep_next` set or taken back. In a cell, Word keeps a whole row
with the next one if its first paragraph is kept (so that a table of such rows would go over as one): there none is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from kotobuki.document import Block, Figure, Paragraph, Table
from kotobuki.roles import TABLE_TITLE


def kept(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a paper, lead-in sentences kept with what they lead to; several sentences are text of their own."""
    return tuple(_kept(blocks))


def kept_in_cell(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a cell."""
    first, *others = _kept(blocks)
    return (replace(first, keep_next=False) if isinstance(first, Paragraph) else first, *others)


def _kept(blocks: Sequence[Block]) -> Iterator[Block]:
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Paragraph) and _is_led_to(following) and block.text.count("。") <= 1:
            yield replace(block, keep_next=True)
        else:
            yield block


def _is_led_to(block: Block | None) -> bool:
    """Whether it is a table or figure, or the title of one."""
    return isinstance(block, Table | Figure) or (isinstance(block, Paragraph) and block.role == TABLE_TITLE.style)
