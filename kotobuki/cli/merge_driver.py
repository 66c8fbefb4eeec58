"""`kotobuki merge-driver`: run by git, which hands over the three versions of a file and takes the merged one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kotobuki.cli.conventions import Command, PathName, remark_on_start, reporting, say


@click.command(cls=Command, short_help="案件の二つの版を統合する（git が呼ぶ）。")
@click.argument("base", metavar="%O", type=PathName())
@click.argument("ours", metavar="%A", type=PathName())
@click.argument("theirs", metavar="%B", type=PathName())
@click.argument("name", metavar="%P", default="")
@click.argument("size", metavar="%L", type=click.IntRange(1, 1000), default=7)
def command(base: Path, ours: Path, theirs: Path, name: str, size: int) -> None:
    """%O（元の版）から分かれた %A と %B を項目ごとに統合し、%A に書く。同じ項目が両方で変わっていれば、そこに印を付ける。"""
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.git.merge import merge
    from kotobuki.replacing import replace_file

    remark_on_start()
    with reporting(Diagnostics(), ""):
        found = merge(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), size)
        replace_file(ours, found.data)
        for text in found.strays:
            moved = "一方の版で移され、他方の版で消され、書き換えられ、又は別の所に移されています"
            say(f"{name}: 「{text}」は、{moved}。統合した結果を確かめてください。", err=True)
        if not (found.clean or found.strays or found.doubtful):
            say(f"{name}: 両方の版で変わった所に印を付けました。どちらかを選んで、印を消してください。", err=True)
        if found.doubtful:
            say(f"{name}: 項目ごとに統合できないため、行ごとに統合しました。確かめてください。", err=True)
    sys.exit(0 if found.clean else 1)
