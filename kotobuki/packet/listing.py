"""The changes of a swap, sheet by sheet, paper by paper: old page → new page, added, dropped.

In: the changes. Out: `SheetRow`s, of which the notice to the members makes a table, and lines that the secretariat ticks off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.record import Former, former
from kotobuki.packet.sheets import SheetChange

NOTHING = "差し替える紙はありません。"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet of a paper: the pages to take out and to put in, "" = none; behind which page it is put, "" = in the same place."""

    paper: str
    out: str
    put: str
    after: str = ""


def rows(changes: Sequence[SheetChange]) -> Iterator[SheetRow]:
    """A row for each sheet."""
    for change in changes:
        new = [former(leaf) for leaf in change.new]
        first = [*new, *change.old][0]
        after = _pages([change.after]) if change.after and not change.old else ""
        yield SheetRow(paper_name(first.agenda, first.paper), _pages(change.old), _pages(new), after)


def listing(changes: Sequence[SheetChange]) -> Iterator[str]:
    """The lines. With no change, one that says so."""
    if not changes:
        yield NOTHING
        return
    for paper, own in groupby(rows(changes), key=lambda row: row.paper):
        yield paper
        for row in own:
            yield f"  {_line(row)}"
    swapped = sum(bool(change.old and change.new) for change in changes)
    added, dropped = (sum(not getattr(change, side) for change in changes) for side in ("old", "new"))
    yield f"差し替え{swapped}枚、追加{added}枚、抜き取り{dropped}枚"


def paper_name(agenda: int | None, paper: str) -> str:
    """A paper of the packet, as 第3号議案　諮問依頼書."""
    return f"第{agenda}号議案　{paper}" if agenda is not None else paper


def _line(row: SheetRow) -> str:
    if not row.put:
        return f"{row.out} を抜く"
    if not row.out:
        return f"{row.put} を加える" + (f"（{row.after} の次）" if row.after else "")
    return f"{row.out} → {row.put}"


def _pages(pages: Sequence[Former]) -> str:
    """The pages of a sheet, as p. 4・p. 5; with the number in the packet where it is printed."""
    return "・".join(page.name for page in pages if not page.blank)
