"""What every command says of arguments that are wrong: in Japanese, with what to do, and exit status 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.paths import ROOT

from kotobuki.cli import main

WRONG = {
    "init 甲 乙": '「乙」は余分です。空白のある名は引用符 " で囲んでください',
    "new 外部委託 a.yaml b c": "「b c」は余分です",
    "new 外部委託": "PATH を書いてください",
    "build --final=3 a.yaml": "--final は値を書かないオプションです",
    "build --out": "--out のあとに値を書いてください",
    "build --format xls a.yaml": "--format の値が正しくありません（書けるのは docx・pdf）",
    "build --chek a.yaml": "--chek というオプションはありません。--check",
    "buidl a.yaml": "buidl というコマンドはありません",
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.items())
def test_a_wrong_argument(arguments: str, said: str) -> None:
    result = CliRunner().invoke(main, arguments.split())
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not re.search(r"[a-z]{3,} [a-z]{3,}", result.stderr)  # no words of click's


@pytest.mark.parametrize("group", [[], ["git"], ["number"]])
def test_a_group_alone_shows_its_help(group: list[str]) -> None:
    result = CliRunner().invoke(main, group)
    assert result.exit_code == 2
    assert result.stderr == f"kotobuki: コマンドを書いてください。\n\n{CliRunner().invoke(main, [*group, '-h']).stdout}"


@pytest.mark.parametrize("arguments", ["forms 通知", "schema 通知", "new 通知 cases/r4-1/a.yaml"])
def test_names_of_forms_are_told_apart(arguments: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    stderr = CliRunner().invoke(main, arguments.split()).stderr
    assert "「規程・ポリシーの改定」「通知・照会・回答」 です" in stderr


def test_without_marks_no_series_can_be_named(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path / "市")])
    result = CliRunner().invoke(main, ["number", "take", "総総送", "--subject", "件", "--root", str(tmp_path / "市")])
    assert "部課の「記号」が organization.yaml にまだありません" in result.stderr
