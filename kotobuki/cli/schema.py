"""`kotobuki schema`: JSON Schemas for editors that check YAML as it is typed, and the settings that make them do so."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import NOTHING_WRITTEN, Command, PathName, reporting, root_option, say, say_lines, stop

if TYPE_CHECKING:
    from kotobuki.project import Project


@click.command(cls=Command, short_help="エディタがYAMLを調べるためのスキーマを書き出す。")
@click.argument("name", metavar="[様式]", required=False)
@click.option("--out", type=PathName(), help="書き出すフォルダ。省けば .kotobuki/schema。")
@click.option("--vscode", is_flag=True, help=".vscode の設定も書く（すでにあれば書かずに、足す内容を表示する）。")
@root_option("今のフォルダ")
def command(name: str | None, out: Path | None, vscode: bool, root: Path | None) -> None:
    """organization.yaml、meeting.yaml、form.yaml、様式ごとの案件の JSON Schema を書き出す。

    様式（又は organization、meeting、form、case）を書けば、その一つを表示するだけで、何も書き出さない。
    """
    from kotobuki.diagnostics import Diagnostics, quoted
    from kotobuki.project import Project, find_root
    from kotobuki.schema.files import FOLDER, as_bytes

    diagnostics = Diagnostics()
    project = Project(root or find_root(Path.cwd()), diagnostics)
    with reporting(diagnostics, NOTHING_WRITTEN):
        found = _schemas(project)
        if name is not None:
            chosen = found.get(f"case-{name}") or found.get(name)
            if chosen is None:
                known = [each.removeprefix("case-") for each in found]
                stop(f"「{name}」という様式はありません。書けるのは {quoted(known)} です")
            say_lines(as_bytes(chosen).decode())
            return
        folder = out or project.root / FOLDER
        _write(found, out, project)
        say(f"{project.shown(folder)} に{len(found)}個のスキーマを書き出しました。")
        _tell_editor(project, folder, write=vscode)


def _schemas(project: Project) -> dict[str, dict[str, object]]:
    """The schemas of the project, which must be without fault."""
    from kotobuki.file_names import REMEDY, RULE, fault_of
    from kotobuki.schema.files import SUFFIX, schemas

    organization, forms = project.organization, project.forms
    for form in forms.values():
        if fault := fault_of(f"case-{form.name}{SUFFIX}"):
            reason = f"様式の名「{form.name}」は、スキーマのファイルの名に使えません（{fault}）"
            project.diagnostics.error(form.place, RULE, reason, REMEDY)
    project.diagnostics.raise_if_errors()
    assert organization is not None  # or there would be an error
    return schemas(organization, forms.values())


def _write(found: dict[str, dict[str, object]], out: Path | None, project: Project) -> None:
    """All files at once, into `out` or our own folder, which keeps itself out of git: it is made anew from what git has."""
    from kotobuki.build.staging import staging
    from kotobuki.schema.files import FOLDER, IGNORED, SUFFIX, as_bytes

    below = PurePosixPath() if out else PurePosixPath(FOLDER)
    with staging(out or project.root, project.diagnostics) as staged:
        for name, schema in found.items():
            staged.write(below / f"{name}{SUFFIX}", as_bytes(schema))
        if out is None:
            staged.write(below / IGNORED, b"*\n")
        staged.commit()


def _tell_editor(project: Project, folder: Path, *, write: bool) -> None:
    """The settings of VS Code: written where there are none, else shown."""
    from kotobuki.build.staging import staging
    from kotobuki.schema.files import as_bytes, recommendations, settings

    root = project.root
    shown = Path(os.path.relpath(folder, root)).as_posix()
    files = {"settings.json": settings(shown), "extensions.json": recommendations()}
    there = {name for name in files if (root / ".vscode" / name).exists()}
    if write and len(there) < len(files):
        with staging(root, project.diagnostics) as staged:
            for name in sorted(files.keys() - there):
                staged.write(PurePosixPath(".vscode", name), as_bytes(files[name]))
            staged.commit()
        say(f".vscode に {'・'.join(sorted(files.keys() - there))} を書きました。")
    for name in sorted(there) if write else ["settings.json"]:
        already = f".vscode/{name} はすでにあるため、書き換えていません。" if write else ""
        say(f"{already}.vscode/{name} に次の内容を加えると、VS Code（拡張機能 YAML）が案件を調べます。")
        say_lines(as_bytes(files[name]).decode())
