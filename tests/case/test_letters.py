"""通知・照会・回答: a letter is one paper, sent by a 部長 or the head, to offices, posts and persons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.letters import FORM, LETTER, TEMPLATE, TO
from support.registers import City, city
from support.samples import CASE, MEETING, Result, compose, edited, marked

from kotobuki.cli import main

FILE = "cases/第1回/通知.yaml"


def letter(text: str = LETTER) -> Result:
    return compose(text, form=FORM, template=TEMPLATE)


def test_a_letter_reads_like_one() -> None:
    body = "記:\n  - 日時｛同行｝: 午後2時\n  - 議題:\n      - 予算\n担当: {担当: 総務課, 電話: 03-0000-0000}\n"
    assert letter(LETTER + body).lines == [
        "22総総送第12号",
        "令和４年６月１日",
        "福祉局長殿",
        "総務部長",
        "会議の開催について（通知）",
        "下記のとおり開催します。",
        "記",
        "１ 日時午後２時",
        "２ 議題",
        "（１）予算",
        "",
        "担当： | 総務課",
        "電話： | 03-0000-0000",
    ]


@pytest.mark.parametrize(
    ("to", "lines"),
    [
        ("宛先: 総務部人事課", ["総務部人事課御中"]),
        ("宛先: 総務部人事課長", ["総務部人事課長殿"]),
        ("宛先: みなと市審査会", ["みなと市審査会御中"]),
        ("宛先: 各課長各位", ["各課長各位"]),
        ("宛先: 港学園\n  敬称: 様", ["港学園様"]),
        ("宛先: {名称: 港学園}", ["港学園御中"]),
        ("宛先: {名称: 港学園, 職: 園長}", ["港学園", "園長殿"]),
        ("宛先: {名称: 港学園, 職: 園長, 氏名: 波野 渚, 敬称: 様}", ["港学園", "園長波野 渚様"]),
        ("宛先: {氏名: 波野 渚}", ["波野 渚殿"]),
        ("宛先: [人事課各位, 福祉局長]", ["人事課各位", "福祉局長殿"]),
        ("宛先: [港学園, {名称: 波学園, 敬称: 殿}]\n  敬称: 御中", ["港学園御中", "波学園殿"]),
    ],
)
def test_everybody_is_addressed_as_is_due(to: str, lines: list[str]) -> None:
    found = letter(edited(LETTER, TO, f"  {to}\n")).lines
    assert found[2 : found.index("総務部長")] == lines


def test_kind_and_addressee_may_be_open() -> None:
    text = edited(edited(LETTER, "種別: 通知", "種別: ｛記入：種別｝"), TO, "  宛先: [｛記入：宛先｝, 福祉局長]\n")
    lines = letter(text).lines
    assert lines[2:4] == ["【記入：宛先】", "福祉局長殿"]
    assert "会議の開催について（【記入：種別】）" in lines


@pytest.mark.parametrize(
    ("sender", "lines"),
    [
        ("発信者: みなと市長", ["みなと市長海野 渚"]),
        ("発信者: 総務課長", ["総務課長"]),
        ("公印省略: はい", ["総務部長", "（公印省略）"]),
    ],
)
def test_the_head_signs_by_name_and_a_post_without(sender: str, lines: list[str]) -> None:
    found = letter(edited(LETTER, TO, f"{TO}  {sender}\n")).lines
    assert found[3 : found.index("会議の開催について（通知）")] == lines


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (TO, "  宛先: ▼港学園\n", "honorific-missing"),
        (TO, "  宛先: ▼福祉局町\n", "honorific-missing"),
        (TO, f"{TO}  発信者: ▼総務部町\n", "sender-mistyped"),
        (TO, f"{TO}  来文: {{日付: ▼2022-13-01}}\n", "date-impossible"),
        (TO, f"{TO}  来文: ▼{{文書番号: 4環第1号}}\n", "missing-key"),
        (TO, "  宛先: ▼港学園様\n", "honorific-twice"),
        (TO, "  宛先: ▼{敬称: 様}\n", "addressee-empty"),
        (TO, "  宛先: {▼名前: 港学園}\n", "unknown-key"),
        (TO, "  宛先: ▼[]\n", "missing-value"),
        ("  種別: 通知\n  番号: 12\n  日付: 2022-06-01\n" + TO, "  ▼種別: 通知\n", "missing-key"),
        ("種別: 通知", "種別: ▼通地", "choice"),
        ("件名:", "▼根拠: {条例: 第1条}\n件名:", "unknown-key"),
        ("件名:", "▼依頼: {番号: 1}\n件名:", "unknown-key"),
        ("件名:", "▼会議体: 審査会\n件名:", "unknown-key"),
        ("本文:", "▼本分:", "key-unknown"),
        ("本文: 下", "本文: ▼｛会議体｝下", "term-unknown"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said_where_it_stands(old: str, new: str, rules: str) -> None:
    text, expected = marked(edited(LETTER, old, new), rules)
    assert letter(text).faults == expected


def test_an_answer_names_the_letter_it_answers() -> None:
    text = edited(LETTER, TO, f"{TO}  来文: {{文書番号: 4環第12号, 日付: 2022-05-20}}\n")
    lines = letter(edited(text, "下記のとおり開催", "｛来文｝の照会に回答")).lines
    assert lines[-1] == "令和４年５月20日付け４環第12号の照会に回答します。"


def test_an_answer_before_its_question_is_noticed(town: City) -> None:
    town.write(FILE, edited(LETTER, TO, f"{TO}  来文: {{日付: 2022-06-02}}\n"))
    ran = town.build(FILE)
    assert (ran.status, ran.rules) == (0, ["answer-before-question"])


def test_an_open_number_or_date_makes_a_draft() -> None:
    found = letter(edited(LETTER, "  番号: 12\n  日付: 2022-06-01\n", ""))
    assert found.paper is not None and found.paper.draft
    assert found.lines[:2] == ["　　総総送第　　号", "　　年　　月　　日"]


def test_only_letters_have_a_sender_of_their_own() -> None:
    (fault,) = compose(edited(CASE, "依頼:", "発信:")).diagnostics
    assert (fault.rule, fault.place.line) == ("unknown-key", 5)


@pytest.fixture
def town(tmp_path: Path) -> City:
    """The small city with a letter among its cases, not yet numbered."""
    found = city(tmp_path)
    found.write(FILE, edited(LETTER, "  番号: 12\n", ""))
    return found


def test_a_letter_is_built_without_a_meeting(town: City) -> None:
    ran = town.build(FILE)
    assert (ran.status, ran.err) == (0, "")
    assert {each.name for each in (town.root / "output" / "通知").iterdir()} == {"施行文.docx", "manifest.json"}


@pytest.mark.parametrize("command", ["build", "packet"])
def test_a_letter_is_no_agenda(town: City, command: str) -> None:
    town.write("cases/第1回/meeting.yaml", edited(MEETING, "案件.yaml", "通知.yaml"))
    folder = str(town.root / "cases" / "第1回")
    ran = CliRunner().invoke(main, [command, folder, "--out", str(town.root / "output")])
    assert ran.exit_code == 1
    assert re.findall(r"^(\S+?):(\d+):.*?\[([a-z-]+)\]", ran.stderr, re.MULTILINE | re.DOTALL)[0][1:] == (
        "5",
        "agenda-no-committee",
    )


def test_a_letter_takes_its_number_from_the_register(town: City) -> None:
    assert town.take(*town.case(FILE), day="2022-06-01") == "22総総送第1号"
    assert "発信:\n  番号: 1\n  種別: 通知\n" in town.text(FILE)
    assert "会議の開催について（通知）" in town.ledger[0]
    assert town.take(*town.case(FILE), day="2022-06-01") == "22総総送第1号"
    assert town.build(FILE).status == 0
    assert town.run("check").status == 0


def test_a_build_refuses_a_letter_whose_number_is_void(town: City) -> None:
    town.take(*town.case(FILE), day="2022-06-01")
    assert town.run("void", "22総総送第1号", "--reason", "誤り").status == 0
    ran = town.build(FILE)
    assert (ran.status, ran.rules) == (1, ["number-void"])
