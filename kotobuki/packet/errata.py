"""正誤表: what changed in words, as a paper to hand out with the swapped sheets.

In: the `Correction`s. Out: a `Document` like any other: a table for each paper of the packet (頁, 箇所, 誤, 正), the changed words
underlined. Rules: of a long text only what stands around a change is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import assert_never

from kotobuki.compare.look import HEAD, NOTE, TEXT
from kotobuki.compare.words import stretches
from kotobuki.document import Cell, Document, Paper, Paragraph, Row, Run, Table
from kotobuki.japanese.wareki import format_date
from kotobuki.packet.corrections import Correction
from kotobuki.packet.front import FrontMaker
from kotobuki.packet.listing import paper_name
from kotobuki.roles import TABLE_TITLE, TITLE, Role, RoleFamily, TableRole

NAME = "正誤表"
_DATE = Role(RoleFamily.TEXT, "日付")
_COLUMNS = (("頁", 7.0), ("箇所", 10.0), ("誤", 0.0), ("正", 0.0))
_NOTHING, _DROPPED = "（なし）", "（削る）"
_ADDED_PAPER, _DROPPED_PAPER, _WHOLE_PAPER = "（この資料を加える。）", "（この資料を抜き取る。）", "（この資料の全部）"
_SAME_WORDS, _OTHERWISE = "－", "図、体裁など、文のほかを改めた（差し替えた紙のとおり）。"
_REMARK = "備考　下線を付した部分が、改めた部分である。「…」は、改めていない文を省いたことを示す。"
_LONG, _AROUND = 80, 16
"""Characters of a text that is quoted whole; those that are quoted on either side of a change in a longer one."""


def errata(found: Sequence[Correction], maker: FrontMaker, day: date | None) -> Document:
    """The document."""
    return maker.document((Paper(key="errata", name=NAME, blocks=tuple(_blocks(found, maker, day))),))


def _blocks(found: Sequence[Correction], maker: FrontMaker, day: date | None) -> Iterator[Paragraph | Table]:
    set_text = maker.organization.style.digits.set_text
    title = f"{maker.title}　{NAME}"
    if day:
        yield Paragraph(role=_DATE.style, inlines=(Run(text=set_text(format_date(day))),))
    yield Paragraph(role=TITLE.style, inlines=(Run(text=title),), heading=1)
    for (agenda, paper), group in groupby(found, key=lambda each: (each.agenda, each.paper)):
        name = set_text(paper_name(agenda, paper))
        yield Paragraph(role=TABLE_TITLE.style, inlines=(Run(text=name),), heading=2, keep_next=True)
        head = Row(tuple(_cell(Run(text=name), role=HEAD) for name, _ in _COLUMNS), head=True)
        widths = tuple(width for _, width in _COLUMNS)
        yield Table(style=TableRole(small=True).style, widths=widths, rows=(head, *map(_row, group)))
    yield Paragraph(role=NOTE.style, inlines=(Run(text=_REMARK),))


def _row(each: Correction) -> Row:
    old, new = _sides(each)
    return Row((_cell(Run(text=_pages(each))), _cell(Run(text=each.where)), _cell(*old), _cell(*new)))


def _pages(each: Correction) -> str:
    """The page; both, where a text now stands on another one."""
    old, new = each.pages
    return old or new if not (old and new) or old == new else f"{old}（差替え後 {new}）"


def _sides(each: Correction) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """What stands under 誤 and under 正."""
    match each.about:
        case "added":
            return (Run(text=_NOTHING),), (Run(text=_ADDED_PAPER),)
        case "dropped":
            return (Run(text=_WHOLE_PAPER),), (Run(text=_DROPPED_PAPER),)
        case "looks":
            return (Run(text=_SAME_WORDS),), (Run(text=_OTHERWISE),)
        case "":
            parts = stretches(each.old, each.new)
            old, new = ([(part.new if is_new else part.old, part.same) for part in parts] for is_new in (False, True))
            return _quoted(old) or (Run(text=_NOTHING),), _quoted(new) or (Run(text=_DROPPED),)
        case _:
            assert_never(each.about)


def _quoted(parts: Sequence[tuple[str, bool]]) -> tuple[Run, ...]:
    """A text with what changed underlined; of a long one, what is far from any change is left out."""
    shortened = sum(len(text) for text, _ in parts) > _LONG
    runs = []
    for at, (text, same) in enumerate(parts):
        if same and shortened:
            text = _around(text, is_first=at == 0, is_last=at == len(parts) - 1)
        runs.append(Run(text=text, underlined=not same))
    return tuple(run for run in runs if run.text)


def _around(text: str, *, is_first: bool, is_last: bool) -> str:
    head, tail = text[:_AROUND] * (not is_first), text[-_AROUND:] * (not is_last)
    return f"{head}…{tail}" if len(text) > len(head) + len(tail) + 1 else text


def _cell(*runs: Run, role: Role = TEXT) -> Cell:
    return Cell((Paragraph(role=role.style, inlines=runs),))
