"""How every command of `kotobuki` speaks and ends: help and usage errors in Japanese, exit status 2, never a traceback.

In: click's commands. Out: `Group` and `Command`, to be used as the `cls` of groups and commands.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

import click

_WORDS = {
    "Usage:": "使い方:",
    "Options:": "オプション:",
    "Commands:": "コマンド:",
    "[OPTIONS]": "[オプション]",
    "COMMAND [ARGS]...": "コマンド …",
    "Show this message and exit.": "この説明を表示する。",
    "[default: ": "[省略時: ",
    "[required]": "[必須]",
}


_NO_COMMAND = re.compile(r"No such command '(.*?)'")


class Command(click.Command):
    """A command whose help is Japanese throughout."""

    def get_help(self, ctx: click.Context) -> str:
        """The help text."""
        return _in_japanese(super().get_help(ctx))


class Group(click.Group):
    """A group of such commands; as the outermost one it is the door of the program."""

    command_class = Command

    def get_help(self, ctx: click.Context) -> str:
        """The help text."""
        return _in_japanese(super().get_help(ctx))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **settings: Any) -> Any:  # noqa: ANN401  (click's own signature)
        """Run the command and exit with its status; whatever goes wrong ends in one Japanese sentence."""
        with suppress(ValueError):  # only the main thread may
            signal.signal(signal.SIGTERM, _interrupt)  # a build that is told to end puts everything back
        settings["standalone_mode"] = False
        try:
            status = super().main(args, *rest, **settings)
        except click.ClickException as error:
            stop(_usage(error))
        except (click.Abort, KeyboardInterrupt):
            stop("中断しました。前の出力はそのままです")
        except Exception as error:
            # The last resort: a fault of the program itself. A clerk gets a sentence, a developer can ask for more.
            if os.environ.get("KOTOBUKI_TRACEBACK"):
                raise
            stop(f"プログラムの中で予期しない誤りが起きました（{type(error).__name__}: {error}）。前の出力はそのままです")
        sys.exit(status if isinstance(status, int) else 0)


def stop(message: str) -> NoReturn:
    """Say why the command cannot be carried out, and exit with status 2."""
    click.echo(f"kotobuki: {message}", err=True)
    sys.exit(2)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _in_japanese(text: str) -> str:
    for english, japanese in _WORDS.items():
        text = text.replace(english, japanese)
    return text


def _usage(error: click.ClickException) -> str:
    """A usage error of click, in Japanese."""
    help_hint = "使い方は --help で見られます"
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"{parameter.make_metavar(error.ctx) if error.ctx else parameter.name} を書いてください。{help_hint}"
        case click.NoSuchOption(option_name=name, possibilities=near):
            hint = f"。{'・'.join(near)} の誤りではありませんか" if near else ""
            return f"{name} というオプションはありません{hint}。{help_hint}"
        case click.BadOptionUsage(option_name=name):
            return f"{name} のあとに値を書いてください。{help_hint}"
        case click.BadParameter(param=click.Option() as option):
            allowed = f"（書けるのは {'・'.join(option.type.choices)}）" if isinstance(option.type, click.Choice) else ""
            return f"{option.opts[0]} の値が正しくありません{allowed}。{help_hint}"
        case click.UsageError() if (found := _NO_COMMAND.match(error.format_message())):
            return f"{found[1]} というコマンドはありません。{help_hint}"
        case click.UsageError():
            return f"使い方が違います（{error.format_message()}）。{help_hint}"
        case _:
            return error.format_message()
