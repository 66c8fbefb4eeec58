"""A case in the browser: text and pages side by side, errors and how they are mended, and what the disk does meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.browsing import Tab, axe, plain_preview, saved
from support.samples import CASE, project
from support.serving import Client, serving

from kotobuki.editor.served.routes import ROUTES, Route

NAME = "cases/第1回/案件.yaml"
LONG = CASE + "".join(f"# 行 {number}\n" for number in range(1, 100))


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setitem(ROUTES, "preview", Route(plain_preview))
    monkeypatch.setitem(ROUTES, "complete", Route(lambda desk, told: None))
    with serving(project(tmp_path, {"案件.yaml": LONG})) as found:
        yield found


@pytest.fixture
def tab(browser: Browser, client: Client) -> Iterator[Tab]:
    found = Tab(browser, client)
    found.open("案件.yaml")
    found.shows("委託するため")
    yield found
    found.close()


def test_the_pages_follow_what_is_typed_and_the_cursor(tab: Tab) -> None:
    page = tab.page
    untouched = page.locator(".leaf").nth(1).evaluate_handle("(leaf) => leaf.firstChild")
    tab.put_cursor("委託")
    page.keyboard.type("新たに")
    tab.shows("新たに委託するため")
    assert page.locator(".leaf").nth(1).evaluate("(leaf, was) => leaf.firstChild === was", untouched)
    box = page.locator(".here").bounding_box()
    line = page.get_by_text("新たに委託するため").last.bounding_box()
    assert box is not None and line is not None and abs(box["y"] - line["y"]) < 4
    tab.put_cursor("# 行 90")
    expect(page.locator(".here")).to_be_in_viewport()
    page.locator(".scroller").evaluate("(each) => each.scrollTo(0, 0)")
    page.keyboard.type("x")  # where one looks elsewhere, one is left there
    tab.is_settled()
    assert page.locator(".scroller").evaluate("(each) => each.scrollTop") == 0


def test_the_papers_of_a_case_are_shown_where_they_are_written(browser: Browser, tmp_path: Path) -> None:
    with serving(project(tmp_path)) as client:
        tab = Tab(browser, client)
        tab.open("案件.yaml")
        tab.shows("の規定に基づき諮問願います。")
        page = tab.page
        families = page.evaluate("[...document.fonts].map((each) => each.family + each.status)")
        assert families and all(each.startswith("kotobuki-") and each.endswith("loaded") for each in families)
        tab.put_cursor("理由")
        page.locator(".leaf tspan").get_by_text("委託するため").first.click(position={"x": 1, "y": 4})
        page.keyboard.type("新たに")
        tab.shows("新たに委託するため")
        expect(page.locator(".here")).to_be_in_viewport()
        page.keyboard.press("Control+s")
        expect(page.locator(".state")).to_have_text("保存済み")
        assert saved(client, NAME) == CASE.replace("委託", "新たに委託")
        tab.close()


def test_a_click_on_the_page_puts_the_cursor_where_the_line_was_written(tab: Tab) -> None:
    page = tab.page
    page.locator(".leaf text").get_by_text("# 行 20", exact=True).click(position={"x": 1, "y": 5})
    page.keyboard.type("#")
    tab.is_settled()
    assert "\n## 行 20\n" in tab.text() or "\n# #行 20\n" in tab.text()
    tab.put_cursor("件名")
    page.keyboard.type("\n\n")  # what was written since counts
    page.locator(".leaf text").get_by_text("# 行 30", exact=True).click(position={"x": 1, "y": 5})
    page.keyboard.type("#")
    assert "# 行 29\n## 行 30\n" in tab.text() or "# 行 29\n# #行 30\n" in tab.text()


def test_an_error_greys_the_pages_and_is_mended_by_a_button(tab: Tab) -> None:
    page = tab.page
    tab.put_cursor("委託")
    page.keyboard.insert_text("誤")
    expect(page.locator(".preview")).to_have_class("preview stale")
    expect(page.locator(".leaf").first).to_contain_text("理由: 委託")
    expect(page.locator(".cm-lintRange-error")).to_have_text("誤委託するため")
    tab.put_cursor("件名")
    page.keyboard.press("F8")
    page.keyboard.type("x")
    tab.is_settled()
    assert "x誤委託" in tab.text()
    page.get_by_role("button", name="直す（正に）").click()
    tab.shows("x正委託")
    expect(page.locator(".preview")).to_have_class("preview")
    page.get_by_role("button", name="元に戻す").click()
    assert "x誤委託" in tab.text()


def test_what_is_not_saved_is_not_lost_by_going(tab: Tab) -> None:
    page = tab.page
    tab.put_cursor("委託")
    page.keyboard.type("x")
    expect(page.locator(".state")).to_have_text("保存していません")
    page.get_by_role("link", name="一覧").click()
    page.get_by_role("button", name="やめる").click()
    assert "x委託" in tab.text()
    page.get_by_role("link", name="一覧").click()
    page.get_by_role("button", name="保存して移る").click()
    page.locator(".overview").wait_for()
    assert "x委託" in saved(tab.client, NAME)


def test_what_others_write_is_read_unless_something_is_unsaved(tab: Tab) -> None:
    page = tab.page
    file = tab.client.server.app.desk.root / NAME
    file.write_text(LONG.replace("委託", "請負"), encoding="utf-8")
    tab.shows("請負するため")
    expect(page.locator(".state")).to_have_text("保存済み")
    tab.put_cursor("請負")
    page.keyboard.type("x")
    file.write_text(LONG, encoding="utf-8")
    expect(page.get_by_role("alert").filter(has_text="書き換えられました")).to_be_visible()
    assert "x請負" in tab.text()
    page.get_by_role("button", name="書き換えられたほうを読む").click()
    expect(page.locator(".state")).to_have_text("保存済み")
    assert tab.text() == LONG


def test_what_a_case_is_made_with_counts_at_once(browser: Browser, tmp_path: Path) -> None:
    with serving(project(tmp_path)) as client:
        tab = Tab(browser, client)
        tab.open("案件.yaml")
        tab.shows("の規定に基づき諮問願います。")
        template = tmp_path / "templates/試験/依頼書.txt"
        template.write_text(template.read_text("utf-8").replace("基づき諮問", "より諮問"), encoding="utf-8")
        tab.shows("の規定により諮問願います。")
        tab.close()


def test_the_panes_are_reached_by_key(tab: Tab) -> None:
    page = tab.page
    held: list[str] = []
    tab.put_cursor("委託")
    for _ in range(3):
        page.keyboard.press("F6")
        held.append(page.evaluate("document.activeElement.closest('section').getAttribute('aria-label')"))
    assert held == ["紙面", "指摘", "書くところ"]
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")  # which else moves the line
    assert not page.locator(".cm-content").evaluate("(each) => each === document.activeElement")
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog")).to_contain_text("Ctrl+S")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+t")
    expect(page.get_by_role("navigation", name="ページの一覧").get_by_role("button")).to_have_count(3)


@pytest.mark.parametrize("width", [1366, 683])
def test_no_rule_of_accessibility_is_broken(browser: Browser, client: Client, width: int) -> None:
    tab = Tab(browser, client, width=width)
    tab.open("案件.yaml")
    tab.put_cursor("委託")
    tab.page.keyboard.insert_text("誤")
    tab.is_settled()
    assert axe(tab.page) == []
    tab.page.keyboard.press("F1")
    assert axe(tab.page) == []
    tab.close()
