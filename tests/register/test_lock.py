"""A lock that the system gives back: held by one at a time, whoever takes it, and never on what a link leads to."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from kotobuki.register.lock import try_lock


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    release = try_lock(tmp_path / "錠")
    assert release is not None
    assert try_lock(tmp_path / "錠") is None
    assert try_lock(tmp_path / "錠", patience=0.02) is None
    release()
    again = try_lock(tmp_path / "錠")
    assert again is not None
    again()


def test_filelock_takes_the_same_lock(tmp_path: Path) -> None:
    with FileLock(tmp_path / "錠"):
        assert try_lock(tmp_path / "錠") is None
    release = try_lock(tmp_path / "錠")
    assert release is not None
    with pytest.raises(Timeout):
        FileLock(tmp_path / "錠").acquire(timeout=0)
    release()


def test_what_cannot_be_locked_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "つなぎ").symlink_to(tmp_path / "先")
    assert try_lock(tmp_path / "つなぎ") is None
    assert not (tmp_path / "先").exists()
    assert try_lock(tmp_path / "ない" / "錠") is None


def test_a_lock_whose_file_was_removed_is_none(tmp_path: Path) -> None:
    first = try_lock(tmp_path / "錠")
    assert first is not None
    (tmp_path / "錠").unlink()
    second = try_lock(tmp_path / "錠")  # another file of that name
    assert second is not None
    first()
    assert try_lock(tmp_path / "錠") is None
    second()
