"""`kotobuki forms`: which forms there are, and what one of them asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import Command, reporting, root_option, say, say_lines

if TYPE_CHECKING:
    from kotobuki.project import Project


@click.command(cls=Command, short_help="様式の一覧と、その節を見る。")
@click.argument("name", metavar="[様式]", default="")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True, help="形式。")
@root_option("今のフォルダ")
def command(name: str, kind: str, root: Path | None) -> None:
    """様式の一覧を表示する。様式の名を書けば、その書類、先頭のキー、節と行を表示する。"""
    from kotobuki.diagnostics import Diagnostics, Place, nearest, quoted
    from kotobuki.drafting.listing import as_values, form_lines, list_lines
    from kotobuki.project import Project, find_root
    from kotobuki.visible import json_text

    diagnostics = Diagnostics()
    project = Project(root or find_root(Path.cwd()), diagnostics)
    with reporting(diagnostics, ""):
        forms = project.forms
        sources = {each: _source(each, project) for each in forms}
        if name and name not in forms:
            close = nearest(name, list(forms))
            hint = f"「{close}」の誤りではありませんか。" if close else ""
            remedy = f"{hint}様式は {quoted(forms)} です"
            diagnostics.error(Place(name), "form-unknown", f"「{name}」という様式はありません", remedy)
        elif kind == "json":
            every = [as_values(form, sources[each]) for each, form in forms.items() if name in ("", each)]
            say_lines(json_text(every[0] if name else every))
        else:
            lines = form_lines(forms[name], sources[name]) if name else list_lines(forms, sources)
            for line in lines if forms else ():
                say(line)


def _source(name: str, project: Project) -> str:
    """Where a form comes from: its file, as users see it, or Kotobuki itself."""
    file = project.form_files[name]
    own = file.resolve().is_relative_to((project.root / "templates").resolve())
    return project.shown(file) if own else "Kotobuki に付属"
