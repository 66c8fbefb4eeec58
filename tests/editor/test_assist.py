"""What is offered while a case is typed, readable or not, and what is told of a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.samples import CASE, MEETING, edited, project

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor.text.assist import complete, hover
from kotobuki.editor.text.memory import Memory
from kotobuki.project import Project

FULL = (
    edited(CASE, "理由:", "用語: {業務: 見本の業務}\n別紙: [{題名: 案内, 内容: 甲}]\n理由:")
    + """\
目的:
  - 要点｛＃要点｝: 一つ目
  - 概要: 二つ目
  - ｛文｝: ｛業務｝は｛→要点｝のとおり
  - ｛※注｝: 注の文
業務: {概要: 集計, 体制: {責任者: ｛総務課長｝}}
"""
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("city"))


def asked(root: Path, text: str, memory: Memory | None = None, name: str = "案件.yaml", ask: Any = complete) -> Any:  # noqa: ANN401
    """What is answered at ▼."""
    before, _, behind = text.partition("▼")
    position = (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    file = root / "cases/第1回" / name
    return ask(Project(root, Diagnostics()), file, before + behind, position, memory or Memory())


def offered(root: Path, text: str, memory: Memory | None = None, name: str = "案件.yaml") -> dict[str, dict[str, str]]:
    found = asked(root, text, memory, name)
    return {each["label"]: each for each in found["options"]}


@pytest.mark.parametrize(
    ("text", "label", "apply"),
    [
        (FULL + "▼", "事項", "事項: "),
        (FULL + "▼", "別添", "別添:\n  - "),
        (FULL + "時▼", "時期", "時期: "),
        (edited(FULL, "依頼: {番号: 82, ", "依頼: {番号: 82, ▼"), "枝番", "枝番: "),
        (edited(FULL, "主管課: 総務部総務課", "主管課: ▼"), "福祉局介護課", "福祉局介護課"),
        (edited(FULL, "主管課: 総務部総務課", "主管課: [総務部総務課, ▼"), "福祉局介護課", "福祉局介護課"),
        (edited(FULL, "様式: 試験", "様式: ▼"), "外部委託", "外部委託"),
        (FULL + "時期:\n  - ▼", "2022-05: 事柄", "2022-05: 事柄"),
        (FULL + "事項:\n  - ｛▼", "｛表｝", "｛表｝:\n      列:\n        - 区分\n        - 件数\n      行:\n        - [甲, 10件]"),
        (FULL + "事項:\n  - ｛表▼｝: 甲", "｛文｝", "｛文"),
        (FULL + "事項: ｛▼", "｛業務｝", "｛業務｝"),
        (FULL + "事項: ｛▼｝", "｛業務｝", "｛業務"),
        (FULL + "事項: ｛▼", "｛総務課長｝", "｛総務課長｝"),
        (FULL + "事項: ｛業務：▼", "｛業務：正式｝", "｛業務：正式｝"),
        (FULL + "事項: >-\n  ｛→▼", "｛→要点｝", "｛→要点｝"),
        (FULL + "事項: ｛→▼", "｛→案内｝", "｛→案内｝"),
        (FULL + "事項: ｛→▼", "｛→目的／概要｝", "｛→目的／概要｝"),
        (FULL + "事項: ｛※→▼", "｛※→注｝", "｛※→注｝"),
        (FULL + "｛▼", "｛追加｝", "｛追加｝"),
    ],
)  # fmt: skip
def test_what_may_be_written_is_offered(root: Path, text: str, label: str, apply: str) -> None:
    assert offered(root, text)[label]["apply"] == apply


def test_what_is_offered_says_what_it_means_and_prints(root: Path) -> None:
    found = offered(root, FULL + "事項: ｛▼")
    assert found["｛業務｝"]["detail"] == "見本の業務"
    assert found["｛→案内｝"]["detail"] == "別紙"
    assert found["｛→要点｝"]["info"] == "項目、目的 の中、10行目"
    assert offered(root, FULL + "▼")["事項"]["info"]


def test_keys_that_are_written_are_not_offered(root: Path) -> None:
    assert not {"件名", "理由", "業務"} & offered(root, FULL + "▼").keys()


def test_nothing_is_offered_in_a_comment_or_as_a_key_in_a_text(root: Path) -> None:
    assert offered(root, FULL + "# ▼") == {}
    assert "｛表｝" not in offered(root, FULL + "事項: >-\n  ｛▼")


def test_what_could_be_read_last_helps_as_long_as_a_text_cannot_be_read(root: Path) -> None:
    memory = Memory()
    asked(root, FULL + "事項: ｛▼", memory)
    broken = "[[[\n" + FULL + "事項: ｛▼"
    assert "｛業務｝" in offered(root, broken, memory)
    assert "｛業務｝" not in offered(root, broken)


def test_a_meeting_is_helped_with(root: Path) -> None:
    assert "審査会" in offered(root, edited(MEETING, "会議体: 審査会", "会議体: ▼"), name="meeting.yaml")
    assert "日時" in offered(root, MEETING + "▼", name="meeting.yaml")


@pytest.mark.parametrize(
    ("text", "title", "words", "at"),
    [
        (edited(FULL, "主管課: ", "主▼管課: "), "主管課", "部と課の名を続けて", ([3, 1], [3, 4])),
        (edited(FULL, "{番号: 82", "{番▼号: 82"), "番号", "文書番号の数字だけ", ([5, 6], [5, 8])),
        (edited(FULL, "｛業務｝は", "｛業▼務｝は"), "｛業務｝", "見本の業務", ([12, 10], [12, 14])),
        (edited(FULL, "｛→要点｝の", "｛→要▼点｝の"), "（１）", "項目、目的 の中、10行目", ([12, 15], [12, 20])),
        (edited(FULL, "｛→要点｝の", "｛→な▼し｝の"), "｛→なし｝", "参照先が見つかりません", ([12, 15], [12, 20])),
        (edited(FULL, "｛＃要点｝", "｛＃▼要点｝"), "名前", "引くための名前", ([10, 7], [10, 12])),
    ],
)
def test_a_word_is_explained(root: Path, text: str, title: str, words: str, at: tuple[list[int], list[int]]) -> None:
    found = asked(root, text, ask=hover)
    assert found["title"].endswith(title) and words in found["text"]
    assert (found["from"], found["to"]) == at


def test_plain_words_need_no_explanation(root: Path) -> None:
    assert asked(root, edited(FULL, "委託するため", "委▼託するため"), ask=hover) is None
