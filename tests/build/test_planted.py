"""What others put below an output folder: nothing outside is moved, read or removed, nothing inside that we have not made."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from kotobuki.build import staging as module
from kotobuki.build.freshness import ABSENT, Records
from kotobuki.build.staging import staging
from kotobuki.diagnostics import Diagnostics, OutputError
from kotobuki.project import Project
from kotobuki.seal import seal

NEW = {"甲/表紙.pdf": b"new", "甲/manifest.json": b"new"}
DIGEST = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437"
"""SHA-256 of b"new"."""
Plant = Callable[[Path, Path], None]
"""Puts something into a folder aside; the second is a folder outside with a file."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.is_symlink()
    }


def put(folder: Path) -> list[str]:
    """The rules of what is said while `NEW` is written."""
    diagnostics = Diagnostics()
    with staging(folder, diagnostics) as aside:
        for name, data in NEW.items():
            aside.write(PurePosixPath(name), data)
        aside.commit()
    return [each.rule for each in diagnostics]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "外/甲").mkdir(parents=True)
    for name in ("file", "甲/表紙.pdf"):
        (tmp_path / "外" / name).write_bytes(b"precious")
    return tmp_path / "外"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out/甲").mkdir(parents=True)
    (tmp_path / "out/甲/覚書.txt").write_bytes(b"own")
    return tmp_path / "out"


def plan(words: object, *, own: bool = False) -> Plant:
    """A plan, sealed as ours or by nobody; with files in `old` and one that is still to be renamed."""

    def plant(aside: Path, _: Path) -> None:
        data = words if isinstance(words, bytes) else json.dumps(words).encode()
        digits = seal(aside.name.encode() + data) if own else "0" * 64
        (aside / "plan.json").write_bytes(digits.encode() + b"\n" + data)
        for name in ("old/甲/覚書.txt", "new/later"):
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(b"planted")

    return plant


def link(name: str, to: str) -> Plant:
    """A link in the folder aside that leads out."""

    def plant(aside: Path, outside: Path) -> None:
        aside.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        aside.joinpath(name).symlink_to(outside / to)

    return plant


def both(*plants: Plant) -> Plant:
    def plant(aside: Path, outside: Path) -> None:
        for each in plants:
            each(aside, outside)

    return plant


def as_a_link(aside: Path, outside: Path) -> None:
    aside.rmdir()
    aside.symlink_to(outside)


def plan_as_a_pipe(aside: Path, _: Path) -> None:
    os.mkfifo(aside / "plan.json")


WELL_FORMED = {"甲/覚書.txt": [True, DIGEST], "later": [False, DIGEST]}
NONSENSE: list[object] = [
    [], 1, None, "甲", {"甲": 1}, {"甲": [1]}, {"甲": {"a": 1, "b": 2}}, b"", b"{", b"\xff", b"[" * 100_000,
    {"files": ["甲/覚書.txt"], "added": ["甲/覚書.txt"]}, {"files": 3, "added": None},
]  # fmt: skip
OUTSIDE: list[object] = [
    {name: [there, DIGEST] for name in names}
    for names in (["../外/file"], ["/etc/passwd"], ["甲/../../外/file"], [""], ["甲\x00"], [".kotobuki-1/new"], ["CON"])
    for there in (True, False)
]
PLANTS: dict[str, Plant] = {
    **{f"plan {number}": plan(words) for number, words in enumerate([WELL_FORMED, *NONSENSE, *OUTSIDE])},
    **{f"own plan {number}": plan(words, own=True) for number, words in enumerate([*NONSENSE, *OUTSIDE])},
    "a plan that is a link": link("plan.json", "file"),
    "a plan that is a pipe": plan_as_a_pipe,
    "a folder that is a link": as_a_link,
    "old is a link": both(plan({"甲/表紙.pdf": [True, DIGEST], "later": [False, DIGEST]}), link("gone", "file")),
}


@pytest.mark.thinned
@pytest.mark.parametrize("ours", [False, True], ids=["planted", "ours"])
@pytest.mark.parametrize("name", PLANTS)
def test_what_is_planted_moves_and_removes_nothing(name: str, ours: bool, out: Path, outside: Path) -> None:
    aside = out / (module._name() if ours else f".kotobuki-{'0' * 12}-{'0' * 16}")
    aside.mkdir()
    PLANTS[name](aside, outside)
    (out / f"{aside.name}.lock").touch()
    before = files(outside)
    said = put(out)
    assert files(outside) == before
    assert {each: data for each, data in files(out).items() if not each.startswith(".")} == {
        **NEW,
        "甲/覚書.txt": b"own",
    }
    assert said == ["output-left"]
    assert aside.is_symlink() or aside.is_dir()


@pytest.mark.parametrize("name", ["old", "old/甲"])
def test_links_among_old_files_are_not_followed(name: str, out: Path, outside: Path) -> None:
    """A folder of ours that came back out of git, changed: the file that it would put back is somebody else's."""
    aside = out / module._name()
    aside.mkdir()
    words = {"甲/表紙.pdf": [True, DIGEST], "later": [False, DIGEST]}
    plan(words, own=True)(aside, outside)
    (aside / "old/甲/覚書.txt").unlink()
    (aside / "old/甲").rmdir()
    if name == "old":
        (aside / "old").rmdir()
    link(name, "." if name == "old" else "甲")(aside, outside)
    (out / f"{aside.name}.lock").touch()
    before = files(outside)
    with pytest.raises(OutputError, match="元に戻せません"):
        put(out)
    assert files(outside) == before
    assert files(out)["甲/覚書.txt"] == b"own"


def test_what_came_into_the_place_of_a_file_since_stays(out: Path, outside: Path) -> None:
    aside = out / module._name()
    aside.mkdir()
    plan({"甲/覚書.txt": [True, DIGEST], "甲/別.txt": [False, DIGEST], "later": [False, DIGEST]}, own=True)(
        aside, outside
    )
    (out / "甲/別.txt").write_bytes(b"own")
    (out / f"{aside.name}.lock").touch()
    assert put(out) == []
    assert files(out) == {**NEW, "甲/覚書.txt": b"own", "甲/別.txt": b"own"}


@pytest.mark.parametrize("place", ["甲/表紙.pdf", ".kotobuki-000000000000-0000000000000000.lock"])
def test_a_link_in_a_files_place_is_replaced_or_left(place: str, out: Path, outside: Path) -> None:
    (out / place).symlink_to(outside / "file")
    put(out)
    assert (out / "甲/表紙.pdf").read_bytes() == b"new"
    assert (outside / "file").read_bytes() == b"precious"


@pytest.mark.parametrize("to", ["外", "out/甲", "ない", "link"])
def test_no_link_on_the_way_to_a_file_is_followed(to: str, out: Path, outside: Path) -> None:
    (out / "甲").rename(out / "乙")
    (out / "甲").symlink_to(outside.parent / to)
    before = files(outside), files(out)
    with pytest.raises(OutputError, match="リンク"):
        put(out)
    assert (files(outside), files(out)) == before


def test_an_output_folder_that_is_a_link_out_of_what_is_worked_on(
    out: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "output").symlink_to(outside)
    monkeypatch.chdir(out)
    for name in ("output", "output/甲"):
        with pytest.raises(OutputError, match="リンクで"):
            put(Path(name))
    assert len(files(outside)) == 2
    assert put(outside) == []  # as one says where it is


@pytest.mark.parametrize(
    "name", ["甲/nul.pdf", "甲./表紙.pdf", "甲/表\n紙.pdf", ".kotobuki-1/表紙.pdf", "", "甲/" + "あ" * 81]
)
def test_names_that_no_file_can_have(name: str, out: Path) -> None:
    with staging(out) as aside, pytest.raises(OutputError):
        aside.write(PurePosixPath(name), b"")
    with pytest.raises(OutputError, match="作れません"):
        put(out / "con.txt")


@pytest.mark.parametrize("state", ["file", "/proc/none"])
def test_without_a_folder_of_the_user_a_build_is_as_good(
    state: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / state))
    assert put(out) == []
    assert [each.name for each in out.iterdir()] == ["甲"]


@pytest.mark.skipif(os.name == "nt", reason="names of any bytes")
def test_a_name_of_any_bytes_is_left_alone(out: Path) -> None:
    os.mkdir(os.fsencode(out) + b"/.kotobuki-\xff-\xfe")  # noqa: PTH102 - a Path has no such names
    assert put(out) == ["output-left"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "表紙.pdf")
    assert Records(tmp_path).digest(tmp_path / "表紙.pdf") == ABSENT


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_links_in_a_circle_are_shown_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "輪").symlink_to("輪")
    assert Project(tmp_path, Diagnostics()).shown(tmp_path / "輪/表紙.pdf") == "輪/表紙.pdf"
