"""`kotobuki textconv`: run by git, which shows what it prints in place of the file."""

from __future__ import annotations

from pathlib import Path

import click

from kotobuki.cli.conventions import Command, PathName, remark_on_start, reporting, say_lines


@click.command(cls=Command, short_help="案件を項目ごとの文にする（git diff が呼ぶ）。")
@click.argument("file", metavar="FILE", type=PathName())
def command(file: Path) -> None:
    """FILE を、折返し・引用符・コメントを除き、項目と文ごとに1行で表示する。"""
    from kotobuki.compare.readable import readable
    from kotobuki.diagnostics import Diagnostics

    remark_on_start()
    with reporting(Diagnostics(), ""):
        say_lines(readable(file.read_bytes()))
