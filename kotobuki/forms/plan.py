"""What is to be composed: a paper, the template it is made from, what it lists or stands for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from kotobuki.forms.values import Registry, Value
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Text


@dataclass(frozen=True, slots=True)
class Template:
    """What a template says. `shown`: its path as users know it; `styles`: those of base.docx, whose names are
    the roles that its lines may have."""

    source: str
    shown: str
    styles: Collection[str]


@dataclass(frozen=True, slots=True)
class PaperPages:
    """What a cover may say of a laid-out paper: its name and its first and last page number, as printed."""

    key: str
    name: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip stands for: a page of a paper that is made elsewhere, of how many pages."""

    title: str
    page: int
    count: int

    def values(self, registry: Registry) -> dict[str, Value]:
        """The values of the slip's own template: 題名, ページ and ページ数."""
        words = {"題名": self.title, "ページ": str(self.page), "ページ数": str(self.count)}
        return {name: Value(registry, (Text(text),)) for name, text in words.items()}


@dataclass(frozen=True, slots=True)
class SwapNotice:
    """What a notice to the members says of swapped sheets: the day ("" = none), each sheet, whether a 正誤表 comes with it.

    A sheet is its paper, the pages to take out and the pages to put in.
    """

    day: str
    sheets: tuple[tuple[str, str, str], ...]
    errata: bool

    def values(self, registry: Registry) -> dict[str, object]:
        """The values of its template: 日付, 一覧 and 正誤表."""

        def value(text: str) -> Value:
            return Value(registry, (Text(text, verbatim=True),) if text else ())

        names = ("資料", "抜き取る紙", "差し込む紙")
        rows = [dict(zip(names, map(value, sheet), strict=True)) for sheet in self.sheets]
        return {"日付": value(self.day), "一覧": rows, "正誤表": self.errata}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlan:
    """A paper that is to be composed.

    key       its id in links (ASCII); `name`: as the form calls it
    attached  the papers that it lists, if it is a cover
    slip      what it stands for, if it is a slip
    swap      what it says, if it is a notice of swapped sheets
    """

    key: str
    name: str
    template: Template
    numbering: Literal["none", "start", "continue"] = "start"
    attached: tuple[PaperPages, ...] = ()
    slip: Slip | None = None
    swap: SwapNotice | None = None
