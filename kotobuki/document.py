"""The finished paper, format-neutral: what numbering gives out, and what layout and the Word writer take in.

Nothing is left to decide here: labels, terms, references, notes and digit widths are plain text; every paragraph
names its role, and the look of a role is the style of that name in `templates/base.docx`. Values are frozen and
comparable; where the text came from (`at`) does not count in a comparison. Widths in a run are in em of its paragraph,
those of a table in em of the text that its style is made for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Literal, assert_never

from kotobuki.case import figures
from kotobuki.diagnostics import Place
from kotobuki.drawing import Drawing
from kotobuki.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text that is set as it stands.

    `fit_em`: spread the text evenly to this width (均等割付); None sets it naturally. `gap_em`: blank after the
    last character, a property and never a stored space. `link`: key of the paper it leads to. `underlined`: what a
    新旧対照表 says has changed. `at`: places of the text in its source, as (offset in `text`, place), ascending, for
    diagnostics.
    """

    text: str
    fit_em: float | None = None
    gap_em: float = 0.0
    link: str = ""
    underlined: bool = False
    at: tuple[tuple[int, Place], ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One character in a circle (囲い文字), such as the mark of a copy, ㊢; extracted as the character alone."""

    text: str


@dataclass(frozen=True, slots=True)
class PageRef:
    """The number of a paper's first or last page. `text` is the computed number; Word gets a PAGEREF field.

    `ahead`: what the number printed is ahead of that page's own number, where it is the number in the packet.
    """

    paper: str
    edge: Literal["first", "last"]
    text: str = ""
    ahead: int = 0


Inline = Run | Enclosed | PageRef
DRAFT_MARK = "案"
"""Printed in the head margin of a draft."""
Orientation = Literal["", "portrait", "landscape"]
Revision = Literal["", "inserted", "deleted"]
"""In a redline: what only the new version has, what only the old one had, "" = what both have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of one role.

    label    printed first (１, （１）, ※１); text follows at once, or at the style's tab stop if `tab`
    inside   the roles, outermost first and joined by "/", from whose continuation columns (left indents, added up)
             this paragraph's own indents are measured; "" = the edge of the text area or cell
    heading  level in the outline (1 = section), 0 = not a heading
    page     it begins a page, upright or landscape, and so are the pages from there on; "" = it stands where it comes.
             For paragraphs that stand in the paper itself, not in a cell
    revised  in a redline, both versions in one; None = there is but one
    """

    role: str
    inlines: tuple[Inline, ...] = ()
    label: str = ""
    tab: bool = False
    inside: str = ""
    heading: int = 0
    keep_next: bool = False
    bookmark: str = ""
    page: Orientation = ""
    revised: Revised | None = None

    @property
    def text(self) -> str:
        """The words of the paragraph without its label."""
        return "".join([inline.text for inline in self.inlines])


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell spanning `columns` × `rows` of the grid. `blocks` is never empty. `label`: it names its rows."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; places covered by a cell spanning down from above are left out. `head`: repeated on each page.

    `joined`: no rule parts it from the row above. `whole`: so low that it is never parted, as settled with the widths.
    `revision`: in a redline, whether only one version has it.
    """

    cells: tuple[Cell, ...]
    head: bool = False
    joined: bool = False
    revision: Revision = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. `style` names a table style of base.docx; `widths` are the text widths of the grid columns in em
    (the cell margins of the style come on top). Until `layout.columns` has shared it out, a width that is not positive
    is a share of what is left: -2 = two shares, 0 = one.
    `inside` as for a paragraph. `again`: printed behind a row's label that is shown again on the next page (Word has
    no such thing: there it stands but once); None = labels are not shown again. `repeats`: its rows of heads stand on
    each page that it goes on to.
    """

    style: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    inside: str = ""
    again: str | None = None
    repeats: bool = True
    place: Place = field(default=Place(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. `description` says what it shows, to those who cannot see it (alternative text).

    `drawing` is None until `figures.settle_figures` has laid `figure` out. `inside` as for a paragraph.
    """

    figure: figures.Figure
    description: str
    inside: str = ""
    drawing: Drawing | None = None
    place: Place = field(default=Place(""), compare=False)


Block = Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that is kept, inserted or deleted as a whole: a label, some inlines or a figure."""

    revision: Revision = ""
    inlines: tuple[Inline, ...] = ()
    label: str = ""
    tab: bool = False
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Revised:
    """Two versions of a paragraph in one, as Word tracks changes (変更履歴); for Word alone.

    Word keeps the look of a paragraph in its end (the paragraph mark); without it, its words join the next paragraph.

    pieces    all that stands in it, in print order
    mark      whether only one version has its end
    old, new  what it looks like in each version; None = a line of 1 pt, such as Word wants behind a table
    ends      the pages, in the old and the new version, of the section that it ends; None = it ends none
    """

    pieces: tuple[Piece, ...]
    mark: Revision
    old: Paragraph | Figure | None
    new: Paragraph | Figure | None
    ends: tuple[Orientation, Orientation] | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The numbers of a paper's pages in the whole packet (通し番号): `before` and `after` stand around each.

    first   the number of the paper's first page
    ahead   what each is ahead of the page's own number; on unnumbered papers, of the count of its pages from 1
    single  the paper has one page
    """

    before: str
    after: str
    first: int
    ahead: int
    single: bool

    def text(self, number: int) -> str:
        """As printed."""
        return f"{self.before}{number}{self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a bundle.

    key        its id in links and page references (ASCII)
    numbering  "none": no page numbers; "start": its first page is `first_page`; "continue": goes on from the paper before
    draft      printed with 案 in the head margin: a number or date is still open
    under      the entries of the outline that it stands under, outermost first (the meeting, the 議案)
    running    its page numbers in the packet; None = none are printed
    source     SHA-256 of the case that it is made of; "" = of none
    was        in a redline, the paper before the changes: all its blocks then are paragraphs with `revised`, and tables
    """

    key: str
    name: str
    blocks: tuple[Block, ...]
    numbering: Literal["none", "start", "continue"] = "start"
    first_page: int = 1
    draft: bool = False
    under: tuple[str, ...] = ()
    running: Running | None = None
    source: str = ""
    was: Paper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Papers that make one file. `squeeze`: punctuation gives way on demand (Word's characterSpacingControl).

    `hang_in_cells`: 、 and 。 hang in every style, those of cells too.

    `reviser`, `revised_at`: in a redline, who made the changes and when (ISO 8601; "" = not said).
    """

    title: str
    papers: tuple[Paper, ...]
    author: str = ""
    subject: str = ""
    squeeze: bool = False
    hang_in_cells: bool = False
    strict_kinsoku: bool = False
    font: str = ""
    """The typeface of the house style; "" leaves the one of base.docx."""
    reviser: str = ""
    revised_at: str = ""


def all_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with those in the cells of tables, each table before what it holds."""
    found: list[Block] = []
    _gather(blocks, found)
    return found


def _gather(blocks: Iterable[Block], found: list[Block]) -> None:
    for block in blocks:
        found.append(block)
        match block:
            case Paragraph() | Figure():
                pass
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        _gather(cell.blocks, found)
            case _:
                assert_never(block)


def has_figures(blocks: Iterable[Block]) -> bool:
    """Whether there is a figure among the blocks or in a cell of their tables: few papers have one."""
    for block in blocks:
        match block:
            case Paragraph():
                pass
            case Figure():
                return True
            case Table():
                if any(has_figures(cell.blocks) for row in block.rows for cell in row.cells):
                    return True
            case _:
                assert_never(block)
    return False
