"""The shelf is in order: each rule is documented, listed, tested, and called as its module is."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from kotobuki.checks import registry

SHELF = Path(inspect.getfile(registry)).parent
RULES = sorted(file.stem for file in SHELF.glob("*.py") if file.stem not in ("__init__", "registry", "subjects"))


def module(name: str) -> ModuleType:
    return import_module(f"kotobuki.checks.{name}")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_flags_and_what_to_write_instead(name: str) -> None:
    words = module(name).__doc__ or ""
    assert words.startswith((f"{name.replace('_', '-')} (誤り): ", f"{name.replace('_', '-')} (注意"))
    assert "\nFlagged" in words and "\nUse instead" in words
    assert f'"{name.replace("_", "-")}"' in inspect.getsource(module(name).check)


def test_every_rule_is_listed() -> None:
    lists = [value for name, value in vars(registry).items() if name.isupper()]
    listed = {rule.__module__.rpartition(".")[2] for each in lists for rule in each}
    assert sorted(listed) == RULES


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_tested(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").is_file()
