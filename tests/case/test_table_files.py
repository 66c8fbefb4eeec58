"""｛表｝ with its rows in a CSV file beside the case, and columns of figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.samples import lines, read, resolved

from kotobuki.case.amounts import grouped
from kotobuki.case.content import read_content
from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.document import Paragraph, Table
from kotobuki.limits import SHEET_BYTES, SHEET_ROWS

CSV = '区分,件数,備考\n甲区,1234,"一行\n※ ｛件名｝"\n乙区,―,007\n,,\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def printed(data: bytes | str, keys: str = "数値: [件数]", name: str = "件数.csv") -> list[str]:
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return lines(f"節: [｛表｝: {{ファイル: {name}, {keys}}}]\n")[1:]


def faults(data: bytes | str, keys: str = "数値: [件数]", name: str = "件数.csv") -> tuple[Diagnostic, ...]:
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return resolved(f"節: [｛表｝: {{ファイル: {name}, {keys}}}]\n").diagnostics.errors


ROWS = ["区分 | 件数 | 備考", "甲区 | 1,234 | 一行／※ ｛件名｝", "乙区 | ― | 007"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_those_of_the_file_and_no_text_is_markup(codec: str, end: str) -> None:
    assert printed(CSV.replace("\n", end).encode(codec)) == ROWS


def test_the_file_may_have_no_heads_or_several_rows_of_them() -> None:
    assert printed("甲,1\n乙,2\n", "ファイルの見出し: なし") == ["甲 | １", "乙 | ２"]
    assert printed("件,\n前年,今年\n1,2\n", "ファイルの見出し: 2行") == ["件 | ", "前年 | 今年", "１ | ２"]
    assert printed("a,b\n甲,1\n", "列: [区分, 件数]") == ["区分 | 件数", "甲 | １"]


def test_figures_stand_at_the_right_also_in_rows_of_the_case() -> None:
    text = "節: [｛表｝: {列: [区分, 件数], 数値: [件数], 行: [[甲, 12345件], [乙, 未定], [丙, 数えていない。]]}]\n"
    paper = resolved(text).paper
    assert paper
    table = next(block for block in paper.blocks if isinstance(block, Table))
    last = [row.cells[1].blocks[0] for row in table.rows]
    assert [each.role for each in last if isinstance(each, Paragraph)] == ["表見出し", "表数値", "表数値", "表本文"]
    small = resolved(text.replace("列: ", "文字: 小, 列: ")).paper
    assert small and "小表数値" in repr(small)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *[("0", "0"), ("999", "999"), ("1234", "1,234"), ("１２３４", "1,234"), ("1,234,567", "1,234,567")],
        *[("△1234", "△1,234"), ("-5.25", "-5.25"), ("1234567円", "1,234,567円"), ("12.5%", "12.5%")],
        *[("―", "―"), ("未定", "未定"), ("1～3", "1～3"), ("令和4年", "令和4年"), ("", "")],
        *[("1,23", None), ("12O", None), ("007", None), ("1 234", None), ("1.2.3", None), ("12,34件", None)],
        *[("9" * 200, None), ("1、234", None)],
    ],
)
def test_a_figure_is_grouped_and_a_wrong_one_told(text: str, shown: str | None) -> None:
    assert grouped(text) == shown


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("区分,件数\n甲,12O\n", "「件数.csv」のB2：「12O」は、数として読めません"),
        ("区分,件数\n甲,1,234\n", "「件数.csv」のC2：見出しのない列に値があります"),
        ("区分,件数\n甲,#REF!\n", "「件数.csv」のB2：「#REF!」は、"),
        ("区分,件数\n甲,########\n", "「件数.csv」のB2：「########」は、"),
        ("区分,件数\n甲,1\u202e2\n", "「件数.csv」のB2：文字の並ぶ向きを変える"),
        ("区分,件数\n", "「件数.csv」：見出しの下に行がありません"),
        ("", "「件数.csv」：何も書かれていません"),
        (",,\n,,\n", "「件数.csv」：何も書かれていません"),
        ('区分,件数\n甲,"1\n', "「件数.csv」：2行目"),
        ('区分,件数\n"甲"乙,1\n', "「件数.csv」：2行目"),
        ("区分,件数\n甲,1\n".encode("utf-16"), "「件数.csv」：CSVではないか"),
        ("区分,件数\n甲,1\n".encode("euc_jp"), "「件数.csv」：文字コードが"),
        (b"\x85\xff\x81", "「件数.csv」：文字コードが"),
        (b"PK\x03\x04\0\0", "「件数.csv」：CSVではないか"),
        (b"," * (SHEET_BYTES + 1), "「件数.csv」：大きすぎます"),
        ("区分,件数\n" + "甲,1\n" * SHEET_ROWS, "「件数.csv」：行か欄が多すぎます"),
        ("区分,件数\n" + "," * 60_000, "「件数.csv」：行か欄が多すぎます"),
        ("区分\n" + "甲" * 200_000, "「件数.csv」：2行目"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell_at_the_name_of_the_file(data: bytes | str, reason: str) -> None:
    first, *_ = faults(data)
    assert (first.severity, first.place.path) == ("error", "案件.yaml")
    assert reason in first.reason


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ("数値: [軒数]", "table-figures"),
        ("数値: [4]", "table-figures"),
        ("列: [一, 二]", "table-file"),
        ("行: [[甲, 乙, 丙]]", "table-file"),
        ("列幅: [1, 2]", "table-columns"),
        ("ファイルの見出し: 九", "choice"),
    ],
)
def test_keys_that_do_not_fit_the_file_are_told(keys: str, rule: str) -> None:
    assert faults(CSV, keys)[0].rule == rule


def test_a_file_outside_missing_or_no_file_is_told(tmp_path: Path) -> None:
    Path("外.csv").write_text(CSV, encoding="utf-8")
    folder = tmp_path / "中"
    folder.mkdir()
    (folder / "リンク.csv").symlink_to(tmp_path / "外.csv")
    (folder / "フォルダ.csv").mkdir()
    told = {"../外.csv": "フォルダの外", "リンク.csv": "フォルダの外", "ない.csv": "ファイルがありません"}
    for name, reason in (
        told | {"フォルダ.csv": "ファイルがありません", "表.xls": "CSVでもExcel ブックでもありません"}
    ).items():
        diagnostics = Diagnostics()
        read_content(read(f"[｛表｝: {{ファイル: {name}}}]", diagnostics, "中/案件.yaml"), diagnostics)
        assert [reason in each.reason for each in diagnostics] == [True], name
