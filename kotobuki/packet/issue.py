"""What was handed out, and when: a record beside the meeting for each time, which nothing writes over.

In: the meeting's folder, a date, the manifest of the packet. Out: `配付/2022-05-16.json`, or diagnostics. The records stand
with the cases and not in the output: an output can be made again and may be thrown away, what members hold in their
hands cannot; so they are kept, and committed, with what the papers were made from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from kotobuki.diagnostics import Diagnostics, OutputError, Place, reason_of
from kotobuki.japanese.wareki import DateError, fiscal_year, format_date, parse_date
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.record import Former, read_manifest, record_text
from kotobuki.settings.meeting import Meeting

FOLDER = "配付"
OPTION = "--issue"
_AGAIN = re.compile(r"(?P<day>.+?)の(?P<time>[2-9])")
_FILE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:の[2-9])?\.json")


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One time that papers were handed out: the day, and the how manieth time on it."""

    day: date
    time: int = 1

    @property
    def name(self) -> str:
        """As records are called: 2022-05-16, 2022-05-16の2."""
        return self.day.isoformat() + (f"の{self.time}" if self.time > 1 else "")


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """A record, and where it stands."""

    issue: Issue
    file: Path

    def pages(self) -> list[Former]:
        """The pages that were handed out. Raises `ValueError` where the file is no record, `OSError` where it cannot be read."""
        return read_manifest(record_text(self.file))


def parse_issue(text: str) -> Issue:
    """A day as users write it (2022-05-16, 令和4年5月16日), の2 behind it for the second time on it. Raises `DateError`."""
    again = _AGAIN.fullmatch(text.strip())
    return Issue(parse_date(again["day"]), int(again["time"])) if again else Issue(parse_date(text.strip()))


def records_of(folder: Path) -> list[IssueRecord]:
    """The records of a meeting, the oldest first."""
    place = folder / FOLDER
    files = [each for each in place.iterdir() if _FILE.fullmatch(each.name)] if place.is_dir() else []
    found = []
    for file in files:
        with suppress(DateError):  # 2022-02-30.json
            found.append(IssueRecord(parse_issue(file.stem), file))
    return sorted(found, key=lambda each: each.issue)


def is_same(before: Sequence[Former], now: Sequence[Former]) -> bool:
    """Whether whoever holds the one holds the other: the same pages with the same numbers, blank ones aside."""
    old, new = ([page for page in pages if not page.blank] for pages in (before, now))
    return [_seen(page) for page in old] == [_seen(page) for page in new]


def _seen(page: Former) -> tuple[object, ...]:
    return page.agenda, page.paper, page.number, page.running, page.digest


def check_issue(
    issue: Issue, records: Sequence[IssueRecord], pages: Sequence[Former], meeting: Meeting, diagnostics: Diagnostics
) -> None:
    """Refuse a second record for one time, and one that is older than another; say of a day that is hardly meant."""
    place, last = Place(OPTION), records[-1] if records else None
    same = next((each for each in records if each.issue == issue), None)
    if same and not _is_record_of(same, pages):
        following = max(each.issue.time for each in records if each.issue.day == issue.day) + 1
        remedy = f"同じ日にもう一度配ったのであれば、--issue {issue.day.isoformat()}の{following} と書いてください"
        reason = f"{issue.name} に配ったものの控えが、もうあります（内容は今のものと違います）"
        diagnostics.error(place, "issue-twice", reason, f"{remedy}。直した紙だけを配るなら、--against を付けます")
    elif last and not same and issue < last.issue:
        reason = f"{issue.name} は、前に配った日（{last.issue.name}）より前です"
        diagnostics.error(place, "issue-order", reason, "日付を確かめてください")
    check_day(issue.day, OPTION, meeting, diagnostics)


def check_day(day: date, option: str, meeting: Meeting, diagnostics: Diagnostics) -> None:
    """Say of a day, given as that option, that it is behind the meeting, or in a fiscal year far from the meeting's."""
    place, held = Place(option), meeting.gathering.day
    if held and day > held:
        reason = f"配る日（{format_date(day)}）が、会議の日（{format_date(held)}）より後です"
        diagnostics.warning(
            place, "issue-day", reason, "日付を確かめてください。会議の後に配ったのであれば、このままで構いません"
        )
    elif meeting.fiscal_year and fiscal_year(day) not in (meeting.fiscal_year - 1, meeting.fiscal_year):
        reason = f"配る日（{format_date(day)}）が、会議の年度（{meeting.fiscal_year}年度）から離れています"
        diagnostics.warning(place, "issue-day", reason, "日付を確かめてください")


def check_swap_day(day: date, before: Issue | None, meeting: Meeting, diagnostics: Diagnostics) -> None:
    """Say of the day that swapped sheets are to bear (`--date`) that what they are to replace came later, or that it is far off."""
    if before and day < before.day:
        reason = f"差替えの日（{format_date(day)}）が、元の資料を配った日（{format_date(before.day)}）より前です"
        diagnostics.warning(Place("--date"), "issue-order", reason, "日付を確かめてください")
    check_day(day, "--date", meeting, diagnostics)


def say_if_different(
    records: Sequence[IssueRecord], pages: Sequence[Former], shown: str, diagnostics: Diagnostics
) -> None:
    """A word to who makes a packet that is no longer what was handed out. `shown`: the meeting's folder as users know it."""
    last = records[-1].issue.name if records else ""
    if records and _pages_of(records[-1]) is None:
        reason = "最後に配った資料の控えを読めないため、配ったものと同じかどうか分かりません"
        remedy = "git の前の版か控えから、元のファイルに戻してください"
        diagnostics.warning(Place(f"{shown}/{FOLDER}/{last}.json"), "issue-unreadable", reason, remedy)
    elif records and not _is_record_of(records[-1], pages):
        reason = f"この会議資料は、{last} に配ったものと違います"
        remedy = f"差し替える紙は kotobuki packet {shown} --against で作れます。配った資料の控えは変わりません"
        diagnostics.warning(Place(f"{shown}/{FOLDER}/{last}.json"), "issued-differs", reason, remedy)


def write_record(folder: Path, issue: Issue, data: bytes) -> Path:
    """Write the record, unless there is one of the same time: that is of the same pages, as `check_issue` says.

    Raises `OutputError`; then there is none.
    """
    file = folder / FOLDER / f"{issue.name}.json"
    aside = file.with_name(f".{file.name}.new")
    if file.parent.is_symlink() or file.is_symlink():
        raise OutputError(f"「{file.parent}」はリンクなので、配った資料の控えを書けません")
    try:
        file.parent.mkdir(exist_ok=True)
        if not file.exists():
            aside.unlink(missing_ok=True)  # a link, too: what it leads to is not ours
            with aside.open("xb") as stream:
                stream.write(data)
            aside.rename(file)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise OutputError(f"配った資料の控え「{file}」を書けません（{reason_of(error)}）") from error
    return file


def _is_record_of(record: IssueRecord, pages: Sequence[Former]) -> bool:
    """Whether a record is of these pages; one that cannot be read is of none."""
    found = _pages_of(record)
    return found is not None and is_same(found, pages)


def _pages_of(record: IssueRecord) -> list[Former] | None:
    """The pages of a record; None where it cannot be read."""
    try:
        return record.pages()
    except (OSError, ValueError):
        return None
