"""What the tests of whole papers share: the sample meeting, built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from support.paths import ROOT

from kotobuki.build.pipeline import Options, build
from kotobuki.diagnostics import Diagnostics

# Slow machines are no faults: nothing is timed in a test; and the same examples are tried on every run.
settings.register_profile("kotobuki", deadline=None, derandomize=True)
settings.load_profile("kotobuki")


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
