"""`kotobuki help`: the guides in the terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import Command, say, say_lines, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDEST = 100
_NARROWEST = 40


@click.command(cls=Command, short_help="手引を読む（例：kotobuki help 表）。")
@click.argument("words", metavar="[項目]", nargs=-1)
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """手引（案件の書き方、様式と雛形、コマンド）から、項目について書いてある所を表示する。

    項目は、見出し、キーの名、ことば、コマンドの名のどれか。省けば見出しの一覧。
    """
    from kotobuki.guides.rendering import answer_lines
    from kotobuki.guides.search import answer

    topic = " ".join(words)
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    own = _help_of(ctx, topic)
    if own:
        say_lines(own)
        return
    if not topic:
        for line in _topics():
            say(line)
        return
    found = answer(topic)
    if not found:
        near = f"。「{found.near}」の誤りではありませんか" if found.near else ""
        stop(f"「{topic}」について書いた所は手引にありません{near}。見出しの一覧は kotobuki help で見られます")
    say_lines("\n".join(answer_lines(found, width)).rstrip())


def _help_of(ctx: click.Context, topic: str) -> str:
    """What a command says of itself; "" = there is none of that name."""
    main = ctx.parent.command if ctx.parent else None
    own = main.get_command(ctx, topic) if isinstance(main, click.Group) and topic else None
    if own is None or ctx.parent is None:
        return ""
    with click.Context(own, parent=ctx.parent, info_name=topic) as context:
        return own.get_help(context)


def _topics() -> Iterator[str]:
    """The headings of the guides, and how to go on."""
    from kotobuki.guides.search import guides

    last = ""
    for section in guides():
        if section.guide != last:
            yield f"{section.title}（{section.guide}）"
            last = section.guide
        else:
            yield f"{'  ' * (section.level - 1)}{section.title}"
    yield ""
    yield "kotobuki help 項目 で読めます。項目には、見出し、キー（例：見出しの行）、ことば、コマンドの名（例：build）を書きます。"
