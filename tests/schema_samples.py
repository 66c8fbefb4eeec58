"""Schemas for tests: YAML as a language server sees it, and what a validator says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jsonschema import Draft7Validator
from samples import FORM, ORGANIZATION, city, kind

from kotobuki.case.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.case.reading import read_text
from kotobuki.diagnostics import Diagnostics
from kotobuki.schema.files import schemas

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def typed(node: Node) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """A node as a language server types it: by the core schema of YAML 1.2."""
    match node:
        case Sequence():
            return [typed(each) for each in node.items]
        case Mapping():
            return {key.value: typed(value) for key, value in node.entries}
        case Scalar(value=text, quoted=True):
            return text
        case Scalar(value=text):
            if _NULL.fullmatch(text):
                return None
            if _INTEGER.fullmatch(text):
                return int(text) if len(text) < 4000 else 0
            if _FLOAT.fullmatch(text):
                return float(text)
            return _BOOLEAN.get(text, text)


def instance(text: str) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """A YAML text as a language server types it; None if it is no YAML."""
    node = read_text(text.encode(), "案件.yaml", Diagnostics())
    return None if node is None else typed(node)


@cache
def validator(name: str, organization: str = ORGANIZATION, form: str = FORM) -> Draft7Validator:
    """The validator of a schema of the small city: organization, meeting, case or case-試験."""
    return Draft7Validator(schemas(city(organization), [kind(form)])[name])


def flagged(text: str, check: Draft7Validator) -> list[str]:
    """Where and what the validator flags, the innermost faults, in the order of the schema."""
    return [
        f"{'／'.join(map(str, each.absolute_path))}: {each.message[:200]}"
        for each in _leaves(check.iter_errors(instance(text)))
    ]


def _leaves(errors: Iterable[Any]) -> Iterable[Any]:
    for each in errors:
        yield from _leaves(each.context) if each.context else [each]
