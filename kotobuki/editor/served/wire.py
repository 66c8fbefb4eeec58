"""HTTP/1.1 as far as a browser needs it, and not a word more: the head of a request read, that of an answer written.

In: the bytes up to the blank line; an `Answer`. Out: a `Request`, or `RefusalError`; bytes. What is not plainly right is refused,
so that nobody in between can read a request otherwise than it is read here: no folded lines, no header twice, no body
but one of a known length, no lone CR or LF, no other version.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import field
from http import HTTPStatus

from kotobuki.editor.refusal import RefusalError
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import REQUEST_BYTES, REQUEST_HEAD_BYTES, REQUEST_HEADERS

END = b"\r\n\r\n"
"""Of a head."""
_FIRST = re.compile(rb"([A-Z]{1,10}) (/[\x21-\x7e]{0,2000}) HTTP/1\.1")
_HEADER = re.compile(
    rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \t]*([\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?[ \t]*"
)
_LENGTH = re.compile(r"[0-9]{1,9}")
_BROKEN = "要求の形が正しくありません"


@dataclass(frozen=True, slots=True)
class Request:
    """A head: names of headers in small letters; `length` of the body that follows."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int = 0

    @property
    def closes(self) -> bool:
        """Whether it is the last one of its connection."""
        return "close" in self.headers.get("connection", "").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status and a body: bytes, or a stream of them that ends with the connection."""

    status: int = 200
    body: bytes | Generator[bytes] = b""
    type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def request_of(head: bytes) -> Request:
    """The request whose head, up to the blank line and without it, has these bytes."""
    if len(head) > REQUEST_HEAD_BYTES:
        raise RefusalError(_BROKEN, status=431)
    first, *lines = head.split(b"\r\n")
    found = _FIRST.fullmatch(first)
    if found is None:
        raise RefusalError(_BROKEN)
    if len(lines) > REQUEST_HEADERS:
        raise RefusalError(_BROKEN, status=431)
    headers: dict[str, str] = {}
    for line in lines:
        header = _HEADER.fullmatch(line)
        name = header[1].decode().lower() if header else ""
        if header is None or name in headers:
            raise RefusalError(_BROKEN)
        headers[name] = (header[2] or b"").decode("latin-1")
    method = found[1].decode()
    return Request(method, found[2].decode(), headers, _length(method, headers))


def _length(method: str, headers: Mapping[str, str]) -> int:
    """Of the body. There is one behind a POST, always, and nowhere else."""
    if "transfer-encoding" in headers or "expect" in headers or "content-encoding" in headers:
        raise RefusalError(_BROKEN, status=501)
    told = headers.get("content-length")
    if told is None:
        if method == "POST":
            raise RefusalError(_BROKEN, status=411)
        return 0
    if not _LENGTH.fullmatch(told) or (method != "POST" and int(told)):
        raise RefusalError(_BROKEN)
    if int(told) > REQUEST_BYTES:
        raise RefusalError(
            "送る内容が大きすぎます", "案件のファイルは5MBまでです。表の行は別のファイル（CSV、xlsx）にできます", 413
        )
    return int(told)


def head_of(answer: Answer, *, closes: bool) -> bytes:
    """The head of an answer, with its blank line."""
    headers = {"Content-Type": answer.type, **answer.headers}
    if isinstance(answer.body, bytes) and answer.status != HTTPStatus.NOT_MODIFIED:
        headers["Content-Length"] = str(len(answer.body))
    if closes or not isinstance(answer.body, bytes):
        headers["Connection"] = "close"
    first = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"
    return "\r\n".join((first, *(f"{name}: {value}" for name, value in headers.items()), "", "")).encode("latin-1")
