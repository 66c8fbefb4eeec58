"""The sockets of `kotobuki serve`: on 127.0.0.1 alone, a thread a connection, everything bounded in size, number and time.

In: an `App`. Out: its answers. Nothing here knows what is asked.
"""

from __future__ import annotations

import select
import socket
import socketserver
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.served.app import App, refused
from kotobuki.editor.served.guard import Guard
from kotobuki.editor.served.wire import END, Answer, head_of, request_of
from kotobuki.limits import CONNECTION_SECONDS, CONNECTIONS, REQUEST_HEAD_BYTES, REQUEST_SECONDS, REQUESTS

if TYPE_CHECKING:
    from kotobuki.editor.desk import Desk

HOST = "127.0.0.1"
_PIECE = 65_536
_LINGER = 1.0
"""Seconds in which what a refused request still brings is taken, so that the refusal is read before the connection breaks."""

_FAREWELL = 3.0
"""Seconds that requests have to come to their end when the server does."""


class EndedError(Exception):
    """The other side has gone, or lets wait too long for what it began."""


class Connection:
    """A socket, read with a deadline for the whole of what is awaited: whoever sends a byte a second gains nothing."""

    def __init__(self, wire: socket.socket, seconds: float = REQUEST_SECONDS) -> None:
        self._wire, self._seconds = wire, seconds
        self._held = bytearray()
        self._until = 0.0
        self.rest = seconds
        """Seconds until the first byte of the next request must be there: few, until one was admitted."""

    def head(self) -> bytes:
        """The next head, without its blank line."""
        self._until = time.monotonic() + self.rest
        while not self._held:
            self._more()
        self._until = time.monotonic() + self._seconds
        while (end := self._held.find(END)) < 0:
            if len(self._held) > REQUEST_HEAD_BYTES:
                raise RefusalError("要求の形が正しくありません", status=431)
            self._more()
        head = bytes(self._held[:end])
        del self._held[: end + len(END)]
        return head

    def body(self, length: int) -> bytes:
        """What follows the head, in the time that it left."""
        while len(self._held) < length:
            self._more()
        body = bytes(self._held[:length])
        del self._held[:length]
        return body

    def send(self, data: bytes) -> None:
        """All of it, or `EndedError` after the time that a request has."""
        self._wire.settimeout(self._seconds)
        with _ending():
            self._wire.sendall(data)

    def is_gone(self) -> bool:
        """Whether the other side has closed it."""
        with suppress(OSError, ValueError):
            if not select.select([self._wire], [], [], 0)[0]:
                return False
            return not self._wire.recv(1, socket.MSG_PEEK)
        return True

    def linger(self) -> None:
        """Nothing more is sent; what still comes is thrown away for a moment."""
        self._until = time.monotonic() + _LINGER
        with suppress(OSError, EndedError):
            self._wire.shutdown(socket.SHUT_WR)
            while True:
                self._held.clear()
                self._more()

    def _more(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise EndedError
        self._wire.settimeout(left)
        with _ending():
            found = self._wire.recv(_PIECE)
        if not found:
            raise EndedError
        self._held += found


@contextmanager
def _ending() -> Iterator[None]:
    """Whatever a socket has to complain of is its end."""
    try:
        yield
    except OSError as error:
        raise EndedError from error


class _Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        """The requests of a connection, one after the other."""
        connection = Connection(self.request)
        with suppress(EndedError):
            while self.server.serves(connection):
                pass


class Server(socketserver.ThreadingTCPServer):
    """An `App` (which see) on a port of 127.0.0.1; `port` 0 = any that is free. `OSError` where it is taken."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = sys.platform != "win32"  # there it would let others take the port
    request_queue_size = CONNECTIONS

    def __init__(self, open_desk: Callable[[], Desk], port: int, tell: Callable[[str], None]) -> None:
        super().__init__((HOST, port), _Handler)
        self.guard = Guard(self.server_address[1])
        self.app = App(open_desk, self.guard, tell)
        self._tell = tell
        self._connections, self._requests = BoundedSemaphore(CONNECTIONS), BoundedSemaphore(REQUESTS)

    def server_bind(self) -> None:
        """Bound so that nobody else can listen there, too."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def address(self, token: str) -> str:
        """Of the page; `token`: what lets the browser in, which it never sends on."""
        return f"http://{self.guard.hosts[0]}/#token={token}"

    def stop(self) -> None:
        """No more requests; what is being answered is finished, as far as that takes a moment."""
        self.app.closing.set()
        self.shutdown()
        self.server_close()
        until = time.monotonic() + _FAREWELL
        free = [self._requests.acquire(timeout=max(0.0, until - time.monotonic())) for _ in range(REQUESTS)]
        for _ in filter(None, free):
            self._requests.release()

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A thread for a connection, unless there are too many."""
        if not self._connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._connections.release()
            raise

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """As the library has it; then the next may come."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A fault of the program itself, in a thread of its own."""
        self._tell(f"{type(sys.exception()).__name__}: {sys.exception()}")

    def serves(self, connection: Connection) -> bool:
        """The next request of a connection; whether there may be another."""
        try:
            request = request_of(connection.head())
            self.app.admit(request)
            connection.rest = CONNECTION_SECONDS
            body = connection.body(request.length)
        except RefusalError as refusal:  # what follows cannot be told from a body any more
            self._send(connection, refused(refusal), closes=True)
            connection.linger()
            return False
        if not self._requests.acquire(blocking=False):
            answer = refused(RefusalError("要求が多すぎます", "少し待ってから、もう一度試してください", 503))
        else:
            try:
                answer = self.app.answer(request, body, connection.is_gone)
            finally:
                self._requests.release()
        return self._send(connection, answer, closes=request.closes or self.app.closing.is_set())

    def _send(self, connection: Connection, answer: Answer, *, closes: bool) -> bool:
        """Whether the connection goes on."""
        head = head_of(answer, closes=closes)
        if isinstance(answer.body, bytes):
            connection.send(head + answer.body)
            return not closes
        connection.send(head)
        with closing(answer.body):
            for piece in answer.body:
                if piece:
                    connection.send(piece)
                elif connection.is_gone():
                    break
        return False
