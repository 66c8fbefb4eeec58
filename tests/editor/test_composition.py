"""本文 under an input method: no character is lost or doubled, and nothing is asked while one is still being chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.browsing import Tab, plain_preview, saved
from support.samples import project
from support.serving import Client, serving

from kotobuki.editor.asked import Asked, text
from kotobuki.editor.desk import Desk
from kotobuki.editor.served.routes import ROUTES, Route
from kotobuki.editor.told import Json

BEFORE = "件名: 見本の業務\n理由: 委託するため\n"
NAME = "cases/第1回/案件.yaml"

Step = tuple[str, str]
"""What is done: ("compose", words so far), ("commit", words), ("cancel", ""), ("type", as a keyboard without one), ("press", a key), ("save", "")."""

SCRIPTS: dict[str, tuple[str, str, list[Step]]] = {
    "one word": ("", "新", [("compose", "し"), ("compose", "しん"), ("commit", "新")]),
    "at the end of a line": ("\n理由", "業務\n理由", [("compose", "ぎょうむ"), ("commit", "業務")]),
    "at the beginning of the text": ("件名", "注件名", [("compose", "ちゅう"), ("commit", "注")]),
    "at the end of the text": (
        "ため\n",
        "ため\n備考",
        [("press", "Control+End"), ("compose", "びこう"), ("commit", "備考")],
    ),
    "on a line of its own": ("\n理由", "\n経過\n理由", [("press", "Enter"), ("compose", "けいか"), ("commit", "経過")]),
    "word by word": ("", "区が", [("compose", "く"), ("commit", "区"), ("compose", "が"), ("commit", "が")]),
    "chosen after several": ("", "公", [("compose", each) for each in ("こう", "公", "項", "高")] + [("commit", "公")]),
    "given up": ("", "", [("compose", "こう"), ("cancel", "")]),
    "given up, and begun again": ("", "胃", [("compose", "あ"), ("cancel", ""), ("compose", "い"), ("commit", "胃")]),
    "over what is selected": (
        "委託",
        "指定",
        [("press", "Shift+ArrowRight")] * 2 + [("compose", "し"), ("commit", "指定")],
    ),
    "an opened brace": ("", "｛", [("compose", "｛"), ("commit", "｛")]),
    "braces and what stands in them": (
        *("", "｛記入｝"),
        [
            ("compose", "｛"),
            ("commit", "｛"),
            ("compose", "きにゅう"),
            ("commit", "記入"),
            ("compose", "｝"),
            ("commit", "｝"),
        ],
    ),
    "both braces at once": (
        "",
        "｛市｝",
        [("compose", "｛｝"), ("commit", "｛｝"), ("press", "ArrowLeft"), ("commit", "市")],
    ),
    "taken back": ("", "", [("compose", "しん"), ("commit", "新"), ("press", "Control+z")]),
    "taken back, done again": (
        "",
        "新",
        [("compose", "しん"), ("commit", "新"), ("press", "Control+z"), ("press", "Control+y")],
    ),
    "saved in the middle": ("", "新規", [("compose", "しん"), ("save", ""), ("compose", "しんき"), ("commit", "新規")]),
    "saved at once behind it": ("", "新", [("compose", "しん"), ("commit", "新"), ("press", "Control+s")]),
    "between typed letters": ("", "AIのx", [("type", "AI"), ("compose", "の"), ("commit", "の"), ("type", "x")]),
    "beyond the first plane": (
        "",
        "𠮟る",
        [("compose", "しか"), ("commit", "𠮟"), ("compose", "る"), ("commit", "る")],
    ),
    "rubbed out": ("", "新設", [("compose", "しん"), ("commit", "新規"), ("press", "Backspace"), ("commit", "設")]),
    "in a row without rest": ("", "亜" * 6, [("compose", "あ"), ("commit", "亜")] * 6),
}
"""What is there of BEFORE, what of it becomes what, and how. The cursor stands in front of it; "" is in front of 委託."""


class Listening:
    """A tab, and what its page asked pages of."""

    def __init__(self, browser: Browser, client: Client, asked: list[str]) -> None:
        self.tab, self.asked = Tab(browser, client), asked

    def do(self, step: Step) -> None:
        tab = self.tab
        match step:
            case ("compose", words):
                tab.wire.send(
                    "Input.imeSetComposition",
                    {"text": words, "selectionStart": len(words), "selectionEnd": len(words)},
                )
            case ("cancel", _):
                tab.wire.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
            case ("commit", words):
                tab.wire.send("Input.insertText", {"text": words})
            case ("type", words):
                tab.page.keyboard.type(words)
            case ("press", key):
                tab.page.keyboard.press(key)
            case ("save", _):
                tab.page.evaluate("document.querySelector('.actions .main').click()")  # the focus stays where it is


@pytest.fixture(scope="module")
def listening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    asked: list[str] = []

    def preview(desk: Desk, told: Asked) -> Json:
        asked.append(text(told, "text"))
        return plain_preview(desk, told)

    root = project(tmp_path_factory.mktemp("資料"), {"案件.yaml": BEFORE})
    with pytest.MonkeyPatch.context() as patch, serving(root) as client:
        patch.setitem(ROUTES, "preview", Route(preview))
        patch.setitem(ROUTES, "complete", Route(lambda desk, told: None))
        found = Listening(browser, client, asked)
        found.tab.open("案件.yaml")
        yield found
        found.tab.close()


def test_nothing_is_asked_while_a_word_is_chosen(listening: Listening) -> None:
    tab, asked = listening.tab, listening.asked
    tab.put_text(BEFORE)
    tab.is_settled()
    tab.put_cursor("委託")
    before = len(asked)
    listening.do(("compose", "しん"))
    tab.page.wait_for_timeout(250)
    assert asked[before:] == []
    listening.do(("commit", "新"))
    tab.shows("新委託するため")
    assert asked[before:] == [BEFORE.replace("委託", "新委託")]


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_character_is_lost_or_doubled(listening: Listening, name: str) -> None:
    old, new, steps = SCRIPTS[name]
    expected = BEFORE.replace(old, new) if old else BEFORE.replace("委託", f"{new}委託")
    tab, asked = listening.tab, listening.asked
    tab.put_text(BEFORE)
    tab.put_cursor(old or "委託")
    for step in steps:
        listening.do(step)
    tab.page.keyboard.press("Control+s")
    expect(tab.page.locator(".state")).to_have_text("保存済み")
    assert tab.text() == expected
    assert saved(tab.client, NAME) == expected
    tab.is_settled()
    assert asked[-1] == expected
    for _ in steps:
        tab.page.keyboard.press("Control+z")
    assert tab.text() == BEFORE
