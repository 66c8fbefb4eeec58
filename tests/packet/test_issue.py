"""What was handed out: a dated record that no later packet writes over, and that `--against` knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.samples import CASE, MEETING, edited, project

from kotobuki.cli import main
from kotobuki.layout.page import Page
from kotobuki.packet.issue import FOLDER, Issue, parse_issue
from kotobuki.packet.record import read_manifest
from kotobuki.packet.words import joined, passage_of, words_on

HELD = edited(MEETING, "回: 1", "回: 1\n日時: 2022-05-18 14:00\n場所: 市役所")
TWO = edited(HELD, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 二.yaml}")
SECOND = edited(CASE, "番号: 82", "番号: 83")
BEFORE, AFTER = "委託するため", "委託し、又は請け負わせるため"


class City:
    """The small city, whose meeting is ready to be handed out."""

    def __init__(self, tmp_path: Path, case: str = CASE, meeting: str = TWO) -> None:
        self.folder = project(tmp_path, {"案件.yaml": case, "二.yaml": SECOND}, MEETING=meeting) / "cases" / "第1回"
        self.out = tmp_path / "out"

    def run(self, *options: str) -> Result:
        return CliRunner().invoke(
            main, ["packet", str(self.folder), "--out", str(self.out), "--format", "pdf", *options]
        )

    def correct(self) -> None:
        file = self.folder / "案件.yaml"
        file.write_text(edited(file.read_text(encoding="utf-8"), BEFORE, AFTER), encoding="utf-8")

    def record(self, name: str) -> Path:
        return self.folder / FOLDER / f"{name}.json"


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022-05-16", "2022-05-16"),
        ("令和4年5月16日", "2022-05-16"),
        ("2022-05-16の2", "2022-05-16の2"),
        ("令和４年５月１６日の3", "2022-05-16の3"),
    ],
)
def test_a_day_is_read_as_elsewhere(text: str, name: str) -> None:
    assert parse_issue(text).name == name
    assert parse_issue(name) == parse_issue(text)
    assert Issue(parse_issue(text).day, 1) <= parse_issue(text)


def test_what_is_handed_out_is_recorded_and_stays(city: City) -> None:
    done = city.run("--issue", "令和4年5月16日")
    assert (done.exit_code, done.stderr) == (0, "")
    record = city.record("2022-05-16")
    assert f"配ったものの控えは {record} にあります" in done.output
    kept = record.read_bytes()
    assert kept == (city.out / "第1回" / "manifest.json").read_bytes()
    assert [page.paper for page in read_manifest(kept.decode())] == ["表紙", "次第", *(["表紙", "依頼書"] * 2)]
    assert city.run("--issue", "2022-05-16").exit_code == 0  # the same again: nothing is lost, nothing is new
    assert city.run().stderr == ""  # a packet that is what was handed out
    city.correct()
    later = city.run()
    assert later.exit_code == 0 and "2022-05-16 に配ったものと違います" in later.stderr
    assert "--against で作れます" in later.stderr
    assert record.read_bytes() == kept
    assert "  p. 1 → p. 1\n" in city.run("--against").output
    assert "  p. 1 → p. 1\n" in city.run("--against", "令和4年5月16日").output


def test_a_swap_is_handed_out_too_and_the_next_one_is_against_it(city: City) -> None:
    city.run("--issue", "2022-05-16")
    city.correct()
    done = city.run("--against", "--issue", "2022-05-17")
    assert done.exit_code == 0 and city.record("2022-05-17").is_file()
    assert city.run("--against").output.startswith("差し替える紙はありません。")
    assert "  p. 1 → p. 1\n" in city.run("--against", "2022-05-16").output
    assert "正誤表.pdf は、以前に作ったものです" in city.run("--against").output
    assert "会議の日（令和4年5月18日）より後です" in city.run("--against", "2022-05-16", "--date", "2202-05-16").stderr
    nothing = city.run("--against", "--issue", "2022-05-18")
    assert nothing.exit_code == 0 and not city.record("2022-05-18").exists()


def test_sheets_do_not_bear_a_day_before_those_that_they_replace(city: City) -> None:
    city.run("--issue", "2022-05-16")
    city.correct()
    said = "元の資料を配った日（令和4年5月16日）より前です"
    assert said in city.run("--against", "--date", "2022-05-15").stderr
    assert said in city.run("--against", "2022-05-16", "--date", "2022-05-15").stderr
    assert said in city.run("--against", "--issue", "2022-05-17", "--date", "2022-05-15").stderr
    assert said not in city.run("--against", "2022-05-16", "--date", "2022-05-16").stderr


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (("--issue", "2022-05-16"), "issue-twice"),
        (("--against", "--issue", "2022-05-16"), "issue-twice"),
        (("--issue", "2022-05-15"), "issue-order"),
        (("--issue", "2022-05-16の2"), ""),
        (("--against", "--issue", "2022-05-16の2"), ""),
    ],
)
def test_a_day_has_one_record_and_they_are_in_order(city: City, options: tuple[str, ...], rule: str) -> None:
    city.run("--issue", "2022-05-16")
    kept = city.record("2022-05-16").read_bytes()
    city.correct()
    done = city.run(*options)
    assert (done.exit_code, rule in done.stderr) == (1 if rule else 0, True)
    assert "2022-05-16の2 と書いてください" in done.stderr or rule != "issue-twice"
    assert city.record("2022-05-16").read_bytes() == kept
    assert city.record("2022-05-16の2").exists() == (not rule)


@pytest.mark.parametrize(
    ("case", "meeting", "rule"),
    [
        (edited(CASE, "見本の業務について", "｛記入：件名｝"), TWO, "placeholder-open"),
        (edited(CASE, "理由:", "# 確認：甲\n理由:"), TWO, "review-open"),
        (edited(CASE, "番号: 82, ", ""), TWO, "final-open"),
        (CASE, edited(TWO, "日時: 2022-05-18 14:00\n", ""), "final-open"),
        (edited(CASE, "委託", "｛委託｝"), TWO, "term-unknown"),
    ],
)
def test_what_is_open_or_wrong_is_not_handed_out(tmp_path: Path, case: str, meeting: str, rule: str) -> None:
    city = City(tmp_path, case, meeting)
    done = city.run("--issue", "2022-05-16")
    assert (done.exit_code, rule in done.stderr) == (1, True)
    assert not city.record("2022-05-16").parent.exists() and not city.out.exists()


@pytest.mark.parametrize(
    ("options", "said", "status"),
    [
        (("--against",), "--issue 日付 を付けるか", 2),
        (("--against", "2022-05-16"), "2022-05-16 に配った資料の控えはありません", 2),
        (("--issue", "あした"), "--issue の", 2),
        (("--issue", "2022-02-30"), "--issue の", 2),
        (("--issue", "2202-05-16"), "会議の日（令和4年5月18日）より後です", 0),
        (("--issue", ""), "--issue の", 2),
        (("--issue", "2012-05-16"), "会議の年度（2022年度）から離れています", 0),
    ],
)
def test_a_day_that_cannot_be_meant(city: City, options: tuple[str, ...], said: str, status: int) -> None:
    done = city.run(*options)
    assert (done.exit_code, said in done.stderr) == (status, True)


@pytest.mark.parametrize(
    "spoilt",
    [
        '{"papers": [{"name": "\\u001b[2J", "agenda": null, "pages": [{"number": "", "running": "", "position": "", "digest": ""}]}]}',
        '{"papers": [{"name": "紙", "agenda": null, "pages": [{"number": "", "running": "", "position": "", "digest": "", "words": ["-\\u0000"]}]}]}',
        '{"papers": [{"name": "紙", "agenda": null, "pages": [{"number": "", "running": "", "position": "", "digest": "", "words": [{}]}]}]}',
        '{"papers": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "{}",
        "[]",
        '{"papers": [1]}',
        '{"papers": [{"name": 1, "agenda": null, "pages": [{"number": "", "running": "", "position": "", "digest": ""}]}]}',
        '{"papers": [{"name": "紙", "agenda": 2, "pages": [{"number": "x", "running": "", "position": "", "digest": ""}]}]}',
        "<<<<<<< HEAD",
    ],
)
def test_a_record_that_is_none_is_said(city: City, spoilt: str) -> None:
    city.run("--issue", "2022-05-16")
    city.record("2022-05-16").write_text(spoilt, encoding="utf-8")
    done = city.run("--against")
    assert (done.exit_code, "控え（manifest.json）ではありません" in done.stderr) == (2, True)
    plain = city.run()
    assert (plain.exit_code, "[issue-unreadable]" in plain.stderr) == (0, True)


def test_a_record_keeps_words_a_line_a_passage(city: City) -> None:
    city.run("--issue", "2022-05-16")
    papers = json.loads(city.record("2022-05-16").read_text(encoding="utf-8"))["papers"]
    (request,) = papers[3]["pages"]
    assert request["words"][:3] == ["-写", "-22総総送第82号", "-令和４年５月６日"]
    assert "-委託するため" in request["words"] and any(each.startswith("#") for each in request["words"])
    assert all(passage_of(each).written == each for each in request["words"])


@pytest.mark.parametrize(
    ("lines", "text"),
    [(["情報の", "保護"], "情報の保護"), (["the open", "data"], "the open data"), (["https://a/", "b"], "https://a/b")],
)
def test_lines_are_joined_as_they_were_parted(lines: list[str], text: str) -> None:
    assert joined(lines) == text


def test_a_page_without_words_has_none() -> None:
    page = Page(width=1, height=1, paper="", number=None, items=())
    assert list(words_on([page])) == [()]
