"""The ledger as a file: what is noticed in a spoilt one, and how it fares in git."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.processes import run
from support.programs import find
from support.registers import LEDGER, City, city

from kotobuki.diagnostics import Diagnostics
from kotobuki.register.entries import LedgerEntry
from kotobuki.register.lines import add_entries, read_entries


@pytest.fixture
def town(tmp_path: Path) -> City:
    found = city(tmp_path)
    for _ in range(4):
        found.take()
    found.run("void", "22総総送第2号", "--reason", "不要", "--date", "2022-05-20")
    return found  # lines: 1 head, 2–6 the entries 1, 2, 2 void, 3, 4


def edit_line(number: int, change: Callable[[str], str]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        lines = text.split("\n")
        lines[number - 1] = change(lines[number - 1])
        return "\n".join(lines)

    return edit


def drop(number: int) -> Callable[[str], str]:
    return lambda text: "\n".join(line for at, line in enumerate(text.split("\n"), 1) if at != number)


def swap(text: str) -> str:
    lines = text.split("\n")
    lines[4], lines[5] = lines[5], lines[4]
    return "\n".join(lines)


SPOILT: dict[str, tuple[Callable[[str], str], str, int]] = {
    "another subject": (edit_line(3, lambda line: line.replace("通知", "通達")), "register-line", 3),
    "another number": (edit_line(5, lambda line: line.replace("3", "8")), "register-line", 5),
    "another date": (edit_line(2, lambda line: line.replace("2022-05-01", "2022/5/1")), "register-line", 2),
    "a field less": (edit_line(2, lambda line: line.replace(",,", ",")), "register-line", 2),
    "an open quote": (edit_line(2, lambda line: '"' + line), "register-line", 2),
    "a number taken away": (drop(5), "register-gap", 5),
    "the first taken away": (drop(2), "register-gap", 2),
    "an issue taken away": (drop(3), "register-state", 3),
    "lines out of order": (swap, "register-gap", 5),
    "a line twice": (edit_line(5, lambda line: f"{line}\n{line}"), "register-twice", 6),
    "voided twice": (edit_line(4, lambda line: f"{line}\n{line}"), "register-state", 5),
    "issued after the void": (
        lambda text: edit_line(4, lambda line: f"{line}\n{text.split(chr(10))[2]}")(text),
        "register-state",
        5,
    ),
    "a blank line": (edit_line(3, lambda line: f"{line}\n"), "register-line", 4),
    "a line cut short": (lambda text: text[:-20], "register-cut", 6),
    "no head": (drop(1), "register-header", 1),
    "nothing at all": (lambda text: "", "register-empty", 0),
    "git's marks": (edit_line(3, lambda line: f"<<<<<<< HEAD\n{line}\n=======\n>>>>>>> b"), "register-line", 3),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_ledger_is_named_with_its_line_and_left_alone(town: City, name: str) -> None:
    spoil, rule, line = SPOILT[name]
    text = (town.root / LEDGER).read_text(encoding="utf-8-sig")
    spoilt = spoil(text)
    assert spoilt != text
    (town.root / LEDGER).write_text(spoilt, encoding="utf-8-sig" if spoilt else "utf-8")
    before = (town.root / LEDGER).read_bytes()
    for command in (
        ["take", "総総送", "--subject", "通知", "--date", "2022-05-01"],
        ["list"],
        ["show", "22総総送第1号"],
        ["check"],
    ):
        ran = town.run(*command)
        assert (ran.status, ran.out) == (1, ""), command
        assert rule in ran.rules
        assert f"2022-総総送.csv{f':{line}:1' if line else ''}: 誤り" in ran.err
    assert (town.root / LEDGER).read_bytes() == before


def test_a_ledger_saved_in_shift_jis(town: City) -> None:
    (town.root / LEDGER).write_bytes((town.root / LEDGER).read_text(encoding="utf-8-sig").encode("cp932"))
    ran = town.run("list")
    assert (ran.status, ran.rules) == (1, ["encoding"])
    assert "Shift_JIS" in ran.err


def test_a_ledger_under_another_name(town: City) -> None:
    (town.root / LEDGER).rename(town.root / "cases/register/2023-総総送.csv")
    ran = town.run("list")
    assert (ran.status, set(ran.rules)) == (1, {"register-line"})


def test_a_long_spoilt_ledger_is_not_printed_line_by_line(town: City) -> None:
    town.run("reserve", "総総送", "500", "--subject", "会議", "--date", "2022-05-01")
    town.write(LEDGER, town.text(LEDGER).replace("会議", "会義"))
    ran = town.run("list")
    assert ran.err.count("誤り:") == 21
    assert "ほかに480行あります" in ran.err


def test_windows_line_ends_and_a_missing_bom_are_no_fault(town: City) -> None:
    text = (town.root / LEDGER).read_text(encoding="utf-8-sig").replace("\n", "\r\n")
    (town.root / LEDGER).write_bytes(text.encode())  # as git on Windows checks it out
    assert town.take() == "22総総送第5号"
    data = (town.root / LEDGER).read_bytes()
    assert data.startswith(text.encode())
    assert data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n") == 7


def test_lines_are_only_added_and_stand_in_order(town: City) -> None:
    def is_kept(before: list[str], after: list[str]) -> bool:
        lines = iter(after)
        return all(line in lines for line in before)

    for command in (
        ["take", "総総送", "--subject", "通知", "--branch-of", "1"],
        ["void", "22総総送第1号", "--reason", "不要"],
        ["reserve", "総総送", "2", "--subject", "会議"],
        ["take", "総総送", *town.case(), "--number", "5"],
        ["take", "総総送", *town.case(), *town.case("cases/第1回/別件.yaml")],
    ):
        before = town.ledger
        ran = town.run(*command, "--date", "2022-06-01")
        assert (ran.status, ran.err) == (0, "")
        assert is_kept(before, town.ledger), command
    numbers = [tuple(int(part or 0) for part in line.split(",")[1:3]) for line in town.ledger]
    assert numbers == sorted(numbers)


def git(root: Path, *arguments: str) -> int:
    return run(root, find("git"), *arguments).returncode


def branched(town: City) -> Path:
    """The project in git, on the branch b, which is about to part from a."""
    assert (
        git(town.root, "init", "-b", "a") == git(town.root, "add", "cases") == git(town.root, "commit", "-m", "1") == 0
    )
    assert git(town.root, "checkout", "-b", "b") == 0
    return town.root


@pytest.mark.git
def test_changes_to_different_numbers_merge_by_themselves(town: City) -> None:
    root = branched(town)
    town.take()
    git(root, "commit", "-am", "b")
    git(root, "checkout", "a")
    town.run("void", "22総総送第1号", "--reason", "不要", "--date", "2022-05-20")
    git(root, "commit", "-am", "a")
    assert git(root, "merge", "b") == 0
    assert list(town.states().values()) == ["取消", "取消", "発行", "発行", "発行"]


@pytest.mark.git
def test_one_number_taken_on_two_branches_is_noticed(town: City) -> None:
    root = branched(town)
    town.take("--subject", "乙")
    git(root, "commit", "-am", "b")
    git(root, "checkout", "a")
    town.take("--subject", "甲")
    git(root, "commit", "-am", "a")
    assert git(root, "merge", "b") == 1
    assert "git の統合" in town.run("list").err
    text = "\n".join(line for line in town.text(LEDGER).split("\n") if line[:7] not in {"<" * 7, "=" * 7, ">" * 7})
    town.write(LEDGER, text)  # both lines kept
    ran = town.run("take", "総総送", "--subject", "通知", "--date", "2022-05-01")
    assert (ran.status, ran.rules) == (1, ["register-twice"])
    assert "第5号が二度払い出されています（最初は7行目です）" in ran.err
    town.write(LEDGER, drop(8)(text))
    assert town.take() == "22総総送第6号"


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝１",
    "＋１",
    "－１",
    "＠甲",
    "'=1",
    "''=1",
    "'甲",
    "甲=1",
    '"=1"',
    '=HYPERLINK("甲",1)',
]


@pytest.mark.parametrize("subject", FORMULAS)
def test_a_spreadsheet_computes_no_cell_and_the_words_come_back(subject: str) -> None:
    entry = LedgerEntry(
        text="22総総送第1号",
        key=(1, 0),
        state="発行",
        day=date(2022, 5, 1),
        subject=subject,
        case=subject,
        note=subject,
    )
    data = add_entries(b"", [], [entry], "2022-総総")
    cells = next(csv.reader(data.decode("utf-8-sig").splitlines()[1:]))
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    (read,) = read_entries(data, "2022-総総", "台帳.csv", diagnostics := Diagnostics())
    assert (list(diagnostics), replace(read, place=entry.place)) == ([], entry)


def test_a_cell_written_before_is_still_read() -> None:
    """Without the ' that is put before a formula now."""
    entry = LedgerEntry(
        text="22総総送第1号", key=(1, 0), state="発行", day=date(2022, 5, 1), subject="=1", case="", note=""
    )
    data = add_entries(b"", [], [entry], "2022-総総").replace(b"'=1", b"=1")
    assert [each.subject for each in read_entries(data, "2022-総総", "台帳.csv", Diagnostics())] == ["=1"]
