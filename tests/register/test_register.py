"""The register as a user meets it: numbers taken, shared, reserved, voided, listed, and what build and check refuse."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.processes import kotobuki
from support.registers import CASE_FILE, LEDGER, MEETING_FILE, OPEN_CASE, OPEN_REQUEST, OTHER_FILE, City, city
from support.samples import ORGANIZATION, edited

from kotobuki.cli import number


@pytest.fixture
def town(tmp_path: Path) -> City:
    return city(tmp_path)


def with_style(folder: Path, style: str) -> City:
    return city(folder, ORGANIZATION=ORGANIZATION + f"表記: {style}\n")


def test_take_prints_the_number_alone(town: City) -> None:
    ran = town.run("take", "総総送", "--subject", "会議の開催について（通知）", "--date", "2022-05-11")
    assert (ran.status, ran.out, ran.err) == (0, "22総総送第1号\n", "")


def test_serials_run_by_series_and_fiscal_year(town: City) -> None:
    assert [town.take(), town.take(), town.take(day="令和5年3月31日")] == [f"22総総送第{n}号" for n in (1, 2, 3)]
    assert town.take(day="2023-04-01") == "23総総送第1号"
    assert town.run("take", "福介送", "--subject", "通知", "--date", "2022-05-01").out == "22福介送第1号\n"
    names = [file.name for file in sorted((town.root / "cases/register").glob("*.csv"))]
    assert names == ["2022-福介送.csv", "2022-総総送.csv", "2023-総総送.csv"]


@pytest.mark.parametrize(
    ("style", "series", "number"),
    [
        ("{文書番号の年: 和暦}", "総総送", "4総総送第1号"),
        ("{文書番号: ｛元号｝｛年｝｛記号｝発第｛番号｝号, 文書番号の年: 和暦}", "総総発", "令4総総発第1号"),
        ("{文書番号: 湊｛記号｝第｛番号｝号}", "総総", "湊総総第1号"),
        ("{文書番号: ｛記号｝｛年｝－｛番号｝}", "総総", "総総22－1"),
    ],
)
def test_the_house_style_words_the_number(tmp_path: Path, style: str, series: str, number: str) -> None:
    ran = with_style(tmp_path, style).run("take", series, "--subject", "通知", "--date", "2022-05-01")
    assert (ran.out, ran.err) == (number + "\n", "")


def test_the_date_is_today_unless_given(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number, "_today", lambda: date(2024, 4, 1))
    assert town.take(day="") == "24総総送第1号"


@pytest.mark.parametrize(
    ("arguments", "rule", "words"),
    [
        (["総葱送", "--subject", "通知"], "series-unknown", "「総総送」の誤りではありませんか"),
        (["総総", "--subject", "通知"], "series-unknown", "「総総送」の誤りではありませんか"),
        (["--subject", "通知"], "series-unknown", "使えるのは 総総送・総人送・福介送 です"),
        (["総総送"], "words-missing", "--subject"),
        (["総総送", "--subject", "一\n二"], "words-form", "改行"),
        (["総総送", "--subject", "=1+1"], "words-form", "式"),
        (["総総送", "--subject", "通\x07知"], "character-control", "制御文字"),
        (["総総送", "--subject", "通知", "--date", "5月"], "date-format", "5月"),
        (["総総送", "--subject", "通知", "--number", "八"], "number-format", "八"),
        (["総総送", "--subject", "通知", "--number", "3"], "number-taken", "第3号は、台帳にありません"),
        (["総総送", "--subject", "通知", "--branch-of", "3"], "branch-of", "第3号は、台帳にありません"),
        (["総総送", "--subject", "通知", "--number", "3", "--branch-of", "3"], "options", "一緒に使えません"),
        (["総総送", "--case", "cases/ない.yaml"], "file-missing", "ファイルがありません"),
    ],
)
def test_what_cannot_be_taken(town: City, arguments: list[str], rule: str, words: str) -> None:
    ran = town.run("take", *arguments)
    assert (ran.status, ran.out, ran.rules) == (1, "", [rule])
    assert words in ran.err
    assert "番号は取っていません" in ran.err
    assert not (town.root / LEDGER).exists()


def test_a_root_without_an_organization(town: City) -> None:
    ran = City(town.root / "cases").run("take", "総総送", "--subject", "通知")
    assert (ran.status, ran.out) == (2, "")
    assert "organization.yaml がありません" in ran.err


@pytest.mark.process
def test_the_root_is_found_from_the_case(town: City) -> None:
    assert kotobuki(Path("/"), "number", "take", "総総送", *town.case()) == "22総総送第1号\n"
    assert (town.root / LEDGER).exists()


# A number for a case


def test_a_case_gets_its_number_and_nothing_else_changes(town: City) -> None:
    before = town.text(CASE_FILE)
    assert town.take(*town.case(), day="") == "22総総送第1号"  # its own date, 2022-05-06, gives the year
    assert town.text(CASE_FILE) == edited(before, OPEN_REQUEST, "{番号: 1, 日付: 2022-05-06}")
    assert "2022-05-06,見本の業務について,cases/第1回/案件.yaml" in town.ledger[0]


def test_a_case_gets_the_same_number_again(town: City) -> None:
    assert town.take() == "22総総送第1号"
    assert town.take(*town.case()) == "22総総送第2号"
    after = town.text(CASE_FILE), town.ledger
    assert town.take(*town.case()) == "22総総送第2号"
    assert (town.text(CASE_FILE), town.ledger) == after
    town.write(CASE_FILE, OPEN_CASE)  # as a crash before the YAML was written leaves it
    assert town.take(*town.case()) == "22総総送第2号"
    assert (town.text(CASE_FILE), town.ledger) == after


def test_a_case_without_a_date_keeps_its_number_in_the_next_year(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{}"))
    assert town.take(*town.case(), day="2023-03-31") == "22総総送第1号"
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{番号: 1}"))
    assert town.take(*town.case(), day="") == "22総総送第1号"
    ran = town.run("take", "総総送", *town.case(), "--date", "2023-04-01")  # says that it is to be another year's
    assert (ran.status, ran.rules) == (1, ["number-held"])


def test_a_meeting_gets_the_number_of_all_its_inquiries(town: City) -> None:
    assert town.take(*town.case(MEETING_FILE), "--subject", "諮問", day="") == "22総総送第1号"
    assert "諮問: {番号: 1, 日付: 2022-05-11}" in town.text(MEETING_FILE)
    assert town.take("--case", str(town.root / "cases/第1回"), "--subject", "諮問") == "22総総送第1号"
    assert (town.build("cases/第1回").status, len(town.ledger)) == (0, 1)


def test_papers_sent_together_share_a_number(town: City) -> None:
    assert town.take(*town.case(), *town.case(OTHER_FILE)) == "22総総送第1号"
    assert "番号: 1," in town.text(CASE_FILE)
    assert "番号: 1," in town.text(OTHER_FILE)
    assert [line.split(",")[3] for line in town.ledger] == ["発行", "併用"]
    assert town.take(*town.case(OTHER_FILE)) == "22総総送第1号"
    assert town.build("cases/第1回").status == 0
    assert town.run("check").err == ""


def test_a_case_joins_the_number_of_another(town: City) -> None:
    town.take(*town.case())
    assert town.take(*town.case(), *town.case(OTHER_FILE), *town.case()) == "22総総送第1号"
    town.take("--subject", "ほか")
    assert town.states() == {"22総総送第1号": "発行", "22総総送第2号": "発行"}


def test_cases_with_two_numbers_do_not_share(town: City) -> None:
    town.take(*town.case())
    town.take(*town.case(OTHER_FILE))
    ran = town.run("take", "総総送", *town.case(), *town.case(OTHER_FILE))
    assert (ran.status, ran.rules) == (1, ["number-held"])
    assert "「22総総送第1号」と「22総総送第2号」" in ran.err


def test_a_case_of_another_section(town: City) -> None:
    ran = town.run("take", "総人送", *town.case())
    assert (ran.status, ran.out, ran.rules) == (1, "", ["series-other"])
    assert "「総総送」の番号を取る" in ran.err


def test_a_case_of_another_fiscal_year(town: City) -> None:
    ran = town.run("take", "総総送", *town.case(), "--date", "2023-05-01")
    assert (ran.status, ran.rules) == (1, ["year-other"])
    assert "案件.yaml:5:5" in ran.err


def test_a_case_outside_the_project(town: City, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("外") / "案件.yaml"
    file.write_text(OPEN_CASE, encoding="utf-8")
    ran = town.run("take", "総総送", "--case", str(file))
    assert (ran.status, ran.rules) == (1, ["case-outside"])


@pytest.mark.skipif(os.name != "posix", reason="other systems know no such names")
def test_a_case_whose_name_would_break_a_line(town: City) -> None:
    name = "cases/第1回/案\n件.yaml"
    (town.root / CASE_FILE).rename(town.root / name)
    ran = town.run("take", "総総送", *town.case(name))
    assert (ran.status, ran.rules) == (1, ["case-name"])


def test_a_broken_case_takes_no_number(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace("総務部総務課", "総務部総葱課"))
    ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.out, ran.rules) == (1, "", ["department-unknown"])
    assert not (town.root / LEDGER).exists()


def test_a_number_written_by_hand(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{番号: 2, 日付: 2022-05-06}"))
    ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.rules) == (1, ["number-written"])
    assert "案件.yaml:5:10" in ran.err
    town.take("--subject", "ほか")
    town.take("--subject", "その案件のために取って、手で書いた番号")
    assert town.take(*town.case()) == "22総総送第2号"
    assert town.run("take", "総総送", *town.case(OTHER_FILE)).out == "22総総送第3号\n"


def test_a_renamed_case_keeps_its_number(town: City) -> None:
    town.take(*town.case())
    (town.root / CASE_FILE).rename(town.root / "cases/第1回/新しい名.yaml")
    town.write(MEETING_FILE, town.text(MEETING_FILE).replace("案件.yaml", "新しい名.yaml"))
    ran = town.build("cases/第1回")
    assert (ran.status, ran.rules) == (1, ["number-of-another"])
    assert "kotobuki number take 総総送 --case cases/第1回/新しい名.yaml" in ran.err
    assert town.take(*town.case("cases/第1回/新しい名.yaml")) == "22総総送第1号"
    assert (town.build("cases/第1回").status, town.run("check").err) == (0, "")


# Branches, blocks, voids


def test_branch_numbers(town: City) -> None:
    town.take()
    town.take()
    assert town.take("--branch-of", "1") == "22総総送第1号の2"
    assert town.take(*town.case(), "--branch-of", "１") == "22総総送第1号の3"
    assert "依頼: {番号: 1, 枝番: 3, 日付: 2022-05-06}" in town.text(CASE_FILE)
    assert town.take(*town.case(), "--branch-of", "1") == "22総総送第1号の3"
    assert town.take() == "22総総送第3号"
    assert [line.split(",")[0] for line in town.ledger] == [
        f"22総総送第{n}" for n in ("1号", "1号の2", "1号の3", "2号", "3号")
    ]
    assert town.build(CASE_FILE).status == 0


def test_a_pattern_without_branches(tmp_path: Path) -> None:
    town = with_style(tmp_path, "{文書番号: ｛年｝｛記号｝送第｛番号｝号}")
    town.take()
    ran = town.run("take", "総総送", "--subject", "通知", "--date", "2022-05-01", "--branch-of", "1")
    assert (ran.status, ran.rules) == (1, ["branch-pattern"])


def test_a_block_reserved_ahead(town: City) -> None:
    ran = town.run("reserve", "総総送", "3", "--subject", "第1回の会議", "--date", "2022-05-01")
    assert (ran.status, ran.out) == (0, "22総総送第1号\n22総総送第2号\n22総総送第3号\n")
    assert town.take() == "22総総送第4号"
    assert town.take(*town.case(), "--number", "2") == "22総総送第2号"
    assert town.states() == {
        "22総総送第1号": "予約",
        "22総総送第2号": "発行",
        "22総総送第3号": "予約",
        "22総総送第4号": "発行",
    }
    ran = town.run("take", "総総送", "--subject", "通知", "--date", "2022-05-01", "--number", "2")
    assert (ran.status, ran.rules) == (1, ["number-taken"])
    assert f"第2号は、{CASE_FILE} の番号です" in ran.err


@pytest.mark.parametrize("count", ["", "0", "千", "1001"])
def test_how_many_can_be_reserved(town: City, count: str) -> None:
    ran = town.run("reserve", "総総送", count, "--subject", "会議")
    assert (ran.status, ran.out, ran.rules) == (1, "", ["number-format"])


def test_a_voided_number_never_comes_back(town: City) -> None:
    town.take(*town.case())
    ran = town.run("void", "22総総送第１号", "--reason", "起案の取りやめ", "--date", "2022-05-20")
    assert (ran.status, ran.out) == (0, "22総総送第1号\n")
    assert "番号が残っています" in ran.err
    assert town.take() == "22総総送第2号"
    assert town.take(*town.case()) == "22総総送第3号"  # takes the place of the void one in the YAML
    assert "依頼: {番号: 3, 日付: 2022-05-06}" in town.text(CASE_FILE)
    ran = town.run("void", "22総総送第1号", "--reason", "もう一度")
    assert (ran.status, ran.rules) == (1, ["number-void"])
    assert "起案の取りやめ" in ran.err


def test_void_wants_a_known_number_and_a_reason(town: City) -> None:
    town.take()
    assert town.run("void", "22総総送第1号").rules == ["words-missing"]
    assert town.run("void", "--reason", "取りやめ").rules == ["number-missing"]
    ran = town.run("void", "22総総送第7号", "--reason", "取りやめ")
    assert (ran.status, ran.rules) == (1, ["number-unknown"])
    assert "「22総総送第1号」の誤りではありませんか" in ran.err
    assert town.states() == {"22総総送第1号": "発行"}


def test_the_newest_year_is_meant_where_numbers_have_none(tmp_path: Path) -> None:
    town = with_style(tmp_path, "{文書番号: ｛記号｝第｛番号｝号}")
    for day in ("2022-05-01", "2023-05-01"):
        town.run("take", "総総", "--subject", "通知", "--date", day)
    assert town.run("void", "総総第1号", "--reason", "取りやめ", "--year", "2022").status == 0
    assert (town.states(2022, "総総"), town.states(2023, "総総")) == ({"総総第1号": "取消"}, {"総総第1号": "発行"})
    assert town.run("show", "総総第1号").out.startswith("総総第1号　発行\n")


def test_list_and_show(town: City) -> None:
    town.take(day="2021-05-01")
    town.run("reserve", "総総送", "3", "--subject", "第1回の会議", "--date", "2022-05-01")
    town.take(*town.case())
    town.run("void", "22総総送第2号", "--reason", "不要", "--date", "2022-05-20")
    assert town.run("list").out.splitlines() == [
        "2022年度　総総送",
        "  22総総送第1号  予約  2022-05-01  第1回の会議",
        "  22総総送第2号  取消  2022-05-01  第1回の会議  （不要）",
        "  22総総送第3号  予約  2022-05-01  第1回の会議",
        "  22総総送第4号  発行  2022-05-01  見本の業務について  cases/第1回/案件.yaml",
    ]
    assert town.run("list", "総総送", "--year", "2021").out.splitlines()[1:] == [
        "  21総総送第1号  発行  2021-05-01  通知"
    ]
    assert town.run("show", "22総総送 第2号").out.splitlines() == [
        "22総総送第2号　取消",
        "  件名　第1回の会議",
        "  経過　2022-05-01　予約",
        "  経過　2022-05-20　取消　不要",
    ]


def test_a_block_is_one_line_of_the_list(town: City) -> None:
    town.run("reserve", "総総送", "100", "--subject", "会議", "--date", "2022-05-01")
    assert town.run("list").out.splitlines()[1:] == ["  22総総送第1号～22総総送第100号  予約  2022-05-01  会議"]


def test_a_spreadsheet_opens_it(town: City) -> None:
    town.take("--subject", '講座,講演会の「約1,000人」への"案内"')
    with (town.root / LEDGER).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (town.root / LEDGER).read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[0]["件名"] == '講座,講演会の「約1,000人」への"案内"'
    assert rows[0]["日付"] == "2022-05-01"


# What build and check say


def test_without_a_register_it_builds_as_before(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{番号: 82, 日付: 2022-05-06}"))
    assert (town.build("cases/第1回").status, (town.root / "cases/register").exists()) == (0, False)
    assert town.run("check").out == "台帳はまだありません。\n"


def test_a_register_does_not_change_what_is_built(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{番号: 2, 日付: 2022-05-06}"))
    word = town.root / "output/第1回/第2号議案/依頼書.docx"
    town.build("cases/第1回")
    before = word.read_bytes()
    town.take()
    assert town.build("cases/第1回").status == 0  # 82 was never taken, but it is nobody else's
    assert word.read_bytes() == before


@pytest.mark.parametrize("path", ["cases/第1回", CASE_FILE])
def test_build_refuses_a_void_number(town: City, path: str) -> None:
    town.take(*town.case())
    town.run("void", "22総総送第1号", "--reason", "起案の取りやめ", "--date", "2022-05-20")
    ran = town.build(path)
    assert (ran.status, ran.rules) == (1, ["number-void"])
    assert "案件.yaml:5:10: 誤り: 「22総総送第1号」は取り消された番号です（2022-05-20、起案の取りやめ）" in ran.err
    assert not (town.root / "output/第1回").exists()


def test_build_refuses_the_number_of_another_case(town: City) -> None:
    town.take(*town.case())
    town.write(OTHER_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{番号: 1, 日付: 2022-05-06}"))
    ran = town.build("cases/第1回")
    assert (ran.status, ran.rules) == (1, ["number-of-another"])
    assert "別件.yaml:5:10: 誤り: 「22総総送第1号」は、台帳では cases/第1回/案件.yaml の番号です" in ran.err


def test_build_refuses_the_void_number_of_a_meeting_once(town: City) -> None:
    town.take(*town.case(MEETING_FILE), "--subject", "諮問")
    town.run("void", "22総総送第1号", "--reason", "取りやめ")
    ran = town.build("cases/第1回")
    assert (ran.status, ran.rules) == (1, ["number-void"])
    assert "meeting.yaml:4:10" in ran.err


def test_build_of_a_case_without_a_date_looks_at_all_years(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{}"))
    town.take(*town.case(), day="2022-05-01")
    town.take(*town.case(OTHER_FILE), day="")
    town.run("take", "総総送", "--subject", "通知", "--date", "2023-05-01")
    town.run("void", "23総総送第1号", "--reason", "取りやめ")
    assert town.build(CASE_FILE).status == 0
    town.run("void", "22総総送第1号", "--reason", "取りやめ")
    assert town.build(CASE_FILE).rules == ["number-void"]


def test_build_stops_at_a_spoilt_register(town: City) -> None:
    town.take(*town.case())
    town.write(LEDGER, town.text(LEDGER).replace("見本", "手本"))
    ran = town.build("cases/第1回")
    assert (ran.status, ran.rules) == (1, ["register-line"])


def test_check_finds_nothing_wrong(town: City) -> None:
    town.take(*town.case(), day="")
    town.take(*town.case(MEETING_FILE), day="")
    ran = town.run("check")
    assert (ran.status, ran.out, ran.err) == (0, "台帳1冊、番号2件を調べました。\n", "")


def test_check_compares_cases_with_the_register(town: City) -> None:
    def number(text: str) -> str:
        return OPEN_CASE.replace(OPEN_REQUEST, f"{{番号: {text}, 日付: 2022-05-06}}")

    town.take(*town.case())
    town.take("--subject", "案件を書かずに取った番号")
    town.write(CASE_FILE, OPEN_CASE)
    town.write(OTHER_FILE, number("7"))
    ran = town.run("check")
    assert (ran.status, ran.rules) == (1, ["number-not-taken", "number-not-borne"])
    town.write(CASE_FILE, number("2"))
    town.write(OTHER_FILE, number("2"))
    ran = town.run("check")
    assert "number-on-two" in ran.rules
    assert f"kotobuki number take 総総送 --case {OTHER_FILE} --case {CASE_FILE}" in ran.err
    (town.root / CASE_FILE).unlink()
    town.write(OTHER_FILE, OPEN_CASE)
    ran = town.run("check")
    assert (ran.status, ran.rules) == (0, ["number-not-borne"])
    assert "cases/第1回/案件.yaml がありません" in ran.err


def test_check_names_reserved_numbers_in_use(town: City) -> None:
    town.run("reserve", "総総送", "5", "--subject", "会議", "--date", "2022-05-01")
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{番号: 5, 日付: 2022-05-06}"))
    ran = town.run("check")
    assert (ran.status, ran.rules) == (0, ["number-reserved"])
    assert f"kotobuki number take 総総送 --number 5 --case {CASE_FILE}" in ran.err
    assert town.take("--number", "5", *town.case()) == "22総総送第5号"
    assert town.run("check").err == ""


def test_the_list_is_a_table_for_excel(town: City, tmp_path: Path) -> None:
    town.take(*town.case())
    town.take("--subject", "会議")
    assert town.run("void", "22総総送第2号", "--reason", "誤り").status == 0
    ran = town.run("list", "--xlsx", str(tmp_path / "台帳.xlsx"), "--json", str(tmp_path / "台帳.json"))
    assert ran.status == 0 and "22総総送" not in ran.out
    (sheet,) = load_workbook(tmp_path / "台帳.xlsx").worksheets
    first, second = list(sheet.iter_rows(min_row=2, values_only=True))
    assert first[:4] == (2022, "総総送", "22総総送第1号", "発行") and first[6] == "cases/第1回/案件.yaml"
    assert (second[3], second[5], second[7]) == ("取消", "会議", "誤り")
