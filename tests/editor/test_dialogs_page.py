"""The list of cases, and what is asked in dialogs: answered by keyboard, wrong answers explained, focus given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browsing import SECONDS, Tab, axe, plain_preview, saved
from support.samples import CASE, MEETING, project
from support.serving import Client, serving

from kotobuki.editor.served.routes import ROUTES, Route

NAME = "cases/第1回/案件.yaml"
OTHER = CASE.replace("見本の業務", "別の業務").replace(", 番号: 82", "").replace("番号: 82, ", "")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    agenda = MEETING.replace("{2: 案件.yaml}", "{2: 案件.yaml, 10: 別.yaml}")
    root = project(tmp_path, {"案件.yaml": CASE, "別.yaml": OTHER, "meeting.yaml": agenda})
    with pytest.MonkeyPatch.context() as patch, serving(root) as found:
        patch.setitem(ROUTES, "preview", Route(plain_preview))
        yield found


@pytest.fixture
def tab(browser: Browser, client: Client) -> Iterator[Tab]:
    found = Tab(browser, client)
    yield found
    found.close()


def titles(page: Page) -> list[str]:
    return page.locator("th.title a").all_inner_texts()


def test_all_samples_stand_in_the_list(browser: Browser, sample_root: Path) -> None:
    with serving(sample_root) as client:
        tab = Tab(browser, client)
        page = tab.page
        tab.enter()
        expect(page.locator("th.title a")).to_have_count(9, timeout=SECONDS)
        expect(page.locator(".pending")).to_have_count(0, timeout=SECONDS)
        assert axe(page) == []
        row = page.get_by_role("row", name="犬と猫のマイクロチップ")
        assert row.get_by_role("cell").all_inner_texts()[:5] == [
            "6",
            "健康部生活衛生課",
            "22健生送第31号",
            "2022-04-20",
            "9",
        ]
        page.get_by_label("絞り込み").fill("hyper-qu")
        assert titles(page) == ["hyper-QUアンケートの実施に係る業務の外部委託について"]
        expect(page.get_by_role("status").filter(has_text="9件のうち1件")).to_be_visible()
        tab.close()


def test_the_list_is_sorted_and_walked_through_by_keys(tab: Tab) -> None:
    page = tab.page
    tab.enter()
    page.locator("th.title a").first.wait_for()
    assert titles(page) == ["見本の業務について", "別の業務について"]  # 10 comes behind 2
    page.get_by_role("button", name="議案").focus()
    page.keyboard.press("Enter")
    assert titles(page) == ["別の業務について", "見本の業務について"]
    expect(page.get_by_role("button", name="議案")).to_be_focused()
    expect(page.get_by_role("columnheader", name="議案")).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("見本の業務について", timeout=SECONDS)


def test_a_case_is_opened_in_a_tab_of_its_own(tab: Tab) -> None:
    tab.enter()
    with tab.page.context.expect_page() as opened:
        tab.page.get_by_role("link", name="見本の業務について").click(modifiers=["Control"])
    expect(opened.value.locator("h1")).to_contain_text("見本の業務について", timeout=SECONDS)
    opened.value.close()


def test_a_wrong_answer_is_explained_beside_it(tab: Tab) -> None:
    page = tab.page
    tab.enter()
    dialog = page.get_by_role("dialog", name="新しい案件")
    page.get_by_role("button", name="新しい案件").click()
    dialog.get_by_label("件名").fill("見本の｛業務")
    dialog.get_by_label("フォルダ").fill("第1回")
    dialog.get_by_label("ファイルの名").fill("三つ目")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("件名")).to_be_focused(timeout=SECONDS)
    expect(dialog.get_by_label("件名")).to_have_attribute("aria-invalid", "true")
    assert axe(page) == []
    dialog.get_by_label("件名").fill("三つ目の業務について")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("三つ目の業務について", timeout=SECONDS)
    assert "件名: 三つ目の業務について" in saved(tab.client, "cases/第1回/三つ目.yaml")


def test_last_years_case_is_found_by_words(tab: Tab) -> None:
    page = tab.page
    tab.enter()
    page.get_by_role("button", name="去年の案件から").click()
    dialog = page.get_by_role("dialog", name="去年の案件から")
    dialog.get_by_label("絞り込み").fill("別の")
    expect(dialog.get_by_role("option", name="別の業務について")).to_have_count(1)
    expect(dialog.get_by_label("件名")).to_be_visible(timeout=SECONDS)
    assert axe(page) == []
    page.keyboard.press("Escape")  # empties the filter first
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="去年の案件から")).to_be_focused()


def test_what_was_written_meanwhile_is_shown_beside_what_one_wrote(tab: Tab) -> None:
    page, file = tab.page, tab.client.server.app.desk.root / NAME
    tab.open("案件.yaml")
    tab.put_text(CASE.replace("見本の業務", "見本の新業務"))
    file.write_text(CASE.replace("委託するため", "委託を続けるため"), encoding="utf-8")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name="ほかで書き換えられています")
    expect(dialog.get_by_label("両方を合わせたもの")).to_be_checked(timeout=SECONDS)
    heads = ["ほかで書かれたもの", "両方を合わせたもの", "自分の書いたもの"]
    assert dialog.get_by_role("columnheader").all_inner_texts() == heads
    assert axe(page) == []
    dialog.get_by_role("button", name="これを保存する").click()
    expect(page.locator(".top .state")).to_have_text("保存済み", timeout=SECONDS)
    assert (
        saved(tab.client, NAME) == tab.text() == CASE.replace("見本の業務", "見本の新業務").replace("する", "を続ける")
    )


def test_a_former_version_comes_back(tab: Tab) -> None:
    page = tab.page
    tab.open("案件.yaml")
    tab.put_text(CASE.replace("見本の業務", "見本の新業務"))
    page.keyboard.press("Control+s")
    expect(page.locator(".top .state")).to_have_text("保存済み", timeout=SECONDS)
    page.get_by_role("button", name="履歴").click()
    dialog = page.get_by_role("dialog", name="履歴")
    expect(dialog.get_by_role("cell", name="件名: 見本の業務について")).to_be_visible(timeout=SECONDS)
    assert axe(page) == []
    dialog.get_by_role("button", name="この版に戻す").click()
    expect(dialog).to_be_hidden()
    assert tab.text() == CASE
    page.get_by_role("button", name="元に戻す").click()
    assert "見本の新業務" in tab.text()


@pytest.mark.git
def test_differences_are_listed_and_handed_out(tab: Tab) -> None:
    page = tab.page
    tab.open("案件.yaml")
    tab.put_text(CASE.replace("見本の業務", "見本の新業務"))
    page.get_by_role("button", name="前との違い").click()
    dialog = page.get_by_role("dialog", name="前との違い")
    expect(dialog.locator("ins")).to_have_text("新", timeout=SECONDS)
    assert axe(page) == []
    with page.expect_download() as download:
        dialog.get_by_role("button", name="見え消し（Word）").click()
    assert download.value.suggested_filename.endswith(".docx")


def test_a_number_is_taken_and_written_into_the_case(tab: Tab) -> None:
    page = tab.page
    tab.open("別.yaml")
    page.get_by_role("button", name="番号").click()
    dialog = page.get_by_role("dialog", name="番号を取る")
    expect(dialog.get_by_text("次の番号は 22総総送第")).to_be_visible(timeout=SECONDS)
    assert axe(page) == []
    dialog.get_by_role("button", name="この番号を取る").click()
    expect(dialog).to_be_hidden(timeout=SECONDS)
    assert "番号:" in tab.text()
    assert tab.text() == saved(tab.client, "cases/第1回/別.yaml")
    page.get_by_role("button", name="番号").click()
    expect(dialog.get_by_text("もう番号があります：22総総送第")).to_be_visible(timeout=SECONDS)


def test_papers_are_made_and_handed_out(tab: Tab) -> None:
    page = tab.page
    tab.open("案件.yaml")
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog", name="作成")
    dialog.get_by_label("Word").uncheck()
    dialog.get_by_role("button", name="作る").click()
    expect(dialog.get_by_text("作りました。")).to_be_visible(timeout=SECONDS)
    assert axe(page) == []
    with page.expect_download() as download:
        dialog.get_by_role("button", name="依頼書.pdf").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
