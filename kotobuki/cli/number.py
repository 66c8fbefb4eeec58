"""The commands `kotobuki number …`: the register of document numbers. Exit status as for `build`.

In: arguments. Out: numbers on the standard output, everything else on the standard error. Nothing prompts. Without
`--date` it is today: the one use of the clock in Kotobuki. Everything heavy is imported inside the commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kotobuki.cli.conventions import Group, PathName, reporting, root_option, say
from kotobuki.cli.tables import table_options, write_table

if TYPE_CHECKING:
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.register.entries import Ledger, NumberRecord
    from kotobuki.register.ledger import Register
    from kotobuki.settings.organization import Organization

_F = TypeVar("_F", bound=Callable[..., object])


_root = root_option("案件か今のフォルダ")


def _date(command: _F) -> _F:
    return click.option(
        "--date", "day", metavar="DATE", help="2022-05-06 か 令和4年5月6日。省けば案件の日付（案件がなければ今日）。"
    )(command)


def _year(command: _F) -> _F:
    return click.option("--year", metavar="YYYY", help="会計年度（西暦）。省けばいちばん新しい年度。")(command)


@click.group(cls=Group, short_help="文書番号を取る、調べる、取り消す。")
def command() -> None:
    """文書番号台帳（cases/register）の番号を取り、調べ、取り消す。番号は、部課の記号と年度ごとに1から続く。"""


@command.command(short_help="番号を一つ取る。")
@click.argument("series", metavar="記号", default="")
@click.option(
    "--subject", metavar="TEXT", default="", help="件名。案件を指定すれば、省くとその件名（会議なら会議の名）。"
)
@click.option(
    "--case",
    "cases",
    multiple=True,
    metavar="FILE",
    type=PathName(),
    help="番号を書き込む案件か meeting.yaml。一つの番号で送るなら何度でも書ける。",
)
@_date
@click.option("--number", "reserved", metavar="N", help="予約した番号を使う。")
@click.option("--branch-of", metavar="N", help="その番号の枝番を取る（例：第81号の2）。")
@_root
def take(
    series: str,
    subject: str,
    cases: tuple[Path, ...],
    day: str | None,
    reserved: str | None,
    branch_of: str | None,
    root: Path | None,
) -> None:
    """記号（例：総総送）の番号を一つ取り、その番号だけを表示する。すでに番号のある案件には、同じ番号を返す。"""
    from kotobuki.register.operations import take as run
    from kotobuki.register.taking import NumberRequest

    files = tuple(each / "meeting.yaml" if each.is_dir() else each for each in cases)
    with _desk(root, files, "誤りがあるため、番号は取っていません。") as desk:
        mark, given = desk.mark(series), desk.date(day)
        wanted, main = desk.integer("--number", reserved), desk.integer("--branch-of", branch_of)
        if reserved and branch_of:
            desk.error(
                "--number", "options", "--number と --branch-of は一緒に使えません", "どちらか一方を書いてください"
            )
        organization = desk.ready()
        wish = NumberRequest(
            mark=mark, today=_today(), day=given, subject=subject, files=files, number=wanted, branch_of=main
        )
        say(run(desk.register, wish, organization).text)


@command.command(short_help="続きの番号をまとめて予約する。")
@click.argument("series", metavar="記号", default="")
@click.argument("count", metavar="個数", default="")
@click.option("--subject", metavar="TEXT", default="", help="何のために予約するか。")
@_date
@_root
def reserve(series: str, count: str, subject: str, day: str | None, root: Path | None) -> None:
    """記号の続きの番号を、個数だけ予約して表示する。使うときは take --number。"""
    from kotobuki.register.operations import reserve as run

    with _desk(root, (), "誤りがあるため、番号は予約していません。") as desk:
        mark, given = desk.mark(series), desk.date(day) or _today()
        many = desk.integer("個数", count, maximum=1000) or 0
        style = desk.ready().style
        for text in run(desk.register, mark, many, given, subject, style):
            say(text)


@command.command(short_help="番号を取り消す（欠番にする）。")
@click.argument("text", metavar="番号", default="")
@click.option("--reason", metavar="TEXT", default="", help="取り消すわけ。")
@_date
@_year
@_root
def void(text: str, reason: str, day: str | None, year: str | None, root: Path | None) -> None:
    """番号（例：22総総送第81号）を取り消す。取り消した番号は、二度と使われない。"""
    from kotobuki.register.operations import void as run

    with _desk(root, (), "誤りがあるため、番号は取り消していません。") as desk:
        given, wanted = desk.date(day) or _today(), desk.integer("--year", year)
        desk.require("番号", text)
        desk.ready()
        record = run(desk.register, text, reason, given, wanted)
        say(record.text)
        for case in record.cases:
            say(f"{case} に番号が残っています。取り直すときは take --case を実行してください。", err=True)


@command.command("list", short_help="番号の一覧。")
@click.argument("series", metavar="[記号]", default="")
@_year
@table_options
@_root
def list_(
    series: str, year: str | None, csv: Path | None, json: Path | None, xlsx: Path | None, root: Path | None
) -> None:
    """番号を、記号ごとに番号の順で表示する。"""
    from kotobuki.register.entries import register_table

    with _desk(root, ()) as desk:
        wanted = desk.integer("--year", year)
        desk.ready()
        ledgers = [each for each in desk.register.ledgers() if series in ("", each[1])]
        newest = wanted or max((each[0] for each in ledgers), default=0)
        books = [desk.register.read(*each) for each in ledgers if each[0] == newest]
        desk.ready()
        if not books:
            say("当てはまる台帳がありません。", err=True)
        if books and write_table(register_table(books), (csv, json, xlsx), desk.diagnostics):
            return
        for book in books:
            _show_book(book)


@command.command(short_help="一つの番号の経過。")
@click.argument("text", metavar="番号", default="")
@_year
@_root
def show(text: str, year: str | None, root: Path | None) -> None:
    """番号（例：22総総送第81号）が、いつ、何に使われたかを表示する。"""
    from kotobuki.register.operations import find_record

    with _desk(root, ()) as desk:
        wanted = desk.integer("--year", year)
        desk.require("番号", text)
        desk.ready()
        found = find_record(desk.register, text, wanted)
        if found:
            _show_record(found[1])


@command.command(short_help="台帳と案件の食い違いを調べる。")
@_root
def check(root: Path | None) -> None:
    """台帳が壊れていないか、案件の番号が台帳のとおりかを調べる。"""
    from kotobuki.register.checks import check_all

    with _desk(root, ()) as desk:
        books, numbers = check_all(desk.register, desk.ready())
        if not desk.diagnostics.errors:
            say(f"台帳{books}冊、番号{numbers}件を調べました。" if books else "台帳はまだありません。")


@dataclass
class _Desk:
    """What every command needs: the organization, the register, and arguments made into values."""

    diagnostics: Diagnostics
    register: Register
    organization: Organization | None

    def ready(self) -> Organization:
        """The organization, if everything was right so far; else `InputError`."""
        self.diagnostics.raise_if_errors()
        assert self.organization is not None  # else there is a diagnostic
        return self.organization

    def mark(self, series: str) -> str:
        """The 記号 of a series."""
        from kotobuki.register.series import find_mark

        return (find_mark(series, self.organization, self.diagnostics) or "") if self.organization else ""

    def date(self, text: str | None) -> date | None:
        """A day."""
        from kotobuki.japanese.wareki import DateError, parse_date
        from kotobuki.register.order import is_far

        try:
            day = parse_date(text) if text is not None else None
            if day and is_far(day, _today()):
                reason = f"日付（{day.isoformat()}）が、来年度より先です"
                self.error("--date", "number-far", reason, "日付を確かめてください")
            return day
        except DateError as error:
            self.error("--date", error.rule, error.reason, error.remedy)
            return None

    def integer(self, option: str, text: str | None, maximum: int = 99999) -> int | None:
        """A number from 1."""
        from kotobuki.japanese.widths import to_half

        if text is None:
            return None
        plain = to_half(text)
        if plain.isascii() and plain.isdecimal() and len(plain) < 9 and 1 <= int(plain) <= maximum:
            return int(plain)
        reason = f"「{text}」は使えません" if text else f"{option}がありません"
        self.error(option, "number-format", reason, f"1から{maximum}までの数を書いてください")
        return None

    def require(self, option: str, text: str) -> None:
        """Something must stand there."""
        if not text.strip():
            self.error(
                option, "number-missing", "番号がありません", "印字されるとおりに書いてください（例：22総総送第81号）"
            )

    def error(self, option: str, rule: str, reason: str, remedy: str) -> None:
        """A fault of the arguments."""
        from kotobuki.diagnostics import Place

        self.diagnostics.error(Place(option), rule, reason, remedy)


@contextmanager
def _desk(root: Path | None, files: tuple[Path, ...], closing: str = "") -> Iterator[_Desk]:
    """A `_Desk`; afterwards the diagnostics are printed, and after an error the process ends."""
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.project import Project, find_root
    from kotobuki.register.ledger import Register

    diagnostics = Diagnostics()
    project = Project(root or find_root(files[0] if files else Path.cwd()), diagnostics)
    with reporting(diagnostics, closing):
        yield _Desk(diagnostics, Register(project.root, diagnostics, project.shown), project.organization)


def _today() -> date:
    return date.today()


def _show_book(book: Ledger) -> None:
    """A ledger: a line a number."""
    say(f"{book.year}年度　{book.series}")
    for (state, day, subject, about), group in groupby(book.records.values(), key=_row):
        records = list(group)
        block = [f"{records[0].text}～{records[-1].text}"] if state == "予約" and len(records) > 1 else []
        for text in block or [record.text for record in records]:
            say("  " + "  ".join(part for part in (text, state, day, subject, about) if part))


def _row(record: NumberRecord) -> tuple[str, str, str, str]:
    """What a line of the list says besides the number; a reserved block says the same in every one."""
    about = "、".join(record.cases)
    if record.state == "取消":
        about = f"（{record.entries[-1].note}）{about}"
    return record.state, record.day.isoformat(), record.subject, about


def _show_record(record: NumberRecord) -> None:
    """A number: what it is for, and everything that was recorded of it."""
    say(f"{record.text}　{record.state}")
    say(f"  件名　{record.subject}")
    for case in record.cases:
        say(f"  案件　{case}")
    for entry in record.entries:
        about = "　".join(part for part in (entry.case, entry.note) if part)
        say(f"  経過　{entry.day.isoformat()}　{entry.state}{f'　{about}' if about else ''}")
