"""A table whose rows stand in a file is compared row by row."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from support.samples import CASE, project

from kotobuki.cli import main


def test_rows_of_files_are_compared_though_the_case_is_the_same(tmp_path: Path) -> None:
    case = CASE + "目的: [｛表｝: {ファイル: 件数.csv, 数値: [件数]}]\n"
    for name, count in (("前", 1234), ("後", 1300)):
        folder = project(tmp_path / name, {"案件.yaml": case})
        (folder / "cases/第1回/件数.csv").write_text(f"区分,件数\n甲,{count}\n乙,5\n", encoding="utf-8")
    old, new = (str(tmp_path / name / "cases/第1回/案件.yaml") for name in ("前", "後"))
    printed = CliRunner().invoke(main, ["diff", old, new]).output
    assert "甲 ｜ [-1,234-]{+1,300+}" in printed
    assert "乙" not in printed
