"""`kotobuki status`: a line for the meeting and every case, whatever is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.commands import run
from support.samples import CASE, MEETING, edited, project

AGENDA = edited(MEETING, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 別件.yaml, 4: 誤り.yaml}")
OPEN = edited(edited(CASE, "番号: 82, ", ""), "委託するため", "｛記入：わけ｝｛記入：根拠｝  # 確認：わけ")
WRONG = edited(CASE, "理由: 委託するため\n", "りゆう: 委託するため\n")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = project(tmp_path / "資料", {"案件.yaml": CASE, "別件.yaml": OPEN, "誤り.yaml": WRONG}, MEETING=AGENDA)
    monkeypatch.chdir(found)
    return found


def rows(*arguments: str, status: int = 0) -> dict[str, dict[str, Any]]:
    """The lines of a status, by the file that each is about."""
    ran = run("status", *(arguments or ("cases/第1回",)), "--json", "状態.json")
    assert ran.status == status, ran.err
    found = json.loads(Path("状態.json").read_text(encoding="utf-8"))
    return {each["ファイル"].removeprefix("cases/第1回/"): each for each in found}


def test_each_case_tells_how_far_it_is(root: Path) -> None:
    found = rows()
    assert list(found) == ["meeting.yaml", "案件.yaml", "別件.yaml", "誤り.yaml"]
    assert found["案件.yaml"] == {
        **{"議案": 2, "様式": "試験", "件名": "見本の業務について", "主管課": "総務部総務課"},
        **{"文書番号": "22総総送第82号", "日付": "2022-05-06", "ページ": 2},
        **{"記入": 0, "確認": 0, "誤り": 0, "注意": 0, "出力": "なし", "ファイル": "cases/第1回/案件.yaml"},
    }
    told = ("文書番号", "ページ", "記入", "確認", "誤り", "注意")
    assert [found["別件.yaml"][key] for key in told] == ["", 2, 2, 1, 0, 1]
    meeting = found["meeting.yaml"]
    assert [meeting[key] for key in ("議案", "件名", "文書番号", "日付", "ページ")] == [
        *("会議", "令和4年度第1回みなと市審査会", "22総総送第80号", "2022-05-11", None)
    ]


def test_a_case_with_errors_is_shown_nevertheless(root: Path) -> None:
    wrong = rows()["誤り.yaml"]
    assert wrong["件名"] == "見本の業務について"
    assert (wrong["ページ"], wrong["誤り"] > 0) == (None, True)


@pytest.mark.parametrize("text", ["様式: 何か\n件名: [甲\n", "", "- 甲\n", "\x00", "件名: {甲: 乙}\n"])
def test_a_case_that_cannot_be_read_is_shown_nevertheless(root: Path, text: str) -> None:
    (root / "cases/第1回/誤り.yaml").write_text(text, encoding="utf-8")
    found = rows()
    assert (found["誤り.yaml"]["ページ"], found["誤り.yaml"]["誤り"] > 0) == (None, True)
    assert found["案件.yaml"]["ページ"] == 2


def test_a_meeting_that_cannot_be_read_shows_its_cases(root: Path) -> None:
    (root / "cases/第1回/meeting.yaml").write_text("会議体: [\n", encoding="utf-8")
    found = rows(status=1)
    assert set(found) == {"meeting.yaml", "案件.yaml", "別件.yaml", "誤り.yaml"}
    assert found["meeting.yaml"]["誤り"] > 0


def test_a_case_that_is_not_there_stands_in_its_place(root: Path) -> None:
    (root / "cases/第1回/別件.yaml").unlink()
    found = rows(status=1)
    assert list(found) == ["meeting.yaml", "案件.yaml", "別件.yaml", "誤り.yaml"]
    assert (found["別件.yaml"]["議案"], found["別件.yaml"]["出力"]) == (3, "案件がない")
    assert (found["案件.yaml"]["ページ"], found["案件.yaml"]["誤り"]) == (2, 0)


def test_an_organization_that_cannot_be_read_is_told(root: Path) -> None:
    (root / "cases/organization.yaml").write_text("自治体: [\n", encoding="utf-8")
    assert "案件.yaml" in rows(status=1)


def test_outputs_are_told(root: Path) -> None:
    assert run("build", "cases/第1回/案件.yaml", "--format", "docx").status == 0
    assert rows()["案件.yaml"]["出力"] == "最新"
    paper = root / "output/第1回/第2号議案/依頼書.docx"
    paper.write_bytes(b"changed")
    assert rows()["案件.yaml"]["出力"] == "手直しあり"
    assert run("build", "cases/第1回/案件.yaml", "--format", "docx", "--force").status == 0
    (root / "cases/第1回/案件.yaml").write_text(edited(CASE, "委託するため", "改めた"), encoding="utf-8")
    assert rows()["案件.yaml"]["出力"] == "古い"
    (root / "output/第1回/第2号議案/manifest.json").unlink()
    assert rows()["案件.yaml"]["出力"] == "書きかけ"


def test_papers_of_a_case_that_is_withdrawn_are_told(root: Path) -> None:
    assert run("build", "cases/第1回/案件.yaml", "--format", "docx").status == 0
    agenda = edited(AGENDA, "2: 案件.yaml, ", "")
    (root / "cases/第1回/meeting.yaml").write_text(agenda, encoding="utf-8")
    assert rows()["cases/第1回/案件.yaml".removeprefix("cases/第1回/")]["出力"].startswith("残り：第1回/第2号議案（")


def test_in_a_terminal_and_as_files(root: Path) -> None:
    shown = run("status", "cases/第1回")
    assert shown.status == 0 and len(shown.out.splitlines()) == 5
    ran = run("status", "cases/第1回", "--xlsx", "一覧.xlsx", "--csv", "一覧.csv")
    assert ran.out.splitlines() == ["一覧.csv を書きました。", "一覧.xlsx を書きました。"]
    (sheet,) = load_workbook("一覧.xlsx").worksheets
    assert [sheet["A3"].value, sheet["C3"].value] == [2, "見本の業務について"]
    assert not (root / "output").exists()


@pytest.mark.parametrize("arguments", [("--csv", "cases/第1回/案件.yaml"), ("--xlsx", "一覧.csv"), ("--json", "")])
def test_no_other_file_is_written_over(root: Path, arguments: tuple[str, ...]) -> None:
    ran = run("status", "cases/第1回", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert (root / "cases/第1回/案件.yaml").read_text(encoding="utf-8") == CASE


@pytest.mark.parametrize("path", ["cases/第9回", "cases"])
def test_what_is_no_meeting_is_refused(root: Path, path: str) -> None:
    assert run("status", path).status == 2


def test_a_case_alone_and_all_meetings(root: Path) -> None:
    assert list(rows("cases/第1回/案件.yaml")) == ["案件.yaml"]
    assert list(rows("cases/organization.yaml")) == list(rows())
