"""The digest of a file is that of what it holds now, though a large one is read once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from kotobuki.digests import digest_of


@pytest.mark.parametrize("size", [3, 2_000_000])
def test_a_file_put_in_the_place_of_another_is_noticed(tmp_path: Path, size: int) -> None:
    """Of the same size and the same time, as `cp -p` puts it."""
    file, other = tmp_path / "file", tmp_path / "other"
    for each, byte in ((file, b"a"), (other, b"b")):
        each.write_bytes(byte * size)
        os.utime(each, (0, 0))
    assert [digest_of(file), digest_of(file)] == [hashlib.sha256(b"a" * size).hexdigest()] * 2
    other.replace(file)
    assert digest_of(file) == hashlib.sha256(b"b" * size).hexdigest()


def test_where_there_is_none_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest_of(tmp_path / "file")
