"""`kotobuki fmt`: cases, and the files beside them, in the canonical layout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import Command, PathName, reporting, root_option, say, say_lines

if TYPE_CHECKING:
    from kotobuki.tidying import Tidied


@click.command(cls=Command, short_help="案件の書き方（順序、引用符、折返し、字下げ）を整える。")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PathName())
@click.option("--check", is_flag=True, help="書き換えず、整っていないファイルの名を表示する（あれば終了の値は1）。")
@click.option("--diff", is_flag=True, help="書き換えず、変わる所を表示する。")
@root_option("PATH")
def command(paths: tuple[Path, ...], check: bool, diff: bool, root: Path | None) -> None:
    """PATH（案件などのYAML又はフォルダ）の書き方を整える。印字するものと注釈は変えない。

    誤りのあるファイルは書き換えず、誤りを表示する。
    """
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.tidying import save, tidy_files

    diagnostics = Diagnostics()
    told: list[str] = []
    try:
        with reporting(diagnostics, "誤りのあるファイルは、そのままにしました。"):
            for each in tidy_files(paths, root, diagnostics):
                if each.before != each.after:
                    if not (check or diff):
                        save(each)
                    told.append(_told(each, check, diff))
    finally:
        say_lines("".join(told))
    if check and told:
        say(f"{len(told)}個のファイルが整っていません。kotobuki fmt で整えてください。", err=True)
        sys.exit(1)


def _told(tidied: Tidied, check: bool, diff: bool) -> str:
    """What is or would be changed, in lines."""
    name = f"{tidied.shown}\n" if check else f"{tidied.shown} を整えました\n"
    return (name if check or not diff else "") + (_diff(tidied) if diff else "")


def _diff(tidied: Tidied) -> str:
    """What would change, line by line; carriage returns and broken ends of files are told by a line of their own."""
    from difflib import unified_diff

    before, after = tidied.before.decode("utf-8-sig").splitlines(), tidied.after.decode().splitlines()
    lines = list(unified_diff(before, after, tidied.shown, tidied.shown, lineterm=""))
    return "".join(f"{line}\n" for line in lines or [f"{tidied.shown}: 改行の文字（CRLFなど）だけが変わります"])
