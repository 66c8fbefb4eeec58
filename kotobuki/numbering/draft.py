"""A paper before numbering: paragraphs of known roles and sections of authored content, in the order of the paper.

What `forms` gives out and `numbering.resolve` takes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from kotobuki.case.blocks import Content
from kotobuki.case.regulation import Regulation
from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines
from kotobuki.roles import Role
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.terms import Term


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """A paragraph of a role. `defines`: terms used in it count and may be defined in it (from 諮問理由 on)."""

    role: Role
    inlines: Inlines
    defines: bool = False
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A numbered section. `names`: what references may call it. `notes`: print its notes and their marks."""

    heading: Inlines
    content: Content
    names: tuple[str, ...] = ()
    notes: bool = True
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAnnex:
    """A 別紙, or (`existing`) a 別添, that references can name; what of it is bound in.

    `omitted`: it is only cited. `landscape`: its pages are. `bracket`, `spaced`: as of an `Annex`.
    """

    title: Inlines
    anchor: str = ""
    place: Place = field(default=Place(""), compare=False)
    existing: bool = False
    content: Content = ()
    regulation: Regulation | None = None
    omitted: bool = False
    landscape: bool = False
    bracket: tuple[str, str] | None = None
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class DraftAnnexes:
    """Where the paper binds its annexes in."""


DraftBlock = DraftParagraph | DraftSection | DraftAnnexes


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPaper:
    """A paper, as `document.Paper`, with what it may refer to and the names it may use."""

    key: str
    name: str
    blocks: tuple[DraftBlock, ...]
    numbering: Literal["none", "start", "continue"] = "start"
    draft: bool = False
    annexes: tuple[DraftAnnex, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What ｛…｝ can name: terms, and fields of the case (件名, 主管課 …)."""

    terms: Mapping[str, Term]
    fields: Mapping[str, Inlines]
    style: HouseStyle
