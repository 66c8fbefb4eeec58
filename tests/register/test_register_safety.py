"""The register under stress: many processes at once, kills at any moment, disks that are full or read-only."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.processes import surroundings
from support.registers import CASE_FILE, LEDGER, OPEN_CASE, City, city, fast_folder

from kotobuki.cli import main
from kotobuki.register import ledger as ledger_module

PROCESSES, EACH = 16, 25
PATIENCE = 600
"""Seconds for a process to end: a busy machine is no fault."""

TAKES = """
import sys
from kotobuki.cli import main
for _ in range(int(sys.argv[2])):
    try:
        main(["number", "take", "総総送", "--subject", "通知", "--date", "2022-05-01", "--root", sys.argv[1]])
    except SystemExit as end:
        if end.code:
            raise
"""

unix = pytest.mark.skipif(os.name != "posix", reason="forks, signals and limits of Unix")


@pytest.fixture
def town() -> Iterator[City]:
    with fast_folder() as folder:
        yield city(folder)


def start(town: City, *command: str, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A Python of its own."""
    pipe = subprocess.PIPE
    arguments = [*prefix, sys.executable, *command]
    return subprocess.Popen(arguments, env=surroundings(), cwd=town.root, stdout=pipe, stderr=pipe, encoding="utf-8")


@pytest.mark.process
def test_sixteen_processes_get_distinct_consecutive_numbers(town: City) -> None:
    running = [start(town, "-c", TAKES, str(town.root), str(EACH)) for _ in range(PROCESSES)]
    said = [process.communicate(timeout=PATIENCE) for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    printed = []
    for out, err in said:
        assert err == ""
        own = [int(line.removeprefix("22総総送第").removesuffix("号")) for line in out.splitlines()]
        assert own == sorted(own)
        printed.append(own)
    assert [len(own) for own in printed] == [EACH] * PROCESSES
    assert sorted(number for own in printed for number in own) == list(range(1, PROCESSES * EACH + 1))
    assert set(town.states().values()) == {"発行"}
    assert len(town.ledger) == PROCESSES * EACH


@pytest.mark.process
def test_processes_that_take_for_one_case_get_one_number(town: City) -> None:
    running = [start(town, "-m", "kotobuki", "number", "take", "総総送", *town.case()) for _ in range(4)]
    assert {process.communicate(timeout=PATIENCE) for process in running} == {("22総総送第1号\n", "")}
    assert len(town.ledger) == 1


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that does `work` (it may write to the descriptor it is given): its id, and where to read from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        work(writing)
        status = 0
    finally:
        os._exit(status)


def take_in_child(town: City, writing: int, *arguments: str) -> None:
    """A `take` whose output goes to a descriptor, at once."""
    os.dup2(writing, 1)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    with pytest.raises(SystemExit) as end:
        main(["number", "take", "総総送", *arguments, "--date", "2022-05-01", "--root", str(town.root)])
    assert not end.value.code
    sys.stdout.flush()


@pytest.mark.process
@unix
def test_a_process_killed_at_random_loses_and_doubles_nothing(town: City) -> None:
    town.take()  # warms up what the children inherit
    chance = random.Random(22)
    known = ["22総総送第1号"]

    def work(writing: int) -> None:
        while True:
            take_in_child(town, writing, "--subject", "通知")

    for turn in range(25):
        child, reading = forked(work)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            first = pipe.readline() if turn % 2 else ""  # else a busy machine might kill all before they take a number
            time.sleep(chance.uniform(0.005, 0.06))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            printed = (first + pipe.read()).split()
        numbers = list(town.states())
        assert numbers == [f"22総総送第{n}号" for n in range(1, len(numbers) + 1)]
        assert numbers[len(known) :][: len(printed)] == printed  # what was told is on record, in its order
        assert len(numbers) - len(known) - len(printed) in (0, 1)  # at most one was on record and not yet told
        known = numbers
    assert len(known) > 10
    assert town.take() == f"22総総送第{len(known) + 1}号"


@pytest.mark.process
@unix
def test_a_process_killed_at_any_step_can_simply_be_repeated(town: City) -> None:
    """Kills a `take --case` before its first, second, … access to the project, until it gets through."""
    town.take()
    steps = 0
    while True:
        steps += 1
        assert steps < 200

        def work(writing: int, last: int = steps) -> None:
            left = last

            def watch(event: str, arguments: tuple[object, ...]) -> None:
                nonlocal left
                if event in ("open", "os.rename", "os.remove", "os.mkdir", "fcntl.flock", "shutil.copymode"):
                    if event != "fcntl.flock" and str(town.root) not in str(arguments[0]):
                        return
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(watch)
            take_in_child(town, writing, *town.case())

        child, reading = forked(work)
        _, status = os.waitpid(child, 0)
        os.close(reading)
        assert set(town.states().values()) == {"発行"}
        assert town.text(CASE_FILE) in (OPEN_CASE, OPEN_CASE.replace("{日付", "{番号: 2, 日付"))
        recorded = len(town.ledger)
        assert recorded in (1, 2)
        assert town.take(*town.case()) == "22総総送第2号"
        assert "番号: 2, " in town.text(CASE_FILE)
        assert len(town.ledger) == 2
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            break
        town.write(CASE_FILE, OPEN_CASE)
        (town.root / LEDGER).unlink()
        town.take()
    assert steps > 10  # else nothing was watched
    left = {file.name for file in (town.root / LEDGER).parent.iterdir()} - {".lock", Path(LEDGER).name}
    assert left == set()  # the next take cleared what the killed ones had written aside


@pytest.mark.process
@unix
def test_a_full_disk_leaves_the_register_whole(town: City) -> None:
    town.take()
    before = (town.root / LEDGER).read_bytes()
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 10},) * 2)\n"
    ran = start(town, "-c", full + TAKES, str(town.root), "1")
    out, err = ran.communicate(timeout=PATIENCE)
    assert (ran.returncode, out) == (2, "")
    assert "2022-総総送.csv」に書けません（ディスクがいっぱいです）。台帳は元のままです" in err
    assert (town.root / LEDGER).read_bytes() == before
    assert town.take() == "22総総送第2号"


def refusing(method: Callable[..., object], name: str, code: int) -> Callable[..., object]:
    """`method` of a Path, failing for files of that name."""

    def wrapped(self: Path, *arguments: object, **named: object) -> object:
        if self.name == name:
            raise OSError(code, os.strerror(code), str(self))
        return method(self, *arguments, **named)

    return wrapped


def test_a_disk_too_full_for_the_case_takes_no_number(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    town.take()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refusing(Path.open, ".案件.yaml.new", errno.ENOSPC))
        ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.out) == (2, "")
    assert "案件.yaml」に書けません（ディスクがいっぱいです）。台帳は元のままです" in ran.err
    assert (len(town.ledger), town.text(CASE_FILE)) == (1, OPEN_CASE)


def test_a_case_that_another_program_holds(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refusing(Path.replace, ".案件.yaml.new", errno.EACCES))
        ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.out, len(town.ledger)) == (2, "", 1)
    assert "番号は台帳に記録しましたが" in ran.err
    assert "もう一度実行すれば、同じ番号を書き込みます" in ran.err
    assert town.take(*town.case()) == "22総総送第1号"
    assert "番号: 1, " in town.text(CASE_FILE)


def unprivileged() -> tuple[str, ...]:
    """What goes before a command so that permissions hold for it: root may write anywhere."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("runs as root, and there is no setpriv")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@pytest.mark.process
@unix
@pytest.mark.parametrize("is_new", [True, False])
def test_a_read_only_register_is_a_clear_error(town: City, is_new: bool) -> None:
    if not is_new:
        town.take()
    folder = town.root / ("cases" if is_new else "cases/register")
    before = (town.root / LEDGER).read_bytes() if not is_new else b""
    folder.chmod(0o555)
    try:
        running = start(town, "-c", TAKES, str(town.root), "1", prefix=unprivileged())
        out, err = running.communicate(timeout=PATIENCE)
    finally:
        folder.chmod(0o755)
    assert (running.returncode, out) == (2, "")
    assert "書けません（権限がないか" in err
    assert "Traceback" not in err
    assert (town.root / LEDGER).exists() != is_new
    if not is_new:
        assert (town.root / LEDGER).read_bytes() == before


@pytest.mark.process
def test_waiting_for_others_has_an_end(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = "import sys\nfrom filelock import FileLock\nwith FileLock(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()"
    town.take()
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(town.root / "cases/register/.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout and process.stdout.readline() == b"held\n"
    monkeypatch.setattr(ledger_module, "PATIENCE", 0.05)
    ran = town.run("take", "総総送", "--subject", "通知")
    process.communicate(timeout=PATIENCE)
    assert (ran.status, ran.out) == (2, "")
    assert "ほかの人が書き込み中です" in ran.err
    monkeypatch.undo()
    assert town.take() == "22総総送第2号"
