"""The schemas of cases: one for each form, and one that picks the form by 様式.

In: the organization and the forms. Out: schemas. The head is as `case.head` declares it and as `Form.header` has it; sections
and rows are the form's, each of the kind it names, as `case.sections` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kotobuki.case.head import HEADER, CaseHead
from kotobuki.reading.json_schema import Schema, choice, described, document
from kotobuki.reading.kinds import Anything
from kotobuki.reading.records import keys_of, record_schema
from kotobuki.schema import content, figures, regulation, sections, tables
from kotobuki.schema.annexes import annexes, existing
from kotobuki.settings.form import Form
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
    names = described("様式", next(each.about for each in keys_of(CaseHead)), choice(each.name for each in found))
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
    several = len(organization.committees) > 1
    head = record_schema(
        CaseHead,
        "案件",
        {**organization.known(), "様式": [form.name], "種別": form.letters},
        needs={name: use == "required" or (name == "会議体" and several) for name, use in form.header.items()},
        without=[name for name in HEADER if not form.uses(name)],
        kinds={"別紙": Anything(annexes), "別添": Anything(existing)},
    )
    about = {"title": f"案件（{form.name}）", "description": _purpose(form)}
    properties = {**head["properties"], **keys["properties"]}
    body = {**about, "type": "object", **keys, "properties": properties, "required": head.get("required", [])}
    return body, tables_of_form


def _purpose(form: Form) -> str:
    return form.purpose or f"様式「{form.name}」の案件"


def _skeleton(form: Form) -> dict[str, Any]:
    """The least that a case of the form says, to be filled in."""
    needed = [name for name in HEADER[1:] if form.requires(name)]
    names = [*needed, *(each.name for each in form.sections if each.required)]
    rows = {each.name: [row.name for row in each.rows if row.required] for each in form.sections}
    body: dict[str, Any] = {"様式": form.name}
    for at, name in enumerate(names, 1):
        body[name] = dict.fromkeys(rows.get(name) or (), "") or f"${at}"
    return body
