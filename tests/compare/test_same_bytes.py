"""A file of the same bytes is not compared where nothing else could make it another: nobody sees any difference by that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.samples import CASE, FORM, ORGANIZATION, edited, project

from kotobuki.cli import main
from kotobuki.compare import files

_TABLE = CASE + '目的: [｛表｝: {"\\u30d5ァイル": 件数.csv}]\n'
_CITED = CASE + "目的: ｛市｝のため\n"


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


CHANGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "nothing": (CASE, lambda _: None),
    "the rows of a table, its key escaped": (_TABLE, _write("cases/第1回/件数.csv", "区分,件数\n甲,2\n")),
    "a term of the organization": (
        _CITED,
        _write("cases/organization.yaml", ORGANIZATION.replace("みなと市\n", "町\n")),
    ),
    "no organization": (CASE, lambda folder: (folder / "cases/organization.yaml").unlink()),
    "a section of the form": (
        CASE,
        _write("templates/試験/form.yaml", edited(FORM, "{名: 理由, ", "{名: 理由, 見出し: わけ, ")),
    ),
    "another form": (CASE, lambda folder: (folder / "templates/試験").rename(folder / "templates/別")),
    "the case, no YAML": (CASE, _write("cases/第1回/案件.yaml", "件名: [\n")),
    "another case, no YAML, of a faulty organization": (
        CASE,
        lambda folder: (
            _write("cases/organization.yaml", "自治体: みなと市\n長: 1\n")(folder),
            _write("cases/第1回/終.yaml", "件名: [\n")(folder),
        ),
    ),
}


@pytest.mark.parametrize("which", [("後",), ("前", "後")], ids=["in one", "in both"])
@pytest.mark.parametrize("what", CHANGES)
def test_the_same_is_said(tmp_path: Path, what: str, which: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    case, change = CHANGES[what]
    for name in ("前", "後"):
        folder = project(tmp_path / name, {"案件.yaml": case, "二.yaml": CASE, "終.yaml": CASE})
        _write("cases/第1回/件数.csv", "区分,件数\n甲,1\n")(folder)
        if name in which:
            change(folder)
    monkeypatch.chdir(tmp_path)
    command = ["diff", "前/cases", "後/cases"]
    said = CliRunner().invoke(main, command)
    monkeypatch.setattr(files._Sameness, "__call__", lambda *_: False)
    in_full = CliRunner().invoke(main, command)
    assert (said.output, said.exit_code) == (in_full.output, in_full.exit_code)


def test_what_is_the_same_is_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("前", "後"):
        project(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr(files, "_compare")
    assert CliRunner().invoke(main, ["diff", "前/cases", "後/cases"]).output == "違いはありません。\n"
