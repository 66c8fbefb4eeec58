"""項目 in the browser: whatever is done there, only the bytes of what was changed are others, and nobody is disturbed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect
from support.browsing import SECONDS, Tab, axe, plain_preview
from support.samples import HEADER, project
from support.serving import Client, serving

from kotobuki.editor.asked import Asked
from kotobuki.editor.desk import Desk
from kotobuki.editor.served.routes import ROUTES, Route

CASE = f"""\
# 引き継ぎ：去年のものから
{HEADER}用語:
  台帳: 見本の台帳
理由: >-   # 課長と相談
  ｛市｝が委託するため
時期:
  - 2022-05: 諮問
業務:
  概要:
    - 一つ目   # 見直す
    - 二つ目
    - 三つ目
    - ｛表｝:
        見出し: [名, 数]
        行:
          - [甲, 1]
          - [乙, 2]
"""
PASTE = """(cells) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", cells);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


def offers(desk: Desk, asked: Asked) -> object:
    """Some words that may stand behind a ｛."""
    line = str(asked["text"]).split("\n")[int(str(asked["line"])) - 1]
    behind = line[: int(str(asked["column"])) - 1].rindex("｛") + 2
    words = {"市": "用語", "台帳": "用語", "→理由": "参照"}
    options = [
        {"label": f"｛{each}｝", "detail": what, "info": "", "apply": f"{each}｝"} for each, what in words.items()
    ]
    return {"from": [asked["line"], behind], "options": options}


def slow(answer: Callable[[Desk, Asked], object]) -> Callable[[Desk, Asked], object]:
    """The same, after a while."""

    def slowly(desk: Desk, asked: Asked) -> object:
        time.sleep(0.15)
        return answer(desk, asked)

    return slowly


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    root = project(tmp_path_factory.mktemp("city"), {"案件.yaml": CASE})
    with pytest.MonkeyPatch.context() as patch, serving(root) as found:
        patch.setitem(ROUTES, "preview", Route(plain_preview))
        patch.setitem(ROUTES, "complete", Route(offers))
        yield found


class Form:
    """項目 of the case, which nobody saves: each test finds it as it was."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page, self.keys = tab, tab.page, tab.page.keyboard

    def begin(self) -> None:
        """The case as it was, in 項目."""
        self.page.get_by_role("tab", name="本文").click()
        self.tab.put_text(CASE)
        self.page.get_by_role("tab", name="項目").click()
        expect(self.field("件名")).to_be_visible(timeout=SECONDS)
        self.settled()

    def field(self, name: str) -> Locator:
        """What the field of this name is written in."""
        return self.page.locator(".fields").get_by_label(name, exact=True)

    def reads(self, *changed: tuple[str, str]) -> None:
        """Waits until the text is the case with these changes, and with no others."""
        wanted = CASE
        for old, new in changed:
            assert wanted.count(old) == 1, old
            wanted = wanted.replace(old, new)
        until = time.monotonic() + SECONDS / 1000
        while (found := self.tab.text()) != wanted and time.monotonic() < until:
            self.page.wait_for_timeout(20)
        assert found == wanted

    def settled(self) -> None:
        """Waits until the form has been compared with the text again."""
        self.page.locator(".fields[data-settled=true]").wait_for()


@pytest.fixture(scope="module")
def tab(browser: Browser, client: Client) -> Iterator[Tab]:
    found = Tab(browser, client)
    found.open("案件.yaml")
    yield found
    found.close()


@pytest.fixture
def form(tab: Tab) -> Form:
    found = Form(tab)
    found.begin()
    return found


def test_a_field_changes_nothing_but_its_value(form: Form) -> None:
    form.field("件名").press("End")
    form.keys.type("（案）")
    form.reads(title := ("業務について", "業務について（案）"))
    form.field("主管課").select_option("総務部人事課")
    form.reads(title, office := ("主管課: 総務部総務課", "主管課: 総務部人事課"))
    form.field("日付").fill("令和4年6月1日")
    expect(form.page.locator(".hint")).to_have_text("2022-06-01")
    form.reads(title, office, day := ("2022-05-06", "令和4年6月1日"))
    form.field("理由").press("Control+End")
    form.keys.press("Enter")
    form.keys.type("なお書き")
    form.reads(title, office, day, ("委託するため\n", "委託するため\n\n  なお書き\n"))
    expect(form.field("理由")).to_be_focused()
    for _ in range(4):
        form.keys.press("Control+z")
        form.settled()
    form.reads()
    expect(form.field("理由")).to_have_value("｛市｝が委託するため")


def test_items_are_added_moved_and_nested_by_keys(form: Form) -> None:
    form.field("概要 2番目").press("End")
    form.keys.press("Enter")
    form.keys.type("新しい")  # at once, whatever the server says meanwhile
    form.reads(("    - 二つ目\n", "    - 二つ目\n    - 新しい\n"))
    expect(form.field("概要 3番目")).to_be_focused()
    form.keys.press("Alt+ArrowUp")
    form.reads(("    - 二つ目\n", "    - 新しい\n    - 二つ目\n"))
    form.keys.press("Alt+ArrowDown")
    form.reads(("    - 二つ目\n", "    - 二つ目\n    - 新しい\n"))
    form.keys.press("Alt+ArrowRight")
    form.reads(("    - 二つ目\n", "    - 二つ目:\n        - 新しい\n"))
    expect(form.field("二つ目 1番目")).to_be_focused()
    form.keys.press("Alt+ArrowLeft")
    form.reads(("    - 二つ目\n", "    - 二つ目\n    - 新しい\n"))
    expect(form.field("概要 3番目")).to_be_focused()
    form.keys.press("Control+Shift+Delete")
    form.reads()
    form.keys.press("Control+z")
    form.reads(("    - 二つ目\n", "    - 二つ目\n    - 新しい\n"))


def test_items_keys_and_names_are_added_by_buttons(form: Form) -> None:
    page = form.page
    form.field("概要 1番目").hover()
    page.get_by_role("toolbar", name="概要 1番目の操作").get_by_role("button", name="後ろへ移す").click()
    form.reads(first := ("    - 一つ目   # 見直す\n    - 二つ目\n", "    - 二つ目\n    - 一つ目   # 見直す\n"))
    page.locator(".section", has=page.get_by_text("時期（予定）")).get_by_role("button", name="＋ 時と内容").click()
    expect(page.get_by_label("時期（予定） 2番目 の見出し")).to_be_focused()
    form.keys.type("2022-06")
    form.keys.press("Tab")
    form.keys.type("契約")
    form.reads(first, event := ("  - 2022-05: 諮問\n", "  - 2022-05: 諮問\n  - 2022-06: 契約\n"))
    page.locator(".section", has=page.get_by_text("用語", exact=True)).get_by_label("新しい名").fill("業者")
    form.keys.press("Enter")
    expect(form.field("業者")).to_be_focused()
    form.keys.type("受託者")
    form.reads(first, event, term := ("  台帳: 見本の台帳\n", "  台帳: 見本の台帳\n  業者: 受託者\n"))
    form.field("台帳 の名").fill("原簿")
    form.reads(first, event, (term[0], "  原簿: 見本の台帳\n  業者: 受託者\n"))


def test_what_a_spreadsheet_copied_fills_cells(form: Form) -> None:
    form.page.get_by_label("2行 数").focus()
    form.page.evaluate(PASTE, '10\t"二行の\r\n""注""\t記"\r\n11\t\r\n')
    expect(form.page.get_by_label("3行 3列")).to_be_visible()
    assert form.page.get_by_label("2行 3列").input_value() == '二行の\n"注"\t記'
    assert [form.page.get_by_label(f"{row}行 2列").input_value() for row in (1, 2, 3)] == ["1", "10", "11"]
    form.page.get_by_label("2行 2列").focus()
    form.keys.press("ArrowDown")
    form.keys.press("Home")
    form.keys.press("ArrowLeft")
    expect(form.page.get_by_label("3行 1列")).to_be_focused()
    form.keys.press("Control+z")
    form.reads()


def test_nobody_is_disturbed_by_a_slow_server(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("change", "fields"):
        monkeypatch.setitem(ROUTES, name, Route(slow(ROUTES[name].answer)))
    form.field("件名").press("Home")
    form.keys.type("新")
    form.page.get_by_role("link", name="一覧").click()  # before the text has it
    form.page.get_by_role("button", name="やめる").click()
    form.field("概要 1番目").press("End")
    for words in ("あ", "い", "う"):
        form.keys.press("Enter")
        form.keys.type(words * 5, delay=20)
    name = form.field("台帳 の名").element_handle()
    name.focus()
    for letter in "の控え":  # each comes while the tree of the one before is on its way
        name.press("End")
        form.keys.type(letter)
        form.page.wait_for_timeout(300)
    form.field("件名").press("Home")
    form.keys.press("ArrowRight")
    form.keys.type("たな")
    added = "".join(f"    - {words * 5}\n" for words in ("あ", "い", "う"))
    form.reads(("件名: ", "件名: 新たな"), ("  台帳:", "  台帳の控え:"), ("# 見直す\n", f"# 見直す\n{added}"))


def test_a_composition_is_told_when_it_ends(form: Form) -> None:
    form.field("件名").press("Home")
    for words in ("ｋ", "か", "かん", "かんｊ", "かんじ"):
        form.tab.wire.send(
            "Input.imeSetComposition", {"text": words, "selectionStart": len(words), "selectionEnd": len(words)}
        )
        form.page.wait_for_timeout(60)
        assert form.tab.text() == CASE
    form.tab.wire.send("Input.insertText", {"text": "漢字"})
    form.reads(("件名: ", "件名: 漢字"))
    expect(form.field("件名")).to_have_value("漢字見本の業務について")
    assert form.field("件名").evaluate("(each) => each.selectionStart") == 2


def test_terms_are_offered_behind_a_brace(form: Form) -> None:
    form.field("理由").press("Control+End")
    form.keys.type("、｛")
    options = form.page.get_by_role("listbox", name="用語と参照").get_by_role("option")
    expect(options).to_have_count(3)
    form.keys.type("台")
    expect(options).to_have_text(["｛台帳｝用語"])
    assert axe(form.page) == []
    form.keys.press("Enter")
    form.reads(("委託するため\n", "委託するため、｛台帳｝\n"))
    expect(form.field("理由")).to_be_focused()


def test_what_is_said_stands_at_its_field(form: Form) -> None:
    form.field("台帳").fill("誤")
    expect(form.field("台帳")).to_have_attribute("aria-invalid", "true")
    expect(form.field("台帳")).to_have_accessible_description("誤り： 誤りです 正しく書いてください")
    assert axe(form.page) == []
    form.field("台帳").fill("正")
    expect(form.field("台帳")).not_to_have_attribute("aria-invalid", "true")


def test_what_cannot_be_read_is_mended_in_the_text(form: Form) -> None:
    form.tab.put_text(CASE.replace("用語:", "用語"))
    expect(form.page.locator(".broken")).to_contain_text("本文に読めない所があるため")
    expect(form.field("件名")).to_be_disabled()
    form.page.get_by_role("button", name="本文で直す").click()
    expect(form.page.get_by_role("tab", name="本文")).to_have_attribute("aria-selected", "true")
    form.tab.put_text(CASE)
    form.page.get_by_role("tab", name="項目").click()
    expect(form.field("件名")).to_be_enabled()


def test_the_helpers_in_javascript(form: Form) -> None:
    def js(module: str, call: str) -> object:
        return form.page.evaluate(f'import("/static/{module}.js").then((found) => found.{call})')

    assert js("cells", r"rowsOf('a\tb\r\n\"c\"\"\nd\"\te\t\r\n')") == [["a", "b"], ['c"\nd', "e", ""]]
    assert js("cells", r"rowsOf('5\" x\t\"y\" z\n\nw')") == [['5" x', '"y" z'], [""], ["w"]]
    for words, day in (
        *(
            ("令和4年5月6日", "2022-05-06"),
            ("Ｒ４.5.6", "2022-05-06"),
            ("2022/5/6", "2022-05-06"),
            ("平成元年1月8日", "1989-01-08"),
        ),
        *(("令和元年4月30日", ""), ("2022-02-30", ""), ("未定", "")),
    ):
        assert js("wareki", f"dayOf({words!r})") == day
    assert js("wareki", "inWords('2019-05-01')") == "令和元年5月1日（水）"
    rows = js("differences", r"besideEachOther('a\nb\nc', ['a\nx\ny\nc', 'b\nc\nd'])")
    assert rows == [["a", "a", None], ["b", "x", "b"], [None, "y", None], ["c", "c", "c"], [None, None, "d"]]
