"""What cannot be seen is shown, wherever it comes from and whoever reads it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.samples import CASE, edited, project

from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostic, Place, render
from kotobuki.file_names import fault_of
from kotobuki.visible import json_text, visible, visible_lines

UNSEEN = "\x00\x07\x08\r\x1b\x7f\x85\x9b\xad\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\udc80\ud800\U000e0041"
SEEN = "髙\U000e0100葛\ufe00　\t〜-‐–…①㊢\ue000が"  # chosen shapes of 漢字 and 外字, too


@pytest.mark.parametrize("character", UNSEEN)
def test_each_is_shown_by_its_number(character: str) -> None:
    assert visible(f"甲{character}乙") == f"甲‹U+{ord(character):04X}›乙"
    assert visible_lines(f"甲{character}\n乙") == f"甲‹U+{ord(character):04X}›\n乙"


def test_what_is_seen_stays() -> None:
    assert visible(SEEN) == visible_lines(SEEN) == SEEN
    assert (visible("甲\n乙"), visible_lines("甲\n乙\n")) == ("甲‹U+000A›乙", "甲\n乙\n")


def test_json_holds_the_same_and_can_be_read_by_all() -> None:
    value = {"甲" + UNSEEN[:-3] + UNSEEN[-1]: [SEEN, 1, None]}
    text = json_text(value)
    assert json.loads(text) == value
    assert not any(
        unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in text.replace("\n", "").replace("\U000e0100", "")
    )
    assert json.loads(json_text(["\udc80"])) == ["‹U+DC80›"]
    assert json_text(value).encode()


def test_a_diagnostic_is_as_many_lines_as_it_has_parts() -> None:
    hostile = Diagnostic(place=Place("甲\n乙.yaml", 1, 1), reason="丙\n丁\x1b[2J", remedy="戊\u202e", rule="a-b")
    assert render(hostile).split("\n") == [
        "甲‹U+000A›乙.yaml:1:1: 誤り: 丙‹U+000A›丁‹U+001B›[2J",
        "    → 戊‹U+202E› [a-b]",
    ]


HOSTILE_NAME = "甲\x1b[2J\u202e\u2066\n乙.yaml"
COMMANDS = [
    ["build", "{case}", "--out", "{root}/out"],
    ["build", "--check", "{case}"],
    ["build", "{root}/無い\x1b[2J\u202e.yaml"],
    ["diff", "{root}/cases/第1回/案件.yaml", "{case}"],
    ["diff", "--color", "always", "{root}/cases/第1回/案件.yaml", "{case}"],
    ["diff", "--format", "json", "{root}/cases/第1回/案件.yaml", "{case}"],
    ["diff", "--format", "html", "{root}/cases/第1回/案件.yaml", "{case}"],
    ["diff", "--format", "md", "{root}/cases/第1回/案件.yaml", "{case}"],
    ["diff", "{root}/cases", "無い\x1b[2J\u202e"],
    ["fmt", "--diff", "{case}"],
    ["fmt", "--check", "{case}"],
    ["textconv", "{case}"],
    ["textconv", "{root}/raw"],
    pytest.param(
        ["merge-driver", "{root}/raw", "{root}/ours", "{root}/theirs", "\x1b[2J\u202e.yaml"],
        marks=pytest.mark.git,
        id="merge-driver",
    ),
    ["new", "様\x1b[2J\u202e式", "{root}/cases/新.yaml"],
    ["new", "試験", "{case}"],
    ["new", "試験", "{root}/cases/新\x1b[2J\u202e.yaml"],
    ["forms", "様\x1b[2J\u202e式", "--root", "{root}"],
    ["schema", "様\x1b[2J\u202e式", "--root", "{root}"],
    ["number", "take", "系\x1b[2J\u202e", "--root", "{root}"],
    ["number", "list", "--root", "{root}"],
    ["status", "{case}"],
    ["help", "表\x1b[2J\u202e"],
    ["packet", "{root}/無\x1b[2J\u202eい"],
    ["init", "{root}/市\x1b[2J\u202e"],
    ["git", "無い\x1b[2J\u202e"],
    ["無い\x1b[2J\u202e"],
    ["build", "--無い\x1b[2J\u202e"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: " ".join(each[:2]))
def test_no_command_prints_what_steers_a_terminal(tmp_path: Path, command: list[str]) -> None:
    root = project(tmp_path)
    case = root / "cases" / HOSTILE_NAME
    case.write_text(edited(CASE, "見本の業務について", '"見本\\e[2J\\u202e\\u2066の業務"'), encoding="utf-8")
    (root / "raw").write_bytes("件名: [\x1b[2J\u202e\u2066\r\n".encode() + b"\xff\n")
    (root / "ours").write_bytes("件名: [\x1b[2J\u202e\u2066\r\n別\n".encode() + b"\xff\n")
    (root / "theirs").write_bytes("件名: [\x1b[2J\u202e\u2066\r\n外\n".encode() + b"\xff\n")
    ran = CliRunner().invoke(main, [each.format(root=root, case=case) for each in command])
    said = ran.stdout + ran.stderr
    assert said
    assert "予期しない" not in said
    painted = said.replace("\x1b[0m", "").replace("\x1b[32m", "").replace("\x1b[31m", "")
    painted = painted.replace("\x1b[4m", "").replace("\x1b[9m", "")
    assert [each for each in painted if each != "\n" and visible(each) != each] == []


@pytest.mark.parametrize("character", "\u115f\u1160\u3164\uffa0\u2800\u034f\u200b\U000e0041")
def test_what_has_no_shape_is_shown_and_no_part_of_a_name(character: str) -> None:
    assert visible(f"甲{character}乙") == f"甲‹U+{ord(character):04X}›乙"
    assert "目に見えない" in fault_of(f"甲{character}乙")
