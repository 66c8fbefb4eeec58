"""`kotobuki diff`: what changed between two versions of a case, of a folder, or of what git keeps."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kotobuki.cli.door import Command, PathName, reporting, root_option, stop

if TYPE_CHECKING:
    from kotobuki.compare.files import FileDiff
    from kotobuki.compare.listing import Mode
    from kotobuki.diagnostics import Diagnostics

_TEXTS = ("text", "json", "html", "md")
_PAPERS = ("docx", "pdf")


class _Diff(Command):
    """Tells versions from files as git does: what stands behind `--` is files."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes the files away, so that click sees the versions alone."""
        if "--" in args:
            at = args.index("--")
            ctx.meta["files"] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command(cls=_Diff, short_help="二つの版の違いを、項目ごとに示す。")
@click.argument("versions", metavar="OLD [NEW] [-- FILE...]", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_TEXTS, *_PAPERS]),
    default="text",
    show_default=True,
    help="形式。docx と pdf は新旧対照表。",
)
@click.option("--out", type=PathName(), help="書き出すファイル。省けば画面（新旧対照表は output/）。")
@click.option("--new-name", metavar="NAME", help="新旧対照表の新しい側の欄の名（例：改正案）。")
@click.option("--old-name", metavar="NAME", help="新旧対照表の古い側の欄の名（例：現行）。")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="色。")
@root_option("比べるもの")
@click.pass_context
def command(
    ctx: click.Context,
    versions: tuple[str, ...],
    format_: str,
    out: Path | None,
    new_name: str | None,
    old_name: str | None,
    color: str,
    root: Path | None,
) -> None:
    """OLD と NEW の違いを、項目ごとに示す。

    OLD と NEW は、ファイル、フォルダ、又は git の版（main、HEAD~1 など）。版だけを書けば、今のファイルと比べる。
    """
    from kotobuki.compare.files import compared
    from kotobuki.diagnostics import Diagnostics, InputError

    old, new, files = _sides(versions, ctx.meta.get("files", ()))
    diagnostics = Diagnostics()
    is_paper = format_ in _PAPERS
    text, data = "", None
    with reporting(diagnostics, ""):
        try:
            with compared(old, new, files, root, literal=is_paper) as found:
                if is_paper:
                    data = _paper(found, format_, (new_name, old_name), diagnostics)
                else:
                    text = _rendered(found, format_, color if out is None else "never")
        except InputError as error:
            diagnostics.found += error.diagnostics
            raise
        if is_paper:
            out = out or Path("output") / f"新旧対照表.{format_}"
        if out is not None and (data or not is_paper):
            _write(out, data or text.encode())
    if is_paper:
        from kotobuki.compare.listing import NOTHING

        click.echo(str(out) if data else NOTHING)
    elif out is None:
        click.echo(text, nl=False, color=True)


def _paper(
    found: list[FileDiff], format_: str, names: tuple[str | None, str | None], diagnostics: Diagnostics
) -> bytes | None:
    """The 新旧対照表; None if there is nothing to show in it."""
    from kotobuki.compare.papers import comparison_file

    return comparison_file(found, format_, names, diagnostics)


def _sides(versions: tuple[str, ...], files: tuple[str, ...]) -> tuple[str, str, list[Path]]:
    """Old and new version ("" = the working files) and the files to compare."""
    if len(versions) == 1 and ".." in versions[0] and not Path(versions[0]).exists():
        versions = tuple(versions[0].split("..", 1))  # main..HEAD
    paths = [Path(each) for each in files]
    if len(versions) > 1 and not Path(versions[0]).exists() and Path(versions[-1]).exists():
        *versions_, last = versions  # main cases/r4-1, without --
        return _sides(tuple(versions_), (last, *files))
    if len(versions) > 2:
        stop("比べるのは二つまでです。ファイルは「--」の後に書いてください。使い方は --help で見られます")
    if len(versions) == 1 and Path(versions[0]).exists() and not files:
        stop(f"「{versions[0]}」と比べるもの（ファイル、フォルダ又は git の版）も書いてください")
    return versions[0], versions[1] if len(versions) == 2 else "", paths


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
        case _:
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


def _write(out: Path, data: bytes) -> None:
    from kotobuki.staging import staging

    with staging(out.parent) as aside:
        aside.write(PurePosixPath(out.name), data)
        aside.commit()
