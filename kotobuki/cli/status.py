"""`kotobuki status`: how far the cases of a meeting are, in a table."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from kotobuki.cli.conventions import Command, PathName, reporting, root_option, say
from kotobuki.cli.tables import table_options, write_table


@click.command(cls=Command, short_help="会議の案件がどこまで進んだかを表で見る。")
@click.argument("path", metavar="PATH", type=PathName())
@click.option("--out", default="output", show_default=True, type=PathName(), help="出力フォルダ（見るだけ）。")
@table_options
@root_option("PATH")
def command(path: Path, out: Path, csv: Path | None, json: Path | None, xlsx: Path | None, root: Path | None) -> None:
    """PATH（会議のフォルダ、案件又は organization.yaml）の議案の一覧を表示する。

    書いていない所（｛記入｝）、確かめていない所（# 確認：）、誤りと注意の数、ページの数、出力が古くないかを、案件ごとに示す。
    誤りのある案件も並べる。誤りの中身は build --check で見られる。
    """
    from kotobuki.build.status import status_of
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.spreadsheets.table import lines

    diagnostics = Diagnostics()
    with reporting(diagnostics, ""):
        found = status_of(path, out, root)
        diagnostics.found += found.said
        if not write_table(found.table, (csv, json, xlsx), diagnostics):
            width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
            for line in lines(found.table, width):
                say(line)
