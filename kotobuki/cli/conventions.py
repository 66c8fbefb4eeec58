"""How every command of `kotobuki` speaks and ends: help and usage errors in Japanese, exit status 2, never a traceback.

In: click's commands. Out: `Group` and `Command`, to be used as the `cls` of groups and commands; the options that
commands share; `reporting`, in which the work of a command is done, and `stop`; `say` and its like, the one door through
which anything reaches a terminal, a pipe or git.
"""

from __future__ import annotations

import atexit
import gc
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from kotobuki.diagnostics import Diagnostics

SETTINGS = {"help_option_names": ["-h", "--help"]}
"""Of the outermost group; commands inherit it."""
NOTHING_WRITTEN = "{count}件の誤りがあるため、何も書き出していません。"

_F = TypeVar("_F", bound=Callable[..., object])

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
_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)")


class PathName(click.Path):
    """The type of an argument or option that names a file or folder: "" is no name, and not the working directory."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  (click's own signature)
        """The path."""
        return super().convert(value, param, ctx) if str(value) else self.fail("", param, ctx)


def as_typed(path: Path) -> str:
    """A path as it is typed in a shell: in quotes where it has a blank."""
    return f'"{path}"' if any(character.isspace() for character in str(path)) else str(path)


def root_option(searched: str) -> Callable[[_F], _F]:
    """--root; `searched`: from where the root is looked for without it."""
    words = f"cases/organization.yaml のあるフォルダ。省けば{searched}から探す。"
    return click.option("--root", type=PathName(), help=words, callback=_root)


def output_options(command: _F) -> _F:
    """--out, --format, --final: of every command that makes papers."""
    for option in (
        click.option(
            "--final",
            is_flag=True,
            help="番号や日付が決まっていないか、｛記入：…｝や # 確認：… が残っていれば誤りとする。",
        ),
        click.option(
            "--format", "formats", multiple=True, type=click.Choice(["docx", "pdf"]), help="形式。省けば両方。"
        ),
        click.option("--out", default="output", show_default=True, type=PathName(), help="出力フォルダ。"),
    ):
        command = option(command)
    return command


def _root(ctx: click.Context, param: click.Parameter, root: Path | None) -> Path | None:
    if root is not None and not (root / "cases" / "organization.yaml").is_file():
        stop(f"「{root}」に cases/organization.yaml がありません")
    return root


@contextmanager
def reporting(diagnostics: Diagnostics, closing: str | Callable[[], str]) -> Iterator[None]:
    """The work of a command; then the diagnostics are printed and, if any is an error, `closing` and the end (status 1)."""
    from kotobuki.diagnostics import CommandError, InputError, render

    try:
        yield
    except InputError:
        pass
    except CommandError as error:
        stop(str(error))
    except OSError as error:  # of a folder that cannot be entered, a disk that is gone
        stop(_unreachable(error))
    for each in diagnostics:
        say_lines(render(each), err=True)
    if diagnostics.errors:
        if words := closing if isinstance(closing, str) else closing():
            say(words.format(count=len(diagnostics.errors)), err=True)
        sys.exit(1)


def _unreachable(error: OSError) -> str:
    from kotobuki.diagnostics import reason_of

    return f"ファイルを読み書きできません（{error.filename or 'ファイル'}：{reason_of(error)}）"


def remark_on_start() -> None:
    """A word to who lets git start this command as older settings have it: with the folder of the repository on its path."""
    if Path(sys.argv[0]).name == "__main__.py" and not sys.flags.safe_path:
        say("git の設定が古いままです。`kotobuki git install` をもう一度実行してください。", err=True)


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
        _see_to_the_surroundings()
        with suppress(ValueError):  # only the main thread may
            signal.signal(signal.SIGTERM, _interrupt)  # a build that is told to end puts everything back
        settings["standalone_mode"] = False
        try:
            status = super().main(args, *rest, **settings)
        except click.ClickException as error:
            stop(_usage(error))
        except (click.Abort, KeyboardInterrupt):
            stop("中断しました。前の出力はそのままです")
        except OSError as error:
            stop(_unreachable(error))
        except Exception as error:
            # The last resort: a fault of the program itself. A clerk gets a sentence, a developer can ask for more.
            if os.environ.get("KOTOBUKI_TRACEBACK"):
                raise
            stop(
                f"プログラムの中で予期しない誤りが起きました（{type(error).__name__}: {error}）。前の出力はそのままです"
            )
        sys.exit(status if isinstance(status, int) else 0)


def stop(message: str) -> NoReturn:
    """Say why the command cannot be carried out, and exit with status 2."""
    say_lines(f"kotobuki: {message}", err=True)
    sys.exit(2)


def say(text: str, *, err: bool = False) -> None:
    """One line, of whatever origin, with what cannot be seen in it made visible. Ends the command where nobody reads it."""
    _put(f"{_shown(text)}\n", err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Several lines; the last may have its end or not."""
    _put("".join(f"{_shown(line)}\n" for line in text.removesuffix("\n").split("\n")) if text else "", err=err)


def say_painted(text: str) -> None:
    """Lines in colours, whose words have been made visible before they were painted."""
    _put(text, err=False)


def say_over(text: str, *, last: bool) -> None:
    """A line that is written over by the next one, until the `last`: progress, on a terminal."""
    _put(f"\r\033[K{_shown(text)}" + ("\n" if last else ""), err=True)


def ask(prompt: str) -> str:
    """What is typed in answer to a question; "" for Enter alone."""
    answer: str = click.prompt(_shown(prompt), default="", show_default=False, err=True)
    return answer


def _shown(text: str) -> str:
    from kotobuki.visible import visible

    return visible(text)


def _put(text: str, *, err: bool) -> None:
    try:
        click.echo(text, nl=False, err=err, color=True)
    except OSError as error:
        _deafen(sys.stderr if err else sys.stdout)
        if err:
            return  # nobody to say it to; the exit status tells
        if isinstance(error, BrokenPipeError):
            sys.exit(2)  # who reads has had enough, as `head` has
        from kotobuki.diagnostics import reason_of

        stop(f"結果を最後まで表示できませんでした（{reason_of(error)}）")


def _deafen(stream: TextIO) -> None:
    """What is buffered would fail again at the end. The files are made, all the same."""
    with suppress(OSError, ValueError):  # ValueError: a stream without a file, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _see_to_the_surroundings() -> None:
    """Start again in Python's UTF-8 mode where the locale is C; let no other file take the number of a closed stream;
    look for no garbage at the end.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  (as long as the program runs)
    atexit.register(
        gc.freeze
    )  # what is left at the end need not be looked through for garbage: the system takes it back


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
        case click.exceptions.NoArgsIsHelpError(ctx=click.Context() as context):
            return f"コマンドを書いてください。\n\n{context.get_help()}"
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"{parameter.make_metavar(error.ctx) if error.ctx else parameter.name} を書いてください。{help_hint}"
        case click.NoSuchOption(option_name=name, possibilities=near):
            hint = f"。{'・'.join(near)} の誤りではありませんか" if near else ""
            return f"{name} というオプションはありません{hint}。{help_hint}"
        case click.BadOptionUsage(option_name=name) if "does not take a value" in error.message:
            return f"{name} は値を書かないオプションです。{help_hint}"
        case click.BadOptionUsage(option_name=name):
            return f"{name} のあとに値を書いてください。{help_hint}"
        case click.BadParameter(param=click.Option() as option):
            allowed = (
                f"（書けるのは {'・'.join(option.type.choices)}）" if isinstance(option.type, click.Choice) else ""
            )
            return f"{option.opts[0]} の値が正しくありません{allowed}。{help_hint}"
        case click.UsageError() if found := _NO_COMMAND.match(error.format_message()):
            return f"{found[1]} というコマンドはありません。{help_hint}"
        case click.UsageError() if found := _TOO_MANY.match(error.format_message()):
            return f'「{found[1]}」は余分です。空白のある名は引用符 " で囲んでください。{help_hint}'
        case click.UsageError():
            return f"使い方が違います（{error.format_message()}）。{help_hint}"
        case _:  # whatever else click has to say
            return error.format_message()
