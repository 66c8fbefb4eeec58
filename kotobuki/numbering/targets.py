"""What references can name, each kind with a constructor of its own: `section(…)`, `item(…)`, `article(…)` …

How a kind reads in a reference is said by `references` and, of provisions, `citations`; what else tells kinds apart stands
in one table, `TRAITS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Literal

from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines


class TargetKind(Enum):
    """What a target is."""

    SECTION = auto()
    ITEM = auto()
    TABLE = auto()
    ROW = auto()
    ANNEX = auto()
    ATTACHMENT = auto()
    """別表, 様式 or 別紙 of a regulation."""
    CHAPTER = auto()
    """章, or 節 of one."""
    ARTICLE = auto()
    """条."""
    PARAGRAPH = auto()
    """項."""
    POINT = auto()
    """号."""
    SUBPOINT = auto()
    """What a 号 is divided into: ア, （ア）."""
    SUPPLEMENT = auto()
    """附則."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTraits:
    """What tells kinds of targets apart, beside how references to them read.

    attached   it hangs on the paper or regulation as a whole, and its label alone says where it is
    provision  a part of a regulation which is cited by its number (第３条第２項), `unit` = the word behind it, if neighbours
               are counted by it
    running    its title is running text, where a term that is used again stands with its short name
    """

    attached: bool = False
    provision: bool = False
    unit: Literal["", "条", "項", "号"] = ""
    running: bool = False


TRAITS: Mapping[TargetKind, TargetTraits] = {
    TargetKind.SECTION: TargetTraits(),
    TargetKind.ITEM: TargetTraits(running=True),
    TargetKind.TABLE: TargetTraits(running=True),
    TargetKind.ROW: TargetTraits(),
    TargetKind.ANNEX: TargetTraits(attached=True),
    TargetKind.ATTACHMENT: TargetTraits(attached=True),
    TargetKind.CHAPTER: TargetTraits(),
    TargetKind.ARTICLE: TargetTraits(provision=True, unit="条"),
    TargetKind.PARAGRAPH: TargetTraits(provision=True, unit="項"),
    TargetKind.POINT: TargetTraits(provision=True, unit="号"),
    TargetKind.SUBPOINT: TargetTraits(provision=True),
    TargetKind.SUPPLEMENT: TargetTraits(provision=True),
}


@dataclass(frozen=True, slots=True)
class TargetHeading:
    """What a target is called. `names`: what references may call it, its title in plain words among them."""

    names: tuple[str, ...]
    title: Inlines
    place: Place


@dataclass(frozen=True, slots=True)
class TargetMark:
    """The label of a target as printed, and which it is: the `index`-th, from 1, of the list `series`.

    `series` is 0 where all of a kind make one list, as the sections of a paper do.
    """

    label: str = ""
    index: int = 0
    series: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Target:
    """Something a reference can name; made by the constructor of its kind, and equal to itself alone.

    parents   the targets around it, outermost first
    cited_as  its part in the citation of a provision (第3条, 第2項, 第1号, ア), "" = it is none
    alone     it is the only 項 of its article, which citations leave out
    implied   a row that is called by what its first cell says: any other target of that name is meant before it
    """

    kind: TargetKind
    heading: TargetHeading
    mark: TargetMark = TargetMark()
    parents: tuple[Target, ...] = ()
    cited_as: str = ""
    alone: bool = False
    implied: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What references may call it: its heading, its identifier, its label."""
        return self.heading.names

    @property
    def title(self) -> Inlines:
        """Its heading, as authored."""
        return self.heading.title

    @property
    def place(self) -> Place:
        """Where it stands in the source."""
        return self.heading.place

    @property
    def label(self) -> str:
        """Its label as printed; "" of a table or row."""
        return self.mark.label

    @property
    def traits(self) -> TargetTraits:
        """What holds of all targets of its kind."""
        return TRAITS[self.kind]

    @property
    def annex(self) -> Target | None:
        """The 別紙 it stands in; None in the body of the paper."""
        return next((each for each in self.parents if each.kind is TargetKind.ANNEX), None)


Parents = tuple[Target, ...]


def section(heading: TargetHeading, mark: TargetMark) -> Target:
    """A section of the paper: 「６ 業務の内容」."""
    return Target(kind=TargetKind.SECTION, heading=heading, mark=mark)


def item(heading: TargetHeading, mark: TargetMark, parents: Parents) -> Target:
    """An item of a list: （１）ア."""
    return Target(kind=TargetKind.ITEM, heading=heading, mark=mark, parents=parents)


def table(heading: TargetHeading, parents: Parents) -> Target:
    """A table that has a title."""
    return Target(kind=TargetKind.TABLE, heading=heading, parents=parents)


def row(heading: TargetHeading, parents: Parents, *, implied: bool = False) -> Target:
    """A row that has a label; `implied`: its first cell is taken for one."""
    return Target(kind=TargetKind.ROW, heading=heading, parents=parents, implied=implied)


def annex(heading: TargetHeading, mark: TargetMark) -> Target:
    """A 別紙 or 別添 of the paper."""
    return Target(kind=TargetKind.ANNEX, heading=heading, mark=mark)


def attachment(heading: TargetHeading, mark: TargetMark, of: Target) -> Target:
    """A 別表, 様式 or 別紙 of the regulation that is the annex `of`."""
    return Target(kind=TargetKind.ATTACHMENT, heading=heading, mark=mark, parents=(of,))


def chapter(heading: TargetHeading, mark: TargetMark, parents: Parents) -> Target:
    """A 章, or a 節 of one."""
    return Target(kind=TargetKind.CHAPTER, heading=heading, mark=mark, parents=parents)


def article(heading: TargetHeading, mark: TargetMark, parents: Parents) -> Target:
    """A 条, cited by its label: 第３条, 第３条の２."""
    return Target(kind=TargetKind.ARTICLE, heading=heading, mark=mark, parents=parents, cited_as=mark.label)


def paragraph(heading: TargetHeading, mark: TargetMark, parents: Parents, *, alone: bool) -> Target:
    """A 項, cited by its label, 第２項, whether that is printed or not."""
    return Target(
        kind=TargetKind.PARAGRAPH, heading=heading, mark=mark, parents=parents, cited_as=mark.label, alone=alone
    )


def point(heading: TargetHeading, mark: TargetMark, parents: Parents, cited_as: str) -> Target:
    """A 号, printed as （１） and cited as 第１号."""
    return Target(kind=TargetKind.POINT, heading=heading, mark=mark, parents=parents, cited_as=cited_as)


def subpoint(heading: TargetHeading, mark: TargetMark, parents: Parents) -> Target:
    """A part of a 号, cited by its label: ア, （ア）."""
    return Target(kind=TargetKind.SUBPOINT, heading=heading, mark=mark, parents=parents, cited_as=mark.label)


def supplement(heading: TargetHeading, of: Target) -> Target:
    """The 附則 of the regulation that is the annex `of`."""
    return Target(kind=TargetKind.SUPPLEMENT, heading=heading, mark=TargetMark("附則"), parents=(of,), cited_as="附則")
