"""What may stand in a place, by its schema: every keyword that a condition has is read or known to be left aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.paths import ROOT

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor.form.expected import EMPTY, LIST, expected
from kotobuki.project import Project
from kotobuki.reading.nodes import Scalar
from kotobuki.schema.case import case_of

NODES = (Scalar("文", "", ((0, 1, 1),)), LIST, EMPTY)
MANY = ("properties", "patternProperties", "definitions")


def parts(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  (whatever JSON holds)
    """A schema and all that are in it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword, value in schema.items():
        several = value.values() if keyword in MANY else value if isinstance(value, list) else (value,)
        for each in several if keyword not in ("defaultSnippets", "enum", "const") else ():
            yield from parts(each)


def test_no_keyword_of_a_condition_is_passed_over() -> None:
    project = Project(ROOT, Diagnostics())
    organization = project.organization
    assert organization is not None
    for form in project.forms.values():
        schema = case_of(form, organization)
        place = expected(schema)
        conditions = [each["if"] for each in parts(schema) if "if" in each]
        assert conditions
        for each in conditions:
            for part in parts(each):
                for node in NODES:
                    place.is_valid(part, node)


def test_a_keyword_that_nobody_reads_is_told() -> None:
    with pytest.raises(ValueError, match="dependentRequired"):
        expected({}).is_valid({"dependentRequired": {}}, EMPTY)
