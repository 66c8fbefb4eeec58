"""The server of `kotobuki serve`: it answers its own page, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.samples import CASE, project
from support.serving import Client, read_reply, serving

from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.served.routes import ROUTES
from kotobuki.editor.served.site import Site
from kotobuki.editor.served.wire import Request, request_of
from kotobuki.limits import REQUEST_BYTES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    root = project(tmp_path_factory.mktemp("資料"), {"案件.yaml": CASE})
    with serving(root) as found:
        yield found


def test_the_page_and_its_files_are_told_to_all_who_come_from_here(client: Client) -> None:
    page = client.get("/", x_kotobuki_token=None)
    assert page.status == 200
    assert "__NONCE__" not in page.body.decode()
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "'nonce-" in policy
    assert {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert page.headers["cross-origin-resource-policy"] == page.headers["cross-origin-opener-policy"] == "same-origin"
    assert policy != client.get("/").headers["content-security-policy"]  # a nonce is never used twice


def test_what_the_page_asks_is_answered(client: Client) -> None:
    told = client.call("overview").value
    assert told["organization"] == "みなと市"
    case = told["meetings"][0]["cases"][0]
    assert (case["title"], case["pages"], case["agenda"], case["settled"]) == ("見本の業務について", None, 2, False)
    meeting = client.call("settle", {"file": told["meetings"][0]["file"]}).value["meeting"]
    assert (meeting["cases"][0]["pages"], meeting["settled"]) == (2, True)
    assert client.call("overview").value["meetings"] == [meeting]
    opened = client.call("open", {"file": case["file"]})
    assert opened.value["text"] == CASE
    assert opened.headers["cache-control"] == "no-store"


GET = {"origin": None, "content_type": None}
REFUSED: dict[str, tuple[int, str, dict[str, str | None]]] = {
    # Who asks: a name that leads here, another page, another port, nobody in particular.
    "rebinding": (421, "POST /api/overview", {"host": "evil.example"}),
    "rebinding, this port": (421, "POST /api/overview", {"host": "evil.example:{port}"}),
    "rebinding of the page": (421, "GET /", {"host": "evil.example:{port}", **GET}),
    "no host": (421, "GET /", {"host": None, **GET}),
    "another port": (421, "GET /", {"host": "127.0.0.1:1", **GET}),
    "a host that begins alike": (421, "GET /", {"host": "127.0.0.1:{port}.evil.example", **GET}),
    "two hosts in one": (421, "GET /", {"host": "127.0.0.1:{port}, evil.example", **GET}),
    "another origin": (403, "POST /api/overview", {"origin": "http://evil.example"}),
    "another port's origin": (403, "POST /api/overview", {"origin": "http://127.0.0.1:1"}),
    "https": (403, "POST /api/overview", {"origin": "https://127.0.0.1:{port}"}),
    "a sandboxed origin": (403, "POST /api/overview", {"origin": "null"}),
    "no origin": (403, "POST /api/overview", {"origin": None}),
    "the other name's origin": (403, "POST /api/overview", {"origin": "http://localhost:{port}"}),
    "a get of another origin": (403, "GET /", {**GET, "origin": "http://evil.example"}),
    "a script of another site": (403, "GET /static/main.js", {**GET, "sec_fetch_site": "cross-site"}),
    "an image of another port": (403, "GET /", {**GET, "sec_fetch_site": "same-site"}),
    "a post of nobody": (403, "POST /api/overview", {"sec_fetch_site": "none"}),
    # Without the token, or with a wrong one.
    "no token": (401, "POST /api/overview", {"x_kotobuki_token": None}),
    "an empty token": (401, "POST /api/overview", {"x_kotobuki_token": ""}),
    "a wrong token": (401, "POST /api/overview", {"x_kotobuki_token": "x" * 43}),
    "a token in letters of others": (401, "POST /api/overview", {"x_kotobuki_token": "é鍵"}),
    "no token, no such function": (401, "POST /api/nothing", {"x_kotobuki_token": None}),
    "no token for events": (401, "GET /api/events", {**GET, "x_kotobuki_token": None}),
    "no token for outputs": (401, "GET /api/output/x", {**GET, "x_kotobuki_token": None}),
    "a token in a cookie": (401, "POST /api/overview", {"x_kotobuki_token": None, "cookie": "token={token}"}),
    "a token in the address": (401, "POST /api/overview?token={token}", {"x_kotobuki_token": None}),
    "much brought by who has no token": (413, "POST /api/enter", {"x_kotobuki_token": "x", "content_length": "3"}),
    "no entry without a token": (401, "POST /api/enter", {"x_kotobuki_token": "x"}),
    # What a form of another page could send.
    "a form": (415, "POST /api/overview", {"content_type": "application/x-www-form-urlencoded"}),
    "plain text": (415, "POST /api/overview", {"content_type": "text/plain"}),
    "no type": (415, "POST /api/overview", {"content_type": None}),
    "another type and JSON": (415, "POST /api/overview", {"content_type": "text/plain; application/json"}),
    # Methods.
    "a preflight": (405, "OPTIONS /api/overview", {"access_control_request_method": "POST", "content_length": "0"}),
    "head": (405, "HEAD /", GET),
    "put": (405, "PUT /api/overview", {}),
    "a post to the page": (405, "POST /", {"content_length": "0"}),
    "a get of a function": (404, "GET /api/overview", GET),
    "any word": (400, "überall /", {}),
    # Paths are names of a list.
    "up": (404, "GET /static/../server.py", GET),
    "up in disguise": (404, "GET /static/%2e%2e/server.py", GET),
    "up, the other way": (404, "GET /static/..\\server.py", GET),
    "twice": (404, "GET //etc/passwd", GET),
    "absolute": (404, "GET /static//etc/passwd", GET),
    "a nul": (404, "GET /static/main.js%00.css", GET),
    "the page by its name": (404, "GET /static/index.html", GET),
    "the folder": (404, "GET /static/", GET),
    "a proxy's address": (400, "GET http://127.0.0.1:{port}/", GET),
    "an output that is none": (404, "GET /api/output/../../cases", GET),
    "an event of others": (404, "GET /api/events/all", GET),
    "a function of Python": (404, "POST /api/__class__", {}),
    # Bodies whose length is not plain.
    "chunks": (501, "POST /api/overview", {"transfer_encoding": "chunked"}),
    "chunks and a length": (501, "POST /api/overview", {"transfer_encoding": "chunked", "content_length": "2"}),
    "packed": (501, "POST /api/overview", {"content_encoding": "gzip", "content_length": "2"}),
    "to be continued": (501, "POST /api/overview", {"expect": "100-continue", "content_length": "2"}),
    "no length": (411, "POST /api/overview", {"content_length": None}),
    "a length below nothing": (400, "POST /api/overview", {"content_length": "-2"}),
    "a length with a sign": (400, "POST /api/overview", {"content_length": "+2"}),
    "two lengths in one": (400, "POST /api/overview", {"content_length": "2, 2"}),
    "a length in other digits": (400, "POST /api/overview", {"content_length": "２"}),
    "a body behind a get": (400, "GET /", {**GET, "content_length": "2"}),
    "too long": (413, "POST /api/overview", {"content_length": str(REQUEST_BYTES + 1)}),
    "far too long": (400, "POST /api/overview", {"content_length": "9" * 30}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nobody_else_is_answered(client: Client, name: str) -> None:
    status, first, changed = REFUSED[name]
    known = {"port": str(client.port), "token": client.server.guard.token}

    def filled(text: str) -> str:
        return text.replace("{port}", known["port"]).replace("{token}", known["token"])

    headers = {"content_length": "2" if first.startswith("POST") else None, **changed}
    head = client.head(f"{filled(first)} HTTP/1.1", **{key: value and filled(value) for key, value in headers.items()})
    reply = client.send(head + b"{}")
    assert reply.status == status, reply
    assert set(reply.value) == {"error", "remedy"}
    assert "access-control-allow-origin" not in reply.headers
    for secret in (known["token"], "evil", "passwd", "kotobuki/"):
        assert secret not in reply.body.decode()


BROKEN = {
    "lone line feeds": (400, b"GET / HTTP/1.1\nHost: 127.0.0.1:%d\n\n\r\n\r\n"),
    "a lone carriage return": (400, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\rX: y\r\n\r\n"),
    "a folded header": (400, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: a\r\n b\r\n\r\n"),
    "a header twice": (400, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nhost: evil.example\r\n\r\n"),
    "two lengths": (400, b"POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}"),
    "a blank before the colon": (400, b"GET / HTTP/1.1\r\nHost : 127.0.0.1:%d\r\n\r\n"),
    "a header without a name": (400, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n: x\r\n\r\n"),
    "a nul in a header": (400, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: \0\r\n\r\n"),
    "a blank line first": (400, b"\r\n\r\nGET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"),
    "an older version": (400, b"GET / HTTP/1.0\r\nHost: 127.0.0.1:%d\r\n\r\n"),
    "no version": (400, b"GET /\r\nHost: 127.0.0.1:%d\r\n\r\n"),
    "HTTP/2": (400, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "another letter in the address": (400, "GET /表 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".encode()),
    "a long address": (400, b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"),
    "a long header": (431, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"),
    "many headers": (431, b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % each for each in range(70)) + b"\r\n"),
    "no end": (431, b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_plain_request_is_refused_and_ends_the_connection(client: Client, name: str) -> None:
    status, data = BROKEN[name]
    with client.connected() as wire:
        wire.sendall(data.replace(b"%d", str(client.port).encode()))
        reply = read_reply(wire)
        assert (reply.status, reply.headers["connection"]) == (status, "close")
        assert wire.recv(1) == b""


def test_whatever_is_sent_is_a_request_or_refused() -> None:
    """Heads of a browser, a few bytes of which are others."""
    chance, heads = Random(7), [b"GET / HTTP/1.1\r\nHost: a", b"POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2"]
    pieces = [
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b": ",
        b" ",
        b"\t",
        b"Content-Length: 5\r\n",
        b"\xff",
        "表".encode(),
        b"%0d%0a",
    ]
    taken = 0
    for _ in range(3000):
        head = bytearray(chance.choice(heads))
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(head))
            head[at : at + chance.randrange(3)] = chance.choice(pieces)
        with suppress(RefusalError):
            request = request_of(bytes(head))
            taken += 1
            assert all(each.isprintable() or each == "\t" for value in request.headers.values() for each in value)
            assert request.path.isascii() and request.path.isprintable() and request.length in (0, 2, 5, 22, 25, 52)
    assert taken


BODIES = {
    "nothing": b"",
    "no JSON": b"{'a': 1}",
    "a list": b"[]",
    "a text": b'"a"',
    "not UTF-8": b'{"file": "\xff"}',
    "UTF-16": '{"file": "x"}'.encode("utf-16"),
    "half a pair": b'{"file": "\\ud800"}',
    "no number": b'{"file": NaN}',
    "a huge number": b'{"file": ' + b"9" * 5000 + b"}",
    "deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "two": b'{"file": "x"}{"file": "x"}',
    "of another kind": b'{"file": ["x"]}',
    "missing": b"{}",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_not_what_is_asked_for_is_refused(client: Client, name: str) -> None:
    body = BODIES[name]
    reply = client.send(client.head("POST /api/open HTTP/1.1", content_length=str(len(body))) + body)
    assert (reply.status, set(reply.value)) == (400, {"error", "remedy"})
    assert client.told == []


IDS = [
    "",
    "..",
    "../../etc/passwd",
    "cases/第1回/案件.yaml",
    "/etc/passwd",
    "案件",
    "0" * 24,
    "\0",
    "<script>",
    "a" * 10_000,
]


@pytest.mark.parametrize("key", IDS)
def test_a_file_has_an_id_and_no_path(client: Client, key: str) -> None:
    reply = client.call("open", {"file": key})
    assert reply.status == 404
    assert not key or key not in json.dumps(reply.value, ensure_ascii=False)


def test_the_ticket_lets_in_once(client: Client) -> None:
    ticket = client.server.guard.ticket
    assert client.call("overview", x_kotobuki_token=ticket).status == 401
    entered = client.call("enter", x_kotobuki_token=ticket)
    assert entered.value == {"token": client.server.guard.token}
    again = client.call("enter", x_kotobuki_token=ticket)
    assert again.status == 401 and "すでに入っています" in again.value["error"]
    assert client.call("enter", x_kotobuki_token="").status == 401
    assert client.call("enter").value == {"token": client.server.guard.token}


def test_the_ticket_is_void_when_somebody_has_come_in(tmp_path: Path) -> None:
    with serving(project(tmp_path)) as other:
        ticket = other.server.guard.ticket
        assert other.call("enter").status == 200
        assert ticket and other.call("enter", x_kotobuki_token=ticket).status == 401


def test_requests_follow_each_other_on_one_connection(client: Client) -> None:
    one = client.head("GET / HTTP/1.1", origin=None, content_type=None)
    with client.connected() as wire:
        wire.sendall(one)
        assert read_reply(wire).status == 200
        wire.sendall(one[:20])
        wire.sendall(one[20:])
        assert read_reply(wire).status == 200
        wire.sendall(client.head("GET / HTTP/1.1", origin=None, content_type=None, connection="close"))
        assert read_reply(wire).headers["connection"] == "close"
        assert wire.recv(1) == b""


def test_only_this_machine_can_ask(client: Client) -> None:
    assert client.server.server_address[0] == "127.0.0.1"


def test_static_names_cannot_leave(tmp_path: Path) -> None:
    """Whatever stands in the folder is offered by its name; nothing else has one."""
    (tmp_path / "web").mkdir()
    (tmp_path / "web/a.js").write_bytes(b"1")
    (tmp_path / "secret.js").write_bytes(b"2")
    site = Site(tmp_path / "web")
    found = site.get(Request("GET", "/static/a.js"))
    again = site.get(Request("GET", "/static/a.js", {"if-none-match": found.headers["ETag"]}))
    assert (found.body, again.status, again.body) == (b"1", 304, b"")
    with pytest.raises(RefusalError):
        site.get(Request("GET", "/static/../secret.js"))


KEYS = (
    *("file", "text", "digest", "id", "known", "line", "column", "op", "formats", "final", "issue", "against", "date"),
    *("series", "number", "what", "form", "from", "folder", "name", "answers", "kind"),
)
"""All that any function takes."""
ODD: list[Any] = [None, True, -1, 2**70, 1.5, "", "../..", "\0", "git:--output=x", [], [[]], ["x"], {}, {"do": "nest"}]


@pytest.mark.git
@pytest.mark.parametrize("name", ROUTES)
def test_whatever_a_function_is_asked_it_answers_or_refuses(client: Client, name: str) -> None:
    desk = client.server.app.desk
    file = desk.library.id_of(desk.root / "cases/第1回/案件.yaml")
    usual = {"file": file, "text": CASE, "line": 2, "column": 2, "digest": "", "what": "case", "form": "試験"}
    for odd in ODD:
        for known in ({}, usual, {**usual, "text": odd}, {"file": file}):
            body = json.dumps(dict.fromkeys(KEYS, odd) | known).encode()
            reply = client.server.app.answer(Request("POST", f"/api/{name}"), body)
            assert reply.status < 500, (odd, known, client.told)
    assert client.told == []
