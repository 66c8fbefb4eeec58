"""A server of `kotobuki serve` in this process, on a port of 127.0.0.1, and requests to it byte by byte."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from kotobuki.editor.desk import Desk
from kotobuki.editor.served.server import Server

BEGUN = datetime(2022, 5, 6, 9, 0, tzinfo=UTC)


class Clock:
    """A clock on which each look is a minute later."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def desk_of(root: Path) -> Desk:
    """A desk whose clock is ours."""
    return Desk.at(root, Clock())


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def value(self) -> Any:  # noqa: ANN401  (whatever JSON holds)
        """As JSON."""
        return json.loads(self.body)


class Client:
    """Who asks: `server` is asked as its own page would, but for the headers that are changed."""

    def __init__(self, server: Server, told: list[str]) -> None:
        self.server, self.told = server, told
        self.port: int = server.server_address[1]

    def headers(self, **changed: str | None) -> dict[str, str]:
        """Those of the page; `content_type` stands for Content-Type; None takes one away."""
        usual: dict[str, str | None] = {
            "host": f"127.0.0.1:{self.port}",
            "origin": f"http://127.0.0.1:{self.port}",
            "x_kotobuki_token": self.server.guard.token,
            "content_type": "application/json",
        }
        return {name.replace("_", "-"): value for name, value in {**usual, **changed}.items() if value is not None}

    def head(self, first: str, **changed: str | None) -> bytes:
        """A request, up to its blank line."""
        lines = [f"{name}: {value}" for name, value in self.headers(**changed).items()]
        return "\r\n".join((first, *lines, "", "")).encode("utf-8")

    def call(self, name: str, asked: object = None, **changed: str | None) -> Reply:
        """A post, as the page makes it."""
        body = json.dumps(asked or {}).encode()
        return self.send(self.head(f"POST /api/{name} HTTP/1.1", content_length=str(len(body)), **changed) + body)

    def get(self, path: str, **changed: str | None) -> Reply:
        """A get, as the page makes it."""
        return self.send(self.head(f"GET {path} HTTP/1.1", **{"origin": None, "content_type": None, **changed}))

    def send(self, data: bytes) -> Reply:
        """The first answer to these bytes."""
        with self.connected() as wire:
            wire.sendall(data)
            return read_reply(wire)

    @contextmanager
    def connected(self) -> Iterator[socket.socket]:
        """A connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as wire:
            yield wire


def read_reply(wire: socket.socket) -> Reply:
    """An answer; of one without a length, what comes until the end. Status 0: there is none."""
    held = b""
    while b"\r\n\r\n" not in held:
        piece = wire.recv(65_536)
        if not piece:
            return Reply(0, {}, held)
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", len(body))):
        body += wire.recv(65_536)
    return Reply(int(first.split()[1]), headers, body)


@contextmanager
def serving(root: Path) -> Iterator[Client]:
    """A server of a project, until the end of the block."""
    told: list[str] = []
    server = Server(lambda: desk_of(root), 0, told.append)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Client(server, told)
    finally:
        server.stop()
        thread.join()
