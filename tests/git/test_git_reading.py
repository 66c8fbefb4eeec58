"""`git diff` and `git log -p` of a case, read by item: with the settings of `kotobuki git install`, by real git."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.repositories import BASE, FILE, Repository
from support.samples import edited

pytestmark = [pytest.mark.git, pytest.mark.process]


LONG = "長い文の一つ目である。長い文の二つ目である。"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path / "区の 資料")
    found.kotobuki("git", "install")
    write(found, edited(BASE, "三つ目", LONG))
    found.commit("長い文")
    return found


def write(repository: Repository, text: str) -> None:
    (repository.folder / FILE).write_text(text, encoding="utf-8")


def changed(shown: str) -> list[str]:
    """The lines that differ."""
    return [line for line in shown.splitlines() if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]


def test_a_sentence_is_a_line(repository: Repository) -> None:
    write(repository, edited(BASE, "三つ目", LONG.replace("二つ目", "三つ目")))
    assert changed(repository.git("diff")) == ["-    長い文の二つ目である。", "+    長い文の三つ目である。"]


def test_the_head_of_a_hunk_names_the_section(repository: Repository) -> None:
    write(repository, edited(edited(BASE, "三つ目", LONG), "四つ目", "よっつ目"))
    assert "@@ 目的" in repository.git("diff", "--unified=0")


def test_looks_are_no_difference(repository: Repository) -> None:
    folded = f"'{LONG}'  # 注釈"
    write(repository, edited(edited(BASE, "三つ目", folded), "理由: 委託するため", "理由: >-\n  委託\n  するため"))
    assert repository.git("diff") == ""
    assert changed(repository.git("diff", "--no-textconv")) != []


def test_the_log_reads_so_too(repository: Repository) -> None:
    shown = changed(repository.git("log", "-1", "--patch", "--", FILE))
    assert shown == ["-  - 三つ目", "+  - 長い文の一つ目である。", "+    長い文の二つ目である。"]


def test_a_draft_that_is_no_yaml_is_shown_as_it_is(repository: Repository) -> None:
    write(repository, edited(BASE, "三つ目", "'三つ目"))
    assert "+  - '三つ目" in changed(repository.git("diff"))
