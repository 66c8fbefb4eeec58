"""Dates and numbers that do not fit: said when a number is taken, built and checked, with what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.registers import CASE_FILE, MEETING_FILE, OPEN_CASE, OPEN_REQUEST, OTHER_FILE, City, city
from support.samples import edited

from kotobuki.cli import number
from kotobuki.register.order import is_far, strays

NO_DATE = edited(OPEN_CASE, OPEN_REQUEST, "{日付: ｛記入：依頼の日付｝}")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setattr(number, "_today", lambda: date(2022, 5, 20))
    return city(tmp_path)


def dated(town: City, name: str, day: str) -> None:
    """Give a case the date of its request."""
    text = town.text(name)
    town.write(name, text.replace("2022-05-06", day))


@pytest.mark.parametrize("request_", ["{日付: ｛記入：依頼の日付｝}", "{}", ""])
def test_a_case_without_a_date_takes_no_number_of_todays_year(town: City, request_: str) -> None:
    town.write(CASE_FILE, edited(OPEN_CASE, OPEN_REQUEST, request_))
    before = town.text(CASE_FILE)
    ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.rules) == (1, ["number-no-date"])
    assert "--date 2022-05-06 のように" in ran.err
    assert town.text(CASE_FILE) == before and town.states() == {}


def test_the_date_that_is_given_goes_into_the_case(town: City) -> None:
    town.write(CASE_FILE, NO_DATE)
    assert town.take(*town.case(), day="令和4年5月9日") == "22総総送第1号"
    assert "依頼: {番号: 1, 日付: 2022-05-09}\n" in town.text(CASE_FILE)
    assert town.take(*town.case(), day="") == "22総総送第1号"


def test_the_date_goes_in_beside_a_number_that_is_there(town: City) -> None:
    town.run("reserve", "総総送", "2", "--subject", "会議", "--date", "2022-05-01")
    town.write(CASE_FILE, edited(OPEN_CASE, OPEN_REQUEST, "{番号: 2}"))
    assert town.take("--number", "2", *town.case(), day="2022-05-09") == "22総総送第2号"
    assert "依頼: {日付: 2022-05-09, 番号: 2}\n" in town.text(CASE_FILE)


def test_a_date_of_the_case_is_left_alone(town: City) -> None:
    town.take(*town.case(), day="2022-05-09")
    assert "{番号: 1, 日付: 2022-05-06}" in town.text(CASE_FILE)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2022-05-09", "2022-05-08"), "第2号の日付（令和4年5月8日）が、前の第1号（令和4年5月9日）より前です"),
        (("2022-05-09", "2022-05-09"), ""),
        (("2022-05-09", "2022-05-11"), ""),
    ],
)
def test_a_number_earlier_than_the_one_before(town: City, days: tuple[str, str], said: str) -> None:
    for name, day in zip((CASE_FILE, OTHER_FILE), days, strict=True):
        dated(town, name, day)
    town.take(*town.case(), day="")
    ran = town.run("take", "総総送", *town.case(OTHER_FILE))
    assert (ran.status, ran.out) == (0, "22総総送第2号\n")
    for found in (ran, town.build(OTHER_FILE), town.run("check")):
        assert found.status == 0
        assert (said in found.err, set(found.rules)) == (True, {"number-order"} if said else set())


def test_a_date_changed_to_one_behind_the_next_number(town: City) -> None:
    town.take(*town.case(), day="")
    dated(town, OTHER_FILE, "2022-05-09")
    town.take(*town.case(OTHER_FILE), day="")
    dated(town, CASE_FILE, "2022-05-10")
    built = town.build(CASE_FILE)
    assert (built.status, built.rules) == (0, ["number-order"])
    assert "次の第2号（令和4年5月9日）より後です" in built.err


def test_branches_and_reserved_numbers_are_free(town: City) -> None:
    town.run("reserve", "総総送", "1", "--subject", "会議", "--date", "2022-05-01")
    town.take(day="2022-05-10")
    town.take("--branch-of", "2", "--subject", "通知", day="2022-05-09")
    town.take("--number", "1", "--subject", "会議", day="2022-05-12")
    assert town.take(day="2022-05-11") == "22総総送第3号"


@pytest.mark.parametrize(
    ("day", "status", "rules"),
    [
        ("2202-05-06", 1, ["number-far"]),
        ("2024-04-01", 1, ["number-far"]),
        ("2024-03-31", 0, []),
        ("2012-05-06", 0, ["number-far"]),
        ("2021-05-06", 0, []),
    ],
)
def test_a_far_year(town: City, day: str, status: int, rules: list[str]) -> None:
    town.take()
    ran = town.run("take", "総総送", "--subject", "通知", "--date", day)
    assert (ran.status, ran.rules) == (status, rules)
    assert len(list((town.root / "cases/register").glob("*.csv"))) == 2 - status
    dated(town, OTHER_FILE, day)
    assert town.run("take", "総総送", *town.case(OTHER_FILE)).rules == (rules if status else [])


@pytest.mark.parametrize(
    "command",
    [["reserve", "総総送", "2", "--subject", "会議"], ["void", "22総総送第1号", "--reason", "取りやめ"]],
    ids=str,
)
def test_a_far_year_of_other_commands(town: City, command: list[str]) -> None:
    town.take()
    assert town.run(*command, "--date", "2202-05-06").rules == ["number-far"]
    assert list(town.states().values()) == ["発行"]


def test_a_date_that_changes_the_year_of_a_number(town: City) -> None:
    town.take(*town.case(), day="")
    dated(town, CASE_FILE, "2023-05-06")
    for ran in (town.build(CASE_FILE), town.run("check")):
        assert (ran.status, "number-year" in ran.rules) == (1, True)
        assert "「22総総送第1号」は2022年度の番号ですが、日付（令和5年5月6日）は2023年度です" in ran.err
        assert "kotobuki number void 22総総送第1号 --reason " in ran.err
    assert town.run("take", "総総送", *town.case()).rules == ["number-held"]
    dated(town, OTHER_FILE, "2023-05-02")
    town.take(*town.case(OTHER_FILE), day="")  # another has the same number in that year
    assert "number-year" in town.build(CASE_FILE).rules


def test_a_far_year_of_a_number_typed_by_hand(town: City) -> None:
    town.take()
    town.write(CASE_FILE, edited(OPEN_CASE, OPEN_REQUEST, "{番号: 7, 日付: 2202-05-06}"))
    built = town.build(CASE_FILE)
    assert built.status == 0 and "number-order" in built.rules and "離れています" in built.err


def test_the_subject_of_a_meeting_is_its_name(town: City) -> None:
    assert town.take(*town.case(MEETING_FILE), day="") == "22総総送第1号"
    assert ",令和4年度第1回みなと市審査会,cases/第1回/meeting.yaml," in town.ledger[0]
    town.write(OTHER_FILE, edited(town.text(OTHER_FILE), "別の業務について", "｛記入：件名｝"))
    assert town.run("take", "総総送", *town.case(OTHER_FILE)).rules == ["words-missing"]


@pytest.mark.parametrize(
    ("year", "years", "alone"),
    [(2022, [], False), (2023, [2022], False), (2021, [2022], False), (2025, [2022, 2023], True), (2022, [2025], True)],
)
def test_a_ledger_that_would_stand_alone(year: int, years: list[int], alone: bool) -> None:
    assert bool(strays(year, years)) == alone
    assert is_far(date(2024, 4, 1), date(2023, 3, 31)) and not is_far(date(2024, 3, 31), date(2023, 3, 31))
