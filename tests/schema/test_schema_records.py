"""The schemas of records: everything that can be said passes them and is read, and a form.yaml has one, too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from support.paths import ROOT
from support.samples import FORM, city, edited, kind, read_bundle
from support.schema_samples import (
    FULL_CASE,
    FULL_LETTER,
    FULL_MEETING,
    FULL_ORGANIZATION,
    LETTER,
    flagged,
    validator,
)

from kotobuki.case.head import USUAL
from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.parse import read_text
from kotobuki.schema.files import schemas
from kotobuki.settings.form_reading import read_form

FORMS = sorted(ROOT.glob("templates/*/form.yaml"))


def test_everything_is_read_without_a_diagnostic() -> None:
    diagnostics = Diagnostics()
    read_bundle(FULL_CASE, diagnostics, organization=FULL_ORGANIZATION, meeting=FULL_MEETING)
    read_bundle(FULL_LETTER, diagnostics, form=LETTER)
    assert list(diagnostics) == []


def test_everything_passes_all_schemas() -> None:
    assert flagged(FULL_CASE, validator("case")) == []
    assert flagged(FULL_CASE, validator("case-試験")) == []
    assert flagged(FULL_LETTER, Draft7Validator(schemas(city(), [kind(LETTER)])["case"])) == []
    assert flagged(FULL_MEETING, validator("meeting")) == []
    assert flagged(FULL_ORGANIZATION, validator("organization")) == []


def test_the_head_of_a_case_is_that_of_its_form() -> None:
    without = edited(FORM, "様式: 試験", "様式: 試験\n先頭: {根拠: なし, 依頼: 必須}")
    schema = schemas(city(), [kind(without)])["case-試験"]
    assert "根拠" not in schema["properties"]
    assert schema["required"] == ["様式", "件名", "主管課", "依頼"]


@pytest.mark.parametrize("file", FORMS, ids=lambda each: each.parent.name)
def test_a_form_passes_the_schema_of_forms(file: Path) -> None:
    assert flagged(file.read_text(encoding="utf-8"), validator("form")) == []


FAULTY_FORMS = [
    ("様式: 試験", "様名: 試験"),
    ("{雛形: 試験/依頼書.txt}", "{雛形: 試験/依頼書.txt, ページ番号: 最初}"),
    ("{雛形: 試験/依頼書.txt}", "試験/依頼書.txt"),
    ("{雛形: 試験/依頼書.txt}", "{雛形: 試験/依頼書.docx, ページ数: 100}"),
    ("必須: はい}\n  - {名: 目的}", "必須: たぶん}\n  - {名: 目的}"),
    ("{名: 体制, 種類: 体制}", "{名: 体制, 種類: 体勢}"),
    ("列幅: [8, 29]", "列幅: [-1, 29]"),
    ("列幅: [8, 29]", "列幅: [8, 61]"),
    ("- {名: 概要, 必須: はい}", "- {必須: はい}"),
    ("様式: 試験", "様式: 試験\n先頭: {根拠: 不要}"),
]


@pytest.mark.parametrize(("old", "new"), FAULTY_FORMS)
def test_what_the_reader_refuses_in_a_form_the_schema_flags(old: str, new: str) -> None:
    text = edited(FORM, old, new)
    diagnostics = Diagnostics()
    node = read_text(text.encode(), "form.yaml", diagnostics)
    assert node is not None
    read_form(node, USUAL, diagnostics)
    assert diagnostics.errors
    assert flagged(text, validator("form")) != []


def test_each_key_of_a_form_is_explained() -> None:
    shown = json.dumps(schemas(city(), [kind()])["form"], ensure_ascii=False)
    for name in ("雛形", "ページ番号", "手引", "列幅", "自由な節"):
        assert f'"{name}": {{"title": "{name}", "description"' in shown
