"""What is handed out with swapped sheets: the notice to the members (差替えの案内) and the 正誤表, as Word and PDF.

In: the changes, the packet as it was and as it is. Out: files. They are Documents like any other: the words of the notice
are those of its template, the rows of both are derived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms.plan import SwapNotice
from kotobuki.japanese.wareki import format_date
from kotobuki.packet import errata
from kotobuki.packet.corrections import corrections
from kotobuki.packet.front import NOTICE, FrontMaker
from kotobuki.packet.leaves import Leaf
from kotobuki.packet.listing import SheetRow, rows
from kotobuki.packet.record import Former, formers
from kotobuki.packet.sheets import SheetChange

NAMES = (NOTICE, errata.NAME)


def accompanying(
    changes: Sequence[SheetChange],
    before: Sequence[Former],
    leaves: Sequence[Leaf],
    front: FrontMaker,
    day: date | None,
    formats: Sequence[str],
) -> Iterator[tuple[str, bytes]]:
    """The files; fewer after a diagnostic. `leaves`: the pages of the packet as it is."""
    diagnostics, place = front.diagnostics, front.meeting.gathering.place
    found = list(corrections(before, formers(leaves))) if _are_known(before, place, diagnostics) else []
    set_text = front.organization.style.digits.set_text
    sheets = tuple((set_text(row.paper), row.out or "－", _put(row)) for row in rows(changes))
    notice = SwapNotice(set_text(format_date(day)) if day else "", sheets, errata=bool(found))
    for paper, pages in front.notice(notice):
        yield from front.workshop.files(NOTICE, front.document((paper,)), pages, formats)
    laid_out = front.workshop.lay_out(errata.errata(found, front, day), place) if found else None
    if laid_out:
        document, papers = laid_out
        pages = tuple(page for own in papers for page in own)
        yield from front.workshop.files(errata.NAME, document, pages, formats)


def _are_known(before: Sequence[Former], place: Place, diagnostics: Diagnostics) -> bool:
    """Whether the words of the old packet were kept; else it is said."""
    if all(page.words is not None for page in before):
        return True
    reason = "比べる相手の控えに文が残っていないため、正誤表は作れません"
    remedy = "配った日の控え（--issue）か git の版と比べてください"
    diagnostics.warning(place, "errata-unknown", reason, remedy)
    return False


def _put(row: SheetRow) -> str:
    """What is put in, and where."""
    if not row.put:
        return "－（抜き取るだけ）"
    return f"{row.put}（{row.after} の次に加える）" if row.after else row.put
