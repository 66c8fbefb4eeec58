"""A newcomer's way from an empty folder to a meeting's packet, by mouse and by keyboard alone.

With KOTOBUKI_SCREENSHOTS=FOLDER each step is kept as a picture.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from support.browsing import SECONDS, Tab
from support.serving import serving

WAY = 400
"""Keys of the longest way from one control to another."""
MUNICIPALITY = {
    **{"自治体の名称": "みなと市", "長の職": "みなと市長", "長の氏名": "海野 渚"},
    **{"会議の庶務を担当する部": "総務部", "その課": "総務課", "課の記号": "総総"},
    **{"会議体の名称": "みなと市審査会", "会長の氏名": "山川 岬", "根拠とする条例の名称": "みなと市個人情報保護条例"},
}
CASE = {
    **{"件名": "講座の外部委託について", "依頼の日付": "令和4年5月6日", "「実施時期」の最初の時": "2022-06"},
    **{"フォルダ": "第1回", "ファイルの名": "講座"},
}
MEETING = {"年度": "令和4年度", "回": "1", "日時": "2022-05-18 14:00", "場所": "市役所", "フォルダ": "第1回"}
WRITTEN = {"条例": "第14条第3項", "件数": "約10件／年", "日付": "2022-05-11"}
"""What is written into fields that take no words at will."""


class Hand(ABC):
    """Who uses the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, target: Locator) -> None:
        """A button or link."""

    @abstractmethod
    def write(self, target: Locator, words: str) -> None:
        """Words in the place of those that a field has."""

    @abstractmethod
    def choose(self, target: Locator, words: str) -> None:
        """One of the words of a list."""


class Mouse(Hand):
    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, words: str) -> None:
        target.click(click_count=3)
        self.page.keyboard.insert_text(words)

    def choose(self, target: Locator, words: str) -> None:
        target.select_option(words)


class Keyboard(Hand):
    def reach(self, target: Locator) -> None:
        """By Tab, as often as that takes."""
        for _ in range(WAY):
            if target.evaluate("(each) => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no way by Tab to {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, words: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def choose(self, target: Locator, words: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Home")
        for _ in range(WAY):
            if target.input_value() == words:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no {words}")


class Film:
    """The steps as pictures, where they are asked for."""

    def __init__(self, page: Page, name: str) -> None:
        folder = os.environ.get("KOTOBUKI_SCREENSHOTS", "")
        self._page, self._folder, self._count = page, Path(folder, name) if folder else None, 0

    def step(self, name: str) -> None:
        """What is seen now."""
        self._count += 1
        if self._folder:
            self._page.wait_for_timeout(1000)
            self._page.screenshot(path=self._folder / f"{self._count:02}-{name}.png")


@pytest.mark.parametrize("hand_of", [Mouse, Keyboard])
def test_a_newcomer_comes_from_an_empty_folder_to_a_packet(
    browser: Browser, tmp_path: Path, hand_of: type[Hand]
) -> None:
    with serving(tmp_path) as client:
        tab = Tab(browser, client)
        page, hand, film = tab.page, hand_of(tab.page), Film(tab.page, hand_of.__name__)
        dialog = page.get_by_role("dialog")

        def asked(begin: str, answers: dict[str, str], form: str = "") -> None:
            hand.press(page.get_by_role("button", name=begin))
            if form:
                hand.choose(dialog.get_by_label("様式"), form)
                hand.choose(dialog.get_by_label("主管課"), "総務部総務課")
            for label, words in answers.items():
                hand.write(dialog.get_by_label(label, exact=True), words)
            film.step(begin)
            hand.press(dialog.get_by_role("button", name="作る"))

        def fill() -> None:
            """Every ｛記入｝ of the file, then saves it."""
            onward = page.get_by_role("button", name="次の未記入へ")
            onward.wait_for()
            film.step("未記入")
            for _ in range(int("".join(filter(str.isdigit, onward.inner_text())))):
                page.keyboard.press("Alt+n")
                label = page.evaluate(
                    "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.ariaLabel"
                )
                page.keyboard.insert_text(WRITTEN.get(label, "市が定める。"))
            expect(onward).to_be_hidden(timeout=SECONDS)
            film.step("記入済み")
            page.keyboard.press("Control+s")
            expect(page.locator(".state")).to_have_text("保存済み", timeout=SECONDS)
            hand.press(page.get_by_role("link", name="一覧"))

        tab.enter()
        film.step("空のフォルダ")
        asked("自治体のフォルダを作る", MUNICIPALITY)
        expect(page.get_by_role("heading", name="みなと市")).to_be_visible(timeout=SECONDS)
        asked("新しい案件", CASE, "外部委託")
        fill()
        asked("新しい会議", MEETING)
        fill()
        film.step("一覧")
        hand.press(page.get_by_role("button", name="会議資料"))
        hand.press(dialog.get_by_role("button", name="作る"))
        expect(dialog).to_contain_text("全部で", timeout=SECONDS)
        film.step("会議資料")
        with page.expect_download() as download:
            hand.press(dialog.get_by_role("button", name="会議資料.pdf"))
        assert Path(download.value.path()).read_bytes() == (tmp_path / "output" / "第1回" / "会議資料.pdf").read_bytes()
        tab.close()
