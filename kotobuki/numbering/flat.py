"""A paper laid flat: paragraphs and tables with labels and places given, their words still as authored.

Between `outline` with `flattening` (which number) and `wording` (which settles the words in print order).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import assert_never

from kotobuki.case.figures import Figure, words_of
from kotobuki.diagnostics import Place
from kotobuki.document import Orientation
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.targets import Target
from kotobuki.reading.inlines import Inlines
from kotobuki.roles import STANDARD, Role, TableRole


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatParagraph:
    """As `document.Paragraph`, with authored inlines.

    defines  whether its terms count
    owner    the target around it, for references in it
    note     the name of the note block that begins here, and its place
    page     as in `document.Paragraph`
    """

    role: Role
    inlines: Inlines
    label: str = ""
    tab: bool = False
    inside: str = ""
    heading: int = 0
    keep_next: bool = False
    page: Orientation = ""
    defines: bool = True
    owner: Target | None = field(default=None, compare=False, repr=False)
    note: tuple[str, Place] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FlatCell:
    """As `document.Cell`, its words not yet settled."""

    blocks: tuple[Flat, ...]
    columns: int = 1
    rows: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """As `document.Table`: rows of (cells, is head)."""

    role: TableRole
    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[FlatCell, ...], bool], ...]
    inside: str = ""
    again: str | None = None
    repeats: bool = True
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class FlatFigure:
    """As `document.Figure`, with authored words; `owner` as for a paragraph."""

    figure: Figure
    description: str
    inside: str = ""
    owner: Target | None = field(default=None, compare=False, repr=False)
    place: Place = field(default=Place(""), compare=False)


Flat = FlatParagraph | FlatTable | FlatFigure


def paragraphs(blocks: Iterable[Flat]) -> list[FlatParagraph]:
    """Every paragraph in print order, those in cells and in figures too."""
    found: list[FlatParagraph] = []
    for block in blocks:
        match block:
            case FlatParagraph():
                found.append(block)
            case FlatTable():
                for cells, _ in block.rows:
                    for cell in cells:
                        found += paragraphs(cell.blocks)
            case FlatFigure():
                found += [FlatParagraph(role=STANDARD, inlines=inlines) for inlines in words_of(block.figure)]
            case _:
                assert_never(block)
    return found


@dataclass(frozen=True, slots=True)
class Scoped:
    """Blocks that share their terms. `scope`: 0 = the paper's own, else the number of the regulation they belong to."""

    blocks: tuple[Flat, ...]
    scope: int = 0
