"""The command `kotobuki`. In: arguments. Out: exit status 0 built, 1 the input has errors, 2 it could not run.

Everything heavy is imported inside the commands: `--help` must answer at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki import __version__
from kotobuki.cli_door import Group, stop
from kotobuki.cli_number import number
from kotobuki.cli_packet import packet

if TYPE_CHECKING:
    from kotobuki.pipeline import Line

_LONG = 5  # cases from which progress is shown


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="kotobuki %(version)s", help="版を表示する。")
def main() -> None:
    """議案の書類（表紙・諮問書・諮問依頼書）を、案件のYAMLからWordとPDFで作る。"""


main.add_command(number)
main.add_command(packet)


@main.command(short_help="案件又は会議の書類を作る。")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", default="output", show_default=True, type=click.Path(path_type=Path), help="出力フォルダ。")
@click.option(
    "--paper", "papers", multiple=True, metavar="NAME", help="作る書類（例：諮問書）。何度でも書ける。省けば全部。"
)
@click.option("--format", "formats", multiple=True, type=click.Choice(["docx", "pdf"]), help="形式。省けば両方。")
@click.option("--final", is_flag=True, help="番号や日付が決まっていなければ誤りとする。")
@click.option(
    "--root", type=click.Path(path_type=Path), help="cases/organization.yaml のあるフォルダ。省けばPATHから探す。"
)
@click.option("--quiet", is_flag=True, help="誤りと注意のほかは表示しない。")
def build(
    paths: tuple[Path, ...],
    out: Path,
    papers: tuple[str, ...],
    formats: tuple[str, ...],
    final: bool,
    root: Path | None,
    quiet: bool,
) -> None:
    """PATH（案件のYAML又は会議のフォルダ）の書類を作る。"""
    from kotobuki.diagnostics import Diagnostics, InputError, render
    from kotobuki.pipeline import Options
    from kotobuki.pipeline import build as run
    from kotobuki.staging import OutputError
    from kotobuki.workshop import FORMATS, UsageError

    if root is not None and not (root / "cases" / "organization.yaml").is_file():
        stop(f"「{root}」に cases/organization.yaml がありません")
    diagnostics = Diagnostics()
    options = Options(out, papers, formats or FORMATS, final)
    progress = _no_progress if quiet else _show_progress
    try:
        lines = run(list(paths), options, root, diagnostics, progress)
    except InputError:
        for each in diagnostics:
            click.echo(render(each), err=True)
        click.echo(f"{len(diagnostics.errors)}件の誤りがあるため、何も書き出していません。", err=True)
        sys.exit(1)
    except (UsageError, OutputError) as error:
        stop(str(error))
    except OSError as error:  # of a folder that cannot be entered, a disk that is gone
        stop(f"ファイルを読み書きできません（{error.filename}：{error.strerror}）")
    for each in diagnostics:
        click.echo(render(each), err=True)
    if not quiet:
        _summarize(lines, out)


def _no_progress(done: int, total: int, name: str) -> None:
    pass


def _show_progress(done: int, total: int, name: str) -> None:
    """One line that is written over; only on a terminal, only for long work."""
    if total < _LONG or not sys.stderr.isatty():
        return
    click.echo(f"\r\033[K{done}/{total} {name}", nl=done == total, err=True)


def _summarize(lines: list[Line], out: Path) -> None:
    """A short table of papers and pages."""
    folder = None
    for line in lines:
        if line.folder != folder:
            folder = line.folder
            click.echo(str(out / Path(*folder.parts)))
        pages = f"{line.count}ページ"
        if line.numbers:
            first, last = line.numbers
            pages += f"（p. {first}）" if first == last else f"（p. {first}～p. {last}）"
        name = line.paper + "　" * max(0, 6 - len(line.paper))
        click.echo(f"  {name} {pages}{'　案' if line.draft else ''}")


if __name__ == "__main__":
    main()
