"""Editing a case is a pleasure in `git diff`: each edit touches one place, and everything printed follows."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from support.paths import ROOT
from support.samples import edited, show

from kotobuki.build.bundle import BundleMaker
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.compose import Bundle
from kotobuki.project import Project

CASES = {"02": "02-jinken-keihatsu.yaml", "03": "03-toshokan-system.yaml", "06": "06-microchip.yaml"}


@dataclass(frozen=True)
class Edit:
    """An edit of a file of the sample meeting, its size in lines, and what it changes in the papers of a case."""

    name: str
    file: str
    old: str
    new: str
    added: int
    removed: int
    gone: tuple[str, ...]
    come: tuple[str, ...]
    case: str = ""


EDITS = [
    Edit(
        "an item inserted into a list",
        "02",
        "        - 業務に従事する者の名簿を事前に提出すること。\n",
        "        - 管理責任者を定めること。\n        - 業務に従事する者の名簿を事前に提出すること。\n",
        *(1, 0),
        ("（２）業務に従事する者の名簿を事前に提出すること。", "（15）オンライン会議を開くとき"),
        (
            "（２）管理責任者を定めること。",
            "（３）業務に従事する者の名簿を事前に提出すること。",
            "（16）オンライン会議を開くとき",
        ),
    ),
    Edit(
        "an item inserted before one that is referred to",
        "02",
        "    - 委託業務に係る個人情報保護対策:\n",
        "    - 再委託の制限\n    - 委託業務に係る個人情報保護対策:\n",
        *(1, 0),
        ("（３）３に掲げる対策を講じ",),
        ("（３）４に掲げる対策を講じ",),
    ),
    Edit(
        "a section added before one that is referred to",
        "03",
        "システム及び業務の内容:\n",
        "｛追加｝検討の経過: 庁内の会議で検討した。\nシステム及び業務の内容:\n",
        *(1, 0),
        ("「６ システム及び業務の内容」に同じ", "「７ システム変更における個人情報の保護対策」に同じ"),
        ("「７ システム及び業務の内容」に同じ", "「８ システム変更における個人情報の保護対策」に同じ"),
    ),
    Edit(
        "a heading reworded",
        "02",
        "    - 講座・講演会等の運営業務:\n        - 講座・講演会等の申込受付:",
        "    - 講座・講演会等の運営業務:\n        - 講座・講演会等の申込みの受付:",
        *(1, 1),
        ("（１）講座・講演会等の申込受付",),
        ("（１）講座・講演会等の申込みの受付",),
    ),
    Edit(
        "an item left out",
        "02",
        "        - 業務に従事する者の名簿を事前に提出すること。\n",
        "",
        *(0, 1),
        ("（２）業務に従事する者の名簿を事前に提出すること。", "（14）メール等を用いるとき"),
        ("（13）メール等を用いるとき",),
    ),
    Edit(
        "a term given another full name",
        "03",
        "  区立図書館: 江戸川区立図書館\n",
        "  区立図書館: 江戸川区立の図書館\n",
        *(1, 1),
        ("江戸川区立図書館（以下「区立図書館」という。）の管理運営業務", "江戸川区立図書館の管理運営業務"),
        ("江戸川区立の図書館（以下「区立図書館」という。）の管理運営業務", "江戸川区立の図書館の管理運営業務"),
    ),
    Edit(
        "a term given another short name",
        "03",
        "  区立図書館: 江戸川区立図書館\n",
        "  区立図書館: {正式: 江戸川区立図書館, 略称: 図書館}\n",
        *(1, 1),
        ("（以下「区立図書館」という。）", "２ 区立図書館利用者の読書履歴管理機能", "対象者 | 区立図書館利用者"),
        ("（以下「図書館」という。）", "２ 図書館利用者の読書履歴管理機能", "対象者 | 図書館利用者"),
    ),
    Edit(
        "a new term, defined where it is first used",
        "06",
        "登録された飼い犬の情報を",
        "登録された飼い犬（｛条例｝によるものを含む。）の情報を",
        *(1, 1),
        (),
        ("条例によるものを含む。",),
    ),
    Edit(
        "a date",
        "02",
        "日付: 2022-05-06",
        "日付: 2022-05-13",
        *(1, 1),
        ("令和４年５月６日",),
        ("令和４年５月13日",),
    ),
    Edit(
        "a month of the schedule",
        "02",
        "  - 2022-06: 委託業務開始",
        "  - 2023-04: 委託業務開始",
        *(1, 1),
        (" | ６月 | 委託業務開始",),
        ("令和５年 | ４月 | 委託業務開始",),
    ),
    Edit(
        "a data item",
        "02",
        "      - 問合せ内容\n",
        "      - 問合せ内容\n      - 職業\n",
        *(1, 0),
        ("アンケート回答内容及び問合せ内容",),
        ("アンケート回答内容、問合せ内容及び職業",),
    ),
    Edit(
        "the title, in every paper",
        "02",
        "件名: 江戸川区人権・",
        "件名: 江戸川区民の人権・",
        *(1, 1),
        ("「江戸川区人権・", "江戸川区人権・"),
        ("「江戸川区民の人権・", "江戸川区民の人権・"),
    ),
    Edit(
        "the department, in every paper",
        "02",
        "主管課: 総務部総務課",
        "主管課: 経営企画部ＤＸ推進課",
        *(1, 1),
        ("22総総送第82号", "主管課：総務部総務課"),
        ("22経Ｄ送第82号", "経営企画部長", "主管課：経営企画部ＤＸ推進課"),
    ),
    Edit(
        "a note",
        "03",
        "中央図書館内に置くサーバへは",
        "中央図書館｛※令和6年移転予定｝内に置くサーバへは",
        *(1, 1),
        (),
        ("中央図書館（※）内に置くサーバへは", "※ 令和６年移転予定"),
    ),
    Edit(
        "a second note numbers the first",
        "06",
        "飼い犬の情報を｛マイクロチップ情報登録システム｝に登録する義務を負う。",
        "飼い犬の情報を｛マイクロチップ情報登録システム｝に登録する義務｛※令和4年6月から｝を負う。",
        *(1, 1),
        ("※ 平成20年３月諮問答申済み",),
        ("※２ 平成20年３月諮問答申済み", "※１ 令和４年６月から"),
    ),
    Edit(
        "an annex before the others",
        "06",
        "別紙:\n",
        "別紙:\n  - {題名: 利用規約, 添付省略: はい}\n",
        *(1, 0),
        ("別紙１「犬と猫の", "別紙２「犬と猫の"),
        ("別紙２「犬と猫の", "別紙３「犬と猫の"),
    ),
    Edit(
        "a contractor",
        "03",
        "                - 法人名: 株式会社ヴィアックス\n",
        "                - 法人名: 株式会社見本\n                - 法人名: 株式会社ヴィアックス\n",
        *(1, 0),
        (),
        ("株式会社見本",),
    ),
    Edit(
        "one sentence of a long paragraph",
        "03",
        "  このたび、利用者にとっての使いやすさを高めるとともに、",
        "  このたび、利用者の便利のために、",
        *(1, 1),
        ("使いやすさを高めるとともに",),
        ("このたび、利用者の便利のために、マイナンバーカードの利用を広げるため",),
    ),
    Edit(
        "the order of the sections",
        "06",
        "諮問理由: >-\n",
        "｛順序｝: [諮問事項, 諮問理由, 実施目的, 担当部課]\n諮問理由: >-\n",
        *(1, 0),
        ("４ 実施時期（予定）", "５ 担当部課"),
        ("５ 実施時期（予定）", "４ 担当部課"),
    ),
    Edit(
        "the heading of a row",
        "02",
        "  履行場所: ｛区｝",
        "  ｛履行場所｝委託業務の履行場所: ｛区｝",
        *(1, 1),
        ("履行場所 | ",),
        ("委託業務の履行場所 | ",),
    ),
    Edit(
        "the date of the inquiry, for every case",
        "meeting.yaml",
        "日付: 2022-05-11",
        "日付: 2022-05-18",
        *(1, 1),
        ("令和４年５月11日",),
        ("令和４年５月18日",),
        case="03",
    ),
    Edit(
        "the chair, for every case",
        "../organization.yaml",
        "    会長: 村島章惠\n",
        "    会長: 髙橋﨑\n",
        *(1, 1),
        ("会長村島章惠殿",),
        ("会長髙橋﨑殿",),
        case="06",
    ),
]


def printed(root: Path, case: str) -> list[str]:
    """All papers of a case of the meeting, line by line."""
    diagnostics = Diagnostics()
    project = Project(root, diagnostics)
    meeting = project.meeting(root / "cases" / "r4-1")
    own = project.case(root / "cases" / "r4-1" / CASES[case])
    assert meeting and own and project.organization, list(diagnostics)
    bundle = Bundle(own, project.organization, meeting.committee, meeting, int(case))
    made = BundleMaker(Workshop(project), bundle).make()
    assert made is not None and not diagnostics.errors
    return [line for paper in made.document.papers for line in show(paper.blocks)]


@cache
def before(case: str) -> list[str]:
    """The papers of a sample case as it is."""
    return printed(ROOT, case)


def numstat(old: Path, new: Path) -> tuple[int, int]:
    """Lines added and removed, as git counts them."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    command = [git, "diff", "--no-index", "--numstat", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, check=False)
    added, removed, _ = done.stdout.split(maxsplit=2)
    return int(added), int(removed)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_touches_one_place_and_all_papers_follow(edit: Edit, sample_root: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_root / "cases", tmp_path / "cases")
    name = Path("cases/r4-1", CASES.get(edit.file, edit.file))
    text = (sample_root / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(edited(text, edit.old, edit.new), encoding="utf-8")

    assert numstat(sample_root / name, tmp_path / name) == (edit.added, edit.removed)

    case = edit.case or edit.file
    old, new = Counter(before(case)), Counter(printed(tmp_path, case))
    gone, come = "\n".join((old - new).elements()), "\n".join((new - old).elements())
    assert [words for words in edit.gone if words not in gone] == []
    assert [words for words in edit.come if words not in come] == []
    assert gone or come


def test_the_title_changes_in_all_papers_at_once(sample_root: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_root / "cases", tmp_path / "cases")
    file = tmp_path / "cases" / "r4-1" / CASES["06"]
    file.write_text(edited(file.read_text(encoding="utf-8"), "件名: 犬と猫の", "件名: 犬、猫等の"), encoding="utf-8")
    lines = printed(tmp_path, "06")
    assert sum("犬、猫等のマイクロチップ情報登録システムの利用に伴う外部結合について" in line for line in lines) == 3
