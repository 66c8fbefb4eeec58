"""Word forms that would compute without end are refused as text templates are: in little time, and in little room."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from support.word_forms import blank, saved, sheet

from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.plain import PlainLine, PlainLines
from kotobuki.word.filled import FileProperties, WordForm, fill

_LONG = "あ" * 90_000
VALUES = {"理由": PlainLines([PlainLine(番号="", 文=_LONG, 項目="", 内容=_LONG, 欄=[_LONG])])}
LOOPS, ENDS = "{% for 甲 in [1,1,1,1,1,1,1,1,1,1] %}" * 4, "{% endfor %}" * 4


def with_headers(count: int, text: str) -> bytes:
    document = blank()
    for at in range(count):
        header = (document.sections[0] if at == 0 else document.add_section()).header
        header.is_linked_to_previous = False
        header.paragraphs[0].text = text
    return saved(document)


ATTACKS = {
    "a constant": sheet(["{{ 'あ' * 300000000 }}"], ()),
    "a constant that is set": sheet(["{% set 甲 = [1] * 300000000 %}"], ()),
    "a constant format": sheet(["{{ '%300000000d' % 1 }}"], ()),
    "a constant filter": sheet(["{{ '" + "あ" * 9000 + "' | replace('あ', '" + "い" * 9000 + "') }}"], ()),
    "a long section": sheet([LOOPS + "{% set 乙 = 理由 | upper %}" + ENDS], ()),
    "open tags": sheet(["{{ " * 10_000], ()),
    "braces": sheet(["{" * 20_001], ()),
    "headers": with_headers(60, "{% set 乙 = 理由 | upper %}"),  # each by itself is within bounds
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_computes_without_end_is_refused(name: str, tmp_path: Path) -> None:
    file = tmp_path / "紙.docx"
    file.write_bytes(ATTACKS[name])
    diagnostics = Diagnostics()
    tracemalloc.start()
    began = time.process_time()
    filled = fill(WordForm(file, "紙.docx", "紙"), VALUES, FileProperties("", ""), diagnostics)
    spent, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (filled, bool(diagnostics.errors)) == (None, True)
    assert {each.rule for each in diagnostics} <= {"form-field", "form-tag"}
    assert (spent < 30, most < 100_000_000) == (True, True), (spent, most)
