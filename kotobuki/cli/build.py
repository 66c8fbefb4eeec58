"""`kotobuki build`: the papers of cases or meetings."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import (
    NOTHING_WRITTEN,
    Command,
    PathName,
    output_options,
    reporting,
    root_option,
    say,
    say_over,
    stop,
)
from kotobuki.garbage import keep_what_is_loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kotobuki.build.command import Built, Options, SummaryLine, Way
    from kotobuki.build.freshness import Records
    from kotobuki.diagnostics import Diagnostics

_KEPT_GOING = "{count}件の誤りがあります。誤りのない案件の書類は、書き出しました（除いた案件は 失敗一覧.csv）。"
_LONG = 5  # cases from which progress is shown


@click.command(cls=Command, short_help="案件又は会議の書類を作る。")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PathName())
@click.option(
    "--paper",
    "papers",
    multiple=True,
    metavar="NAME",
    help="作る書類（例：諮問書）。何度でも書ける。省けば全部。前に作ったほかの書類は、そのまま残る。",
)
@output_options
@click.option("--check", is_flag=True, help="誤りがないか調べるだけで、何も書き出さない。")
@root_option("PATH")
@click.option("--force", is_flag=True, help="前に作ったままでよい書類も、作り直す。")
@click.option("--cluster", default="", metavar="ADDRESS", help="Dask のスケジューラ（tcp://…）に作らせる。")
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="いくつのプロセスで作るか。省けば件数と機械による。"
)
@click.option("--keep-going", is_flag=True, help="誤りのある案件を除いて作り、除いた案件の誤りを 失敗一覧.csv に書く。")
@click.option("--resume", is_flag=True, help="--keep-going で作れなかった案件や、途中で止まった残りだけを作る。")
@click.option("--watch", is_flag=True, help="ファイルが保存されるたびに、変わった案件を作り直す。Ctrl-C で終わる。")
@click.option("--quiet", is_flag=True, help="誤りと注意のほかは表示しない。")
def command(
    paths: tuple[Path, ...],
    papers: tuple[str, ...],
    out: Path,
    formats: tuple[str, ...],
    final: bool,
    check: bool,
    root: Path | None,
    force: bool,
    cluster: str,
    jobs: int | None,
    keep_going: bool,
    resume: bool,
    watch: bool,
    quiet: bool,
) -> None:
    """PATH（案件のYAML又は会議のフォルダ）の書類を作る。organization.yaml なら、すべての会議の書類を作る。

    前に作ったときから何も変わっていない案件は、作り直さない。
    """
    from kotobuki.build.command import FORMATS, Options, Way

    if resume and force:
        stop("--resume と --force は一緒に使えません")
    if watch and (force or check):
        stop("--watch は --force や --check と一緒に使えません")
    options = Options(out, papers, formats or FORMATS, final, check)
    way = Way(jobs, keep_going=keep_going or resume, cluster=cluster)
    run = partial(_build, paths, options, root, way, force=force, quiet=quiet)
    if watch:
        _watch(run, paths, root)
    else:
        run()


def _watch(run: Callable[..., None], paths: Sequence[Path], root: Path | None) -> None:
    """Runs it now and whenever a file of the project is saved; first with the whole summary, then with what was made."""
    from kotobuki.cli.watching import watch
    from kotobuki.project import CASES, TEMPLATES, find_root

    homes = {root or find_root(path) for path in paths}
    folders = [home / name for home in homes for name in (CASES, TEMPLATES)]
    folders += [path if path.is_dir() else path.parent for path in paths]
    first = True

    def again() -> None:
        nonlocal first
        with suppress(SystemExit):  # after an error, which has been said
            run(only_new=not first)
        first = False

    watch(again, dict.fromkeys(folder.resolve() for folder in folders))


def _build(
    paths: Sequence[Path],
    options: Options,
    root: Path | None,
    way: Way,
    *,
    force: bool,
    quiet: bool,
    only_new: bool = False,
) -> None:
    """Build once and say what came of it; `only_new`: of the papers, those that were made now."""
    from kotobuki.build.freshness import Records
    from kotobuki.diagnostics import Diagnostics

    diagnostics = Diagnostics()
    records = None if options.check or force else Records(options.out)
    built: Built | None = None

    def closing() -> str:
        if options.check:
            return "{count}件の誤りがあります。"
        return _KEPT_GOING if way.keep_going and built else NOTHING_WRITTEN

    with reporting(diagnostics, closing):
        known = None if way.keep_going else records  # else the list of failures may be of another time
        built = _before(paths, options, root, diagnostics, known) if known else None
        if built is None:
            from kotobuki.build.pipeline import build  # only here: it imports all that makes papers

            keep_what_is_loaded()
            progress = _no_progress if quiet else _show_progress
            built = build(list(paths), options, root, diagnostics, progress, records, way)
    if quiet or built is None:
        return
    if options.check:
        say(f"書類{len(built.lines)}種を調べました。誤りはありません。")
        return
    _summarize(built.new if only_new else built.lines, options.out)
    if built.kept:
        say(f"{built.cases}件のうち{built.kept}件は、前に作ったままです（作り直すには --force）。")


def _before(
    paths: Sequence[Path], options: Options, root: Path | None, diagnostics: Diagnostics, records: Records
) -> Built | None:
    """What the same command has built before, if all of that is up to date."""
    from kotobuki.build.command import Built, SummaryLine

    found = records.command_up_to_date(options.key(paths, root))
    if found is None:
        return None
    said, cases = found
    diagnostics.found += said
    return Built(tuple(SummaryLine.read(line) for case in cases for line in case.lines), len(cases), len(cases))


def _no_progress(done: int, total: int, name: str) -> None:
    pass


def _show_progress(done: int, total: int, name: str) -> None:
    """One line that is written over; only on a terminal, only for long work."""
    if total < _LONG or not sys.stderr.isatty():
        return
    say_over(f"{done}/{total} {name}", last=done == total)


def _summarize(lines: Sequence[SummaryLine], out: Path) -> None:
    """A short table of papers and pages."""
    for folder, papers in groupby(lines, key=lambda each: each.folder):
        own = list(papers)
        say(str(out / Path(*folder.parts)))
        _show_papers(own)
        if own[0].left:
            say(f"  残り　{own[0].left}")


def _show_papers(lines: list[SummaryLine]) -> None:
    """A line for each paper of a bundle."""
    for line in lines:
        pages = f"{line.count}ページ"
        if line.numbers:
            first, last = line.numbers
            pages += f"（p. {first}）" if first == last else f"（p. {first}～p. {last}）"
        name = line.paper + "　" * max(0, 6 - len(line.paper))
        say(f"  {name} {pages}{'　案' if line.draft else ''}")
