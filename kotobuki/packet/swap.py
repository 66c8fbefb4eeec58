"""A late change: which sheets of the packet to swap, 差し替え.pdf with them, and what is handed out with it.

In: the meeting's folder and the packet as it was handed out. Out: the changes, 差し替え.pdf with the new sheets, each marked
差替 with the date given, the notice to the members, the 正誤表, and 差し替え.json, what is in everybody's hands afterwards.
会議資料 itself is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from kotobuki.build.bundle import Papers, Renumber
from kotobuki.build.staging import staging
from kotobuki.diagnostics import Diagnostics, UsageError
from kotobuki.document import Document
from kotobuki.japanese.wareki import format_date
from kotobuki.layout.furniture import boxed_mark, renumbered
from kotobuki.layout.page import Page
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.accompanying import accompanying
from kotobuki.packet.alignment import paired, standing
from kotobuki.packet.binding import Packet
from kotobuki.packet.build import PacketMaker, PageNumbering
from kotobuki.packet.command import PacketOptions
from kotobuki.packet.issue import check_swap_day, write_record
from kotobuki.packet.leaves import BLANK, Leaf
from kotobuki.packet.past import former_pages, issue_of
from kotobuki.packet.record import Former
from kotobuki.packet.sheets import SheetChange, changes, places

NAME = "差し替え"
MARK = "差替"


@dataclass(frozen=True, slots=True)
class Swap:
    """What came of it: where the files are, the changes, the names of the files; the record, if it is handed out."""

    where: PurePosixPath
    changes: tuple[SheetChange, ...]
    written: tuple[str, ...]
    record: Path | None


def swap_sheets(
    folder: Path, old: str, day: date | None, options: PacketOptions, root: Path | None, diagnostics: Diagnostics
) -> Swap:
    """The sheets to swap against OLD, marked with `day` or that of the issue. Raises `InputError`, `UsageError` or `OutputError`; then nothing is written."""
    issue = options.issue
    maker = PacketMaker(folder, root, diagnostics, final=options.final or issue is not None)
    meeting = maker.workshop.project.meeting(folder)
    diagnostics.raise_if_errors()
    assert meeting is not None  # or there would be errors
    settings = meeting.packet
    if day:
        check_swap_day(day, issue_of(old, folder), meeting, diagnostics)
    day = day or (issue.day if issue else None)
    before = former_pages(old, maker)
    whole = any(page.position for page in before)  # a packet, not bundles alone
    if not whole and settings.running:
        raise UsageError(
            f"「{old}」には通し番号の控えがありません。kotobuki packet で作ったフォルダか git の版を指定してください"
        )
    numbering = _standing(before, maker) if settings.branches else PageNumbering()
    packet = maker.make(numbering)
    diagnostics.raise_if_errors()
    assert packet is not None and maker.front is not None
    leaves = [leaf for leaf in packet.leaves if whole or leaf.agenda is not None]
    size = 2 if settings.duplex else 1
    found = tuple(changes(before, leaves, size, numbers_stand=settings.branches))
    where = PurePosixPath(maker.name)
    new = [leaf for change in found for leaf in _sides(change.new, size)]
    if found and issue:
        maker.check_against_records(packet, issue)
        diagnostics.raise_if_errors()
    record, outputs = None, list[tuple[str, bytes]]()
    if found:
        maker.check_outputs(options.out, where)
        diagnostics.raise_if_errors()
        with staging(options.out, diagnostics) as aside:
            outputs = list(maker.pdf(_marked(packet, new, day, maker), NAME)) if new else []
            outputs += accompanying(found, before, leaves, maker.front, day, options.formats)
            diagnostics.raise_if_errors()
            manifest = maker.manifest(packet, outputs)
            for name, data in (*outputs, (f"{NAME}.json", manifest)):
                aside.write(where / name, data)
            aside.commit()
        record = write_record(folder, issue, manifest) if issue else None
    names = tuple(name for name, _ in outputs)
    return Swap(where, found, names, record)


def _standing(before: Sequence[Former], maker: PacketMaker) -> PageNumbering:
    """Numbers that leave those of the old pages alone."""

    def positions(leaves: Sequence[Leaf]) -> list[str]:
        found = places(before, leaves)
        return standing([None if place is None else before[place].position or None for place in found])

    agendas = dict.fromkeys(page.agenda for page in before if page.agenda is not None)
    return PageNumbering({agenda: _own_numbers(before, agenda, maker) for agenda in agendas}, positions)


def _own_numbers(before: Sequence[Former], agenda: int, maker: PacketMaker) -> Renumber:
    """Gives the pages of a 議案 the page numbers of those in whose place they stand."""

    def renumber(document: Document, papers: Papers) -> Papers:
        numbers: list[str | None] = []
        for paper, pages in zip(document.papers, papers, strict=True):
            old = [page for page in before if (page.agenda, page.paper) == (agenda, paper.name)]
            pairs = paired([page.digest for page in old], [page.digest for page in pages])
            numbers += [None if place is None else old[place].number or None for place in pairs]
        given, look = iter(standing(numbers)), maker.workshop.look(document)
        return tuple(
            tuple(
                page if (number := next(given)) == page.printed_number else renumbered(page, number, "", look)
                for page in pages
            )
            for pages in papers
        )

    return renumber


def _sides(leaves: tuple[Leaf, ...], size: int) -> Iterator[Leaf]:
    """The pages of a sheet, with a blank back where there is none."""
    yield from leaves
    if leaves and len(leaves) < size:
        page = leaves[-1].page
        yield Leaf(
            leaves[-1].agenda,
            BLANK,
            Page(width=page.width, height=page.height, paper=page.paper, number=None, items=()),
        )


def _marked(packet: Packet, leaves: Sequence[Leaf], day: date | None, maker: PacketMaker) -> Packet:
    """The new sheets alone, with the mark and the date on each page that is not blank."""
    organization = maker.workshop.project.organization
    words = f"{MARK}　{format_date(day)}" if day else MARK
    text = organization.style.digits.set_text(words) if organization else words
    look = maker.workshop.look(packet.document)
    mark = boxed_mark(text, look, look.sheet.page)
    marked = tuple(
        leaf if leaf.blank else replace(leaf, page=replace(leaf.page, furniture=(*leaf.page.furniture, *mark)))
        for leaf in leaves
    )
    return Packet(replace(packet.document, title=f"{packet.document.title}　{NAME}"), marked)
