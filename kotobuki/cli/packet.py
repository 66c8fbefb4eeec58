"""`kotobuki packet`: a meeting's papers bound into one, and the sheets to swap after a change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import (
    NOTHING_WRITTEN,
    Command,
    PathName,
    output_options,
    reporting,
    root_option,
    say,
    stop,
)
from kotobuki.garbage import keep_what_is_loaded

if TYPE_CHECKING:
    from datetime import date

    from kotobuki.packet.command import BuiltPacket
    from kotobuki.packet.issue import Issue
    from kotobuki.packet.swap import Swap


@click.command(cls=Command, short_help="会議の資料を一つに綴じる。後の直しでは、差し替える紙を作る。")
@click.argument("folder", metavar="FOLDER", type=PathName())
@output_options
@root_option("FOLDER")
@click.option(
    "--against",
    metavar="[OLD]",
    is_flag=False,
    flag_value="",
    help="配った資料と比べ、差し替える紙を作る。OLDは配った日、前の出力フォルダ又はgitの版。省けば最後に配ったもの（FOLDER の後に書く）。",
)
@click.option(
    "--issue",
    metavar="DATE",
    help="配る日（例：2022-05-16）。--final と同じく調べ、配ったものの控えを会議のフォルダの 配付 に残す。",
)
@click.option("--date", "day", metavar="DATE", help="差し替える紙に印字する日付（例：2022-05-16）。")
@click.option("--force", is_flag=True, help="前に作ったままでよい資料も、作り直す。")
@click.option("--quiet", is_flag=True, help="誤りと注意のほかは表示しない。")
def command(
    folder: Path,
    out: Path,
    formats: tuple[str, ...],
    final: bool,
    root: Path | None,
    against: str | None,
    issue: str | None,
    day: str | None,
    force: bool,
    quiet: bool,
) -> None:
    """会議のFOLDERの資料を一つに綴じる（会議資料.pdf と 会議資料.docx）。

    前に作ったときから何も変わっていなければ、作り直さない。--against を付けると、会議資料は作らず、配った資料から変わった紙だけを 差し替え.pdf に作る。
    """
    from kotobuki.build.command import FORMATS
    from kotobuki.build.freshness import Records
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.packet.command import PacketOptions, made_before

    if day is not None and against is None:
        stop("--date は、--against と合わせて使います")
    swapped_on = _date(day) if day is not None else None
    diagnostics = Diagnostics()
    options = PacketOptions(out, formats or FORMATS, final, _issue(issue) if issue is not None else None)
    if against is not None:
        from kotobuki.packet.swap import swap_sheets

        with reporting(diagnostics, NOTHING_WRITTEN):
            swap = swap_sheets(folder, against, swapped_on, options, root, diagnostics)
        _list_changes(swap, out)
        return
    records = None if force else Records(out)
    with reporting(diagnostics, NOTHING_WRITTEN):
        built = made_before(folder, options, root, diagnostics, records) if records else None
        if built is None:
            from kotobuki.packet.build import build_packet  # only here: it imports all that makes papers

            keep_what_is_loaded()
            built = build_packet(folder, options, root, diagnostics, records)
    if not quiet:
        say(str(out / Path(*built.where.parts)))
        _summarize(built)
        _say_record(built.record)


def _date(text: str) -> date:
    from kotobuki.japanese.wareki import DateError, parse_date

    try:
        return parse_date(text)
    except DateError as error:
        stop(f"--date の{error.reason}。{error.remedy}")


def _issue(text: str) -> Issue:
    from kotobuki.japanese.wareki import DateError
    from kotobuki.packet.issue import parse_issue

    try:
        return parse_issue(text)
    except DateError as error:
        stop(f"--issue の{error.reason}。{error.remedy}")


def _say_record(record: Path | None) -> None:
    """Where the record of what is handed out is, and that it is to be kept."""
    if record:
        say(f"配ったものの控えは {record} にあります（git に入れて残してください）。")


def _list_changes(swap: Swap, out: Path) -> None:
    """Each sheet to swap, to add and to take out, under the paper it belongs to; and how many."""
    from kotobuki.packet.accompanying import NAMES
    from kotobuki.packet.listing import listing
    from kotobuki.packet.swap import NAME

    folder = out / Path(*swap.where.parts)
    file = folder / f"{NAME}.pdf"
    for line in listing(swap.changes):
        say(line)
    _say_record(swap.record)
    if file.name in swap.written:
        say(f"新しい紙は {file} にあります。")
    if others := [name for name in swap.written if name != file.name]:
        say(f"一緒に配る書類: {'、'.join(others)}（{folder}）")
    names = [file.name, *(f"{name}.{kind}" for name in NAMES for kind in ("docx", "pdf"))]
    for older in (folder / name for name in names if name not in swap.written):
        if older.exists():
            say(f"注意: {older} は、以前に作ったものです。")


def _summarize(built: BuiltPacket) -> None:
    """A short table of what is bound, and how many pages there are."""
    for line in built.papers:
        say(f"  {line.name}　{line.count}ページ{f'（{line.numbers}）' if line.numbers else ''}")
    say(f"  全{sum(line.count for line in built.papers)}ページ")
    if built.left:
        say(f"  残り　{built.left}")
    if built.kept:
        say("前に作ったままです（作り直すには --force）。")
