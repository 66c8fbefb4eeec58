"""`kotobuki git …`: a repository of cases made to work with git."""

from __future__ import annotations

from pathlib import Path

import click

from kotobuki.cli.conventions import Group, reporting, root_option, say


@click.group(cls=Group, short_help="git が案件を項目ごとに読み、統合するようにする。")
def command() -> None:
    """git の設定をする。"""


@command.command(short_help="この git の控えに、案件の読み方と統合のしかたを設定する。")
@root_option("今のフォルダ")
def install(root: Path | None) -> None:
    """git diff や git log -p が案件を項目ごとに示し、git merge や git rebase が項目ごとに統合するようにする。

    設定は控え（クローン）ごとに要る。.gitattributes の行はコミットして、ほかの人と共有する。
    """
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.git.install import install as run
    from kotobuki.project import find_root

    with reporting(Diagnostics(), ""):
        for line in run(root or find_root(Path.cwd())):
            say(line)
