"""What every command says of arguments that are wrong: in Japanese, with what to do, and exit status 2."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

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
