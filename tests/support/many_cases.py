"""A meeting of seven cases, and what a build makes of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from support.samples import CASE, MEETING, edited, project

from kotobuki.build.command import Options, Way
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import Diagnostics, InputError

MANY = 7


def many(folder: Path, wrong: tuple[int, ...] = ()) -> Path:
    """The small city with seven cases; the `wrong` ones have an error when they are read, and one of layout."""
    numbers = range(1, MANY + 1)
    cases = {f"{at}.yaml": edited(CASE, "番号: 82", f"番号: {81 + at}") for at in numbers}
    for at in wrong:
        cases[f"{at}.yaml"] = edited(CASE, "委託する", "｛条令｝" if at % 2 else "委託\u0e01する")
    agenda = ", ".join(f"{at}: {at}.yaml" for at in numbers)
    return project(folder, cases, MEETING=edited(MEETING, "{2: 案件.yaml}", f"{{{agenda}}}"))


def made(root: Path, out: Path, way: Way) -> tuple[dict[str, bytes], list[str]]:
    """The files of a build, and what was said."""
    diagnostics = Diagnostics()
    with suppress(InputError):
        build([root / "cases/第1回"], Options(out, formats=("docx",)), None, diagnostics, way=way)
    files = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
    return files, list(map(repr, diagnostics))
