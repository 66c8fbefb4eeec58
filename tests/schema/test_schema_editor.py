"""The real YAML language server with our schemas: silent about what is right, at the line of what is wrong, and helpful."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.language_server import Server
from support.paths import ROOT
from support.samples import edited

from kotobuki.diagnostics import Diagnostics
from kotobuki.project import Project
from kotobuki.schema.files import FOLDER, SUFFIX, as_bytes, schemas, settings

MEETING = "cases/r4-1/meeting.yaml"
CASE = "cases/r4-1/02-jinken-keihatsu.yaml"
ORGANIZATION = "cases/organization.yaml"
SAMPLES = sorted([*(ROOT / "cases").glob("*.yaml"), *(ROOT / "cases").glob("*/*.yaml")])


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A project opened in an editor that has the settings we tell."""
    root = tmp_path_factory.mktemp("project")
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, root / name)
    project = Project(root, Diagnostics())
    assert project.organization is not None
    (root / FOLDER).mkdir(parents=True)
    for name, schema in schemas(project.organization, project.forms.values()).items():
        (root / FOLDER / f"{name}{SUFFIX}").write_bytes(as_bytes(schema))
    with Server(root, settings()) as server:
        yield server


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_it_has_nothing_to_say_of_the_samples(file: Path, editor: Server) -> None:
    name = file.relative_to(ROOT).as_posix()
    assert editor.diagnose(name, text_of(name)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "said"),
    [
        (CASE, "主管課: 総務部総務課", "主管課: 総務課", 4, "総務部総務課"),
        (CASE, "主管課:", "主幹課:", 4, "主幹課"),
        (CASE, "条例: 第14条第3項", "条令: 第14条第3項", 6, "条令"),
        (CASE, "番号: 82", "番号: 八二", 7, "数字だけ"),
        (CASE, "日付: 2022-05-06", "日付: 5月6日", 7, "令和4年5月6日"),
        (CASE, "履行場所:", "履行場:", 45, "履行場"),
        (CASE, "\n実施目的:", "\n実施目標:", 2, "節「実施目的」がありません"),
        (CASE, "2022-06: 委託業務開始", "六月: 委託業務開始", 21, "2022-06以降"),
        (
            CASE,
            "  運用体制: {管理責任者: ｛総務課長｝, 運用責任者: ｛人権啓発係長｝}",
            "  運用体制: {管理責任者: }",
            44,
            "文章か一覧",
        ),
        (MEETING, "年度: 令和4年度", "年度: 今年度", 3, "令和4年度 又は 2022"),
        (ORGANIZATION, "    課:\n      - {名: 総務課,", "    課:\n      - {課名: 総務課,", 9, "課名"),
    ],
)
def test_it_tells_what_is_wrong_at_its_line(
    name: str, old: str, new: str, line: int, said: str, editor: Server
) -> None:
    told = editor.diagnose(name, edited(text_of(name), old, new))
    assert [message for at, message in told if at == line and said in message], told


@pytest.mark.parametrize(
    ("name", "typed", "offered"),
    [
        (CASE, "", ["様式", "外部委託", "外部結合"]),
        (CASE, "様式: ", ["外部委託", "外部結合"]),
        (CASE, "様式: 外部委託\n", ["件名", "主管課", "根拠", "諮問理由", "実施目的", "実施時期", "業務の内容"]),
        (CASE, "様式: 外部委託\n主管課: ", ["総務部総務課", "文化共育部文化課"]),
        (CASE, "様式: 外部委託\n根拠:\n  ", ["条例", "規則"]),
        (CASE, "様式: 外部委託\n業務の内容:\n  ", ["業務の内容", "運用体制", "履行場所"]),
        (CASE, "様式: 外部委託\n実施目的:\n  - ", ["｛文｝", "｛※｝", "｛表｝", "｛図｝"]),
        (CASE, "様式: 外部委託\n実施目的:\n  - ｛図｝:\n      種類: 流れ図\n      ", ["説明", "手順", "レーン"]),
        (CASE, "様式: 外部委託\n実施時期:\n  - ", ["2022-05: 事柄"]),
        (CASE, "様式: 外部委託\n別紙:\n  - ", ["題名", "内容", "規程"]),
        (CASE, "様式: 外部委託\n実施目的:\n  - ｛事業者｝:\n      - ", ["法人名", "所在地", "共同事業体"]),
        (MEETING, "", ["年度", "回", "諮問", "議案"]),
        (ORGANIZATION, "", ["自治体", "部課", "会議体"]),
    ],
)
def test_it_offers_what_can_stand_there(name: str, typed: str, offered: list[str], editor: Server) -> None:
    assert [each for each in offered if each not in editor.complete(name, typed)] == []


@pytest.mark.parametrize("typed", ["件名: ", "主管課: ", "組版:\n  詰め: ", "別紙:\n  - 向き: ", "諮問理由: "])
def test_it_offers_nothing_that_nobody_means(typed: str, editor: Server) -> None:
    assert {"null", "true", "false"}.isdisjoint(editor.complete(CASE, f"様式: 外部委託\n{typed}"))


def test_what_it_offers_is_explained(editor: Server) -> None:
    found = editor.complete(CASE, "様式: 外部委託\n")
    assert "どの書類にもこのまま入る" in str(found["件名"]["documentation"])


def test_a_case_can_be_begun_from_nothing(editor: Server) -> None:
    written = editor.complete(CASE, "")["外部委託"]
    text = written.get("insertText") or written["textEdit"]["newText"]
    assert text.startswith("様式: 外部委託\n件名: $1\n")
    assert "  履行場所: \n" in text
