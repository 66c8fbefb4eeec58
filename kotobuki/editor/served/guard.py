"""Who may ask: the pages of this very server alone, in the browser that `kotobuki serve` opened.

In: the head of a request. Out: nothing, or `RefusalError`. What each check is against:

- Host, an exact list: a name of another site that was made to lead to 127.0.0.1 (DNS rebinding);
- Origin and Sec-Fetch-Site: other pages in the same browser, also those of other ports of this machine;
- a token in a header of its own: other programs and people of the machine, and whatever a page can send without asking;
- JSON alone: forms, images and links of other pages, which cannot send it.

The token never stands in an address that the browser sends or a list of processes shows: what the browser is opened with is a
ticket for one entry.
"""

from __future__ import annotations

import hmac
import re
import secrets
from threading import Lock

from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.served.wire import Request

TOKEN = "x-kotobuki-token"
"""The header that bears the token."""
_JSON = re.compile(r"application/json(?:; ?charset=utf-8)?", re.IGNORECASE)


class Guard:
    """What is asked of every request to the server of a port."""

    def __init__(self, port: int) -> None:
        self.hosts = tuple(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self.token, self.ticket = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        """What lets in; and once (`enter`), in its place, what the browser is opened with."""
        self._lock, self._spent = Lock(), False

    def check_origin(self, request: Request) -> None:
        """Of every request: that a page of this server asks, or the user's own address line."""
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        if host not in self.hosts:
            raise RefusalError("この宛先では答えられません", "kotobuki serve が示した番地で開いてください", 421)
        allowed = ("same-origin",) if request.method == "POST" else ("same-origin", "none")
        if request.headers.get("sec-fetch-site", allowed[0]) not in allowed:
            raise RefusalError("ほかのページからは使えません", "kotobuki serve が示した番地で開いてください", 403)
        if origin != f"http://{host}" and (request.method == "POST" or origin is not None):
            raise RefusalError("ほかのページからは使えません", "kotobuki serve が示した番地で開いてください", 403)

    def check_token(self, request: Request) -> None:
        """Of whatever touches the files."""
        if not _same(request.headers.get(TOKEN, ""), self.token):
            raise RefusalError("この画面はもう使えません", "kotobuki serve が示した番地を開き直してください", 401)

    def check_entry(self, request: Request) -> None:
        """Of who has no token yet: that nothing is brought but an empty object."""
        if request.length > len("{}"):
            raise RefusalError("要求の形が正しくありません", status=413)

    def check_json(self, request: Request) -> None:
        """Of what brings a body."""
        if not _JSON.fullmatch(request.headers.get("content-type", "")):
            raise RefusalError("要求の形が正しくありません", status=415)

    def enter(self, request: Request) -> str:
        """The token, for who has it or the ticket, which nobody can use any more by that.

        Who comes second with the ticket is told so: whoever saw it in a list of processes may have been the first.
        """
        with self._lock:
            if not _same(request.headers.get(TOKEN, ""), self.ticket):
                self.check_token(request)
            elif self._spent:
                remedy = "覚えがなければ、端末で Ctrl-C を押して終え、始め直してください。あれば、端末に出た番地を開いてください"
                raise RefusalError("この番地からは、すでに入っています", remedy, 401)
            self._spent = True
        return self.token


def _same(shown: str, known: str) -> bool:
    return hmac.compare_digest(shown.encode("latin-1", "replace"), known.encode())
