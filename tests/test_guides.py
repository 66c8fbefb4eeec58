"""The users' guides name every key: each one that a record declares stands in the guide of its file, as it is written."""

from __future__ import annotations

import dataclasses
import inspect
import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from support.paths import ROOT

import kotobuki
from kotobuki.reading.records import keys_of, names_of

GUIDES = {"kotobuki.settings.form_reading": "templates/README.md", "kotobuki.packet.front": "templates/README.md"}
"""Of the records of a module; all others: the guide of cases."""
HOMES = ("kotobuki.settings", "kotobuki.case", "kotobuki.packet")


def records() -> list[type]:
    """Every record of the code: the dataclasses with keys."""
    modules = (each.name for each in walk_packages(kotobuki.__path__, "kotobuki.") if each.name.startswith(HOMES))
    classes = (found for name in modules for _, found in inspect.getmembers(import_module(name), inspect.isclass))
    return [*dict.fromkeys(each for each in classes if dataclasses.is_dataclass(each) and keys_of(each))]


@pytest.mark.parametrize("record", records(), ids=lambda each: each.__qualname__)
def test_each_key_stands_in_the_guide(record: type) -> None:
    guide = (ROOT / GUIDES.get(record.__module__, "cases/README.md")).read_text(encoding="utf-8")
    written = "".join(re.findall(r"```.*?```|`[^`\n]+`", guide, re.DOTALL))
    assert [name for name in names_of(record) if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", written)] == []


def test_the_records_are_found() -> None:
    assert {"HouseStyle", "CaseHead", "MeetingFile", "OrganizationFile", "FormFile", "LetterKeys", "StepKeys"} <= {
        each.__qualname__ for each in records()
    }
