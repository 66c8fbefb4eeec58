"""Every match over a closed union of kotobuki ends in `assert_never`, so that mypy names it when the union grows.

mypy itself refuses a match that leaves something out (`exhaustive-match`), but not one that says `case _: pass`.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import get_args

import kotobuki

OPEN = {"kotobuki.manuscript.digits.blind"}
"""Functions that take any value at all, and leave alone what they do not know."""

MODULES = [
    importlib.import_module(each.name)
    for each in pkgutil.walk_packages(kotobuki.__path__, "kotobuki.")
    if not each.name.endswith("__main__")
]


def unions_of(module: ModuleType) -> Iterator[tuple[str, set[type]]]:
    """The unions of classes of kotobuki that a module knows, by name."""
    for name, value in vars(module).items():
        if isinstance(value, UnionType):
            members = {each for each in get_args(value) if each is not NoneType}
            if all(isinstance(each, type) and each.__module__.startswith("kotobuki.") for each in members):
                yield name, members


CLOSED = {member for module in MODULES for _, members in unions_of(module) for member in members}


def matches_of(module: ModuleType) -> Iterator[tuple[str, ast.Match]]:
    """Each match of a module that names a member of a union, with the function it stands in."""
    assert module.__file__
    text = Path(module.__file__).read_text(encoding="utf-8")
    tree = ast.parse(text if "match " in text else "")  # most modules have none, and parsing takes its time
    for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
        for node in (each for each in ast.walk(function) if isinstance(each, ast.Match)):
            if any(_named(name, module) in CLOSED for case in node.cases for name in _classes(case)):
                yield f"{module.__name__}.{function.name}", node


def _classes(case: ast.match_case) -> Iterator[ast.expr]:
    """The classes that the whole of a value is tried against; none where several values are matched at once."""
    patterns = case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern]
    for each in patterns:
        inner = each.pattern if isinstance(each, ast.MatchAs) and each.pattern else each
        if isinstance(inner, ast.MatchClass):
            yield inner.cls


def _named(expression: ast.expr, module: ModuleType) -> object:
    """What a name such as Para or b.Para means in a module; None for one that the module does not hold, such as str."""
    if isinstance(expression, ast.Attribute):
        return getattr(_named(expression.value, module), expression.attr, None)
    return vars(module).get(expression.id) if isinstance(expression, ast.Name) else None


def is_closed(match: ast.Match) -> bool:
    (*_, last) = match.cases
    return isinstance(last.pattern, ast.MatchAs) and ast.unparse(last.body[0]).startswith("assert_never(")


def test_the_unions_are_found() -> None:
    found = {name for module in MODULES for name, _ in unions_of(module)}
    assert found >= {"Node", "Inline", "Unframed", "Frame", "Block", "Typed", "Flat", "DraftBlock", "Figure"}


def test_every_match_over_a_closed_union_ends_in_assert_never() -> None:
    left_open = {where for module in MODULES for where, match in matches_of(module) if not is_closed(match)}
    assert left_open <= OPEN
