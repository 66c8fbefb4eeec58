"""Kotobuki against its peers: `python -m tests.benchmark [--cases 7 70 700] [--runs 5] [--skip NAME]…` in the project's
root, where `pip install -e '.[bench]'` has been run; LibreOffice (soffice) and 明朝 fonts are needed besides.

Prints, for the first number of cases, whole processes with their start-up (medians of interleaved runs) and the stages
of a build; then how Kotobuki grows with the number of cases; then ratios beside what is aimed at. Ratios are of one
run of the benchmark: seconds of different machines, or hours, do not compare. Linux and macOS.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from .contenders import ALL, JOINED, OFFICE, PEERS, TYPST, Missing, kotobuki, peers
from .long import SIZES, long_files
from .measure import Contender, ProcessError, Result, Sample, build, interleaved, run
from .meeting import MEETING, make_project

STAGES, GROWTH, SESSION, LONG = "stages", "growth", "session", "long"
_FEW = 3
"""Runs of each long file."""
_MANY = 210  # cases built again and again; larger meetings take fewer runs


def main() -> int:
    """Run the benchmark; exit status 1 if a command failed."""
    options = _options()
    with TemporaryDirectory(prefix="kotobuki-benchmark-") as folder:
        try:
            _benchmark(Path(folder), options.cases, options.runs, options.skip)
        except ProcessError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--cases", type=int, nargs="+", default=[7, 70, 700], help="sizes of the meetings")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each (a first one warms up)")
    parser.add_argument(
        "--skip", action="append", default=[], choices=[*PEERS, STAGES, GROWTH, SESSION, LONG], metavar="NAME",
        help=f"leave out a part: {', '.join([*PEERS, STAGES, GROWTH, SESSION, LONG])}",
    )  # fmt: skip
    return parser.parse_args()


def _benchmark(folder: Path, sizes: list[int], runs: int, skip: list[str]) -> None:
    first, *others = sizes
    project, log = folder / f"{first}", folder / "log"
    make_project(project, first)
    found = [*kotobuki(project), *peers(project, log, skip)]
    contenders = [each for each in found if isinstance(each, Contender)]
    results = interleaved(contenders, runs, log)
    _say_where(project, first, runs)
    _say_processes(contenders, results)
    for each in found:
        if isinstance(each, Missing):
            print(f"  {each.key:40} {each.reason}")
    if STAGES not in skip:
        _say_stages(project, runs, log)
    if SESSION not in skip:
        _say_session(project, runs, log)
    growth = {first: (results[JOINED], results[ALL])}
    if LONG not in skip:
        _say_long(project, min(runs, _FEW), log)
    if GROWTH not in skip:
        for size in others:
            growth[size] = _grown(folder, size, runs, log)
        _say_growth(growth)
    _say_ratios(results, growth)


def _grown(folder: Path, size: int, runs: int, log: Path) -> tuple[Result, Result]:
    """Kotobuki on a larger meeting: joined papers, all papers."""
    project = folder / f"{size}"
    make_project(project, size)
    joined, every = kotobuki(project)
    samples = [(build(joined, log), build(every, log)) for _ in range(max(1, min(runs, _MANY // size)))]
    shutil.rmtree(project)
    return Result(tuple(each for each, _ in samples)), Result(tuple(each for _, each in samples))


def _say_where(project: Path, cases: int, runs: int) -> None:
    manifests = [json.loads(file.read_text(encoding="utf-8")) for file in project.glob(f"out-{ALL}/*/*/manifest.json")]
    pages = sum(len(paper["pages"]) for manifest in manifests for paper in manifest["papers"])
    characters = sum(map(len, _texts(json.loads((project / "words.json").read_text(encoding="utf-8")))))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors")
    print(f"{cases} cases, {pages} pages, {characters:,} characters of sections; medians of {runs} runs")


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _say_processes(contenders: list[Contender], results: Mapping[str, Result]) -> None:
    print(f"\n{'whole process, start-up included':40} {'s':>6} {'min':>6} {'CPU s':>6} {'MB':>5} {'files':>5}")
    for contender in contenders:
        result = results[contender.key]
        files = sum(1 for file in contender.out.rglob("*") if file.suffix in {".docx", ".pdf"})
        figures = (
            f"{result.seconds:6.2f} {result.fastest:6.2f} {result.processor:6.2f} {result.megabytes:5.0f} {files:5}"
        )
        print(f"  {contender.name:38} {figures}")


def _say_stages(project: Path, runs: int, log: Path) -> None:
    """Imports and stages of both builds, each in a fresh process, in ms."""
    script, meeting = str(Path(__file__).with_name("stages.py")), str(project / MEETING)
    builds: dict[str, list[dict[str, Any]]] = {"議案": [], "every paper": []}
    for _ in range(runs):
        for name, found in builds.items():
            papers = (name,) if name == "議案" else ()
            run((sys.executable, script, meeting, str(project / "out-stages"), *papers), log)
            found.append(json.loads(log.read_text(encoding="utf-8")))
    joined, every = builds.values()
    print(f"\n{'imports, in a process':40} {'ms':>6}")
    for name in joined[0]["imports"]:
        print(f"  {name:38} {_milliseconds(joined + every, 'imports', name):6.0f}")
    print(f"\n{'stages, in a process':40} {'議案 ms':>6} {'every paper ms':>15}")
    for name in joined[0]["stages"]:
        print(f"  {name:38} {_milliseconds(joined, 'stages', name):6.0f} {_milliseconds(every, 'stages', name):15.0f}")
    if joined[0]["lost"]:
        print(f"  not timed, as not found: {', '.join(joined[0]['lost'])} (see stages.py)")


def _say_session(project: Path, runs: int, log: Path) -> None:
    """A case looked through by a fresh process, and made again in one that goes on, in turns."""
    case = str(sorted((project / MEETING).glob("[!m]*.yaml"))[0])
    fresh: list[float] = []
    kept: list[float] = []
    for _ in range(runs):
        command = (sys.executable, "-m", "kotobuki", "build", case, "--check", "--quiet", "--root", str(project))
        fresh.append(run(command, log).processor)
        run((sys.executable, "-m", "tests.benchmark.again", str(project / MEETING), "20"), log)
        kept += json.loads(log.read_text(encoding="utf-8"))
    print(f"\n{'a case after a change, processor time':40} {'ms':>6}")
    print(f"  {'in a fresh process':38} {1000 * median(fresh):6.0f}")
    print(f"  {'in a session':38} {1000 * median(kept):6.0f}")
    print(f"  {'session / fresh process':38} {median(kept) / median(fresh):6.2f}   aim: at most 0.20")


def _say_long(project: Path, runs: int, log: Path) -> None:
    """Long files: seconds by size, and how often the last doubling took the one before."""
    print(
        f"\n{'files of so many entries, CPU s':40} {' '.join(f'{size:>6}' for size in SIZES)}   aim: at most 2 a doubling"
    )
    for name, seconds in long_files(project, runs, log):
        first, middle, last = seconds
        growth = (last - middle) / max(middle - first, 0.01)
        print(f"  {name:38} {' '.join(f'{each:6.2f}' for each in seconds)}   {growth:.1f}")


def _milliseconds(runs: list[dict[str, Any]], part: str, name: str) -> float:
    return 1000 * median(float(run[part][name]) for run in runs)


def _say_growth(growth: Mapping[int, tuple[Result, Result]]) -> None:
    print(f"\n{'Kotobuki by number of cases':40} {'s':>6} {'ms/case':>8} {'MB':>5}")
    for at, name in enumerate(("議案 of each case", "every paper")):
        for size, results in growth.items():
            result = results[at]
            each = 1000 * result.seconds / size
            print(f"  {f'{name}, {size}':38} {result.seconds:6.2f} {each:8.1f} {result.megabytes:5.0f}")


def _say_ratios(results: Mapping[str, Result], growth: Mapping[int, tuple[Result, Result]]) -> None:
    print(f"\n{'ratios of processor time':40} {'here':>7}   aim")
    for contender, peer, name, aim, bound in (
        (OFFICE, ALL, "docxtpl + LibreOffice / every paper", "at least", 3.5),
        (OFFICE, JOINED, "docxtpl + LibreOffice / 議案", "at least", 4.0),
        (ALL, TYPST, "every paper / Typst", "at most", 1.5),
    ):
        if contender in results and peer in results:
            ratio = median(one.processor / other.processor for one, other in _pairs(results[contender], results[peer]))
            _say_aim(name, ratio, aim, bound)
    _say_aim("MB of every paper", results[ALL].megabytes, "at most", 60.0)
    sizes = sorted(growth)
    if len(sizes) > 2:
        for at, name in enumerate(("議案", "every paper")):
            small, middle, large = (growth[size][at] for size in (sizes[0], sizes[-2], sizes[-1]))
            early = (middle.seconds - small.seconds) / (sizes[-2] - sizes[0])
            late = (large.seconds - middle.seconds) / (sizes[-1] - sizes[-2])
            print(f"  {f'a case more of {sizes[-1]} / of {sizes[-2]}, {name}':38} {late / early:7.2f}   1 (linear)")
            print(f"  {f'MB of {sizes[-1]} cases, {name}':38} {large.megabytes:7.0f}   under 300")


def _pairs(one: Result, other: Result) -> Iterable[tuple[Sample, Sample]]:
    """The runs of the same rounds."""
    return zip(one.samples, other.samples, strict=True)


def _say_aim(name: str, found: float, aim: str, bound: float) -> None:
    met = found >= bound if aim == "at least" else found <= bound
    print(f"  {name:38} {found:7.2f}   {aim} {bound:g}: {'met' if met else 'missed'}")


if __name__ == "__main__":
    sys.exit(main())
