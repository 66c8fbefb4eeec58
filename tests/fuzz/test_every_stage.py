"""An error of any stage ends every command with its diagnostics: nothing runs into what the error left out.

Each function that is handed the collector finds an error more than it did, after its work (before it, where that is to write
files); nobody may be surprised by that.
Usually each third function is tried, with one command; with `--fuzz N` all of them, with one for each 400 of N beyond
the usual number.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
from support.kept import forget
from support.properties import FUZZED
from support.whole_city import COMMANDS, files_of_a_city, ran

import kotobuki
from kotobuki import project
from kotobuki.build.office import Office
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading import parse

pytestmark = [pytest.mark.fuzz, pytest.mark.process, pytest.mark.git]

RULE = "injected"
Owned = tuple[object, str]
"""A module or class, and the name of a function in it."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files_of_a_city(tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    """Nothing that was read before hides an error, and no error that was put in is kept."""
    forget()
    yield
    forget()


def stages() -> Iterator[Owned]:
    """Every function and method that is handed a collector."""
    for found in pkgutil.walk_packages(kotobuki.__path__, "kotobuki."):
        if found.name.split(".")[-1] in ("__main__", "renderer"):
            continue
        module = importlib.import_module(found.name)
        owned = [each for each in vars(module).values() if getattr(each, "__module__", "") == found.name]
        for owner in (module, *filter(inspect.isclass, owned)):
            for name, function in vars(owner).items():
                own = inspect.isfunction(function) and function.__module__ == found.name
                if own and name != "__init__" and "Diagnostics" in map(str, function.__annotations__.values()):
                    yield owner, name


STAGES = list(stages())
USUALLY = 3
"""One in so many is tried where no more is asked for: all take a minute and a half."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    more = metafunc.config.getoption("--fuzz") > FUZZED
    names = [f"{getattr(owner, '__name__', '')}.{name}" for owner, name in STAGES]
    chosen = slice(None, None, 1 if more else USUALLY)
    if "stage" in metafunc.fixturenames:
        metafunc.parametrize("stage", STAGES[chosen], ids=names[chosen])


@pytest.fixture(autouse=True)
def forgetting() -> Iterator[None]:
    """What was put in is met though a file has been read before, and is not said again to the tests that follow."""
    kept = [each for module in (parse, project) for each in vars(module).values() if hasattr(each, "cache_clear")]
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


def faulty(function: Callable[..., object]) -> Callable[..., object]:
    """The function, which reports an error whenever it has done its work, or is about to write."""
    writes = function.__module__.startswith(("kotobuki.build.", "kotobuki.packet."))

    def report(given: Iterable[object]) -> None:
        for each in given:
            if isinstance(each, Diagnostics):
                each.error(Place("注入"), RULE, "入れられた誤り", "なし")

    @functools.wraps(function)
    def call(*given: object, **named: object) -> object:
        if writes:
            report((*given, *named.values()))
        try:
            return function(*given, **named)
        finally:
            report((*given, *named.values()))

    return call


def put(stage: Owned, monkeypatch: pytest.MonkeyPatch) -> None:
    """The faulty function in the place of the sound one, wherever it was imported."""
    owner, name = stage
    sound = vars(owner)[name]
    faulted = faulty(sound)
    monkeypatch.setattr(owner, name, faulted)
    for module in [each for at, each in sys.modules.items() if at.startswith("kotobuki")]:
        for other, value in list(vars(module).items()):
            if value is sound:
                monkeypatch.setattr(module, other, faulted)


def test_an_error_more_is_no_surprise(
    stage: Owned,
    world: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    monkeypatch.setattr(Office, "program", None)
    monkeypatch.setenv("KOTOBUKI_TRACEBACK", "1")
    put(stage, monkeypatch)
    random = Random(f"{pytestconfig.getoption('--fuzz-seed')}-{STAGES.index(stage)}")
    commands = [each for each in COMMANDS if each.split()[0] not in ("textconv", "schema", "merge-driver")]
    for command in random.sample(commands, min(len(commands), max(1, pytestconfig.getoption("--fuzz") // FUZZED))):
        result = ran(world, tmp_path / "root", command)
        assert result.exception is None or isinstance(result.exception, SystemExit), command
        if f"[{RULE}]" in result.stderr:
            assert (result.exit_code, (tmp_path / "root" / "out").exists()) == (1, False), command
