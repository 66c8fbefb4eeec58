"""`kotobuki init`: the folder of a new municipality."""

from __future__ import annotations

from pathlib import Path

import click

from kotobuki.cli.conventions import NOTHING_WRITTEN, Command, PathName, reporting, say
from kotobuki.cli.dialogue import asker


@click.command(cls=Command, short_help="自治体のフォルダを作る。")
@click.argument("folder", metavar="FOLDER", type=PathName())
@click.option("--name", metavar="TEXT", help="自治体の名称。")
@click.option("--head-post", metavar="TEXT", help="長の職（例：寿市長）。")
@click.option("--head-name", metavar="TEXT", help="長の氏名。")
@click.option("--division", metavar="TEXT", help="会議の庶務を担当する部。")
@click.option("--section", metavar="TEXT", help="その課。")
@click.option("--mark", metavar="TEXT", help="その課の記号（文書番号に使う）。")
@click.option("--committee", metavar="TEXT", help="会議体の名称。")
@click.option("--chair", metavar="TEXT", help="会長の氏名。")
@click.option("--law", metavar="TEXT", help="根拠とする条例の名称。")
def command(folder: Path, **given: str | None) -> None:
    """FOLDER に、cases/organization.yaml と、様式を置く templates を作る。

    端末では、オプションで答えていないことを尋ねる。書いていない所は｛記入：…｝となる。あるファイルは上書きしない。
    """
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.drafting.begin import DraftRequest
    from kotobuki.drafting.municipality import found

    options = {f"--{name.replace('_', '-')}": () if words is None else (words,) for name, words in given.items()}
    diagnostics = Diagnostics()
    with reporting(diagnostics, NOTHING_WRITTEN):
        made = found(folder, DraftRequest(folder, options, asker()), diagnostics)
        for name in made.written:
            say(f"{folder / name} を書きました。")
        for name in made.kept:
            say(f"{folder / name} は、すでにあるのでそのままです。")
        say(
            f"次は　{folder / 'cases' / 'organization.yaml'} の｛記入：…｝の所を書き、kotobuki new で案件を起こします。"
        )
