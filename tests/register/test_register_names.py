"""The names of ledgers: composed one way or another they are one, and links lead nowhere."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from support.registers import LEDGER, City, city
from support.samples import ORGANIZATION, edited

NFD = LEDGER.replace("総総", unicodedata.normalize("NFD", "ガガ"))
MARKED = edited(ORGANIZATION, "記号: 総総", "記号: ガガ")


def take(town: City, series: str = "ガガ送") -> str:
    ran = town.run("take", series, "--subject", "通知", "--date", "2022-05-01")
    return f"{ran.out.strip()}{ran.rules or ''}"


@pytest.fixture
def town(tmp_path: Path) -> City:
    return city(tmp_path, ORGANIZATION=MARKED)


def test_a_ledger_whose_name_was_decomposed_on_its_way_goes_on(town: City) -> None:
    assert take(town) == "22ガガ送第1号"
    (town.root / LEDGER.replace("総総", "ガガ")).rename(town.root / NFD)
    assert take(town) == "22ガガ送第2号"
    assert [file.name for file in (town.root / "cases/register").glob("*.csv")] == [Path(NFD).name]


def test_two_files_of_one_ledger_are_noticed(town: City) -> None:
    assert take(town) == "22ガガ送第1号"
    (town.root / NFD).write_bytes((town.root / LEDGER.replace("総総", "ガガ")).read_bytes())
    assert take(town) == "['register-two-files']"


@pytest.mark.parametrize("mark", ["総:総", "総.総", "総 総", "総" * 80])
def test_a_mark_that_no_file_can_bear(mark: str, tmp_path: Path) -> None:
    town = city(tmp_path, ORGANIZATION=edited(ORGANIZATION, "記号: 総総", f'記号: "{mark}"'))
    assert take(town, f"{mark}送") == "['series-unknown']"
    assert not (town.root / "cases/register").exists()


def test_marks_that_are_one_on_some_system(tmp_path: Path) -> None:
    text = edited(edited(ORGANIZATION, "記号: 総総", "記号: SS"), "記号: 総人", "記号: ss")
    town = city(tmp_path, ORGANIZATION=text)
    assert take(town, "SS送") == "['series-unknown']"


@pytest.mark.parametrize("name", [".2022-総総送.csv.new", ".案件.yaml.new"])
def test_a_link_where_a_file_is_written_aside_is_not_followed(name: str, tmp_path: Path) -> None:
    (tmp_path / "外").write_text("old", encoding="utf-8")
    town = city(tmp_path / "project")
    (town.root / "cases/register").mkdir()
    (town.root / ("cases/register" if "csv" in name else "cases/第1回") / name).symlink_to(tmp_path / "外")
    assert town.take(*town.case()) == "22総総送第1号"
    assert (tmp_path / "外").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["cases/register", LEDGER, "cases/register/.lock"])
def test_what_a_link_leads_to_is_left_alone(name: str, tmp_path: Path) -> None:
    outside = tmp_path / "外"
    outside.mkdir()
    (outside / "file").write_text("old", encoding="utf-8")
    town = city(tmp_path / "project")
    (town.root / name).parent.mkdir(exist_ok=True)
    for target in (outside, outside / "file", outside / "ない"):
        (town.root / name).unlink(missing_ok=True)
        (town.root / name).symlink_to(target)
        ran = town.run("take", "総総送", "--subject", "通知", "--date", "2022-05-01")
        assert (ran.status != 0, ran.out) == (True, "")
        assert "Traceback" not in ran.err and "予期しない" not in ran.err
        assert [(each.name, each.read_text(encoding="utf-8")) for each in outside.iterdir()] == [("file", "old")]
