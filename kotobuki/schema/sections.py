"""The sections and rows of a form as keys of a case, as `case.sections` reads them.

In: a form. Out: the parts of an object schema: a key for each section, ｛name｝heading, ｛追加｝heading, ｛順序｝; and the
definitions they refer to: one for each kind of block that a form can ask for, and one for each table of the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kotobuki.case.schedules import EVERY_YEAR
from kotobuki.case.slot_content import LISTS
from kotobuki.case.slots import ORDER_KEY
from kotobuki.case.table_settings import SETTINGS, TableSettings
from kotobuki.reading.ecma import BLOCK, EXACT_TIME, HEADING, PLACEHOLDER
from kotobuki.reading.inlines import plain
from kotobuki.reading.json_schema import ANY, SCALAR, Schema, ref
from kotobuki.reading.records import record_schema
from kotobuki.schema.content import entry, mixed
from kotobuki.schema.words import ADDED, KINDS, ORDER, RENAMED
from kotobuki.settings.form import TYPED, Form, RowForm, SectionForm

_SET = "|".join((EVERY_YEAR, *SETTINGS))
Slot = SectionForm | RowForm
_ONE_BLOCK: Schema = {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"pattern": BLOCK}}
_HOLDS_BLOCKS: Schema = {
    "type": "array",
    "contains": {"type": "object", "not": {"propertyNames": {"not": {"pattern": rf"(?!^(?:{_SET})$){BLOCK}"}}}},
}


def definitions() -> dict[str, Schema]:
    """What a slot takes, by its kind; and where the form has words of its own."""
    return {"種類：内容": mixed({}), **{f"種類：{kind}": _typed_or_mixed(kind) for kind in TYPED}}


def keys_of(form: Form, mark: str = "") -> tuple[dict[str, Any], dict[str, Schema]]:
    """The keys of all sections, and the definitions of the form's tables; `mark`: of this form, in their names."""
    tables = {
        f"表：{mark}{slot.name}": _rows_or_mixed(slot)
        for slot in form.sections
        if slot.kind == "表" and slot.default is None
    }
    keys = _slots({slot: _slot(slot, mark) for slot in form.sections}, "節")
    if form.free:  # any other key is the heading of a section, unless it looks like a block
        keys["patternProperties"][f"(?!^{ORDER_KEY}$){BLOCK}"] = False
        keys["additionalProperties"] = ref("内容")
    return keys, tables


def _slots(slots: Mapping[Slot, Schema], what: str) -> dict[str, Any]:
    """Keys for these slots; a required one may stand under ｛name｝heading."""
    filled = {slot.name: schema for slot, schema in slots.items()}
    names = "|".join(re.escape(name) for name in filled)
    renamed = {
        f"^｛{re.escape(name)}｝.": {**schema, "title": RENAMED.format(name=name)} for name, schema in filled.items()
    }
    missing: list[Schema] = [
        {
            "if": {"propertyNames": {"not": {"pattern": f"^｛{re.escape(slot.name)}｝."}}},
            "then": {"required": [slot.name], "errorMessage": f"{what}「{slot.name}」がありません"},
        }
        for slot in slots
        if slot.required
    ]
    order = {
        "title": ORDER_KEY,
        "description": ORDER,
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"anyOf": [{"enum": [*filled]}, {"type": [*SCALAR]}]},
        "errorMessage": f"｛順序｝には{what}の名を並べます",
    }
    return {
        "properties": {**filled, ORDER_KEY: order},
        "patternProperties": {
            **renamed,
            f"^｛追加｝(?!(?:{names})$).": {"description": ADDED, **ref("内容")},
        },
        "additionalProperties": False,
        **({"allOf": missing} if missing else {}),
    }


def _slot(slot: Slot, mark: str = "") -> Schema:
    """What a section or row takes, with what is said about it."""
    need = "（必須）" if slot.required else ""
    said = slot.guide or KINDS[slot.kind]
    return {"title": f"{plain(slot.heading)}{need}", "description": said, **_filled(slot, mark)}


def _filled(slot: Slot, mark: str) -> Schema:
    if isinstance(slot, SectionForm) and slot.default is not None:
        return ref("種類：内容")
    if isinstance(slot, SectionForm) and slot.kind == "表":
        return ref(f"表：{mark}{slot.name}")
    return ref("内容" if slot.kind == "内容" else f"種類：{slot.kind}")


def _typed_or_mixed(kind: str) -> Schema:
    """The typed block, or mixed content in which ｛様式の内容｝ stands for it."""
    heading = f"(?!{EXACT_TIME}){HEADING}" if kind == "日程" else HEADING
    lists = _HOLDS_BLOCKS if kind in LISTS else {"type": "array"}
    return {
        "type": ANY,
        "if": {"anyOf": [{"type": [*SCALAR]}, _ONE_BLOCK, lists]},
        "then": mixed(ref(kind), items=entry(ref(kind), heading=heading)),
        "else": ref(kind),
    }


def _rows_or_mixed(slot: SectionForm) -> Schema:
    """A form's table: its rows, or mixed content, in which ｛様式の内容｝ stands for them."""
    rows = {"type": ["object"], "minProperties": 1, **_slots({row: _row(row, slot) for row in slot.rows}, "行")}
    settings = record_schema(TableSettings, "表", {})["properties"]
    rows["properties"] = {**rows["properties"], **settings}
    listed = slot.columns and not slot.rows
    if listed:
        line = {"anyOf": [ref("表の行"), record_schema(TableSettings, "表", {}, minProperties=1)]}
        several: Schema = {"type": ["array"], "minItems": 1, "items": line}
        rows = several if slot.width > 2 else {**rows, **several, "type": ["object", "array"]}
    within: Schema = {**mixed(rows), "pattern": PLACEHOLDER, "contains": _HOLDS_BLOCKS["contains"]}
    within["errorMessage"] = f"「行の名: 内容」の組で書きます。行は {'・'.join(row.name for row in slot.rows)} です"
    if listed:
        within["errorMessage"] = f"行の一覧で書きます（例：- [{', '.join(slot.columns)}]）"
    lists = _HOLDS_BLOCKS if listed else {"type": ["array"]}
    return {
        "type": ["object", "array", "string"],
        "if": {"anyOf": [{"type": ["string"]}, lists, _ONE_BLOCK]},
        "then": within,
        "else": rows,
    }


def _row(row: RowForm, slot: SectionForm) -> Schema:
    """What a row takes: content, or the cells of several columns."""
    if slot.width == 2:
        return _slot(row)
    count = slot.width - 1
    example = f"{row.name}: [{', '.join(slot.columns[1:])}]"
    return {
        **{key: value for key, value in _slot(row).items() if key in ("title", "description")},
        "type": ["array", "string"],
        "pattern": PLACEHOLDER,
        "items": ref("空でもよい内容"),
        "minItems": count,
        "maxItems": count,
        "errorMessage": f"{count}の欄を一覧で書きます（例：{example}）",
    }
