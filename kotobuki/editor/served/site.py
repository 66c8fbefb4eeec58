"""What the browser runs: the files of `web/`, as they were found at the start, by a list of addresses.

No address is ever made into a path. The one page gets a nonce of its own each time, in the place of each `__NONCE__`.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.served.wire import Answer, Request

WEB = Path(__file__).parents[1] / "web"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
_NONCE = b"__NONCE__"
_POLICY = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self'{}", "img-src 'self' data: blob:", "font-src 'self'"),
    *("connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"),
)
SAFE = {
    "Content-Security-Policy": "; ".join(_POLICY).format(""),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Headers of every answer."""


class Site:
    """The page, and the files it is made of."""

    def __init__(self, web: Path = WEB) -> None:
        found = sorted(each for each in web.rglob("*") if each.suffix in _TYPES and each.is_file())
        self._page = web / "index.html"
        self._files = {f"/static/{each.relative_to(web).as_posix()}": each for each in found}

    def get(self, request: Request) -> Answer:
        """The page at /, a file below /static/."""
        if request.path == "/":
            nonce = secrets.token_urlsafe(16)
            body = self._page.read_bytes().replace(_NONCE, nonce.encode())
            policy = {"Content-Security-Policy": "; ".join(_POLICY).format(f" 'nonce-{nonce}'")}
            return Answer(body=body, type="text/html; charset=utf-8", headers=policy)
        file = self._files.get(request.path)
        if file is None:
            raise RefusalError("そのページはありません", status=404)
        body = file.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Answer(status=304, type=_TYPES[file.suffix], headers=headers)
        return Answer(body=body, type=_TYPES[file.suffix], headers=headers)
