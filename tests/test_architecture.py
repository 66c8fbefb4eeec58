"""The invariants of kotobuki/ARCHITECTURE.md that a machine can hold: layers, circles, homes of libraries, long records."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest
from support.paths import ROOT

PACKAGE = ROOT / "kotobuki"
TEMPLATES = ROOT / "templates"

ORDER = (
    # The ground: these know nobody but each other.
    *(
        "lazy_dataclasses",
        "lazy_patterns",
        "named_tuples",
        "visible",
        "diagnostics",
        "limits",
        "archive",
        "programs",
        "file_names",
        "digests",
        "garbage",
        "replacing",
        "seal",
        "remembering",
    ),
    *("japanese", "roles", "stylesheet", "drawing", "grid", "spreadsheets"),
    *("reading", "settings", "case", "checks", "document", "orientation"),
    *("numbering", "forms", "fonts", "layout", "figures"),
    *("schema", "manuscript", "register", "word", "pdf", "svg"),
    *("project", "build", "git", "compare", "packet", "drafting", "tidying", "guides", "editor"),
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
    ("svg", "pdf"),
    ("svg", "word"),
]
"""Stages that must not know each other although they could: (importer, imported)."""

HOMES = {
    "yaml": "reading.structure",
    "jinja2": "forms.engine",
    "markupsafe": "forms.engine",
    "uharfbuzz": "fonts",
    "docx": "word",
    "docxtpl": "word.filled",
    "lxml": "word",
    "click": "cli",
    "filelock": "register",
    "PIL": "figures.pictures",
    "pypdfium2": "figures.pictures",
    "resvg_py": "figures.pictures",
    "pikepdf": "build.foreign",
    "reportlab": "pdf.objects",
    "distributed": "build.cluster",
    "openpyxl": "spreadsheets",
}

MOST_BY_POSITION = 5
"""A dataclass of more fields takes them by name alone."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of a module, parsed once for all tests."""
    return tuple(ast.walk(ast.parse(source)))


def imports_of(file: Path) -> Iterator[str]:
    yield from imports_in(file.read_text(encoding="utf-8"))


def imports_in(source: str) -> Iterator[str]:
    """What a module imports: at its top, in functions, for the type checker alone, or by the name given to importlib.

    `from a import b` gives a.b, whether b is a module or not; of a name put together, the beginning: "kotobuki.cli.*".
    """
    for node in nodes(source):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                assert node.level == 0 and node.module, f"relative import: {ast.unparse(node)}"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"), args=[name, *_]):
                match name:
                    case ast.Constant(value=str(whole)):
                        yield whole
                    case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
                        yield f"{beginning}*"


def circle_in(sources: Mapping[str, str]) -> str:
    """A circle of modules that import each other, as "a → b → a"; "" = there is none. `sources`: by the module's name."""
    graph = {
        module: {other for imported in imports_in(source) for other in _modules(imported, sources)}
        for module, source in sources.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " → ".join(reversed(error.args[1]))
    return ""


def _modules(imported: str, known: Collection[str]) -> list[str]:
    """The known modules that an import brings in: a module, the one that a name stands in, or all of a package."""
    if imported.endswith("*"):
        return [module for module in known if module.startswith(imported[:-1])]
    return [module for module in (imported, imported.rpartition(".")[0]) if module in known][:1]


def long_dataclasses_in(source: str) -> Iterator[str]:
    """The dataclasses of many fields that may be made without saying which is which."""
    for node in nodes(source):
        if isinstance(node, ast.ClassDef) and (decorator := _dataclass_decorator(node)):
            notes = [ast.unparse(each.annotation) for each in node.body if isinstance(each, ast.AnnAssign)]
            fields = [each for each in notes if not each.startswith("ClassVar")]
            options = decorator.keywords if isinstance(decorator, ast.Call) else []
            named = any(each.arg == "kw_only" and ast.unparse(each.value) == "True" for each in options)
            if len(fields) > MOST_BY_POSITION and not named:
                yield node.name


def _dataclass_decorator(node: ast.ClassDef) -> ast.expr | None:
    return next((each for each in node.decorator_list if ast.unparse(each).split("(")[0] == "dataclass"), None)


def stage(module: str) -> str:
    return module.split(".")[0]


def test_a_stage_imports_earlier_ones_alone() -> None:
    offenders = []
    for file in MODULES:
        own = stage(name_of(file))
        if not own:
            continue  # kotobuki/__init__.py holds the version alone
        for imported in imports_of(file):
            if not imported.startswith("kotobuki.") or imported == "kotobuki.__version__":
                continue
            other = stage(imported.removeprefix("kotobuki."))
            if ORDER.index(other) > ORDER.index(own) or (own, other) in APART:
                offenders.append(f"{name_of(file)} imports {imported}")
    assert offenders == []


def test_no_modules_import_each_other() -> None:
    sources = {f"kotobuki.{name_of(file)}".removesuffix("."): file.read_text(encoding="utf-8") for file in MODULES}
    assert circle_in(sources) == ""


@pytest.mark.parametrize(
    "back",
    [
        "import k.a",
        "from k import a",
        "from k.a import A",
        "def f() -> None:\n    from k.a import A",
        "if TYPE_CHECKING:\n    from k.a import A",
        "a = importlib.import_module('k.a')",
        "a = import_module(f'k.a{name}')",
    ],
)
def test_a_circle_is_named(back: str) -> None:
    sources = {"k": "", "k.a": "from k.b import B", "k.b": "from k.c import C", "k.c": back}
    assert circle_in({**sources, "k.c": "from k import version"}) == ""
    circle = circle_in(sources).split(" → ")
    assert circle[0] == circle[-1]
    for one, other in pairwise(circle):
        assert other in [found for imported in imports_in(sources[one]) for found in _modules(imported, sources)]


def test_architecture_tells_the_order() -> None:
    text = (PACKAGE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = re.search(r"\*\*A stage imports earlier ones alone\*\*: ([^;]+);", text)
    assert told is not None
    assert tuple(re.split(r", | → ", told[1])) == ORDER[:-1]  # `__main__` alone is not worth telling


def test_each_library_has_one_home() -> None:
    """A library without a home is to be named in HOMES and ARCHITECTURE.md."""
    offenders = []
    for file in MODULES:
        own = name_of(file)
        for library in {imported.split(".")[0] for imported in imports_of(file)}:
            if library in sys.stdlib_module_names or library in ("kotobuki", "__future__"):
                continue
            home = HOMES.get(library, "nowhere")
            if own != home and not own.startswith(f"{home}."):
                offenders.append(f"{own} imports {library}; its home is {home}")
    assert offenders == []


DOOR = "cli.conventions"
"""Through which alone anything reaches a terminal, a pipe or git."""
OTHER_PROGRAMS = {"figures.pictures.renderer"}
"""Programs of their own, whose output is read by Kotobuki."""


def told_past_the_door(source: str) -> Iterator[str]:
    """Where a module prints by itself, or takes hold of a standard stream but to ask whether it is a terminal."""
    asked = {id(each.value) for each in nodes(source) if isinstance(each, ast.Attribute) and each.attr == "isatty"}
    for node in nodes(source):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield "print"
            case ast.Attribute(
                value=ast.Name(id="click"), attr="echo" | "secho" | "prompt" | "confirm" | "pause" as way
            ):
                yield f"click.{way}"
            case ast.Attribute(
                value=ast.Name(id="sys"), attr="stdout" | "stderr" | "__stdout__" | "__stderr__" as stream
            ):
                if id(node) not in asked:
                    yield f"sys.{stream}"


def test_all_that_is_said_goes_through_one_door() -> None:
    found = {name_of(file): list(told_past_the_door(file.read_text(encoding="utf-8"))) for file in MODULES}
    assert {module for module, ways in found.items() if ways} - OTHER_PROGRAMS == {DOOR}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("print('甲')", ["print"]),
        ("click.echo('甲')", ["click.echo"]),
        ("say = click.secho", ["click.secho"]),
        ("sys.stdout.write('甲')", ["sys.stdout"]),
        ("file = sys.stderr", ["sys.stderr"]),
        ("sys.stdout.isatty()", []),
        ("say('甲')", []),
    ],
)
def test_what_is_said_past_the_door_is_named(source: str, found: list[str]) -> None:
    assert list(told_past_the_door(source)) == found


def test_many_fields_are_told_by_name() -> None:
    """Whoever is named here writes kw_only=True."""
    found = {name_of(file): list(long_dataclasses_in(file.read_text(encoding="utf-8"))) for file in MODULES}
    assert {module: classes for module, classes in found.items() if classes} == {}


@pytest.mark.parametrize(
    ("decorator", "count", "found"),
    [
        ("@dataclass", 6, ["A"]),
        ("@dataclass(frozen=True)", 6, ["A"]),
        ("@dataclass(frozen=True, kw_only=False)", 6, ["A"]),
        ("@dataclass(frozen=True, kw_only=True)", 6, []),
        ("@dataclass(frozen=True)", 5, []),
        ("@final", 6, []),
    ],
)
def test_a_long_dataclass_is_named(decorator: str, count: int, found: list[str]) -> None:
    fields = "".join(f"    field_{at}: int\n" for at in range(count))
    constant = "    kind: ClassVar[str] = ''\n"
    assert list(long_dataclasses_in(f"{decorator}\nclass A:\n{fields}{constant}")) == found


def test_no_municipality_committee_or_form_is_wired_in() -> None:
    forms = [file.parent.name for file in TEMPLATES.glob("*/form.yaml")]
    wired = re.compile("|".join(["江戸川", "審査会", *map(re.escape, forms)]))
    found = [
        f"{name_of(file)}: {node.value!r}"
        for file in MODULES
        for node in nodes(file.read_text(encoding="utf-8"))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and wired.search(node.value)
    ]
    examples = [text for text in found if "例：" in text or "\\n" in text]  # messages and docstrings may give examples
    assert [text for text in found if text not in examples] == []


def test_architecture_names_every_part() -> None:
    text = (PACKAGE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for part in {stage(name_of(file)) for file in MODULES if name_of(file)} - {"__main__"}:
        assert f"`{part}/`" in text or f"`{part}.py`" in text, part
