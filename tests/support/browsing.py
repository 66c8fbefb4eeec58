"""A Chromium that shows the page of `kotobuki serve`, and one of its tabs as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright
from support.paths import ROOT
from support.programs import find
from support.serving import Client

from kotobuki.editor.asked import Asked, text
from kotobuki.editor.desk import Desk
from kotobuki.editor.told import Json

AXE = ROOT / ".tools" / "web" / "node_modules" / "axe-core" / "axe.min.js"
"""Where `.ci/setup --test` puts it."""
SECONDS = 20_000
"""How long anything may take to come, in ms: nothing is timed, so a slow machine is no fault."""

_VIEW = """
const { EditorView, isolateHistory } = await import("/static/vendor/codemirror.js");
const view = EditorView.findFromDOM(document.querySelector(".cm-editor"));
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, until the end of the block. Only one at a time in a process, and nobody else's event loop beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("browser"), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Tab:
    """A tab of the browser. What the page complains of in its console is kept, and no test passes with it (`close`)."""

    def __init__(self, browser: Browser, client: Client, *, width: int = 1366, height: int = 768) -> None:
        self.client = client
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(SECONDS)
        self.said: list[str] = []
        self.page.on("console", lambda each: self.said.append(each.text) if each.type == "error" else None)
        self.page.on("pageerror", lambda each: self.said.append(str(each)))

        self.wire: CDPSession = self.context.new_cdp_session(self.page)
        """What an input method is played through."""

    def enter(self, fragment: str = "") -> None:
        """Come in as `kotobuki serve` opens the browser."""
        self.page.goto(f"{self.client.server.address(self.client.server.guard.token)}{fragment}")

    def open(self, name: str) -> None:
        """Open the file whose path ends so, in 本文."""
        self.enter(f"&file={self.file(name)}")
        self.page.locator(".case").wait_for()
        self.page.get_by_role("tab", name="本文").click()

    def file(self, name: str) -> str:
        """The id of the file whose path ends so."""
        return next(each.id for each in self.client.server.app.desk.library.entries() if str(each.name).endswith(name))

    def text(self) -> str:
        """What 本文 holds, whether it is in sight or not."""
        found = self.page.evaluate(f"async () => {{ {_VIEW} return view.state.doc.toString(); }}")
        assert isinstance(found, str)
        return found

    def put_text(self, words: str) -> None:
        """This text in 本文, in the place of what it holds; what was done before cannot be taken back any more."""
        self.page.evaluate(
            f"async (words) => {{ {_VIEW} const changes = {{ from: 0, to: view.state.doc.length, insert: words }};"
            "view.dispatch({ changes, annotations: isolateHistory.of('full') }); }",
            words,
        )

    def put_cursor(self, before: str) -> None:
        """The cursor in 本文, in front of these words."""
        units = len(self.text().partition(before)[0].encode("utf-16-le")) // 2
        self.page.evaluate(
            f"async (at) => {{ {_VIEW} view.focus(); view.dispatch({{ selection: {{ anchor: at }}, scrollIntoView: true }}); }}",
            units,
        )

    def shows(self, words: str) -> None:
        """Waits until the pages hold these words."""
        expect(self.page.locator(".sheets")).to_contain_text(words, timeout=SECONDS)

    def is_settled(self) -> None:
        """Waits until the pages are those of the text, or it is said why they are not."""
        self.page.locator(".preview[aria-busy=false]").wait_for(state="attached")

    def close(self) -> None:
        """The end of the tab."""
        self.context.close()
        assert self.said == [], self.said


def axe(page: Page) -> list[str]:
    """What axe-core has to say of a page as it is shown: the rule, and the element."""
    if not AXE.is_file():
        pytest.skip("not installed: axe-core")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ iframes: false })")
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def plain_preview(desk: Desk, asked: Asked) -> Json:
    """Pages that hold the text as it is written, forty lines each: what stands in for the papers where they do not matter.

    誤 is an error, which 正 mends.
    """
    lines = text(asked, "text").splitlines()
    said = [_wrong(number, line.index("誤") + 1) for number, line in enumerate(lines, 1) if "誤" in line]
    told: dict[str, Any] = {"ok": not said, "diagnostics": said, "pages": [], "svg": {}, "places": {}, "papers": []}
    for first in range(0, 0 if said else len(lines), 40):
        words, boxes = "", []
        for index, line in enumerate(lines[first : first + 40], 1):
            y = 40 + 18 * index
            words += f'<text x="60" y="{y}" font-size="12">{escape(line)}</text>'
            boxes.append([60, y - 12, 60 + 12 * len(line), y + 2, first + index, 1, first + index, len(line) + 1])
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842">{words}</svg>'
        digest = sha256(svg.encode()).hexdigest()
        page = {"digest": digest, "places_digest": digest, "width": 595, "height": 842, "paper": "書類", "number": ""}
        told["pages"].append(page)
        told["svg"][digest] = svg
        told["places"][digest] = boxes
    papers = [{"key": "paper1", "name": "書類", "first": 0, "count": len(told["pages"])}]
    return {**told, "papers": papers, "fonts": [], "open": {"placeholders": 0, "reviews": 0}}


def _wrong(line: int, column: int) -> Json:
    at, behind = [line, column], [line, column + 1]
    return {
        **{"severity": "error", "line": line, "column": column, "reason": "誤りです", "remedy": "正しく書いてください"},
        **{"rule": "wrong", "file": "案件.yaml", "here": True},
        "fix": {"label": "正に", "edits": [{"from": at, "to": behind, "text": "正"}]},
    }


def saved(client: Client, name: str) -> str:
    """What the file holds on the disk."""
    return (client.server.app.desk.root / Path(name)).read_bytes().decode()
