"""Papers made from the editor: those of a case or a meeting, the packet, the sheets to swap; into the project's output folder.

In: a file of the project, as it is saved. Out: what there is to say, what was made, and the files, on the shelf for the
browser. All of it as the commands `build` and `packet` do it: all or nothing, records and all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kotobuki.build.command import FORMATS, Options, SummaryLine
from kotobuki.build.confined import Confined
from kotobuki.build.freshness import Records
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import CommandError, Diagnostics, InputError, reason_of
from kotobuki.editor import told
from kotobuki.editor.shelf import File, Shelf
from kotobuki.editor.told import Json
from kotobuki.japanese.wareki import DateError, parse_date
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.build import NAME as PACKET
from kotobuki.packet.build import build_packet
from kotobuki.packet.command import PacketOptions, made_before
from kotobuki.packet.issue import Issue, parse_issue, records_of
from kotobuki.packet.listing import listing
from kotobuki.packet.past import LAST
from kotobuki.packet.swap import swap_sheets
from kotobuki.project import MEETING

D = TypeVar("D")
SUFFIXES = tuple(f".{each}" for each in FORMATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be made. `file`: a case or a meeting.yaml, called `shown`; `out`: the output folder.

    final  refused where anything is open
    """

    root: Path
    out: Path
    file: Path
    shown: str
    formats: tuple[str, ...] = FORMATS
    final: bool = False

    @property
    def folder(self) -> Path:
        """That of the file: of the meeting, where it is one."""
        return self.file.parent


def carried_out(work: Callable[[Diagnostics], Json], shown: str) -> Json:
    """What came of `work`, with what it said; `ok` is false where it was refused, and `said` tells why, if it is no fault of a file."""
    diagnostics, found = Diagnostics(), Json()
    said = ""
    try:
        found = work(diagnostics)
    except InputError as error:
        diagnostics.found += error.diagnostics
    except CommandError as error:
        said = str(error)
    except OSError as error:
        said = f"ファイルを読み書きできません（{error.filename or 'ファイル'}：{reason_of(error)}）"
    ok = not said and not diagnostics.errors
    return {**(found if ok else {}), "ok": ok, "said": said, "diagnostics": told.diagnostics(diagnostics, shown)}


def make(wish: Wish, shelf: Shelf) -> Json:
    """The papers of a case, or of all cases of a meeting. What is up to date is not made again."""

    def work(diagnostics: Diagnostics) -> Json:
        options = Options(wish.out, (), wish.formats, wish.final)
        path = wish.folder if wish.file.name == MEETING else wish.file
        built = build([path], options, wish.root, diagnostics, records=Records(wish.out))
        folders = dict.fromkeys(line.folder for line in built.lines)
        return {
            "papers": [_paper(line) for line in built.lines],
            "outputs": [each for folder in folders for each in _put(wish.out, folder, shelf)],
        }

    return carried_out(work, wish.shown)


def _paper(line: SummaryLine) -> Json:
    first, last = line.numbers or (0, 0)
    numbers = "" if not line.numbers else str(first) if first == last else f"{first}～{last}"
    return {
        "folder": str(line.folder),
        "paper": line.paper,
        "count": line.count,
        "numbers": numbers,
        "draft": line.draft,
        "left": line.left,
    }


def packet(wish: Wish, issue: str, shelf: Shelf) -> Json:
    """The packet of a meeting; what is up to date is not made again. `issue`: the day on which it is handed out, which keeps a record; "" = it is not."""

    def work(diagnostics: Diagnostics) -> Json:
        options = PacketOptions(wish.out, wish.formats, wish.final, _issue(issue))
        records = Records(wish.out)
        made = made_before(wish.folder, options, wish.root, diagnostics, records)
        made = made or build_packet(wish.folder, options, wish.root, diagnostics, records)
        names = [f"{PACKET}{suffix}" for suffix in SUFFIXES if suffix[1:] in wish.formats]
        return {
            "parts": [{"name": each.name, "count": each.count, "numbers": each.numbers} for each in made.papers],
            "pages": sum(each.count for each in made.papers),
            "left": made.left,
            "record": made.record.name if made.record else "",
            "outputs": list(_put(wish.out, made.where, shelf, names)),
        }

    return carried_out(work, wish.shown)


def records(folder: Path) -> list[str]:
    """When a meeting's packet was handed out, the last first, as it is said: 2022-05-16, 2022-05-16の2."""
    return [each.issue.name for each in reversed(records_of(folder))]


def swap(wish: Wish, against: str, day: str, issue: str, shelf: Shelf) -> Json:
    """The sheets to swap against what was handed out on the day `against` ("" = last).

    `day` is printed on them; `issue`: the day on which they are handed out, which keeps a record.
    """

    def work(diagnostics: Diagnostics) -> Json:
        if against and against not in records(wish.folder):
            raise CommandError(f"「{against}」に配った資料の控えはありません")
        options = PacketOptions(wish.out, wish.formats, wish.final, _issue(issue))
        printed = read_day(day, parse_date) if day.strip() else None
        made = swap_sheets(wish.folder, against or LAST, printed, options, wish.root, diagnostics)
        return {
            "lines": list(listing(made.changes)),
            "record": made.record.name if made.record else "",
            "outputs": list(_put(wish.out, made.where, shelf, made.written)),
        }

    return carried_out(work, wish.shown)


def _issue(text: str) -> Issue | None:
    return read_day(text, parse_issue) if text.strip() else None


def read_day(text: str, parse: Callable[[str], D]) -> D:
    """A day as it was typed. Raises `CommandError` where it is none."""
    try:
        return parse(text)
    except DateError as error:
        raise CommandError(f"{error.reason}。{error.remedy}") from None


def _put(out: Path, folder: PurePosixPath, shelf: Shelf, names: Sequence[str] | None = None) -> Iterator[Json]:
    """The papers in a folder below the output folder, or those that are named, put on the shelf: plain files, and no links."""
    place = Confined(out)
    found = [each.name for each in place.names(folder) if each.suffix in SUFFIXES] if names is None else names
    for name in found:
        if place.kind(folder / name) == "file":
            yield shelf.put(name, File(place, folder / name))
