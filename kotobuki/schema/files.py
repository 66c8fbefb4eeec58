"""The schemas of a project as files, and what an editor must be told to find them.

In: the organization and the forms. Out: file names with their bytes, the same for the same input; settings of VS Code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kotobuki.reading.json_schema import Schema
from kotobuki.schema.case import any_case, case_of
from kotobuki.schema.form import form as form_schema
from kotobuki.schema.meeting import meeting
from kotobuki.schema.organization import organization as organization_schema
from kotobuki.settings.form import Form
from kotobuki.settings.organization import Organization

SUFFIX = ".schema.json"
FOLDER = ".kotobuki/schema"
"""Where schemas are written unless said otherwise, below the root."""
IGNORED = ".gitignore"
EXTENSION = "redhat.vscode-yaml"


def schemas(organization: Organization, forms: Iterable[Form]) -> dict[str, Schema]:
    """By name: organization, meeting, form, case, and case-<form> for each form."""
    found = list(forms)
    return {
        "organization": organization_schema(),
        "meeting": meeting(organization),
        "form": form_schema(),
        "case": any_case(found, organization),
        **{f"case-{form.name}": case_of(form, organization) for form in found},
    }


def as_bytes(value: Any) -> bytes:  # noqa: ANN401  (whatever JSON holds)
    """JSON for people to read, keys in the order written."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def settings(folder: str = FOLDER) -> dict[str, Any]:
    """.vscode/settings.json: which schema checks which file. `folder`: of the schemas, as seen from the root.

    Formatting is off: it would fold Japanese text at blanks. The schema store is off: nothing is asked of the network.
    """
    cases = ("cases/*.yaml", "cases/*/*.yaml")
    return {
        "yaml.schemas": {
            f"{folder}/organization{SUFFIX}": "cases/organization.yaml",
            f"{folder}/meeting{SUFFIX}": "cases/*/meeting.yaml",
            f"{folder}/form{SUFFIX}": "templates/*/form.yaml",
            f"{folder}/case{SUFFIX}": [*cases, "!cases/organization.yaml", "!cases/*/meeting.yaml"],
        },
        "yaml.schemaStore.enable": False,
        "yaml.format.enable": False,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.quickSuggestions": {"strings": True}},
    }


def recommendations() -> dict[str, Any]:
    """.vscode/extensions.json: the extension that reads schemas."""
    return {"recommendations": [EXTENSION]}
