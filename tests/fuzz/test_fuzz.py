"""Spoilt files of every kind into every command: a diagnostic or a result, never a fault of the program.

The same seed makes the same inputs. `--fuzz N` tries so many (instead of the usual ones), `--fuzz-seed S` others, and
`--fuzz-at I` the I-th alone: what a failure says to run again.
"""

from __future__ import annotations

import time
import traceback
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from support.mutations import spoilt_bytes, spoilt_package, spoilt_text
from support.spoilt import spoilt as spoilt_parts
from support.whole_city import COMMANDS, files_of_a_city, ran

from kotobuki.build.office import Office

pytestmark = [pytest.mark.fuzz, pytest.mark.process, pytest.mark.git]

LONGEST = 20
"""Seconds of the processor that one input may take on a slow machine; the usual one takes 0.1."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files_of_a_city(tmp_path_factory.mktemp("world"))


def test_the_world_is_without_fault(world: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is spoilt is good before: each command does its work (its numbers are in no ledger, which `check` says)."""
    monkeypatch.setattr(Office, "program", None)
    for command in COMMANDS:
        result = ran(world, tmp_path / "root", command)
        assert result.exit_code == (1 if "number check" in command or "--case" in command else 0), (
            command + result.output
        )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "index" in metafunc.fixturenames:
        at = metafunc.config.getoption("--fuzz-at")
        parts = range(at, at + 1) if at is not None else range(0, metafunc.config.getoption("--fuzz"), 50)
        metafunc.parametrize("index", parts)


def test_spoilt_files_are_no_fault_of_the_program(
    index: int, world: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(Office, "program", None)
    monkeypatch.setenv("KOTOBUKI_TRACEBACK", "1")
    monkeypatch.chdir(tmp_path)
    seed, alone = pytestconfig.getoption("--fuzz-seed"), pytestconfig.getoption("--fuzz-at") is not None
    last = index + 1 if alone else min(index + 50, pytestconfig.getoption("--fuzz"))
    faults = [fault for at in range(index, last) if (fault := fault_of(world, tmp_path / "root", seed, at))]
    assert not faults, "\n".join(faults)


def fault_of(world: dict[str, bytes], root: Path, seed: int, at: int) -> str:
    """What is wrong with how a command takes the input of this number; "" = nothing."""
    random = Random(f"{seed}-{at}")
    command = random.choice(COMMANDS)
    name = random.choice(sorted(world) + ["cases/第1回/案件.yaml"] * len(world))
    files = {**world, name: spoilt(random, name, world)}
    began = time.process_time()
    result = ran(files, root, command)
    took = time.process_time() - began
    found = "、".join(_wrong(result, files, root, command, took))
    again = f"python -m pytest tests/fuzz --fuzz-seed {seed} --fuzz-at {at}"
    return f"{found}: {command} with {name} spoilt; {again}" if found else ""


def spoilt(random: Random, name: str, world: dict[str, bytes]) -> bytes:
    data = world[name]
    kind = name.rpartition(".")[2]
    if kind in ("docx", "pdf", "png") and random.random() < 0.5:
        return spoilt_parts(kind, data, random)
    if kind == "docx":
        return spoilt_package(random, data)
    if name.endswith((".yaml", ".txt", ".csv")) and random.random() < 0.97:
        texts = [each for each in sorted(world) if each.endswith((".yaml", ".txt"))]
        return spoilt_text(random, data, world[random.choice(texts)])
    return spoilt_bytes(random, data)


def _wrong(result: Result, files: dict[str, bytes], root: Path, command: str, took: float) -> list[str]:
    wrong = []
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        where = traceback.extract_tb(result.exception.__traceback__)[-1]
        wrong.append(f"{result.exception!r} at {where.filename}:{where.lineno}")
    if result.exit_code not in (0, 1, 2) or (result.exit_code and not result.stderr and "--check" not in command):
        wrong.append(f"status {result.exit_code} without a word")
    if took > LONGEST:
        wrong.append(f"took {took:.0f} s")
    there = {str(file.relative_to(root)): file for file in root.rglob("*") if file.is_file()}
    out = [each for each in there if each.startswith("out/")]
    if out and result.exit_code:
        wrong.append(f"partial output: {out[:3]}")
    if command.split()[0] in ("build", "packet", "diff", "textconv", "schema", "forms", "status"):
        changed = [each for each in files if each not in there or there[each].read_bytes() != files[each]]
        new = [
            each
            for each in there
            if each not in files and not each.startswith(("out/", ".vscode", ".schema", "schema"))
        ]
        if changed or (new and command.split()[0] != "schema"):
            wrong.append(f"written outside the output: {changed + new}")
    return wrong


def test_a_fault_is_named_with_how_to_try_it_again(
    world: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a program that raises, says nothing, or writes where it should not."""
    monkeypatch.setenv("KOTOBUKI_TRACEBACK", "1")
    files, root = {"a.yaml": b""}, tmp_path
    (root / "out").mkdir()
    (root / "out" / "a.pdf").touch()
    (root / "b.pdf").touch()
    quiet = Result(CliRunner(), b"", b"", b"", None, 1, SystemExit(1))
    told = "、".join(_wrong(quiet, files, root, "build", 100))
    assert all(words in told for words in ("without a word", "took 100 s", "partial output", "['a.yaml', 'b.pdf']"))
    monkeypatch.setattr("kotobuki.cli.import_module", lambda name: 1 / 0)
    assert "ZeroDivisionError" in (fault := fault_of(world, root / "root", 12, 3))
    assert "--fuzz-seed 12 --fuzz-at 3" in fault
