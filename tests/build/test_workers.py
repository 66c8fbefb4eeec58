"""Many cases, in several processes and chunks of any size: the same bytes, the same words; and cases that cannot be made."""

from __future__ import annotations

import csv
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.many_cases import MANY, made, many
from support.samples import CASE, MEETING, edited
from support.word_forms import city_with_form, sheet

from kotobuki.build.command import Options, Way
from kotobuki.build.jobs import Job
from kotobuki.build.office import Office
from kotobuki.build.pipeline import FAILED
from kotobuki.build.workers import Chunk, chunks, in_order, make_apart, run, usual_workers
from kotobuki.cli import main
from kotobuki.diagnostics import CommandError


@pytest.mark.parametrize("wrong", [(), (2, 3, 6)])
@pytest.mark.parametrize("keep_going", [False, True])
def test_chunks_of_any_size_make_the_same(tmp_path: Path, wrong: tuple[int, ...], keep_going: bool) -> None:
    root = many(tmp_path / "町", wrong)
    first = made(root, tmp_path / "out", Way(size=MANY, keep_going=keep_going))
    assert bool(first[0]) == (keep_going or not wrong)
    for size in (1, 3):
        assert made(root, tmp_path / f"out{size}", Way(size=size, keep_going=keep_going)) == first


@pytest.mark.process
@pytest.mark.parametrize("wrong", [(), (2, 3)])
def test_processes_make_the_same(tmp_path: Path, wrong: tuple[int, ...]) -> None:
    root = many(tmp_path / "町", wrong)
    one = made(root, tmp_path / "out", Way(workers=1))
    assert made(root, tmp_path / "two", Way(workers=2, size=2)) == one


@pytest.mark.process
def test_no_module_of_the_folder_runs_in_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = many(tmp_path / "町")
    monkeypatch.chdir(root)
    for name in ("yaml.py", "click.py", "multiprocessing.py", "kotobuki.py"):
        (root / name).write_text("import pathlib\npathlib.Path('ran').touch()\n", encoding="utf-8")
    files, said = made(root, tmp_path / "out", Way(workers=2, size=2))
    assert (said, (root / "ran").exists(), len(files)) == ([], False, 4 * MANY)


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_a_worker_that_is_killed_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="途中で終わりました"):
        list(run([_Deadly(root=Path(), jobs=(), options=Options(tmp_path), here=Path.cwd())], 2))


class _Deadly(Chunk):
    """Kills the process that takes it in."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.kill, (_Own(), signal.SIGKILL)


class _Own:
    """The number of whichever process takes it in."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.getpid, ()


def test_results_come_in_order_and_few_chunks_wait(tmp_path: Path) -> None:
    sent: list[int] = []

    def work() -> object:
        for number in range(20):
            sent.append(number)
            yield number

    with ThreadPoolExecutor(4) as executor:
        found = []
        for each in in_order(executor, lambda number: number * number, work(), 4):  # type: ignore[arg-type]  # numbers for chunks
            found.append(each)
            assert len(sent) <= len(found) + 4
    assert found == [number * number for number in range(20)]


def test_a_chunk_is_of_one_project_and_of_so_many_cases(tmp_path: Path) -> None:
    like = Chunk(root=Path(), jobs=(), options=Options(tmp_path), here=tmp_path)
    jobs = [(Path(root), Job(Path(f"{at}.yaml"), Path(str(at)))) for at, root in enumerate("aaabbc")]  # type: ignore[arg-type]
    found = [(str(each.root), [job.file.stem for job in each.jobs]) for each in chunks(jobs, like, 2)]
    assert found == [("a", ["0", "1"]), ("a", ["2"]), ("b", ["3", "4"]), ("c", ["5"])]


def test_a_worker_of_another_version_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="版が違います"):
        make_apart(Chunk(root=tmp_path, jobs=(), options=Options(tmp_path), here=Path.cwd(), version="0.0"))


def test_a_process_makes_one_chunk_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though a worker of a cluster have several threads: two would write one file for LibreOffice."""
    busy = threading.Lock()

    def make_chunk(chunk: Chunk, find_office: object) -> bool:
        free = busy.acquire(blocking=False)
        time.sleep(0.005)
        busy.release()
        return free

    monkeypatch.setattr("kotobuki.build.workers.make_chunk", make_chunk)
    chunk = Chunk(root=tmp_path, jobs=(), options=Options(tmp_path), here=tmp_path)
    with ThreadPoolExecutor(4) as executor:
        assert all(executor.map(make_apart, [chunk] * 8))


def test_few_cases_are_made_in_one_process() -> None:
    assert [usual_workers(cases) for cases in (0, 1, 7, 23)] == [1, 1, 1, 1]


# Cases that cannot be made.


def run_build(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["build", str(root / "cases/第1回"), "--format", "docx", *arguments])
    assert "予期しない" not in result.output
    return result


@pytest.fixture
def half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A meeting with two cases that cannot be made."""
    monkeypatch.chdir(tmp_path)
    return many(tmp_path, (2, 5))


def folders(root: Path) -> list[str]:
    return sorted(each.parent.name for each in (root / "output").rglob("manifest.json"))


def test_keep_going_writes_the_others_and_lists_what_was_wrong(half: Path) -> None:
    result = run_build(half, "--keep-going")
    assert result.exit_code == 1
    assert folders(half) == [f"第{at}号議案" for at in (1, 3, 4, 6, 7)]
    assert not list((half / "output").glob(".kotobuki*"))
    with (half / "output" / FAILED).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["ファイル", "行", "桁", "誤り", "直し方", "規則"]
    assert [(row[0], row[5]) for row in rows[1:]] == [
        ("cases/第1回/2.yaml", "glyph-missing"),
        ("cases/第1回/5.yaml", "term-unknown"),
    ]


def test_papers_that_cannot_be_put_in_their_place_are_no_fault_of_the_others(half: Path) -> None:
    """As where somebody has one open, on Windows; here a folder stands there."""
    (half / "output/第1回/第3号議案/依頼書.docx").mkdir(parents=True)
    (half / "output/.kotobuki-others").mkdir()
    result = run_build(half, "--keep-going")
    assert (result.exit_code, folders(half)) == (1, [f"第{at}号議案" for at in (1, 4, 6, 7)])
    for rule in ("output-left", "output-unwritable"):
        assert f"[{rule}]" in result.output
    assert not (half / "output/第1回/第3号議案/表紙.docx").exists()
    (half / "output/第1回/第3号議案/依頼書.docx").rmdir()
    run_build(half, "--resume")
    assert folders(half) == [f"第{at}号議案" for at in (1, 3, 4, 6, 7)]


def test_resume_makes_what_is_missing(half: Path) -> None:
    run_build(half, "--keep-going")
    for name in ("2.yaml", "5.yaml"):
        (half / "cases/第1回" / name).write_text(CASE.replace("82", f"9{name[0]}"), encoding="utf-8")
    result = run_build(half, "--resume")
    assert result.exit_code == 0, result.output
    assert len(folders(half)) == MANY
    assert (half / "output" / FAILED).read_text(encoding="utf-8-sig").count("\n") == 1


def test_a_case_that_is_gone_is_no_fault_of_the_others_and_the_list_is_plain_text(half: Path) -> None:
    (half / "cases/第1回/3.yaml").unlink()
    case = half / "cases/第1回/4.yaml"
    case.write_text(case.read_text(encoding="utf-8") + '"=\\e[31m\\n＋1": 甲\n', encoding="utf-8")
    result = run_build(half, "--keep-going")
    assert (result.exit_code, folders(half)) == (1, [f"第{at}号議案" for at in (1, 6, 7)])
    with (half / "output" / FAILED).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert {"agenda-no-file", "key-unknown"} <= {row[5] for row in rows}
    assert all(cell.isprintable() for row in rows for cell in row)


def test_a_word_form_that_libreoffice_fails_at_is_no_fault_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cases = {f"{at}.yaml": edited(CASE, "番号: 82", f"番号: {81 + at}") for at in (2, 3)}
    city_with_form(tmp_path, sheet(rows=()), cases)
    agenda = tmp_path / "cases/第1回/meeting.yaml"
    agenda.write_text(edited(MEETING, "{2: 案件.yaml}", "{2: 2.yaml, 3: 3.yaml}"), encoding="utf-8")
    answers: list[bytes | None] = [None]

    def to_pdf(office: Office, data: bytes) -> bytes | None:
        if answers:
            return answers.pop()
        raise CommandError("LibreOffice が動かない")

    monkeypatch.setattr(Office, "to_pdf", to_pdf)
    result = CliRunner().invoke(main, ["build", "cases/第1回", "--format", "pdf", "--keep-going"])
    assert (result.exit_code, folders(tmp_path)) == (1, ["第2号議案"])
    assert "cases/第1回/3.yaml:1:1: 誤り: 書類「送付票」：LibreOffice が動かない" in result.output


def test_what_all_cases_share_is_nobodys_fault(half: Path) -> None:
    organization = half / "cases/organization.yaml"
    organization.write_text(edited(organization.read_text(encoding="utf-8"), "会議体:", "会議帯:"), encoding="utf-8")
    result = run_build(half, "--keep-going")
    assert (result.exit_code, (half / "output").exists()) == (1, False)
    assert "何も書き出していません" in result.output


def test_resume_does_not_force(half: Path) -> None:
    assert run_build(half, "--resume", "--force").exit_code == 2
