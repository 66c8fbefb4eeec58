"""`kotobuki diff`: what changed between two versions of a case, of a folder, or of what git keeps."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kotobuki.cli.conventions import Command, PathName, reporting, root_option, say, say_painted, stop

if TYPE_CHECKING:
    from datetime import date

    from kotobuki.compare.files import FileDiff
    from kotobuki.compare.listing import Mode
    from kotobuki.diagnostics import Diagnostics

_TEXTS = ("text", "json", "html", "md")
_PAPERS = {"docx": "新旧対照表.docx", "pdf": "新旧対照表.pdf", "redline": "見え消し.docx"}
"""The papers, by format: what they are called where no file is given."""

_NO_PAPER = "この形式で示せる違いはありません（追加・削除されたファイルなどの違いは、--format を省くと示します）。"


class _Diff(Command):
    """Tells versions from files as git does: what stands behind `--` is files."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes the files away, so that click sees the versions alone."""
        if "--" in args:
            at = args.index("--")
            ctx.meta["files"] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command(cls=_Diff, short_help="二つの版の違いを、項目ごとに示す。新旧対照表、見え消しも作る。")
@click.argument("versions", metavar="OLD [NEW] [-- FILE...]", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_TEXTS, *_PAPERS]),
    default="text",
    show_default=True,
    help="形式。docx と pdf は新旧対照表、redline は変更履歴の付いた Word の依頼書。",
)
@click.option("--out", type=PathName(), help="書き出すファイル。省けば画面（docx・pdf・redline は output/）。")
@click.option("--new-name", metavar="NAME", default="", help="新旧対照表の新しい側の欄の名（例：改正案）。")
@click.option("--old-name", metavar="NAME", default="", help="新旧対照表の古い側の欄の名（例：現行）。")
@click.option("--paper", metavar="NAME", default="", help="redline にする書類。省けば、主管課が作る書類。")
@click.option("--author", metavar="NAME", default="", help="redline の変更者。省けば自治体の名。")
@click.option("--date", "day", metavar="DATE", help="redline の変更の日付（例：2022-05-16）。省けば付けない。")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="色。")
@root_option("比べるもの")
@click.pass_context
def command(
    ctx: click.Context,
    versions: tuple[str, ...],
    format_: str,
    out: Path | None,
    new_name: str,
    old_name: str,
    paper: str,
    author: str,
    day: str | None,
    color: str,
    root: Path | None,
) -> None:
    """OLD と NEW の違いを、項目ごとに示す。

    OLD と NEW は、ファイル、フォルダ、又は git の版（main、HEAD~1 など）。版だけを書けば、今のファイルと比べる。
    """
    from kotobuki.compare.files import compared
    from kotobuki.diagnostics import Diagnostics, InputError

    old, new, files = _sides(versions, ctx.meta.get("files", ()))
    changed_on = _date(day) if day else None
    diagnostics = Diagnostics()
    data, differs = None, False
    with reporting(diagnostics, ""):
        try:
            with compared(old, new, files, root, literal=format_ in ("docx", "pdf")) as found:
                differs = bool(found)
                if format_ == "redline":
                    data = _redline(found, paper, author, changed_on, diagnostics)
                elif format_ in _PAPERS:
                    data = _comparison(found, format_, (new_name, old_name), diagnostics)
                else:
                    data = _rendered(found, format_, color if out is None else "never").encode()
        except InputError as error:
            diagnostics.found += error.diagnostics
            raise
        diagnostics.raise_if_errors()
        if format_ in _PAPERS and data is not None:
            out = out or Path("output", _PAPERS[format_])
        if out is not None and data is not None:
            _write(out, data, diagnostics)
    _say(format_, out, data, differs=differs)


def _redline(
    found: list[FileDiff], paper: str, author: str, changed_on: date | None, diagnostics: Diagnostics
) -> bytes | None:
    from kotobuki.compare.papers import redline_file

    return redline_file(found, paper, author, changed_on, diagnostics)


def _comparison(found: list[FileDiff], format_: str, names: tuple[str, str], diagnostics: Diagnostics) -> bytes | None:
    from kotobuki.compare.papers import comparison_file

    return comparison_file(found, format_, names, diagnostics)


def _say(format_: str, out: Path | None, data: bytes | None, *, differs: bool) -> None:
    """The listing, or where the paper is."""
    from kotobuki.compare.listing import NOTHING

    if data is None:
        say(_NO_PAPER if differs else NOTHING)
    elif format_ in _PAPERS:
        say(str(out))
    elif out is None:
        say_painted(data.decode())


def _sides(versions: tuple[str, ...], files: tuple[str, ...]) -> tuple[str, str, list[Path]]:
    """Old and new version ("" = the working files) and the files to compare."""
    if len(versions) == 1 and ".." in versions[0] and not Path(versions[0]).exists():
        if "..." in versions[0]:
            stop(f"「{versions[0]}」のような「...」は使えません。「..」で二つの版を書いてください（例：main..HEAD）")
        versions = tuple(each or "HEAD" for each in versions[0].split("..", 1))  # main..HEAD
    paths = [Path(each) for each in files]
    if len(versions) > 1 and not Path(versions[0]).exists() and Path(versions[-1]).exists():
        return _sides(versions[:-1], (versions[-1], *files))  # main cases/r4-1, without --
    if len(versions) > 2:
        stop("比べるのは二つまでです。ファイルは「--」の後に書いてください。使い方は --help で見られます")
    if len(versions) == 1 and Path(versions[0]).exists() and not files:
        stop(f"「{versions[0]}」と比べるもの（ファイル、フォルダ又は git の版）も書いてください")
    return versions[0], versions[1] if len(versions) == 2 else "", paths


def _date(text: str) -> date:
    from kotobuki.japanese.wareki import DateError, parse_date

    try:
        return parse_date(text)
    except DateError as error:
        stop(f"--date の{error.reason}。{error.remedy}")


def _rendered(found: list[FileDiff], format_: str, color: str) -> str:
    from kotobuki.compare import renderings
    from kotobuki.compare.listing import listed

    match format_:
        case "json":
            return renderings.as_json(found)
        case "html":
            return renderings.html(list(listed(found)))
        case "md":
            lines = renderings.markdown(list(listed(found)))
        case _:  # text: click lets no other pass
            lines = renderings.terminal(list(listed(found)), _painted if _colours(color) else renderings.plainly)
    return "\n".join([*lines, ""])


def _colours(color: str) -> bool:
    if color == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return color == "always"


def _painted(text: str, mode: Mode) -> str:
    looks: dict[Mode, dict[str, Any]] = {
        "same": {},
        "old": {"fg": "red", "strikethrough": True},
        "new": {"fg": "green", "underline": True},
    }
    return click.style(text, **looks[mode]) if looks[mode] else text


def _write(out: Path, data: bytes, diagnostics: Diagnostics) -> None:
    from kotobuki.build.staging import staging

    with staging(out.parent, diagnostics) as aside:
        aside.write(PurePosixPath(out.name), data)
        aside.commit()
