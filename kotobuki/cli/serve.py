"""`kotobuki serve`: cases written in a browser, their papers beside them."""

from __future__ import annotations

import gc
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from kotobuki.cli.conventions import Command, PathName, reporting, say, say_lines, stop

if TYPE_CHECKING:
    from kotobuki.editor.desk import Desk
    from kotobuki.editor.served.server import Server


@click.command(cls=Command, short_help="ブラウザで案件を書き、書類を見る。")
@click.argument("path", metavar="[PATH]", type=PathName(), default=".")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=0, help="番地の番号（ポート）。省けば空いているもの。"
)
@click.option("--no-browser", is_flag=True, help="ブラウザを開かず、番地を表示するだけにする。")
def command(path: Path, port: int, no_browser: bool) -> None:
    """PATH（案件のあるフォルダ、会議のフォルダ又は案件。省けば今のフォルダ）を、ブラウザで書けるようにする。

    左で書くと、右に書類のページが出る。ファイルは今あるもののままで、git やほかのエディタも一緒に使える。
    この機械の中（127.0.0.1）だけで動き、インターネットには何も送らない。終わるには Ctrl-C を押す。
    """
    from kotobuki.diagnostics import Diagnostics
    from kotobuki.editor.disk.library import Library
    from kotobuki.editor.served.server import Server

    if not path.exists():
        stop(f"「{path}」がありません")
    with reporting(Diagnostics(), ""):
        root = _root(path)
        try:
            server = Server(lambda: _desk(root), port, _tell)
        except OSError as error:
            if not port:
                raise
            stop(
                f"番地の番号 {port} は使えません（ほかのプログラムが使っています）。別の番号にするか、--port を省いてください（{error.errno}）"
            )
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
        thread.start()
        shown = Library(root).id_of(path) if path.is_file() else None
        fragment = f"&file={shown}" if shown else ""
        try:
            say(f"{server.address(server.guard.token)}{fragment}")
            say("ブラウザで、この番地を開いてください。" if no_browser else "ブラウザで、この番地を開きます。")
            say("終わるには Ctrl-C を押してください。")
            if not no_browser:
                _open(f"{server.address(server.guard.ticket)}{fragment}")
            Thread(target=_warm, args=(server, path if shown else None), daemon=True).start()
            while thread.is_alive():
                thread.join(1)  # on Windows, Ctrl-C is heeded in between
        except KeyboardInterrupt:
            say("終わりました。")
        finally:
            server.stop()


def _warm(server: Server, file: Path | None) -> None:
    """What all pages take is made before anybody asks; and as it stays, it is never looked through for garbage again.

    What papers are made by is known from here on: what is remembered of them is of this Kotobuki, whatever is installed meanwhile.
    """
    from kotobuki.build.freshness import stamp

    stamp()
    server.app.warm(file)
    gc.collect()
    gc.freeze()


def _desk(root: Path) -> Desk:
    from kotobuki.editor.desk import Desk

    return Desk.at(root, _now)


def _root(path: Path) -> Path:
    """The folder with cases/organization.yaml that a path belongs to; else the folder itself, in which one can be begun."""
    from kotobuki.project import CASES, ORGANIZATION, find_root, is_file

    found = find_root(path)  # the current folder where there is none
    if path.resolve().is_relative_to(found) and is_file(found / CASES / ORGANIZATION):
        return found
    return path if path.is_dir() else path.parent


def _open(address: str) -> None:
    """The browser of the user, where there is one."""
    import webbrowser

    try:
        opened = webbrowser.open(address)
    except webbrowser.Error:
        opened = False
    if not opened:
        say("ブラウザを開けませんでした。上の番地を、ブラウザの番地の欄に写してください。", err=True)


def _now() -> datetime:
    return datetime.now().astimezone()


def _tell(text: str) -> None:
    say_lines(text, err=True)
