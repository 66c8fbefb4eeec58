"""Where outputs go, and what is said of those that are not whole, stale, or another's."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from support.commands import Ran
from support.commands import run as run_command
from support.paths import ROOT
from support.processes import surroundings
from support.samples import CASE, MEETING, edited, project

from kotobuki.build.confined import Confined
from kotobuki.build.outputs import is_unfinished

BUNDLE = "第1回/第2号議案"
OPEN = edited(CASE, "依頼: {番号: 82, 日付: 2022-05-06}", "依頼: {日付: 2022-05-06}")

# A build that is killed when it renames for the nth time.
KILLED = """
import os, signal, sys
from kotobuki.cli import main
count, replace = 0, os.replace
def fail(*arguments, **folders):
    global count
    count += bool(folders)  # of outputs: what is remembered elsewhere does not count
    if folders and count == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(*arguments, **folders)
os.replace = fail
main(sys.argv[2:])
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = project(tmp_path / "資料")
    monkeypatch.chdir(found)
    return found


def run(*arguments: str) -> Ran:
    done = run_command(*arguments)
    assert "予期しない" not in done.err and "Traceback" not in done.err
    return done


def build(*arguments: str) -> Ran:
    return run("build", *arguments, "--format", "docx")


def case(root: Path, name: str, text: str = OPEN) -> str:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return name


def folders(root: Path) -> set[str]:
    return {file.parent.relative_to(root / "output").as_posix() for file in root.glob("output/**/manifest.json")}


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize("at", [1, 2, 3, 4, 7, 8, 9, 99])
def test_a_mixture_is_told_by_check_and_packet(at: int, root: Path) -> None:
    """Renames: the plan, the manifest away, three papers away and in, the manifest in."""
    assert build("cases/第1回").status == 0
    case(root, "cases/第1回/案件.yaml", edited(CASE, "委託する", "改める"))
    command = [sys.executable, "-c", KILLED, str(at), "build", "cases/第1回", "--format", "docx", "--force"]
    done = subprocess.run(command, cwd=root, env=surroundings(PYTHONPATH=str(ROOT)), capture_output=True)
    assert done.returncode == (0 if at == 99 else -signal.SIGKILL)
    mixed, renaming = 2 < at < 10, 1 < at < 10
    check = build("cases/第1回", "--check")
    assert (check.status, check.rules) == (0, ["output-unfinished"] * (mixed + renaming))
    assert ("kotobuki build でもう一度作って" in check.err) == renaming
    if mixed:
        against = run("packet", "cases/第1回", "--against", "output/第1回")
        assert (against.status, "途中で止まって" in against.err) == (2, True)
        assert "output-unfinished" not in (run("packet", "cases/第1回").rules or [])  # it has put all back
    assert build("cases/第1回").rules in (None, [])
    assert build("cases/第1回", "--check").rules in (None, [])


def test_sheets_to_swap_have_a_record_of_their_own(root: Path) -> None:
    assert run("packet", "cases/第1回", "--out", "before").status == 0
    case(root, "cases/第1回/案件.yaml", edited(CASE, "委託する", "改める"))
    swap = ("packet", "cases/第1回", "--against", "before")
    assert run(*swap).status == 0
    folder = root / "output/第1回"
    assert (folder / "差し替え.pdf").exists() and not (folder / "manifest.json").exists()
    assert not is_unfinished(Confined(folder), PurePosixPath())
    (folder / "会議資料.pdf").write_bytes(b"")
    assert is_unfinished(Confined(folder), PurePosixPath())


def test_a_mixture_of_others_is_told_by_packet(root: Path) -> None:
    assert build("cases/第1回").status == 0
    (root / f"output/{BUNDLE}/manifest.json").unlink()
    packet = run("packet", "cases/第1回", "--format", "docx")
    assert (packet.status, packet.rules) == (0, ["output-unfinished"])
    assert "kotobuki build cases/第1回 で作り直して" in packet.err


def test_papers_changed_afterwards_are_told_by_check(root: Path) -> None:
    assert build("cases/第1回").status == 0
    (root / f"output/{BUNDLE}/依頼書.docx").write_bytes(b"edited")
    (root / f"output/{BUNDLE}/議案.docx").unlink()
    check = build("cases/第1回", "--check")
    assert (check.status, check.rules) == (0, ["output-changed"])
    assert "依頼書.docx、議案.docx" in check.err


def test_a_manifest_that_is_anybodys_is_none(root: Path, tmp_path: Path) -> None:
    assert build("cases/第1回").status == 0
    file = root / f"output/{BUNDLE}/manifest.json"
    good = json.loads(file.read_bytes())
    outside = tmp_path / "precious"
    outside.write_text(json.dumps(good), encoding="utf-8")
    odd: list[object] = [
        [], 1, None, {"outputs": 3}, {**good, "outputs": {"甲": 1}}, {**good, "inputs": {"../../x.yaml": "0"}},
        {**good, "outputs": {"../../../precious": "0", "CON": "0"}}, {**good, "papers": "甲"}, {**good, "kotobuki": []},
    ]  # fmt: skip
    for text in (*map(json.dumps, odd), "[" * 100_000, "\xff", "{", "9" * 10_000):
        file.write_text(text, encoding="latin-1" if text == "\xff" else "utf-8")
        for command in (("build", "cases/第1回", "--check"), ("packet", "cases/第1回", "--against", "output/第1回")):
            assert run(*command).status in (0, 2)
    file.unlink()
    file.symlink_to(outside)
    assert run("packet", "cases/第1回", "--against", "output/第1回").status == 2
    assert build("cases/第1回").status == 0
    assert json.loads(outside.read_bytes()) == good and not file.is_symlink()


def test_ordinary_cases_have_folders_of_their_own_names(root: Path) -> None:
    case(root, "cases/通知.yaml")
    case(root, "cases/第1回/開催.yaml")
    assert build("cases/第1回", "cases/通知.yaml", "cases/第1回/開催.yaml").status == 0
    assert folders(root) == {BUNDLE, "通知", "開催"}


def test_cases_of_one_name_have_a_folder_each(root: Path) -> None:
    for name in (
        "cases/r4-1/開催.yaml",
        "cases/r4-2/開催.yaml",
        "cases/r4-2/その他.yaml",
        "cases/A.yaml",
        "cases/r4-1/a.yaml",
    ):
        assert build(case(root, name)).rules in (None, [], ["output-stale"])
    shutil.rmtree(root / "output")
    for name in sorted(root.glob("cases/**/*.yaml")):
        if name.name not in ("organization.yaml", "meeting.yaml", "案件.yaml"):
            assert build(str(name.relative_to(root))).rules in (None, [])
    assert folders(root) == {"r4-1/開催", "r4-2/開催", "その他", "A", "r4-1/a"}


def test_meetings_of_one_name_have_a_folder_each(root: Path) -> None:
    for name in ("甲", "乙"):
        shutil.copytree(root / "cases/第1回", root / f"cases/{name}/第1回")
    shutil.rmtree(root / "cases/第1回")
    for name in ("甲", "乙"):
        assert build(f"cases/{name}/第1回").status == 0
        assert run("packet", f"cases/{name}/第1回", "--format", "docx").status == 0
    assert folders(root) == {f"{name}/{each}" for name in ("甲", "乙") for each in (BUNDLE, "第1回")}


@pytest.mark.parametrize("name", ["cases/第1回.yaml", "cases/第1回/第2号議案.yaml", "cases/第1回/案件.yml"])
def test_a_case_that_would_stand_in_anothers_folder_is_refused(name: str, root: Path) -> None:
    case(root, "cases/ほか/第2号議案.yaml")
    case(root, "cases/第1回/余.yaml")
    assert build(case(root, name)).rules == ["output-twice"]


@pytest.mark.parametrize("name", ["nul", "甲:乙", "甲.", "a\u202eb"])
def test_a_case_whose_name_no_folder_can_have(name: str, root: Path) -> None:
    assert build(case(root, f"cases/{name}.yaml"), "--check").rules == ["file-name"]
    (root / "cases/第1回").rename(root / "cases" / name)
    assert build(f"cases/{name}").rules == ["file-name"]
    assert run("packet", f"cases/{name}").rules == ["file-name"]
    assert not (root / "output").exists()


def test_stale_outputs_are_named_and_left(root: Path) -> None:
    case(root, "cases/第1回/別件.yaml")
    case(root, "cases/第1回/三件.yaml")
    case(root, "cases/通知.yaml")
    agenda = "{2: 案件.yaml, 3: 別件.yaml, 4: 三件.yaml}"
    case(root, "cases/第1回/meeting.yaml", edited(MEETING, "{2: 案件.yaml}", agenda))
    assert build("cases/第1回", "cases/通知.yaml").rules in (None, [])
    (root / "cases/通知.yaml").unlink()
    case(root, "cases/第1回/meeting.yaml", edited(MEETING, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 三件.yaml, 4: 欠番}"))
    done = build("cases/第1回")
    assert (done.status, done.rules) == (0, ["output-stale", "output-stale"])
    assert "「cases/通知.yaml」がもうない" in done.err
    assert "output/第1回/第4号議案" in done.err and "今は「第1回/第3号議案」に作る" in done.err
    assert folders(root) == {"通知", *(f"第1回/第{number}号議案" for number in (2, 3, 4))}
    case(root, "cases/第1回/meeting.yaml", edited(MEETING, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 欠番}"))
    done = build("cases/第1回")
    assert (done.rules, done.err.count("取り下げられている")) == (["output-stale"] * 3, 2)
    assert run("packet", "cases/第1回", "--format", "docx").rules == ["output-stale"] * 3
    (root / "cases/第1回").rename(root / "cases/第2回")
    done = build("cases/第2回")
    assert "「cases/第1回/meeting.yaml」がもうない" in done.err
    for name in ("通知", "第1回"):
        shutil.rmtree(root / "output" / name)
    assert build("cases/第2回").rules in (None, [])


def test_papers_of_another_municipality_are_not_written_over(root: Path) -> None:
    assert build("cases/第1回").status == 0
    assert run("packet", "cases/第1回", "--format", "docx").status == 0
    file = root / "cases/organization.yaml"
    file.write_text(edited(file.read_text(encoding="utf-8"), "自治体: みなと市", "自治体: かわ市"), encoding="utf-8")
    before = (root / f"output/{BUNDLE}/依頼書.docx").read_bytes()
    assert build("cases/第1回").rules == ["output-of-another"]
    assert run("packet", "cases/第1回", "--format", "docx").rules == ["output-of-another"]
    assert (root / f"output/{BUNDLE}/依頼書.docx").read_bytes() == before
    assert build("cases/第1回", "--out", "out").status == 0


def test_a_paper_that_the_form_has_no_more_is_named(root: Path) -> None:
    assert build("cases/第1回").status == 0
    file = root / "templates/試験/form.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  依頼書:", "  願:"), encoding="utf-8")
    done = build("cases/第1回")
    assert (done.status, done.rules, "依頼書.docx" in done.err) == (0, ["output-older"], True)
    assert (root / f"output/{BUNDLE}/依頼書.docx").exists()
