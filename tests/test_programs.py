"""Programs are taken from PATH, never from the folder that is worked in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kotobuki.programs import find

NAME = "kotobuki-test.exe" if os.name == "nt" else "kotobuki-test"


def planted(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / NAME
    file.write_text("", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("entry", ["", ".", "here"])
def test_the_current_folder_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    planted(tmp_path)
    planted(tmp_path / "here")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", entry)
    assert find(NAME) is None


def test_the_first_folder_of_the_path_that_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = planted(tmp_path / "first"), planted(tmp_path / "second")
    monkeypatch.setenv("PATH", os.pathsep.join(("", str(tmp_path / "none"), str(first.parent), str(second.parent))))
    assert find(NAME) == str(first)
