"""The path of a newcomer: init, new, fill, build, change, diff, 新旧対照表, redline — by the commands alone, with real git."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import office, processes, redlines
from support.samples import edited
from support.word_samples import part

CASE = "cases/r8-1/01-koza.yaml"


@dataclass(frozen=True)
class Desk:
    """A folder in which commands are typed."""

    folder: Path

    def kotobuki(self, *arguments: str, status: int = 0) -> str:
        said = processes.kotobuki(self.folder, *arguments, status=status)
        assert "予期しない" not in said and "Traceback" not in said
        return said

    def git(self, *arguments: str) -> str:
        return processes.git(self.folder, *arguments)

    def fill(self, file: str) -> None:
        """Puts words in the place of every placeholder, one after the other, as a clerk would."""
        path = self.folder / file
        numbers = iter(range(1, 1000))
        text = re.sub(
            r"｛記入：([^｛｝]*)｝", lambda match: f"{match[1][:6]}の{next(numbers)}つ目", path.read_text("utf-8")
        )
        path.write_text(text, encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        path.write_text(edited(path.read_text("utf-8"), old, new), encoding="utf-8")


ORGANIZATION = """\
自治体: みどり市
長: {職: みどり市長, 氏名: 若葉 茂}
部課:
  - 部: 総務部
    課: [{名: 総務課, 記号: 総総, 係: [文書係]}]
会議体:
  審査会: {名称: みどり市個人情報保護審査会, 会長: 青葉 薫, 庶務担当課: 総務部総務課}
例規: {条例: みどり市個人情報保護条例}
用語: {市: みどり市}
"""


@pytest.mark.git
@pytest.mark.office
@pytest.mark.pdftools
@pytest.mark.process
def test_from_an_empty_folder_to_a_redline(tmp_path: Path) -> None:
    home = Desk(tmp_path)
    home.kotobuki("init", "みどり市")
    desk = Desk(tmp_path / "みどり市")
    # As it comes, everything builds, with what is to be written in sight; a final build refuses it by name and line.
    desk.kotobuki("new", "外部委託", CASE)
    desk.kotobuki("new", "meeting", "cases/r8-1")
    assert "案" in desk.kotobuki("build", CASE)
    refused = desk.kotobuki("build", CASE, "--final", status=1)
    assert re.search(rf"{CASE}:\d+:\d+: 誤り: .*件名", refused)

    # Filled in.
    (desk.folder / "cases/organization.yaml").write_text(ORGANIZATION, encoding="utf-8")
    shutil.rmtree(desk.folder / "cases/r8-1")
    department = ("--department", "総務部総務課", "--date", "2026-05-06", "--start", "2026-06")
    desk.kotobuki("new", "外部委託", CASE, "--subject", "講座の運営業務の外部委託について", *department)
    desk.edit(CASE, "  条例: ｛記入：条項｝", "  条例: 第14条第3項")
    desk.fill(CASE)
    desk.kotobuki("fmt", CASE)
    assert desk.kotobuki("fmt", CASE, "--check") == ""
    assert desk.kotobuki("number", "take", "総総送", "--case", CASE) == "26総総送第1号\n"
    assert "案" not in desk.kotobuki("build", CASE, "--final")

    # Kept in git, and changed.
    desk.git("init", "--quiet", "--initial-branch=main")
    desk.kotobuki("git", "install")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "起案")
    desk.edit(
        CASE,
        "  外部委託に係る対策: 外部委託に係の",
        "  外部委託に係る対策:\n    - 契約に秘密を守る義務を定める。\n    - 外部委託に係の",
    )
    desk.git("commit", "--quiet", "--all", "--message", "対策を足す")
    desk.edit(CASE, "    - 契約に秘密", "    - 名簿を出させる。\n    - 契約に秘密")
    assert re.search(r"^\+ +- 名簿を出させる。$", desk.git("diff"), re.MULTILINE)

    # Reviewed.
    listing = desk.kotobuki("diff", "HEAD", "--", "cases/r8-1")
    assert "追加  １ 名簿を出させる。" in listing and "1件（追加1）" in listing
    assert desk.kotobuki("diff", "HEAD", "--format", "docx") == "output/新旧対照表.docx\n"
    desk.kotobuki("diff", "HEAD", "--format", "pdf")
    desk.kotobuki("diff", "HEAD", "--format", "redline", "--author", "総務課", "--date", "2026-05-16", "--", CASE)
    redline = (desk.folder / "output/見え消し.docx").read_bytes()

    # What is accepted is the new paper, what is rejected the old one.
    desk.kotobuki("build", CASE, "--out", "新")
    desk.git("stash", "--quiet")
    desk.kotobuki("build", CASE, "--out", "旧")
    for settled, out in ((redlines.accepted(redline), "新"), (redlines.rejected(redline), "旧")):
        plain = (desk.folder / out / "01-koza/諮問依頼書.docx").read_bytes()
        assert redlines.content(settled) == redlines.content(part(plain, "word/document.xml"))

    # And all of it opens elsewhere.
    table = (desk.folder / "output/新旧対照表.docx").read_bytes()
    printed = office.to_pdf({"redline": redline, "table": table})
    assert "名簿を出させる" in "".join(office.pages(printed["redline"]))
    assert "（新設）" in "".join(office.pages(printed["table"]))
