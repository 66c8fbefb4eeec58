"""Microsoft's own validator (Open XML SDK) has nothing to say of any kind of file that Kotobuki writes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Pillow
from support import figure_samples
from support.compared import REVISION, comparison_of, versions
from support.packets import packet, settings
from support.packets import project as sample_project
from support.programs import find
from support.sample_papers import sample
from support.word_forms import city_with_form, sheet
from support.word_samples import base

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.case.blocks import FigureBlock
from kotobuki.compare.redline import redline_docx
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document, Figure
from kotobuki.word.writer import write_docx

pytestmark = [pytest.mark.validator, pytest.mark.process]

VERSIONS = ("Office2013", "Microsoft365")


def _papers(case: str) -> Callable[[Path, Path], bytes]:
    return lambda _, __: write_docx(sample(case), base())


def _drafts(_: Path, __: Path) -> bytes:
    document = replace(sample("02"), squeeze=True, strict_kinsoku=True, font="ＭＳ 明朝")
    return write_docx(replace(document, papers=tuple(replace(each, draft=True) for each in document.papers)), base())


def _letter(sample_root: Path, folder: Path) -> bytes:
    return _built(sample_root / "cases" / "r4-2" / "kaisai-tsuchi.yaml", folder)


def _packet(sample_root: Path, folder: Path) -> bytes:
    root = sample_project(sample_root, folder, meeting=settings("通し番号: はい"))
    return (packet(root, folder / "out") / "会議資料.docx").read_bytes()


def _redline(_: Path, __: Path) -> bytes:
    old, new = (replace(each, papers=each.papers[-1:]) for each in (sample("02"), sample("06")))
    return redline_docx(old, new, base(), "総務課")


def _comparison(_: Path, folder: Path) -> bytes:
    old, new = versions(folder, "03", REVISION)
    return write_docx(comparison_of(old, new), base())


def _picture(_: Path, folder: Path) -> bytes:
    with chdir(folder):
        return _with_picture()


def _with_picture() -> bytes:
    Pillow.new("RGB", (40, 30), 0).save("図.png")
    (block,), _diagnostics = figure_samples.read("｛画像｝:\n  ファイル: 図.png\n  説明: 窓口の配置\n", Path())
    assert isinstance(block, FigureBlock)
    document: Document
    document, _diagnostics = figure_samples.paper(Figure(block.figure, block.description, place=block.place))
    return write_docx(document, base())


def _word_form(_: Path, folder: Path) -> bytes:
    city_with_form(folder, sheet())
    return _built(folder / "cases" / "第1回", folder, "送付票.docx")


def _built(path: Path, folder: Path, name: str = "*.docx") -> bytes:
    diagnostics = Diagnostics()
    build([path], Options(folder / "out", formats=("docx",)), None, diagnostics)
    assert list(diagnostics) == []
    return next((folder / "out").rglob(name)).read_bytes()


KINDS: dict[str, Callable[[Path, Path], bytes]] = {
    "a bundle": _papers("02"),
    "a regulation": _papers("03"),
    "figures, tables, landscape": _papers("06"),
    "drafts with all settings": _drafts,
    "a letter": _letter,
    "a packet with running numbers": _packet,
    "a redline": _redline,
    "a comparison": _comparison,
    "a picture": _picture,
    "a Word form, filled": _word_form,
    "base.docx itself": lambda sample_root, _: (sample_root / "templates" / "base.docx").read_bytes(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_open_xml_sdk_finds_no_error(kind: str, sample_root: Path, tmp_path: Path) -> None:
    file = tmp_path / "文書.docx"
    file.write_bytes(KINDS[kind](sample_root, tmp_path))
    for version in VERSIONS:
        done = subprocess.run([find("validator"), str(file), version], capture_output=True, check=False)
        found = json.loads(done.stdout)
        assert (version, found["errors"], found["ok"]) == (version, [], True)


def test_it_does_find_errors(tmp_path: Path) -> None:
    file = tmp_path / "文書.docx"
    shutil.copy(Path(__file__), file)
    done = subprocess.run([find("validator"), str(file)], capture_output=True, check=False)
    assert json.loads(done.stdout)["ok"] is False
