"""The files for whoever has a Word are those that the page beside them speaks of; and why our own lines break is told."""

from __future__ import annotations

import re

import pytest
from support.explaining import explain
from support.regimes import FOLDER, files

from kotobuki.layout.lines import Measure
from kotobuki.layout.measuring import LineRules


def test_the_files_are_those_that_the_script_writes() -> None:
    assert {file.name: file.read_bytes() for file in FOLDER.glob("*.docx")} == files()


def test_the_page_speaks_of_every_file() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"[\w-]+\.docx", page)) - {"base.docx"} == set(files())


@pytest.mark.parametrize(
    ("text", "em", "reasons"),
    [
        (
            "受付、案内、整理を行うこと",
            10.5,
            ["squeezed by 0.500 em, 0.250 em from each of 2 marks", "こ would make it 1.500"],
        ),
        ("明日から始める。予定", 7.0, ["。 hangs", "予 would make it 2.000 em too wide"]),
        ("今年度は約1,200件", 6.0, ["1,200 would make it 1.750", "a Western word or number is not parted"]),
        ("相談の受付・案内", 5.0, ["付・ would make it 1.000", "・ may not begin a line: it stays with 付"]),
        ("今回の事業「読書」", 6.0, ["「読 would make it 1.000", "「 may not end a line: it stays with 読"]),
        ("（注）、甲乙丙", 4.5, ["closed up: ）、, 0.5 em", "乙 would make it 1.000"]),
    ],
)
def test_a_line_says_why_it_ends(text: str, em: float, reasons: list[str]) -> None:
    first = explain(text, Measure(em), LineRules(squeeze=True))[0]
    assert [said[: len(reason)] for said, reason in zip(first.reasons, reasons, strict=True)] == reasons
