"""The sockets of `kotobuki serve`: bounded in time and number, whoever holds them; events; the end."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from support.samples import CASE, edited, project
from support.serving import Client, desk_of, read_reply, serving

from kotobuki.diagnostics import UsageError
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk import events
from kotobuki.editor.served import server
from kotobuki.editor.served.routes import ROUTES, Route
from kotobuki.editor.served.server import Connection, EndedError


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("資料"), {"案件.yaml": CASE})


@pytest.fixture
def client(root: Path) -> Iterator[Client]:
    with serving(root) as found:
        yield found


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def drop(sender: socket.socket, data: bytes, ended: Event) -> Thread:
    """A thread that sends a byte a moment, until it is told that the other side has given up."""

    def send() -> None:
        for each in data:
            if ended.wait(0.01):
                return
            sender.sendall(bytes([each]))

    thread = Thread(target=send)
    thread.start()
    return thread


@pytest.mark.parametrize("head", [b"GET / HTTP/1.1\r\nX: " + b"a" * 1000, b"G" * 1000])
def test_who_sends_a_byte_a_moment_gains_no_time(pair: tuple[socket.socket, socket.socket], head: bytes) -> None:
    ended, (sender, receiver) = Event(), pair
    thread = drop(sender, head, ended)
    with pytest.raises(EndedError):
        Connection(receiver, seconds=0.1).head()
    ended.set()
    thread.join()


def test_a_body_has_the_time_that_its_head_left(pair: tuple[socket.socket, socket.socket]) -> None:
    ended, (sender, receiver) = Event(), pair
    connection = Connection(receiver, seconds=0.1)
    sender.sendall(b"POST / HTTP/1.1\r\n\r\n")
    assert connection.head() == b"POST / HTTP/1.1"
    thread = drop(sender, b"a" * 1000, ended)
    with pytest.raises(EndedError):
        connection.body(1000)
    ended.set()
    thread.join()


def test_a_connection_at_rest_is_let_go(pair: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(EndedError):
        Connection(pair[1], seconds=0.02).head()


def test_who_takes_no_answer_is_let_go(pair: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(EndedError):
        Connection(pair[1], seconds=0.05).send(b"a" * 10_000_000)


def test_a_connection_knows_that_it_is_gone(pair: tuple[socket.socket, socket.socket]) -> None:
    connection = Connection(pair[1])
    assert not connection.is_gone()
    pair[0].sendall(b"a")
    assert not connection.is_gone()
    assert pair[1].recv(1) == b"a"
    pair[0].close()
    assert connection.is_gone()


def test_there_are_only_so_many_connections(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS", 2)
    with serving(root) as client:
        with client.connected() as one, client.connected() as other:
            for each in (one, other):
                each.sendall(client.head("GET / HTTP/1.1", origin=None, content_type=None))
                assert read_reply(each).status == 200
            with client.connected() as third:
                assert third.recv(1) == b""
        for _ in range(1000):  # until the server has noticed that there is room again
            with suppress(OSError), client.connected() as again:
                again.sendall(client.head("GET / HTTP/1.1", origin=None, content_type=None))
                if read_reply(again).status == 200:
                    return
            time.sleep(0.01)
        pytest.fail("no room")


def test_there_are_only_so_many_requests_at_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ending = Event(), Event()

    def slow(*_: object) -> None:
        begun.set()
        ending.wait(10)

    monkeypatch.setattr(server, "REQUESTS", 1)
    monkeypatch.setitem(ROUTES, "slow", Route(slow))
    with serving(root) as client:
        first = Thread(target=client.call, args=("slow",))
        first.start()
        assert begun.wait(10)
        assert client.call("overview").status == 503
        ending.set()
        first.join()
        assert client.call("overview").status == 200


def test_papers_that_nobody_waits_for_are_not_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[str]()
    monkeypatch.setitem(ROUTES, "made", Route(lambda desk, asked: made.append(str(asked["name"])), builds=True))
    body = b'{"name": "abandoned"}'
    with client.server.app.desk.building, client.connected() as wire:
        wire.sendall(client.head("POST /api/made HTTP/1.1", content_length=str(len(body))) + body)
    assert client.call("made", {"name": "awaited"}).status == 200
    assert made == ["awaited"]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (UsageError("base.docx がありません"), 409, "base.docx がありません"),
        (PermissionError(13, "no", "/secret"), 409, "権限がない"),
        (ValueError("/secret"), 500, "予期しない誤り"),
        (RecursionError(), 500, "予期しない誤り"),
    ],
)
def test_a_fault_is_told_in_the_terminal_and_not_in_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setitem(ROUTES, "fail", Route(fail))
    reply = client.call("fail")
    assert reply.status == status
    assert said in reply.value["error"]
    assert "secret" not in reply.body.decode()
    assert "Traceback" not in reply.body.decode()
    if status == 500:
        (told,) = client.told
        assert type(error).__name__ in told
        assert told.split()[1].rstrip(":") in reply.value["remedy"]
    assert client.call("overview").status == 200


def test_answers_are_json_whatever_they_hold(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUTES, "odd", Route(lambda desk, asked: {"a": "\udcff</script>\u2028", "b": Path("x/y")}))
    reply = client.call("odd")
    assert reply.value == {"a": "?</script>\u2028", "b": "x/y"}
    assert (reply.headers["content-type"], reply.headers["x-content-type-options"]) == ("application/json", "nosniff")


def test_what_changes_on_the_disk_is_told(root: Path) -> None:
    desk, file = desk_of(root), root / "cases/第1回/案件.yaml"
    key = desk.library.id_of(file)
    looks = 0

    def rest(_: float) -> None:
        nonlocal looks
        looks += 1
        match looks:
            case 1:
                file.write_text(edited(CASE, "見本の業務", "別の長い業務"), encoding="utf-8")
            case 2:
                (root / "templates/試験/新しい雛形.txt").write_text("新", encoding="utf-8")
            case 3:
                file.unlink()
            case 5:
                file.write_text(CASE, encoding="utf-8")

    found = [each.decode() for each in events.changes(desk, lambda: looks == 5, rest)]
    told = [json.loads(each.split("data: ")[1]) for each in found if each.startswith("event: changed")]
    assert [[(each["file"], bool(each["digest"])) for each in some["files"]] for some in told] == [
        *([(key, True)], [], [(key, False)], [(key, True)])
    ]
    assert (found[0], found[4], found[-1]) == ("event: ping\ndata: {}\n\n", "", "event: end\ndata: {}\n\n")


def test_events_come_on_a_connection_of_their_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PERIOD", 0.01)
    ask = client.head("GET /api/events HTTP/1.1", origin=None, content_type=None)
    with client.connected() as wire:
        wire.sendall(ask)
        reply = read_reply(wire)
        assert reply.headers["content-type"].startswith("text/event-stream")
        assert reply.headers["connection"] == "close"
        held = reply.body
        while b"ping" not in held:
            held += wire.recv(1000)
        others = [client.connected() for _ in range(4)]
        wires = [each.__enter__() for each in others]
        for each in wires:
            each.sendall(ask)
            assert read_reply(each).status == 200
        while piece := wire.recv(1000):  # the oldest gives way
            held += piece
        assert b"event: end" in held
        for each in others:
            each.__exit__(None, None, None)


def test_the_end_of_the_server_ends_streams_and_lets_requests_finish(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PERIOD", 0.01)
    begun, ending, found = Event(), Event(), list[int]()

    def slow(desk: Desk, asked: object) -> None:
        begun.set()
        ending.wait(10)

    monkeypatch.setitem(ROUTES, "slow", Route(slow))
    with serving(root) as client:
        wire = socket.create_connection(("127.0.0.1", client.port), timeout=10)
        wire.sendall(client.head("GET /api/events HTTP/1.1", origin=None, content_type=None))
        assert read_reply(wire).status == 200
        asking = Thread(target=lambda: found.append(client.call("slow").status))
        asking.start()
        assert begun.wait(10)
        stopping = Thread(target=client.server.stop)
        stopping.start()
        held = b""
        while piece := wire.recv(1000):
            held += piece
        assert b"event: end" in held
        ending.set()
        asking.join()
        stopping.join()
        assert found == [200]
        wire.close()


@pytest.mark.parametrize(
    ("named", "warmed"), [("案件.yaml", "案件.yaml"), (None, "別件.yaml"), ("ない.yaml", "別件.yaml")]
)
def test_pages_are_made_before_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None, warmed: str
) -> None:
    asked = list[object]()
    root = project(tmp_path, {"案件.yaml": CASE, "別件.yaml": edited(CASE, "見本", "手本")})
    os.utime(root / "cases/第1回/案件.yaml", (0, 0))
    monkeypatch.setitem(ROUTES, "preview", Route(lambda desk, told: asked.append(told["text"]), builds=True))
    with serving(root) as client:
        client.server.app.warm(root / "cases/第1回" / named if named else None)
        assert asked == [(root / "cases/第1回" / warmed).read_text(encoding="utf-8")]


def test_where_there_is_no_case_none_is_made(tmp_path: Path) -> None:
    with serving(tmp_path) as client:
        client.server.app.warm(None)
        assert client.told == []
