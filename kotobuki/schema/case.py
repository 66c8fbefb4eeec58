"""The schemas of cases: one for each form, and one that picks the form by 様式.

In: the organization and the forms. Out: schemas. The head is as `case.case` reads it and as `Form.header` has it; sections
and rows are the form's, each of the kind it names, as `case.sections` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kotobuki.case.basis import PROVISION
from kotobuki.schema import content, figures, regulation, sections, tables
from kotobuki.schema.annexes import annexes, existing
from kotobuki.schema.meeting import committee, issued
from kotobuki.schema.organization import terms
from kotobuki.schema.patterns import PLACEHOLDER, as_typed
from kotobuki.schema.shared import (
    SCALAR,
    Schema,
    boolean,
    by_name,
    choice,
    date,
    described,
    document,
    matching,
    optional,
    record,
    text,
    texts,
)
from kotobuki.schema.words import ABOUT
from kotobuki.settings.form import HEADER, Form
from kotobuki.settings.organization import Organization


def case_of(form: Form, organization: Organization) -> Schema:
    """The schema of the cases of a form."""
    body, tables_of_form = _body(form, organization)
    body["definitions"] = {**_definitions(), **tables_of_form}
    return document(body.pop("title"), body.pop("description"), body)


def any_case(forms: Iterable[Form], organization: Organization) -> Schema:
    """The schema of all cases: what 様式 names decides."""
    found = list(forms)
    bodies = [_body(form, organization, f"{at}／") for at, form in enumerate(found)]
    names = described("様式", ABOUT["案件"]["様式"], choice(each.name for each in found))
    snippets = [{"label": each.name, "description": _purpose(each), "body": _skeleton(each)} for each in found]
    body: Schema = {
        "type": "object",
        "properties": {"様式": names},
        "required": ["様式"],
        "allOf": [
            {"if": {"required": ["様式"]}, "else": {"title": "案件", "defaultSnippets": snippets}},
            *(
                {
                    "if": {"properties": {"様式": {"const": form.name}}, "required": ["様式"]},
                    "then": {"$ref": f"#/definitions/様式：{at}"},
                }
                for at, form in enumerate(found)
            ),
        ],
        "definitions": {
            **_definitions(),
            **{name: schema for _, tables_of_form in bodies for name, schema in tables_of_form.items()},
            **{f"様式：{at}": body for at, (body, _) in enumerate(bodies)},
        },
    }
    return document("案件", "案件（諮問する一つの事柄）。様式で節が決まる", body)


def _definitions() -> dict[str, Schema]:
    return {
        name: schema
        for module in (content, tables, figures, regulation, sections)
        for name, schema in module.definitions().items()
    }


def _body(form: Form, organization: Organization, mark: str = "") -> tuple[Schema, dict[str, Schema]]:
    """A case of the form, and the definitions of the form's own, their names marked."""
    keys, tables_of_form = sections.keys_of(form, mark)
    head = {key: _HEAD[key](form, organization) for key in HEADER if form.header[key] != "none"}
    several = len(organization.committees) > 1
    needed = [key for key in head if form.header[key] == "required" or (key == "会議体" and several)]
    own = {
        key: described(key, ABOUT["案件"][key], schema if key in needed else optional(schema))
        for key, schema in head.items()
    }
    about = {"title": f"案件（{form.name}）", "description": _purpose(form)}
    body = {**about, "type": "object", **keys, "properties": {**own, **keys["properties"]}, "required": needed}
    return body, tables_of_form


def _departments(_form: Form, organization: Organization) -> Schema:
    """主管課: one or several, each once."""
    known: dict[str, Any] = choice(each.name for each in organization.departments)
    return {"anyOf": [*known["anyOf"], {"type": "array", "items": known, "minItems": 1, "uniqueItems": True}]}


def _bases(_form: Form, organization: Organization) -> Schema:
    """根拠: provisions by ordinance. The first of a list stands by itself; later ones may leave out the article."""
    provision = as_typed(PROVISION)
    said = "「第14条第3項」のように、第…条から数字で書きます"
    first, later = (matching(f"^(?={start}){provision}$", said) for start in ("附則|第.+条", "."))
    whole = {key: first[key] for key in ("pattern", "patternErrorMessage")}
    value = {**texts(later, minItems=1, uniqueItems=True), **whole}
    value["allOf"] = [{"items": [first]}]
    bases = by_name(value, "根拠は「例規の略称: 条項」の組で書きます", names=PLACEHOLDER, minProperties=1)
    return {**bases, "properties": dict.fromkeys(organization.laws, value)}


def _request(_form: Form, organization: Organization) -> Schema:
    posts = dict.fromkeys(("発信者", "宛先"), text(plain=True))
    return record("依頼", {**issued(organization), **posts})


def _letter(form: Form, organization: Organization) -> Schema:
    """発信: as `case.letter` reads it; the kinds are the form's."""
    to = record("宛先", {key: text(plain=True) for key in ("名称", "職", "氏名", "敬称")}, minProperties=1)
    kinds = {"種別": choice(form.letters)} if form.letters else {}
    keys = {
        **kinds,
        **issued(organization),
        "発信者": text(plain=True),
        "敬称": text(plain=True),
        "宛先": texts({**to, **text(plain=True), "type": [*SCALAR, "object"]}, minItems=1),
        "公印省略": boolean(),
        "来文": record("来文", {"文書番号": text(plain=True), "日付": date()}, ["日付"]),
    }
    return record("発信", keys, [*kinds, "宛先"])


_HEAD: dict[str, Callable[[Form, Organization], Schema]] = {
    "様式": lambda form, _: {"type": ["string"], "enum": [form.name]},
    "件名": lambda _form, _organization: text(),
    "主管課": _departments,
    "根拠": _bases,
    "依頼": _request,
    "発信": _letter,
    "会議体": lambda _, organization: committee(organization),
    "用語": lambda _form, _organization: terms(),
    "別紙": lambda _form, _organization: annexes(),
    "別添": lambda _form, _organization: existing(),
    "組版": lambda _form, _organization: record("組版", {"詰め": boolean()}),
}
"""By the key of `settings.form.HEADER`."""


def _purpose(form: Form) -> str:
    return form.purpose or f"様式「{form.name}」の案件"


def _skeleton(form: Form) -> dict[str, Any]:
    """The least that a case of the form says, to be filled in."""
    needed = [key for key in HEADER if form.header[key] == "required" and key != "様式"]
    names = [*needed, *(each.name for each in form.sections if each.required)]
    rows = {each.name: [row.name for row in each.rows if row.required] for each in form.sections}
    body: dict[str, Any] = {"様式": form.name}
    for at, name in enumerate(names, 1):
        body[name] = dict.fromkeys(rows.get(name) or (), "") or f"${at}"
    return body
