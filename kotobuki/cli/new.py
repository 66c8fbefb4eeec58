"""`kotobuki new`: a case begun from its form or from last year's, and a meeting.

The first argument is the name of a form, or `meeting`. A form that is called so can be had nevertheless: the path tells
which of the two is meant, for a meeting is a folder or its meeting.yaml, and a case any other .yaml.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import NOTHING_WRITTEN, Command, PathName, as_typed, reporting, root_option, say, stop
from kotobuki.cli.dialogue import asker

if TYPE_CHECKING:
    from kotobuki.drafting.begin import Begun

_MEETING = "meeting"


@click.command(cls=Command, short_help="案件か会議を起こす。")
@click.argument("form", metavar="様式")
@click.argument("path", metavar="PATH", type=PathName())
@click.option("--subject", metavar="TEXT", help="件名。")
@click.option("--department", "departments", metavar="TEXT", multiple=True, help="主管課。二つ以上なら何度でも書ける。")
@click.option("--date", metavar="DATE", help="依頼（発信）の日付。会議では日時（例：2022-05-18 14:00）。")
@click.option("--start", metavar="TIME", help="日程の最初の時（例：2022-06、未定）。")
@click.option("--from", "old", metavar="OLD.yaml", type=PathName(), help="この案件を基に起こす。")
@click.option("--committee", metavar="TEXT", help="会議体（二つ以上あるとき）。")
@click.option("--year", metavar="TEXT", help="会議の年度（例：令和4年度）。")
@click.option("--session", metavar="N", help="会議の回。")
@click.option("--venue", metavar="TEXT", help="会議の場所。")
@root_option("PATH")
def command(
    form: str,
    path: Path,
    subject: str | None,
    departments: tuple[str, ...],
    date: str | None,
    start: str | None,
    old: Path | None,
    committee: str | None,
    year: str | None,
    session: str | None,
    venue: str | None,
    root: Path | None,
) -> None:
    """様式の案件を PATH に書く。様式の所に meeting と書けば、フォルダ PATH に会議（meeting.yaml）を書く。

    端末では、オプションで答えていないことを尋ねる。書いていない所は｛記入：…｝となる。あるファイルは上書きしない。
    """
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.drafting.begin import DraftRequest, begin_case, begin_meeting
    from kotobuki.project import Project, find_root

    one = {
        "--subject": subject,
        "--date": date,
        "--start": start,
        "--committee": committee,
        "--year": year,
        "--session": session,
        "--venue": venue,
    }
    given = {option: () if words is None else (words,) for option, words in one.items()}
    wish = DraftRequest(path, {**given, "--department": departments}, asker(), old)
    diagnostics = Diagnostics()
    project = Project(root or find_root(path), diagnostics)
    is_meeting = form == _MEETING and (path.suffix != ".yaml" or path.name == f"{_MEETING}.yaml")
    if is_meeting and old:
        stop("会議は --from では作れません")
    with reporting(diagnostics, NOTHING_WRITTEN):
        if is_meeting:
            _say_meeting(begin_meeting(project, wish))
        elif form == _MEETING and form not in project.forms:
            stop(
                f"会議のファイルの名は meeting.yaml です。kotobuki new meeting {as_typed(path.parent)} と書いてください"
            )
        else:
            _say_case(begin_case(project, form, wish))


def _say_case(begun: Begun) -> None:
    _say_written(begun)
    if begun.copied:
        say(f"  写したファイル　{'、'.join(each.name for each in begun.copied)}")
    if begun.reviews:
        say(f"  「# 確認：」の行　{begun.reviews}か所（見たら行ごと消す）")
    say(f"次は　kotobuki build {as_typed(begun.path)}")
    if begun.for_agenda and (begun.path.parent / "meeting.yaml").is_file():
        say(f"会議に出すときは、meeting.yaml の「議案」に「議案番号: {begun.path.name}」と書きます。")


def _say_meeting(begun: Begun) -> None:
    _say_written(begun)
    say(f"次は　kotobuki build {as_typed(begun.path.parent)}")


def _say_written(begun: Begun) -> None:
    say(f"{begun.path} を書きました。")
    if begun.open:
        say(f"  ｛記入：…｝の所　{begun.open}か所")
