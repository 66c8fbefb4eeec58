"""What authors write, as values: mixed content in the order written, and the typed blocks a machine can lay out better.

In: nothing; these are the types that `content` reads from YAML and that numbering turns into finished paragraphs and
tables. A list of blocks is *content*; it stands in a section, an item, a table cell or a note alike.
"""

from __future__ import annotations

from dataclasses import field

from kotobuki.case import figures
from kotobuki.diagnostics import Place
from kotobuki.japanese.periods import Period
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines
from kotobuki.reading.nodes import Scalar
from kotobuki.roles import Role


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `role` overrides the one that its surroundings give; `label`: the sample and number of its label.

    `source`: the text that it was read from, as its author wrote it; None of words that nobody wrote in a case.
    """

    inlines: Inlines
    role: Role | None = None
    label: tuple[str, int] | None = None
    source: Scalar | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a series: `head` on the label's line, `body` under it (or behind it, if `run_in`).

    `source`: the text that the head was read from, as of a `Para`.
    """

    head: Inlines
    body: Content = ()
    run_in: bool = False
    place: Place = field(default=Place(""), compare=False)
    source: Scalar | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Series:
    """A list: its `Item`s count on, whatever stands between them. `sample`: the first label, "" = by depth."""

    blocks: Content
    sample: str = ""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Bullets:
    """｛・｝: entries under a bullet, which do not count: `mark` is printed before each."""

    mark: str
    entries: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A note printed where it stands; with a `name`, ｛※→name｝ prints its mark in the text. `sign`: ※ or 注."""

    name: str
    body: Content
    place: Place = field(default=Place(""), compare=False)
    sign: str = "※"


@dataclass(frozen=True, slots=True)
class Pairs:
    """｛値｝: label–value lines, as 対象者：65歳以上の区民; a value may be content of any shape."""

    entries: tuple[tuple[Inlines, Content], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A row of a schedule: ５月 | 契約の締結; several matters of one time are lines of one cell. `place`: of the time."""

    when: Period
    what: tuple[Inlines, ...]
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Schedule:
    """日程: events by time; the year printed once, or on every row."""

    events: tuple[Event, ...]
    every_year: bool = False


@dataclass(frozen=True, slots=True)
class Posts:
    """体制: who answers for what, role → post: 管理責任者 → 総務課長."""

    entries: tuple[tuple[Inlines, Content], ...]


@dataclass(frozen=True, slots=True)
class DataGroup:
    """Data items under a heading of their own: 申請者の情報: [氏名, 住所]. `source`: the heading as written."""

    heading: Inlines
    items: DataItems
    place: Place = field(default=Place(""), compare=False)
    source: Scalar | None = field(default=None, compare=False, repr=False)


DataItems = tuple[Inlines, ...] | tuple[DataGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """個人情報: data items and their count, under the headings that the form gives.

    joined   及び stands before the last item; None = as the form or the house style has it
    sources  the items as written
    """

    items: DataItems
    count: Inlines
    items_heading: str
    count_heading: str
    joined: bool | None = None
    sources: tuple[Scalar, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Contractor:
    """事業者: one firm, all of it optional. `title` is its part in a consortium (代表企業, 構成企業)."""

    name: Inlines = ()
    representative: Inlines = ()
    address: Inlines = ()
    certification: Inlines = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Consortium:
    """共同事業体: its name and its members, the leading one first."""

    name: Inlines
    members: tuple[Contractor, ...]


@dataclass(frozen=True, slots=True)
class Contractors:
    """A list of firms and consortia."""

    entries: tuple[Contractor | Consortium, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid; `columns` × `rows` places. `target`: it is a row's label and can be referred to."""

    content: Content
    columns: int = 1
    rows: int = 1
    role: Role | None = None
    target: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid. `head`: of the columns' heads. `names`: what references may call it besides its label."""

    cells: tuple[GridCell, ...]
    head: bool = False
    names: tuple[str, ...] = ()
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. `widths` in em of the text of each column; 0 shares what is left, -2 takes two such shares.

    repeats  its rows of heads stand on each page; None = as the house style has it
    ruled  it has rules; `small`: it is of small type
    indented  without rules in running text, it begins where the first lines of paragraphs do
    again  printed behind row labels shown again on a new page, None = not shown; what the house style says, unless
           the author does (`shows_again`)
    """

    rows: tuple[GridRow, ...]
    widths: tuple[float, ...]
    repeats: bool | None = None
    ruled: bool = True
    indented: bool = False
    title: Inlines = ()
    small: bool = False
    again: str | None = None
    shows_again: bool = False
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """図: a described figure, and what it shows, for those who cannot see it."""

    figure: figures.Figure
    description: str
    place: Place = field(default=Place(""), compare=False)


Typed = Pairs | Schedule | Posts | PersonalData | Contractors
"""What numbering turns into the others before it lays them flat (`numbering.typed`)."""
Block = Para | Item | Series | Bullets | NoteBlock | Grid | FigureBlock | Typed
Content = tuple[Block, ...]
