"""The command `kotobuki`. In: arguments. Out: exit status 0 done, 1 the input has errors, 2 it could not run.

Each command is a module beside this one, imported when it is wanted, and imports what is heavy when it runs: `--help`
must answer at once.
"""

from __future__ import annotations

from importlib import import_module

import click

from kotobuki import __version__
from kotobuki.cli.conventions import SETTINGS, Group

_COMMANDS = (
    *(
        "build",
        "diff",
        "fmt",
        "forms",
        "git",
        "help",
        "init",
        "merge-driver",
        "new",
        "number",
        "packet",
        "schema",
        "serve",
        "status",
        "textconv",
    ),
)


class _Main(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"kotobuki.cli.{cmd_name.replace('-', '_')}").command
        return command


@click.group(cls=_Main, context_settings=SETTINGS)
@click.version_option(__version__, "-V", "--version", message="kotobuki %(version)s", help="版を表示する。")
def main() -> None:
    """議案の書類（表紙・諮問書・諮問依頼書）を、案件のYAMLからWordとPDFで作る。"""
