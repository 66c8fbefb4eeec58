"""What was worked out once is known to the next process, as long as nothing that counts has changed; and nobody else's word is taken."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT

from kotobuki import project, remembering
from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.engine import text
from kotobuki.reading import parse
from kotobuki.remembering import remembered
from kotobuki.word import base_file

ASKED: list[tuple[object, ...]] = []
RUN: list[str] = []


@remembered
def worked_out(data: bytes, shown: str = "", flag: bool = False) -> list[object]:
    ASKED.append((data, shown, flag))
    return [data, shown, flag]


class Bomb:
    """What runs when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return RUN.append, ("boom",)


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ASKED.clear()
    RUN.clear()
    yield remembering.folder()
    anew(worked_out)


def anew(function: Any) -> None:  # noqa: ANN401  (an `lru_cache`)
    """As in a process that has just begun."""
    function.cache_clear()


def test_the_next_process_does_not_work_it_out_again() -> None:
    first = worked_out(b"data", "a.yaml")
    anew(worked_out)
    assert worked_out(b"data", "a.yaml") == first
    assert len(ASKED) == 1


@pytest.mark.parametrize(
    "given", [(b"datb", "a"), (b"data", "b"), (b"data", "a", True), (b"dataa", ""), (b"dat", "aa"), (b"data", "False")]
)
def test_other_arguments_are_another_matter(given: tuple[Any, ...]) -> None:
    worked_out(b"data", "a")
    anew(worked_out)
    assert worked_out(*given)[0] == given[0]
    assert len(ASKED) == 2


def test_another_kotobuki_works_it_out_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out(b"data")
    anew(worked_out)
    monkeypatch.setattr(remembering, "stamp", lambda: "another")
    worked_out(b"data")
    assert len(ASKED) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _data: b"",
        lambda data: data[:-1],
        lambda data: data[:64],
        lambda data: data[:70] + bytes([data[70] ^ 1]) + data[71:],
        lambda data: data[:64] + pickle.dumps(Bomb()),
        lambda _data: b"0" * 64 + pickle.dumps(Bomb()),
        lambda _data: b"\xff" * 64 + pickle.dumps(Bomb()),
        lambda _data: pickle.dumps(Bomb()),
    ],
)
def test_what_bears_no_seal_of_ours_is_not_read(memory: Path, spoil: Any) -> None:  # noqa: ANN401  (bytes to bytes)
    worked_out(b"data")
    (file,) = memory.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    anew(worked_out)
    assert worked_out(b"data") == [b"data", "", False]
    assert (len(ASKED), RUN) == (2, [])


def test_a_sealed_value_under_another_name_is_not_read(memory: Path) -> None:
    worked_out(b"data")
    (file,) = memory.iterdir()
    worked_out(b"other")
    (other,) = set(memory.iterdir()) - {file}
    other.write_bytes(file.read_bytes())
    anew(worked_out)
    assert worked_out(b"other") == [b"other", "", False]


def test_where_nothing_can_be_kept_it_is_worked_out_each_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    worked_out(b"data")
    anew(worked_out)
    assert worked_out(b"data") == [b"data", "", False]
    assert len(ASKED) == 2


@pytest.mark.skipif(os.name == "nt", reason="owners of files")
def test_a_file_of_another_user_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out(b"data")
    anew(worked_out)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert worked_out(b"data") == [b"data", "", False]
    assert len(ASKED) == 2


def test_what_is_large_is_not_kept(memory: Path) -> None:
    worked_out(bytes(remembering._LARGEST))
    assert not memory.exists()


def test_nothing_is_left_of_what_could_not_be_written(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: Path, _name: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", full)
    assert worked_out(b"data") == [b"data", "", False]
    assert list(memory.iterdir()) == []


@pytest.mark.skipif(
    sys.platform != "linux", reason="where other systems keep such things is not asked of this variable"
)
@pytest.mark.parametrize("told", ["", "cache", "./cache"])
def test_no_folder_is_made_where_somebody_happens_to_work(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", told)
    assert remembering.cache_folder() == Path.home() / ".cache" / "kotobuki"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ask other variables")
def test_nothing_is_read_below_the_folder_where_somebody_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "home")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        worked_out(b"data")
        anew(worked_out)
    assert len(ASKED) == 2
    assert list(tmp_path.iterdir()) == []


def test_what_raises_is_not_remembered() -> None:
    @remembered
    def fails(data: bytes) -> None:
        ASKED.append((data,))
        raise KeyError(data)

    for _ in range(2):
        with pytest.raises(KeyError):
            fails(b"data")
    assert len(ASKED) == 2


def test_what_was_used_longest_ago_goes_first(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "_MOST", 3)
    for age, given in enumerate((b"c", b"b", b"a")):
        worked_out(given)
        (new,) = (each for each in memory.iterdir() if each.stat().st_mtime > 100)
        os.utime(new, (age, age))
    anew(worked_out)
    for given in (b"c", b"d", b"a", b"c"):  # d takes the place of b
        worked_out(given)
    assert len(list(memory.iterdir())) == 3
    assert [data for data, _, _ in ASKED] == [b"c", b"b", b"a", b"d"]


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_nothing_goes_but_what_is_ours(memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [tmp_path / "papers" / name for name in ("案件.yaml", "0" * 63, "new-order.docx")]
    for each in papers:
        each.parent.mkdir(exist_ok=True)
        each.touch()
    memory.parent.mkdir(parents=True)
    memory.symlink_to(papers[0].parent)
    monkeypatch.setattr(remembering, "_MOST", 1)
    for given in (b"a", b"b"):
        worked_out(given)
    assert all(each.exists() for each in papers)
    assert len(list(memory.iterdir())) == len(papers) + 1


def rewritten(file: Path) -> None:
    """Another file of the same size and time."""
    status = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    ("change", "another"),
    [
        (lambda _: None, False),
        (lambda own: (own / "__pycache__/a.pyc").touch(), False),
        (lambda own: (own / "reading/.#a.py").symlink_to("nobody@nowhere"), False),
        (lambda own: rewritten(own / "reading/a.py"), True),
        (lambda own: rewritten(own / "b.pyc"), True),
        (lambda own: (own / "reading/a.py").unlink(), True),
        (lambda own: (own.parent / "more/package").mkdir(), True),
        (lambda own: shutil.rmtree(own), True),
    ],
    ids=[
        "none",
        "what Python left",
        "an editor's lock",
        "code",
        "compiled code",
        "less code",
        "a package",
        "an archive",
    ],
)
def test_other_code_has_another_stamp(
    change: Callable[[Path], object], another: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    for name in ("own/__pycache__", "own/reading", "more"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("remembering.py", "b.pyc", "reading/a.py"):
        (own / name).write_bytes(b"x = 1")
    monkeypatch.setattr(remembering, "__file__", str(own / "remembering.py"))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}/more/")
    monkeypatch.syspath_prepend(tmp_path / "more")
    before = remembering.stamp.__wrapped__()
    change(own)
    assert (remembering.stamp.__wrapped__() != before) is another


FORMS = sorted((ROOT / "templates").glob("*/form.yaml"))


@pytest.mark.parametrize("file", FORMS, ids=[each.parent.name for each in FORMS])
def test_a_form_is_remembered_as_it_was_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = file.read_bytes(), "form.yaml"
    read = project._form_of(*given)
    anew(project._form_of)
    monkeypatch.setattr(project, "read_form", None)
    assert repr(project._form_of(*given)) == repr(read)


def test_the_organization_is_remembered_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = (ROOT / "cases/organization.yaml").read_bytes(), "organization.yaml"
    read = project._saved_organization(*given)
    anew(project._saved_organization)
    anew(project._organization_of)
    monkeypatch.setattr(project, "read_organization", None)
    assert repr(project._saved_organization(*given)) == repr(read)


def test_base_docx_is_remembered_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = (ROOT / "templates/base.docx").read_bytes(), "base.docx"
    read = base_file._base_of(*given)
    anew(base_file._base_of)
    monkeypatch.setattr("kotobuki.word.base_reading.base_of", None)
    assert repr(base_file._base_of(*given)) == repr(read)


@pytest.mark.parametrize("file", sorted((ROOT / "templates").rglob("*.txt")), ids=lambda file: file.stem)
def test_a_template_is_remembered_as_it_was_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = file.read_text("utf-8"), "均等 空き 点線 リンク 丸 表", "default first join last 字間 均等 点線 注なし 定義"
    read = text._read(*given)
    anew(text._read)
    monkeypatch.setattr("kotobuki.forms.engine.reading.read", None)
    assert repr(text._read(*given)) == repr(read)  # `and` equals `or`, as tuples do
    assert read[0] and not read[1]


ORGANIZATION = (ROOT / "cases/organization.yaml").read_text(encoding="utf-8")
FORM = FORMS[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("function", "data"),
    [
        (project._saved_organization, f"謎： 1\n\t{ORGANIZATION}".encode()),
        (project._saved_organization, ORGANIZATION.replace("氏名:", "氏命:  # 確認：誰").encode()),
        (project._saved_organization, ORGANIZATION.encode("cp932", "replace")),
        (project._form_of, FORM.replace("必須: はい", "必須： はい").replace("雛形", "雛型").encode()),
        (project._form_of, f"{FORM}\n - [".encode()),
        (project._form_of, b"\xff"),
        (base_file._base_of, b"PK"),
        (base_file._base_of, b""),
    ],
)
def test_what_is_wrong_is_said_again_in_the_same_words(function: Any, data: bytes) -> None:  # noqa: ANN401  (an `lru_cache`)
    told = []
    for _ in range(2):
        *_, heard = function(data, "shown")
        diagnostics = Diagnostics()
        diagnostics.hear(heard)
        told.append(([(each, each.fix) for each in diagnostics], diagnostics.sources))
        assert diagnostics.found
        for each in (function, project._organization_of, parse._read):
            anew(each)
    assert told[0] == told[1]
