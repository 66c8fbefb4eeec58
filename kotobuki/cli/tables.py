"""The options by which a command gives its table as files: --csv, --json, --xlsx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

import click

from kotobuki.cli.conventions import PathName, say, stop

if TYPE_CHECKING:
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.spreadsheets.table import Table

_F = TypeVar("_F", bound=Callable[..., object])
_KINDS = {"csv": "CSV（Excel で開ける UTF-8）", "json": "JSON", "xlsx": "Excel"}


def table_options(command: _F) -> _F:
    """--csv, --json, --xlsx: the command gets a path or None for each."""
    for kind, words in reversed(_KINDS.items()):
        about = f"表を{words}のファイルに書き出す。"
        command = click.option(f"--{kind}", kind, metavar="FILE", type=PathName(), callback=_named, help=about)(command)
    return command


def _named(ctx: click.Context, option: click.Parameter, file: Path | None) -> Path | None:
    """A file that is called as what it is: nobody's case or paper is written over by a slip."""
    if file is not None and file.suffix != f".{option.name}":
        stop(f"--{option.name} には、「.{option.name}」で終わるファイルの名を書いてください（「{file}」）")
    return file


def write_table(table: Table, files: tuple[Path | None, ...], diagnostics: Diagnostics) -> bool:
    """The table into each of the files; whether there were any. Raises `OutputError`."""
    from kotobuki.build.staging import staging

    wanted = [file for file in files if file]
    for file in wanted:
        data = _rendered(table, file)
        with staging(file.parent, diagnostics) as aside:
            aside.write(PurePosixPath(file.name), data)
            aside.commit()
        say(f"{file} を書きました。")
    return bool(wanted)


def _rendered(table: Table, file: Path) -> bytes:
    from kotobuki.spreadsheets.table import as_csv, as_json

    match file.suffix:
        case ".csv":
            return as_csv(table)
        case ".json":
            return as_json(table)
        case _:  # .xlsx: `_named` lets no other pass
            from kotobuki.spreadsheets.workbook import as_xlsx

            return as_xlsx(table)
