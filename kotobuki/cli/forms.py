"""`kotobuki forms`: which forms there are, what one of them asks for, and one brought next to one's own to be changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import NOTHING_WRITTEN, Command, reporting, root_option, say, say_lines, stop

if TYPE_CHECKING:
    from kotobuki.project import Project


@click.command(cls=Command, short_help="様式の一覧と、その節を見る。")
@click.argument("name", metavar="[様式]", default="")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True, help="形式。")
@click.option(
    "--copy",
    "copied",
    metavar="NAME",
    help="付いている様式（会議資料、base.docx）と雛形を templates に写す。上書きはしない。",
)
@click.option("--as", "new_name", metavar="NAME", help="写した様式に付ける名。")
@root_option("今のフォルダ")
def command(name: str, kind: str, copied: str | None, new_name: str | None, root: Path | None) -> None:
    """様式の一覧を表示する。様式の名を書けば、その書類、先頭のキー、節と行を表示する。"""
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.project import Project, find_root

    if copied is None and new_name is not None:
        stop("--as は、--copy に様式の名を書いたときに使えます")
    if copied is not None and (name or kind != "text"):
        stop("--copy は、ほかの様式や --format とは使えません")
    diagnostics = Diagnostics()
    project = Project(root or find_root(Path.cwd()), diagnostics)
    with reporting(diagnostics, "" if copied is None else NOTHING_WRITTEN):
        if copied is None:
            _show(project, name, kind)
        else:
            _copy(project, copied, new_name or "")


def _show(project: Project, name: str, kind: str) -> None:
    from kotobuki.drafting.listing import as_values, form_called, form_lines, list_lines
    from kotobuki.visible import json_text

    shown = {name: form_called(name, project)} if name else project.forms
    sources = {each: _source(each, project) for each in shown}
    if kind == "json":
        every = [as_values(form, sources[each]) for each, form in shown.items()]
        say_lines(json_text(every[0] if name else every))
    else:
        lines = form_lines(shown[name], sources[name]) if name else list_lines(shown, sources)
        for line in lines if shown else ():
            say(line)
    for form in shown.values():
        for paper in form.papers:
            project.template_of(paper)


def _copy(project: Project, name: str, new_name: str) -> None:
    from kotobuki.drafting.copying import copy_form

    done = copy_form(project, name, new_name)
    for file in done.made:
        say(f"{project.shown(file)} を書きました。")
    for file in done.kept:
        say(f"{project.shown(file)} はすでにあるので、そのままにしました。")


def _source(name: str, project: Project) -> str:
    """Where a form comes from: its file, as users see it, or Kotobuki itself."""
    file = project.form_files[name]
    return project.shown(file) if project.is_own(file) else "Kotobuki に付属"
