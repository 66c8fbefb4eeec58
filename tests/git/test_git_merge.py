"""`kotobuki git install` in a real repository: branches of cases merged and rebased by git."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.repositories import BASE, Repository
from support.samples import project

from kotobuki.git.merge import merge

pytestmark = [pytest.mark.git, pytest.mark.process]


OURS, THEIRS = ("二つ目", "二つ目（自分）"), ("三つ目", "三つ目（相手）")


@pytest.fixture
def plain(tmp_path: Path) -> Repository:
    """Without the driver."""
    return Repository(tmp_path)


@pytest.fixture
def installed(plain: Repository) -> Repository:
    """With the driver."""
    assert ".gitattributes: cases/**/*.yaml merge=kotobuki" in plain.kotobuki("git", "install")
    plain.commit("attributes")
    return plain


def test_installing_twice_changes_nothing_and_keeps_what_is_there(plain: Repository) -> None:
    attributes = plain.folder / ".gitattributes"
    attributes.write_text("*.docx binary", encoding="utf-8")
    for _ in range(2):
        plain.kotobuki("git", "install")
        assert attributes.read_text(encoding="utf-8") == "*.docx binary\ncases/**/*.yaml merge=kotobuki diff=kotobuki\n"
    assert plain.git("check-attr", "merge", "cases/organization.yaml").endswith(": kotobuki\n")
    assert "merge-driver -- %O %A %B %P %L" in plain.git("config", "merge.kotobuki.driver")


@pytest.mark.parametrize("planted", ["yaml.py", "kotobuki/__init__.py", "click.py", "json/__init__.py"])
def test_nothing_that_lies_in_the_repository_runs_with_git(installed: Repository, planted: str) -> None:
    ran = installed.folder / "ran"
    file = installed.folder / planted
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"from pathlib import Path\nPath({str(ran)!r}).touch()\n", encoding="utf-8")
    installed.branch("ours", OURS)
    installed.branch("theirs", THEIRS)
    assert "二つ目" in installed.git("diff", "ours", "theirs")
    installed.git("merge", "--quiet", "ours")
    assert installed.text == BASE.replace(*OURS).replace(*THEIRS)
    assert not ran.exists()


def test_settings_of_an_older_kotobuki_are_noticed_and_mended(installed: Repository) -> None:
    older = f"{sys.executable} -m kotobuki textconv"
    installed.git("config", "diff.kotobuki.textconv", older)
    installed.branch("ours", OURS)
    assert "git install" in installed.run("diff", "main", "ours").stderr
    installed.kotobuki("git", "install")
    assert " -P -m kotobuki textconv" in installed.git("config", "diff.kotobuki.textconv")
    assert installed.run("diff", "main", "ours").stderr == ""


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from kotobuki.cli import main

    project(tmp_path)
    result = CliRunner(env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}).invoke(
        main, ["git", "install", "--root", str(tmp_path)]
    )
    assert (result.exit_code, "git で管理されていません。案件のある" in result.stderr) == (2, True)


def test_adjacent_items_merge_with_the_driver_alone(plain: Repository) -> None:
    plain.branch("ours", OURS)
    plain.branch("theirs", THEIRS)
    plain.git("checkout", "--quiet", "ours")
    assert plain.run("merge", "theirs").returncode == 1  # git's own merge
    plain.git("merge", "--abort")
    plain.kotobuki("git", "install")
    plain.git("merge", "--quiet", "--no-edit", "theirs")
    assert plain.text == BASE.replace(*OURS).replace(*THEIRS)


def test_items_with_an_unchanged_line_between_merge_without_the_driver(plain: Repository) -> None:
    far = ("四つ目", "四つ目（相手）")
    plain.branch("ours", OURS)
    plain.branch("theirs", far)
    plain.git("checkout", "--quiet", "ours")
    plain.git("merge", "--quiet", "--no-edit", "theirs")
    assert plain.text == BASE.replace(*OURS).replace(*far)


def test_an_item_that_both_edited_is_a_conflict_in_its_place(installed: Repository) -> None:
    installed.branch("ours", OURS, ("四つ目", "四番目"))
    installed.branch("theirs", ("二つ目", "二番目"), ("一つ目", "一番目"))
    installed.git("checkout", "--quiet", "ours")
    done = installed.run("merge", "theirs")
    assert done.returncode == 1 and "CONFLICT (content)" in done.stdout
    assert installed.git("ls-files", "--unmerged").count(" 2\t") == 1
    assert installed.text == BASE.replace("一つ目", "一番目").replace("四つ目", "四番目").replace(
        "  - 二つ目\n",
        "<<<<<<< ours（今の版）\n  - 二つ目（自分）\n=======\n  - 二番目\n>>>>>>> theirs（取り込む版）\n",
    )


@pytest.mark.parametrize("command", ["rebase", "cherry-pick"])
def test_commits_are_carried_over(installed: Repository, command: str) -> None:
    installed.branch("ours", OURS)
    installed.branch("theirs", THEIRS)
    if command == "rebase":
        installed.git("rebase", "--quiet", "ours")
    else:
        installed.git("checkout", "--quiet", "ours")
        installed.git("cherry-pick", "theirs")
    assert installed.text == BASE.replace(*OURS).replace(*THEIRS)


def test_a_case_that_both_added_is_a_conflict_where_it_differs(installed: Repository) -> None:
    new = "cases/第1回/二.yaml"
    for name, text in (("ours", BASE.replace(*OURS)), ("theirs", BASE.replace("二つ目", "二番目"))):
        installed.git("checkout", "--quiet", "-b", name, "main")
        (installed.folder / new).write_text(text, encoding="utf-8")
        installed.commit(name)
    assert "CONFLICT (add/add)" in installed.run("merge", "ours").stdout
    text = (installed.folder / new).read_text(encoding="utf-8")
    assert text == BASE.replace(
        "  - 二つ目\n",
        "<<<<<<< ours（今の版）\n  - 二番目\n=======\n  - 二つ目（自分）\n>>>>>>> theirs（取り込む版）\n",
    )


def test_what_one_moved_to_another_section_and_the_other_deleted_is_named(installed: Repository) -> None:
    line = "  - 三つ目\n"
    assert line in BASE
    installed.branch("ours", (line, ""), ("主管課", "経過:\n  - 三つ目\n主管課"))
    installed.branch("theirs", (line, ""))
    done = installed.run("merge", "ours")
    assert done.returncode == 1
    assert "「三つ目」は、一方の版で移され、他方の版で" in done.stderr


def test_what_is_no_yaml_is_merged_by_lines(installed: Repository) -> None:
    broken = ("一つ目", "一つ目\n   - : 'ここは誤り")
    installed.branch("ours", broken)
    installed.branch("theirs", ("四つ目", "四番目"))
    installed.git("checkout", "--quiet", "ours")
    installed.git("merge", "--quiet", "--no-edit", "theirs")
    assert installed.text == BASE.replace(*broken).replace("四つ目", "四番目")


def test_both_merge_into_the_meeting(installed: Repository) -> None:
    meeting = installed.folder / "cases" / "第1回" / "meeting.yaml"
    head = "会議体: 審査会\n年度: 令和4年度\n回: 1\n議案:\n  2: 案件.yaml\n"
    meeting.write_text(head, encoding="utf-8")
    installed.git("checkout", "--quiet", "main")
    installed.commit("meeting")
    for name, line in (("ours", "  3: 三.yaml\n"), ("theirs", "  4: 四.yaml\n")):
        installed.git("checkout", "--quiet", "-b", name, "main")
        meeting.write_text(head + line, encoding="utf-8")
        installed.commit(name)
    installed.git("merge", "--quiet", "--no-edit", "ours")
    assert meeting.read_text(encoding="utf-8") == head + "  4: 四.yaml\n  3: 三.yaml\n"


def test_a_merge_by_lines_heeds_no_setting_of_the_surroundings(
    plain: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a repository that a hook or its caller names, nor of one that its files are in."""
    monkeypatch.chdir(plain.folder)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "merge.conflictStyle")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "diff3")
    found = merge("甲\n".encode(), "乙: [\n".encode(), "丙: [\n".encode())
    assert (found.clean, b"|||||||" in found.data, found.data.count(b"<<<<<<<")) == (False, False, 1)
