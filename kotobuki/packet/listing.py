"""The changes of a swap as lines that the secretariat ticks off: old page → new page, added, dropped, paper by paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kotobuki.packet.record import Former, former
from kotobuki.packet.sheets import SheetChange

NOTHING = "差し替える紙はありません。"


def listing(changes: Sequence[SheetChange]) -> Iterator[str]:
    """The lines. With no change, one that says so."""
    if not changes:
        yield NOTHING
        return
    for paper, own in groupby(changes, key=_paper):
        yield paper
        for change in own:
            yield f"  {_line(change)}"
    swapped = sum(bool(change.old and change.new) for change in changes)
    added, dropped = (sum(not getattr(change, side) for change in changes) for side in ("old", "new"))
    yield f"差し替え{swapped}枚、追加{added}枚、抜き取り{dropped}枚"


def _paper(change: SheetChange) -> str:
    page = [*map(former, change.new), *change.old][0]
    return f"第{page.agenda}号議案　{page.paper}" if page.agenda is not None else page.paper


def _line(change: SheetChange) -> str:
    old, new = _pages(change.old), _pages([former(leaf) for leaf in change.new])
    if not change.new:
        return f"{old} を抜く"
    if not change.old:
        return f"{new} を加える" + (f"（{_pages([change.after])} の次）" if change.after else "")
    return f"{old} → {new}"


def _pages(pages: Sequence[Former]) -> str:
    """The pages of a sheet, as p. 4・p. 5; with the number in the packet where it is printed."""
    return "・".join(_page(page) for page in pages if not page.blank)


def _page(page: Former) -> str:
    own = f"p. {page.number}" if page.number else page.paper
    return f"{own}（{page.running}）" if page.running else own
