"""A file is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from support.commands import run

from kotobuki.replacing import replace_file


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "案件.yaml", tmp_path / "別名.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file.name)
    replace_file(link, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o640, True)
    assert {each.name for each in tmp_path.iterdir()} == {file.name, link.name}


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "案件.yaml"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as caught:
        replace_file(file, b"new")
    assert (caught.value.filename, file.read_bytes(), len(list(tmp_path.iterdir()))) == (str(file), b"old", 1)


def test_a_merge_on_a_full_disk_leaves_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"base": "件名: 甲\n摘要: 乙\n", "ours": "件名: 丙\n摘要: 乙\n", "theirs": "件名: 甲\n摘要: 丁\n"}
    for name, text in versions.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(os, "fsync", no_room)
    done = run("merge-driver", *(str(tmp_path / name) for name in versions), "案件.yaml")
    assert (done.status, (tmp_path / "ours").read_text(encoding="utf-8")) == (2, versions["ours"])
    assert "空き" in done.err or "ディスク" in done.err
