"""The invariants of kotobuki/ARCHITECTURE.md that a machine can hold: import layers, one home per library."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.paths import ROOT

PACKAGE = ROOT / "kotobuki"
TEMPLATES = ROOT / "templates"

ORDER = (
    *("diagnostics", "japanese", "stylesheet", "drawing"),  # the ground: these know nobody but each other
    *("reading", "settings", "case", "document", "orientation"),
    *("numbering", "forms", "fonts", "layout", "figures"),
    *("schema", "manuscript", "register", "word", "pdf"),
    *("project", "build", "git", "packet", "compare", "drafting", "tidying"),
    *("cli", "__main__"),
)
"""Each stage may import those before it in this list, and none behind it."""

APART = [
    ("layout", "forms"),
    ("layout", "numbering"),
    ("layout", "fonts"),
    ("figures", "numbering"),
    ("fonts", "forms"),
    ("pdf", "word"),
]
"""Stages that must not know each other although they could: (importer, imported)."""

HOMES = {
    "yaml": "reading.parse",
    "jinja2": "forms.engine",
    "markupsafe": "forms.engine",
    "uharfbuzz": "fonts",
    "docx": "word",
    "docxtpl": "word.filled",
    "lxml": "word",
    "reportlab": "pdf",
    "click": "cli",
    "filelock": "register",
    "PIL": "figures.pictures",
    "pypdfium2": "figures.pictures",
    "resvg_py": "figures.pictures",
    "pikepdf": "build.foreign",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stage(module: str) -> str:
    return module.split(".")[0]


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_stage_imports_earlier_ones_alone(file: Path) -> None:
    own = stage(name_of(file))
    if not own:
        return  # kotobuki/__init__.py holds the version alone
    for imported in imports_of(file):
        if not imported.startswith("kotobuki.") or imported == "kotobuki.__version__":
            continue
        other = stage(imported.removeprefix("kotobuki."))
        assert ORDER.index(other) <= ORDER.index(own), f"{name_of(file)} imports {imported}"
        assert (own, other) not in APART, f"{name_of(file)} imports {imported}"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_each_library_has_one_home(file: Path) -> None:
    own = name_of(file)
    for imported in imports_of(file):
        library = imported.split(".")[0]
        if library in sys.stdlib_module_names or library in ("kotobuki", "__future__"):
            continue
        home = HOMES.get(library)
        assert home is not None, f"{own} imports {library}, which has no home: name it in HOMES and ARCHITECTURE.md"
        assert own == home or own.startswith(f"{home}."), f"{own} imports {library}; its home is {home}"


def test_no_municipality_committee_or_form_is_wired_in() -> None:
    forms = [file.parent.name for file in TEMPLATES.glob("*/form.yaml")]
    wired = re.compile("|".join(["江戸川", "審査会", *map(re.escape, forms)]))
    found = [
        f"{name_of(file)}: {node.value!r}"
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and wired.search(node.value)
    ]
    examples = [text for text in found if "例：" in text or "\\n" in text]  # messages and docstrings may give examples
    assert [text for text in found if text not in examples] == []


def test_architecture_names_every_part() -> None:
    text = (PACKAGE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for part in {stage(name_of(file)) for file in MODULES if name_of(file)} - {"__main__"}:
        assert f"`{part}/`" in text or f"`{part}.py`" in text, part
