"""What other pages in the same browser, and what a case itself, could try: in a real browser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser
from support.browsing import SECONDS, Tab
from support.samples import CASE, edited, project
from support.serving import serving

from kotobuki.build.session import Session
from kotobuki.editor.paper.preview import preview
from kotobuki.editor.served.routes import ROUTES, Route

NAME = "cases/第1回/案件.yaml"
EVIL = """<!doctype html><title>evil</title><body><script>
const TARGET = "$TARGET", TOKEN = "$TOKEN", found = {};
const headers = { "Content-Type": "application/json", "X-Kotobuki-Token": TOKEN };
const tries = {
  "post with the token": () => fetch(`${TARGET}/api/steal`, { method: "POST", headers, body: "{}" }),
  "get with the token": () => fetch(`${TARGET}/api/output/x`, { headers }),
  "simple post": () => fetch(`${TARGET}/api/steal`, { method: "POST", body: "{}" }),
  "opaque post": async () => {
    const told = await fetch(`${TARGET}/api/steal`, { method: "POST", mode: "no-cors", body: "{}" });
    throw new Error(told.type);
  },
  "page": () => fetch(`${TARGET}/`, { mode: "no-cors" }),
  "script": () => loaded(Object.assign(document.createElement("script"), { src: `${TARGET}/static/main.js` })),
  "module": () => import(`${TARGET}/static/main.js`),
  "style": () => loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${TARGET}/static/style.css` })),
  "socket": () => new Promise((yes, no) => { const own = new WebSocket(TARGET.replace("http", "ws") + "/api/events"); own.onopen = yes; own.onerror = () => no(new Error("socket")); }),
  "events": () => new Promise((yes, no) => { const own = new EventSource(`${TARGET}/api/events`); own.onopen = yes; own.onerror = () => no(new Error("events")); }),
};
function loaded(element) {
  return new Promise((yes, no) => { element.onload = yes; element.onerror = () => no(new Error("load")); document.head.append(element); });
}
(async () => {
  for (const [name, attempt] of Object.entries(tries)) found[name] = await attempt().then(() => "let in", () => "refused");
  const frame = document.createElement("iframe");
  frame.src = `${TARGET}/`;
  frame.onload = () => {
    const form = document.createElement("form");
    form.method = "post"; form.enctype = "text/plain"; form.action = `${TARGET}/api/steal`; form.target = "sent";
    const sent = document.createElement("iframe"); sent.name = "sent"; sent.onload = () => { window.found = found; };
    const field = document.createElement("input"); field.name = '{"a": "'; field.value = '"}';
    form.append(field); document.body.append(sent); setTimeout(() => form.submit(), 50);
  };
  document.body.append(frame);
})();
</script>"""


@contextmanager
def another_page(content: str) -> Iterator[str]:
    """A page of another port of this machine; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f":{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


MARKUP = (
    *("<script>window.pwned = 1</script>", "<img src=x onerror='window.pwned = 1'>", "<svg onload=window.pwned=1>"),
    *('"><a href=javascript:window.pwned=1>押す</a>', "]]><script>window.pwned=1</script>", "&lt;script&gt;"),
    *("</text></svg><iframe srcdoc='<script>top.pwned=1</script>'>", "{{ 7 * 7 }} {% raw %}", "<!--", "<?xml ?>"),
)
DRAWN = {"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "image", "a", "title", "desc", "use", "defs"}


def case_of(markup: str) -> str:
    """The case with the markup wherever there are words."""
    quoted = markup.replace("'", "''")
    return edited(edited(CASE, "理由: 委託するため", f"理由: '{quoted}'"), "件名: ", f"件名: '{quoted}'\n# ")


def plain(words: str) -> str:
    """Without blanks; digits, which are set full-width, as they are typed."""
    return unicodedata.normalize("NFKC", re.sub(r"\s", "", words))


@pytest.mark.parametrize("markup", MARKUP)
def test_words_of_a_case_are_words_on_its_pages(tmp_path: Path, markup: str) -> None:
    root = project(tmp_path)
    told: Any = preview(Session(root), root / NAME, case_of(markup))[0]
    assert told["pages"], told["diagnostics"]
    words = ""
    for svg in told["svg"].values():
        for element in ET.fromstring(svg).iter():
            assert element.tag.rpartition("}")[2] in DRAWN
            assert not [each for each in element.attrib if each.lower().startswith("on")]
            links = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
            assert not [each for each in links if not re.match(r"#|data:image/(png|jpeg);base64,", each)]
            words += element.text or ""
    assert plain(markup) in plain(words)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_another_page_gets_nothing_even_with_the_token(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked = list[object]()
    monkeypatch.setitem(ROUTES, "steal", Route(lambda desk, told: asked.append(told)))
    with serving(project(tmp_path)) as client:
        evil = EVIL.replace("$TARGET", f"http://127.0.0.1:{client.port}").replace("$TOKEN", client.server.guard.token)
        with another_page(evil) as address:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"http://{name}{address}")
            page.wait_for_function("window.found", timeout=SECONDS)
            found = page.evaluate("window.found")
            framed = [each.content() for each in page.frames[1:]]
            context.close()
    assert set(found.values()) == {"refused"}, found
    assert asked == []
    assert not any('id="app"' in each for each in framed)


@pytest.mark.browser
def test_words_of_a_case_are_words_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    root = project(tmp_path, {"案件.yaml": case_of("".join(MARKUP[:4]))})
    (root / "cases/<img src=x onerror=window.pwned=1>.yaml").write_text(
        "件名: <b>甲</b>\n様式: <i>乙</i>\n", encoding="utf-8"
    )
    with serving(root) as client:
        tab = Tab(browser, client)
        tab.enter()
        tab.page.get_by_text("<b>甲</b>").first.wait_for()
        tab.open("案件.yaml")
        tab.shows("<script>")
        tab.is_settled()
        tab.put_text(f"{tab.text()}\n<img src=x onerror=window.pwned=1>: '<script>'\n")
        tab.page.locator(".preview.stale").wait_for()
        assert tab.page.evaluate("window.pwned") is None
        assert tab.page.locator("script, img, iframe").count() == 1  # the page's own
        tab.close()
