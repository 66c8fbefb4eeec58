"""Two versions of a paper in, the redline out: as a Paper that the Word writer takes, or as the bytes of a .docx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from kotobuki.compare.redline.flow import Break, FlowItem, laid_apart, merged
from kotobuki.compare.redline.tables import merged_tables
from kotobuki.document import Block, Cell, Document, Figure, Orientation, Paper, Paragraph, Row, Table, all_blocks
from kotobuki.orientation import is_landscape, sections_by_orientation
from kotobuki.stylesheet import Stylesheet

if TYPE_CHECKING:
    from kotobuki.word.base import BasePackage


def redline_docx(old: Document, new: Document, base: BasePackage, author: str, date: datetime | None = None) -> bytes:
    """The .docx in which what changed from `old` to `new` is tracked, signed by `author` at `date` (None = not said).

    Both are ready to be written (`Workshop.lay_out`), hold the one paper that is compared (`LaidOutBundle.alone`), and name only
    styles that `base` has (`check_roles`); what is no paper's (title, font, kinsoku) is the new version's.
    Raises `ValueError` if one of them holds no or several papers.
    """
    from kotobuki.word.outline import outlined
    from kotobuki.word.writer import write_docx

    (before,), (after,) = old.papers, new.papers
    paper = redlined(outlined(before), outlined(after), base.stylesheet)
    at = date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else ""
    return write_docx(replace(new, papers=(paper,), reviser=author, revised_at=at), base)


def redlined(old: Paper, new: Paper, sheet: Stylesheet) -> Paper:
    """Both papers in one: `new`, with blocks that carry the changes from `old` (see `Paper.was`)."""

    def tables(before: Table, after: Table) -> Table | None:
        return merged_tables(before, after, sheet)

    names = {block.bookmark for block in all_blocks(new.blocks) if isinstance(block, Paragraph)}
    old_blocks = replace(old, blocks=tuple(_without(names, block) for block in old.blocks))
    (before, old_end), (after, new_end) = _flattened(old_blocks), _flattened(new)
    return replace(new, blocks=merged(before, after, tables, (old_end, new_end)), was=old)


def _flattened(paper: Paper) -> tuple[list[FlowItem], Orientation]:
    """All that stands in a paper in one row, and the pages of its last section."""
    parts = sections_by_orientation(paper)
    items: list[FlowItem] = []
    for at, stretch in enumerate(parts):
        items += laid_apart(stretch)
        items += [Break(_page(stretch))] if at < len(parts) - 1 else []
    return items, _page(parts[-1])


def _page(stretch: tuple[Block, ...]) -> Orientation:
    return "landscape" if is_landscape(stretch) else "portrait"


def _without(names: set[str], block: Block) -> Block:
    """The block without bookmarks of these names: one name leads to one place."""
    match block:
        case Paragraph():
            return replace(block, bookmark="") if block.bookmark in names else block
        case Table():
            return replace(block, rows=tuple(replace(row, cells=tuple(_cells(names, row))) for row in block.rows))
        case Figure():
            return block
        case _:
            assert_never(block)


def _cells(names: set[str], row: Row) -> Iterator[Cell]:
    for cell in row.cells:
        yield replace(cell, blocks=tuple(_without(names, block) for block in cell.blocks))
