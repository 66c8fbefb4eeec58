"""A sample case in the browser: every character where layout put it, and a click on it leads to where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.browsing import Tab
from support.serving import serving

from kotobuki.build.session import Session
from kotobuki.fonts import FontFace, find_font
from kotobuki.layout.page import TextLine

NAME = "cases/r4-1/07-hyper-qu.yaml"
ENDS = """() => [...document.querySelectorAll(".sheets .leaf text")].map((text) => {
  let before = 0;
  return [...text.children].map((run) => {
    const count = run.textContent.length;
    const ends = [text.getStartPositionOfChar(before).x, text.getEndPositionOfChar(before + count - 1).x];
    before += count;
    return ends;
  });
})"""
"""From where to where each run of each line is set, in pt."""


def ends(line: TextLine, face: FontFace) -> list[tuple[float, float]]:
    """The same by layout; tracking after the last character of a run is none of it."""
    return [
        (span.x, span.x + sum(map(face.advance_em, span.text)) * line.size + span.tracking * (len(span.text) - 1))
        for span in line.spans
    ]


def test_a_page_is_set_as_it_is_laid_out(browser: Browser, sample_root: Path) -> None:
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")
    pages = [page for papers in Session(sample_root).make(sample_root / NAME).papers for page in papers]
    lines = [item for page in pages for item in page.drawn if isinstance(item, TextLine)]
    with serving(sample_root) as client:
        tab = Tab(browser, client)
        tab.open("07-hyper-qu.yaml")
        tab.is_settled()
        for line, found in zip(lines, tab.page.evaluate(ENDS), strict=True):
            for span, (left, right), expected in zip(
                line.spans, found, ends(line, find_font([line.font])), strict=True
            ):
                own = right - span.tracking if len(span.text) > 1 else right
                assert left == pytest.approx(expected[0], abs=0.02)
                assert min(abs(right - expected[1]), abs(own - expected[1])) < 0.05, span
        run = tab.page.locator(".leaf tspan", has_text="調査）に係る業務").first
        before, words = tab.text(), run.text_content() or ""
        run.click()
        tab.page.keyboard.type("★")
        after = tab.text()
        assert after.replace("★", "") == before
        assert words.index(after.partition("★")[2][:4]) == pytest.approx(len(words) / 2, abs=2)
        tab.close()
