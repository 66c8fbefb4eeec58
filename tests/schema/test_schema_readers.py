"""Readers and schemas are one: each record of the schemas has the keys that its reader asks for, as it asks for them.

The readers are run over everything that can be said, with every question that they put to their `Fields` written down.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator
from support.samples import FORM, city, edited, kind, read_bundle
from support.schema_samples import FULL_CASE, FULL_LETTER, FULL_MEETING, FULL_ORGANIZATION, LETTER, flagged, validator

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.fields import Fields
from kotobuki.schema.case import _HEAD
from kotobuki.schema.files import schemas
from kotobuki.schema.patterns import DATE
from kotobuki.schema.words import ABOUT
from kotobuki.settings.form import HEADER

Asked = dict[str, tuple[str, frozenset[str], bool]]
"""By key: the method that was called for it, the options it was given, whether it must be there."""

METHODS = ("node", "text", "mapping", "sequence", "list_of_text", "integer", "date", "choice", "boolean")


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Asked]]:
    """What readers ask for from now on: the name of the record, and its keys."""
    found: list[tuple[str, Asked]] = []
    asking: dict[int, Asked] = defaultdict(dict)
    inside: list[Fields] = []

    def noting(method: str) -> Callable[..., Any]:
        original = getattr(Fields, method)

        def ask(self: Fields, key: str, *rest: Any, **settings: Any) -> Any:  # noqa: ANN401  (whatever the method takes and gives)
            if self not in inside:
                options = frozenset(rest[0]) if method == "choice" else frozenset()
                asking[id(self)][key] = (method, options, settings.get("required", False))
            inside.append(self)
            try:
                return original(self, key, *rest, **settings)
            finally:
                inside.pop()

        return ask

    def finish(self: Fields, meant: Collection[str] = ()) -> None:
        found.append((re.sub("「.*」$", "", self.what), asking.pop(id(self))))
        original_finish(self, meant)

    original_finish = Fields.finish
    for method in METHODS:
        monkeypatch.setattr(Fields, method, noting(method))
    monkeypatch.setattr(Fields, "finish", finish)
    return found


def read_everything() -> None:
    diagnostics = Diagnostics()
    bundle = read_bundle(FULL_CASE, diagnostics, organization=FULL_ORGANIZATION, meeting=FULL_MEETING)
    assert bundle is not None and list(diagnostics) == []
    letter = read_bundle(FULL_LETTER, diagnostics, form=LETTER)
    assert letter is not None and list(diagnostics) == []


def records() -> Iterator[dict[str, Any]]:
    """Every record in the schemas of the small city."""

    def within(schema: object) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            if "$comment" in schema:
                yield schema
            schema = list(schema.values())
        for each in schema if isinstance(schema, list) else ():
            yield from within(each)

    return within([*schemas(city(), [kind(), kind(LETTER)]).values()])


APART = {"案件", "form.yaml", "書類", "節", "行", "先頭"}
"""Readers without a record: the head of a case is looked at below, and forms have no schema."""
OWN_KEYS = ("対比", frozenset({"前", "後", "備考"}))
"""Keys that the author gives, by 見出し."""


def readers(questions: list[tuple[str, Asked]]) -> dict[tuple[str, frozenset[str]], list[Asked]]:
    """The records that readers asked for, each time they did."""
    read_everything()
    found: dict[tuple[str, frozenset[str]], list[Asked]] = defaultdict(list)
    for what, asked in questions:
        if what not in APART and (what, frozenset(asked)) != OWN_KEYS:
            found[what, frozenset(asked)].append(asked)
    return found


def test_everything_passes_all_schemas() -> None:
    assert flagged(FULL_CASE, validator("case")) == []
    assert flagged(FULL_CASE, validator("case-試験")) == []
    assert flagged(FULL_LETTER, Draft7Validator(schemas(city(), [kind(LETTER)])["case"])) == []
    assert flagged(FULL_MEETING, validator("meeting")) == []
    assert flagged(FULL_ORGANIZATION, validator("organization")) == []


def test_each_record_has_the_keys_that_its_reader_asks_for(questions: list[tuple[str, Asked]]) -> None:
    written = {(each["$comment"], frozenset(each["properties"])) for each in records()}
    assert {(what, tuple(sorted(keys))) for what, keys in written ^ readers(questions).keys()} == set()


def test_each_key_is_as_its_reader_asks_for_it(questions: list[tuple[str, Asked]]) -> None:
    asked = readers(questions)
    for each in records():
        variants = asked[each["$comment"], frozenset(each["properties"])]
        wrong = [[key for key in asked if not _is_asked_for(key, each, asked)] for asked in variants]
        assert [] in wrong, (each["$comment"], wrong)


def _is_asked_for(key: str, record: dict[str, Any], asked: Asked) -> bool:
    """Whether a record takes what its reader asks for under a key."""
    method, options, needed = asked[key]
    required = key in record.get("required", ()) and key != "規程"  # by which the two kinds of 別紙 are told apart
    return needed == required and _is_of_kind(record["properties"][key], method, options)


def _is_of_kind(schema: dict[str, Any], method: str, options: frozenset[str]) -> bool:
    kinds = set(schema.get("type") or schema.get("allOf", [{}])[0].get("if", {}).get("type", ()))
    alternatives = schema.get("anyOf", [{}])
    enumerated = set(alternatives[0].get("enum", ()))
    match method:
        case "text":
            return not kinds & {"array", "object"}
        case "mapping":
            return "object" in kinds or "$ref" in schema or kinds == {"null", "string"}
        case "sequence":
            return "array" in kinds
        case "list_of_text":
            return {"array", "string"} <= kinds
        case "integer":
            return "integer" in kinds
        case "date":
            return DATE in schema["pattern"]
        case "choice":
            return enumerated == options
        case "boolean":
            return enumerated == {"はい", "いいえ"}
        case _:
            return True


def test_the_head_of_a_case_is_that_of_its_form(questions: list[tuple[str, Asked]]) -> None:
    read_everything()
    asked, _ = [asked for what, asked in questions if what == "案件"]
    assert set(asked) == {key for key, use in kind().header.items() if use != "none"}
    assert set(HEADER) == set(_HEAD) == set(ABOUT["案件"])
    without = edited(FORM, "様式: 試験", "様式: 試験\n先頭: {根拠: なし, 依頼: 必須}")
    schema = schemas(city(), [kind(without)])["case-試験"]
    assert "根拠" not in schema["properties"]
    assert schema["required"] == ["様式", "件名", "主管課", "依頼"]


def test_each_description_is_used() -> None:
    shown = json.dumps(schemas(city(), [kind(), kind(LETTER)]), ensure_ascii=False)
    assert [f"{what}／{key}" for what, keys in ABOUT.items() for key, text in keys.items() if text not in shown] == []
