"""Outputs renamed into place together: a killed build is made good by the next, and nothing outside is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from support.paths import ROOT

from kotobuki.build.staging import staging
from kotobuki.diagnostics import OutputError

OLD = {"甲/表紙.pdf": b"old", "甲/議案.pdf": b"old", "甲/manifest.json": b"old"}
NEW = {"甲/表紙.pdf": b"new", "甲/依頼書.pdf": b"new", "甲/manifest.json": b"new", "甲/議案.pdf": b"new"}

# A build that is killed when it renames for the nth time: the plan, the manifest away, 表紙 away, 表紙 in, 依頼書 in,
# 議案 away, 議案 in, the manifest in.
KILLED = """
import os, signal, sys
from pathlib import Path, PurePosixPath
from kotobuki.build import staging
count, replace = 0, os.replace
def fail(*arguments, **folders):
    global count
    count += 1
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(*arguments, **folders)
os.replace = fail
with staging.staging(Path(sys.argv[1])) as aside:
    for name in sys.argv[3:]:
        aside.write(PurePosixPath(name), b"new")
    aside.commit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def put(folder: Path, wanted: dict[str, bytes]) -> None:
    with staging(folder) as aside:
        for name, data in wanted.items():
            aside.write(PurePosixPath(name), data)
        aside.commit()


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize(("at", "left"), [*((at, OLD) for at in range(1, 9)), (9, NEW)])
def test_what_a_killed_build_left_half_done_is_made_whole(tmp_path: Path, at: int, left: dict[str, bytes]) -> None:
    put(tmp_path, OLD)
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(at), *NEW], cwd=ROOT)
    assert list(tmp_path.glob(".kotobuki-*"))
    left_over = {name: data for name, data in files(tmp_path).items() if name.startswith("甲/")}
    assert left_over in (OLD, NEW) or "甲/manifest.json" not in left_over  # where it stands, all is whole
    with staging(tmp_path):
        pass  # the next build, which writes nothing
    assert files(tmp_path) == left
    assert list(tmp_path.glob(".*")) == []


def test_a_build_that_lives_is_left_alone(tmp_path: Path) -> None:
    with staging(tmp_path) as one:
        one.write(PurePosixPath("甲.pdf"), b"one")
        put(tmp_path, {"乙.pdf": b"two"})
        one.commit()
    assert files(tmp_path) == {"甲.pdf": b"one", "乙.pdf": b"two"}


def test_a_folder_that_nobody_can_judge_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".kotobuki-覚書").mkdir()
    put(tmp_path, NEW)
    assert (tmp_path / ".kotobuki-覚書").is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux which folder is held open")
def test_old_files_that_cannot_be_put_back_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, OLD)
    replace = os.replace

    def fail(source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        if target == "議案.pdf" and "old" not in Path(f"/proc/self/fd/{dst_dir_fd}").readlink().parts:
            raise PermissionError(13, "", target)
        replace(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError, match="元に戻せません"):
        put(tmp_path, NEW)
    with pytest.raises(OutputError, match="元に戻せません"):  # as long as that is so
        put(tmp_path, NEW)
    monkeypatch.undo()
    with staging(tmp_path):
        pass
    assert files(tmp_path) == OLD


@pytest.mark.parametrize("name", ["甲/表紙.pdf", "甲/表紙.PDF"])
def test_a_name_is_written_once(tmp_path: Path, name: str) -> None:
    with staging(tmp_path) as aside, pytest.raises(OutputError, match="二つあります"):
        aside.write(PurePosixPath("甲/表紙.pdf"), b"")
        aside.write(PurePosixPath(name), b"")
    assert files(tmp_path) == {}


@pytest.mark.parametrize("name", ["../甲.pdf", "甲/../../乙.pdf", "/甲.pdf"])
def test_a_name_stays_inside(tmp_path: Path, name: str) -> None:
    with staging(tmp_path / "out") as aside, pytest.raises(OutputError, match="外を指しています"):
        aside.write(PurePosixPath(name), b"")


def test_nothing_is_made_behind_a_link_that_leads_out(tmp_path: Path) -> None:
    outside, out = tmp_path / "外", tmp_path / "out"
    outside.mkdir()
    out.mkdir()
    (out / "会議").symlink_to(outside, target_is_directory=True)
    with pytest.raises(OutputError, match="リンク"):
        put(out, {"会議/第2号議案/表紙.pdf": b""})
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("way", ["甲/表紙.pdf", "甲/依頼書.pdf/中"])
def test_folders_of_others_stay(tmp_path: Path, way: str) -> None:
    (tmp_path / way).mkdir(parents=True)
    (tmp_path / "乙").mkdir()
    with pytest.raises(OutputError, match="という名のフォルダがある"):
        put(tmp_path, NEW)
    assert sorted(each.name for each in tmp_path.rglob("*")) == sorted({"甲", "乙", *way.split("/")})
