"""Sheets to swap: which pages stand for which, what is listed, and what 差し替え.pdf holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from support import office, pdftools
from support.packets import packet, project, settings
from support.processes import git

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.layout.page import Page, Rule
from kotobuki.packet.alignment import paired, standing
from kotobuki.packet.leaves import BLANK, Leaf
from kotobuki.packet.listing import NOTHING, listing
from kotobuki.packet.record import Former
from kotobuki.packet.sheets import changes

WORD = ("三菱電機", "四菱電機")  # in a contractor's name on one page of item 3
PLACE = "    - ｛文｝: システムの変更は"
SENTENCE = "変更の範囲は、利用者の登録、貸出し及び返却に係る機能に限る。"


def leaf(name: str, number: str = "", agenda: int = 2, paper: str = "依頼書") -> Leaf:
    """A page that says `name`."""
    items = () if paper == BLANK else (Rule(0, 0, float(sum(map(ord, name))), 0, 1),)
    return Leaf(agenda, paper, Page(width=100, height=100, paper=paper, number=None, items=items, shown=number))


def old(*leaves: Leaf) -> list[Former]:
    return [
        Former(
            agenda=each.agenda, paper=each.paper, number=each.page.shown, running="", position="", digest=each.digest
        )
        for each in leaves
    ]


def numbered(names: str, first: int = 1) -> list[Leaf]:
    return [leaf(name, str(number)) for number, name in enumerate(names, first)]


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("abcdefghij", "aXcdefghij", [0, 1, *range(2, 10)]),
        ("abc", "abXc", [0, 1, None, 2]),
        ("abcd", "aXYZd", [0, 1, 2, None, 3]),
        ("abcd", "ad", [0, 3]),
        ("", "a", [None]),
    ],
)
def test_pages_stand_for_each_other(before: str, after: str, places: list[int | None]) -> None:
    assert paired(list(before), list(after)) == places


@pytest.mark.parametrize(
    ("given_numbers", "found"),
    [
        (["11", "12", None, "13"], ["11", "12", "12の2", "13"]),
        (["12", None, None, "13"], ["12", "12の2", "12の3", "13"]),
        (["12", "12の2", None, "13"], ["12", "12の2", "12の3", "13"]),
        (["12", None, "12の2", "13"], ["12", "12の1の2", "12の2", "13"]),
        (["12", None, None], ["12", "13", "14"]),
        (["5の2", None], ["5の2", "6"]),
        ([None, "1"], ["0の2", "1"]),
        ([None, None], ["1", "2"]),
    ],
)
def test_branch_numbers(given_numbers: list[str | None], found: list[str]) -> None:
    assert standing(given_numbers) == found


@given(st.lists(st.booleans(), max_size=12))
def test_no_number_is_given_twice_and_old_ones_stand(stand: list[bool]) -> None:
    numbers = [str(at) if kept else None for at, kept in enumerate(stand, 1)]
    found = standing(numbers)
    assert len(set(found)) == len(found)
    assert all(old in (None, new) for old, new in zip(numbers, found, strict=True))


@pytest.mark.parametrize(
    ("before", "after", "size", "branches", "lines"),
    [
        (numbered("abcdefghij"), numbered("aXcdefghij"), 1, False, ["p. 2 → p. 2"]),
        (numbered("abc"), numbered("aXbc"), 1, False, ["p. 2 を加える（p. 1 の次）", "p. 2 → p. 3", "p. 3 → p. 4"]),
        (numbered("abc"), numbered("ac"), 1, False, ["p. 2 を抜く", "p. 3 → p. 2"]),
        (numbered("abcd"), numbered("abXd"), 2, False, ["p. 3・p. 4 → p. 3・p. 4"]),
        (numbered("abcd"), numbered("abcde"), 2, False, ["p. 5 を加える（p. 4 の次）"]),
        (
            numbered("abcd"),
            [leaf("a", "1"), leaf("b", "2"), leaf("x", "2の2"), leaf("c", "3"), leaf("d", "4")],
            2,
            True,
            ["p. 2の2 を加える（p. 2 の次）"],
        ),
        (
            numbered("abcd"),
            [leaf("a", "1"), leaf("x", "1の2"), leaf("b", "2"), leaf("c", "3"), leaf("d", "4")],
            2,
            True,
            ["p. 1・p. 2 → p. 1・p. 1の2", "p. 2 を加える（p. 1の2 の次）"],
        ),
        ([*numbered("abc"), leaf("", paper=BLANK)], numbered("abcd"), 2, True, ["p. 3 → p. 3・p. 4"]),
        ([*numbered("abc"), leaf("", paper=BLANK)], numbered("abc"), 1, False, []),
        (numbered("ab"), [*numbered("ab"), leaf("", paper=BLANK)], 1, False, []),
    ],
)
def test_the_sheets(before: list[Leaf], after: list[Leaf], size: int, branches: bool, lines: list[str]) -> None:
    found = list(listing(changes(old(*before), after, size, numbers_stand=branches)))
    assert [line.strip() for line in found if line.startswith("  ")] == lines
    assert (found == [NOTHING]) == (not lines)


@given(st.text("abc", max_size=8), st.text("abcx", max_size=8), st.sampled_from([1, 2]))
def test_after_the_swap_everybody_holds_the_new_packet(before: str, after: str, size: int) -> None:
    """Whoever takes out the old sheets and puts in the new ones holds exactly the new pages."""
    now = numbered(after)
    held = [tuple(old(*numbered(before)))[at : at + size] for at in range(0, len(before), size)]
    for change in changes(old(*numbered(before)), now, size, numbers_stand=False):
        if change.old:
            held.remove(change.old)
        if change.new:
            held.append(tuple(old(*change.new)))
    assert sorted(page.number for sheet in held for page in sheet) == sorted(str(at) for at in range(1, len(after) + 1))
    assert {(page.number, page.digest) for sheet in held for page in sheet} == {
        (each.page.shown, each.digest) for each in now
    }


def run(folder: Path, out: Path, against: Path | str, *options: str) -> Result:
    return CliRunner().invoke(main, ["packet", str(folder), "--out", str(out), "--against", str(against), *options])


def edit(folder: Path, name: str, before: str, after: str) -> None:
    (file,) = folder.glob(f"{name}*.yaml")
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.pdftools
def test_one_word_is_one_sheet_marked_with_the_date(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path)
    handed_out = packet(folder, tmp_path / "old", ("pdf",))
    assert run(folder, tmp_path / "new", handed_out).output == f"{NOTHING}\n"
    assert not (tmp_path / "new").exists()
    edit(folder, "03", *WORD)
    done = run(folder, tmp_path / "new", handed_out.parent, "--date", "令和4年5月16日")
    assert done.exit_code == 0
    assert done.output.splitlines()[:3] == [
        "第3号議案　諮問依頼書",
        "  p. 3 → p. 3",
        "差し替え1枚、追加0枚、抜き取り0枚",
    ]
    data = (tmp_path / "new" / "r4-1" / "差し替え.pdf").read_bytes()
    pdftools.check(data)
    (page,) = (re.sub(r"\s", "", page) for page in office.pages(data))
    assert page.startswith("差替令和４年５月16日")
    assert WORD[1] in page
    assert page.endswith("3")
    again = run(folder, tmp_path / "new", tmp_path / "new" / "r4-1" / "差し替え.json")
    assert again.output.startswith(NOTHING)


@pytest.mark.parametrize(
    ("options", "sentences", "first", "last"),
    [
        ((), 4, "  p. 3 → p. 3", "差し替え6枚、追加0枚、抜き取り0枚"),  # the text runs on to the last page
        ((), 60, "  次第 → 次第", "差し替え12枚、追加1枚、抜き取り0枚"),
        (
            ("通し番号: はい", "枝番: はい"),
            60,
            "  p. 3（- 6 -） → p. 3（- 6 -）",
            "差し替え6枚、追加1枚、抜き取り0枚",
        ),
        (("両面: はい", "白紙: はい"), 4, "  p. 2・p. 3 → p. 2・p. 3", "差し替え4枚、追加0枚、抜き取り0枚"),
    ],
)
def test_a_paragraph_is_a_run_of_sheets(
    sample_root: Path, tmp_path: Path, options: tuple[str, ...], sentences: int, first: str, last: str
) -> None:
    folder = project(sample_root, tmp_path, items="35", **({"meeting": settings(*options)} if options else {}))
    handed_out = packet(folder, tmp_path / "old", ("pdf",))
    edit(folder, "03", PLACE, f"    - ｛文｝: {SENTENCE * sentences}\n{PLACE}")
    lines = run(folder, tmp_path / "new", handed_out).output.splitlines()
    assert lines[1] == first
    assert last in lines
    assert {line for line in lines if line.startswith("第")} <= {"第3号議案　表紙", "第3号議案　諮問依頼書"}


@pytest.mark.pdftools
def test_branch_numbers_reach_pages_cover_and_list(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path, meeting=settings("通し番号: はい", "枝番: はい"))
    handed_out = packet(folder, tmp_path / "old", ("pdf",))
    edit(folder, "02", "に該当するため", "に該当するため" + "、また、参加者の個人情報を取り扱うため" * 60)
    lines = [line.strip() for line in run(folder, tmp_path / "new", handed_out).output.splitlines()]
    assert "p. 1の2（- 4の2 -） を加える（p. 1（- 4 -） の次）" in lines
    assert not any("第3号" in line or "第6号" in line for line in lines)
    cover, _, inserted, *_ = office.pages((tmp_path / "new" / "r4-1" / "差し替え.pdf").read_bytes())
    assert "p. 1～p. 1の２" in cover or "p. 1～p. 1の2" in cover
    assert inserted.split()[-4:] == ["1の2", "-", "4の2", "-"]


@pytest.mark.git
def test_against_a_git_revision(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path)
    root = folder.parents[1]

    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "handed out")
    edit(folder, "03", *WORD)
    git(root, "commit", "-qam", "late change")
    assert run(folder, tmp_path / "out", "HEAD").output == f"{NOTHING}\n"
    assert "  p. 3 → p. 3\n" in run(folder, tmp_path / "out", "HEAD~1").output
    for nowhere, said in (("HEAD~9", "git の版も"), ("--all", "というオプションは"), ("no such", "git の版も")):
        refused = run(folder, tmp_path / "out", nowhere)
        assert refused.exit_code == 2
        assert f"{said}ありません" in refused.output


def test_against_the_manifests_of_a_build(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path, items="3")
    build([folder], Options(tmp_path / "built", formats=("pdf",)), None, Diagnostics())
    built = tmp_path / "built" / folder.name
    assert run(folder, tmp_path / "out", built).output == f"{NOTHING}\n"
    edit(folder, "03", *WORD)
    assert "  p. 3 → p. 3\n" in run(folder, tmp_path / "out", built).output


def test_what_cannot_be_compared(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("{}", encoding="utf-8")
    for against, words in (("empty", "manifest.json がありません"), ("file", "控え")):
        refused = run(folder, tmp_path / "out", tmp_path / against)
        assert (refused.exit_code, words in refused.output) == (2, True)
    assert run(folder, tmp_path / "out", tmp_path / "empty", "--date", "あした").exit_code == 2
