"""What all tests share: how they are chosen and watched, and the sample meeting, built once a process."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from support import programs
from support.paths import ROOT
from support.properties import FAST, FUZZED, USUAL, thinned

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import Diagnostics

# Slow machines are no faults: nothing is timed in a test; and the same examples are tried on every run.
settings.register_profile("whole", deadline=None, derandomize=True, max_examples=USUAL)
settings.register_profile("fast", settings.get_profile("whole"), max_examples=FAST)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast", action="store_true", help="no tests that start other programs, fewer examples of properties"
    )
    parser.addoption(
        "--examples", type=int, default=0, help=f"how many examples of properties are tried where {USUAL} are usual"
    )
    parser.addoption("--fuzz", type=int, default=FUZZED, help="how many spoilt inputs are tried")
    parser.addoption("--fuzz-seed", type=int, default=12, help="what the spoilt inputs are made from")
    parser.addoption("--fuzz-at", type=int, help="the number of the one spoilt input to be tried")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(
        100_000, 50, 1000
    )  # thousands of collected tests are no garbage: looking for it takes a tenth of the time
    for name in (
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
    ):  # what Kotobuki keeps of a user is kept apart from who runs the tests
        os.environ[name] = mkdtemp(prefix="kotobuki-tests-")  # now: some read files while they are collected
    usual = settings.get_profile("fast" if config.getoption("--fast") else "whole")
    settings.register_profile("chosen", usual, max_examples=config.getoption("--examples") or usual.max_examples)
    settings.load_profile("chosen")
    programs.watch()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for a fixture with the name of a marker bears that marker; `--fast` leaves out all that bear one.

    Of the lists that are marked `thinned` it leaves out most.
    """
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    fast = config.getoption("--fast")
    thin = set(thinned(items)) if fast else set()
    for item in items:
        for name in programs.MARKERS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(name)
        starts = programs.MARKERS.intersection(each.name for each in item.iter_markers())
        (left if item in thin or (fast and starts) else kept).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers():
        if lacking := programs.missing(marker.name):
            pytest.skip(f"not installed: {', '.join(lacking)}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with programs.watched(item):
        return (yield)


@pytest.fixture(scope="session")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's cases and templates, free to be changed after `shutil.copytree`."""
    root = tmp_path_factory.mktemp("project")
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.fixture(scope="session")
def bundles(sample_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample meeting, built without a single diagnostic."""
    out = tmp_path_factory.mktemp("out")
    diagnostics = Diagnostics()
    build([sample_root / "cases" / "r4-1"], Options(out), None, diagnostics)
    assert list(diagnostics) == []
    return out / "r4-1"
