"""Every kind of PDF that Kotobuki writes keeps to PDF/A-2a and PDF/UA-1, and every reader finds its words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.packets import packet
from support.pdf_readers import READERS, claims, faults, tree
from support.pdftools import check

from kotobuki.cli import main
from kotobuki.fonts import find_font

CLAIMS = ["pdfaid:part 2", "pdfaid:conformance A", "pdfuaid:part 1"]


@pytest.fixture(scope="module")
def files(sample_root: Path, bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A file of each kind, by what it is."""
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")
    tmp = tmp_path_factory.mktemp("kinds")
    return {name: file.read_bytes() for name, file in _kinds(sample_root, bundles, tmp)}


def _kinds(root: Path, bundles: Path, tmp: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(bundles.glob("*/*.pdf")):
        yield f"{file.parent.name}/{file.stem}", file
    folder = tmp / "project"
    shutil.copytree(root, folder)
    meeting = folder / "cases" / "r4-1"
    yield "packet", packet(meeting, tmp / "bound") / "会議資料.pdf"
    case = next(meeting.glob("03*.yaml"))
    old = tmp / "old.yaml"
    shutil.copy(case, old)
    case.write_text(
        re.sub(r"(\n実施目的:[^\n]*\n[^\n]*)", r"\1この文は後で加えた。", case.read_text("utf-8"), count=1), "utf-8"
    )
    _run("packet", str(meeting), "--against", str(tmp / "bound" / "r4-1"), "--out", str(tmp / "swapped"))
    yield "sheets to swap", tmp / "swapped" / "r4-1" / "差し替え.pdf"
    shutil.copy(old, meeting / "old.yaml")
    _run("diff", str(meeting / "old.yaml"), str(case), "--format", "pdf", "--out", str(tmp / "対照表.pdf"))
    yield "新旧対照表", tmp / "対照表.pdf"
    others = [folder / "cases" / "r4-2", folder / "cases" / "寿市" / "cases" / "r4-1"]
    for number, other in enumerate(others):
        _run("build", str(other), "--out", str(tmp / f"other{number}"), "--paper", "議案")
        for file in sorted((tmp / f"other{number}").rglob("議案.pdf")):
            yield f"{number}/{file.parent.name}", file


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code in (0, 1) and (result.exception is None or isinstance(result.exception, SystemExit)), (
        result.output
    )


@pytest.mark.pdftools
def test_every_kind_of_file_conforms(files: dict[str, bytes]) -> None:
    assert {name: found for name, data in files.items() if (found := faults(data))} == {}
    assert {name: claims(data) for name, data in files.items()} == dict.fromkeys(files, CLAIMS)
    for data in files.values():
        check(data)


@pytest.mark.pdftools
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_finds_the_words(files: dict[str, bytes], reader: str) -> None:
    text = READERS[reader](files["packet"])
    words = {"第14条": 9, "会長村島章惠殿": 3, "約1,000件／年": 1, "１ 諮問事項": 6, "江戸川区長斉藤 猛": 3}
    assert {word: text.count(word) for word in words} == words


def test_the_packet_reads_in_order(files: dict[str, bytes]) -> None:
    """Papers under their 議案; number and date before whom it is for; numbered items in lists; tables with their heads."""
    lines = tree(files["packet"], words=True)
    papers = [line.strip().split("　")[0].rstrip("”") for line in lines if line.lstrip().startswith(("Part", "Sect"))]
    assert papers[:7] == [
        *("Part “令和４年度第１回江戸川区情報公開及び個人情報保護審査会資料", "Sect “表紙", "Sect “次第"),
        *("Part “第２号議案", "Sect “表紙", "Sect “諮問書", "Sect “諮問依頼書"),
    ]
    told = [line.strip() for line in lines]
    letter = told.index("22総総送第80号")
    assert told[letter - 2 : letter + 14] == [
        *(
            "Sect “諮問書”",
            "P",
            "22総総送第80号",
            "P",
            "令和４年５月11日",
            "P",
            "江戸川区情報公開及び個人情報保護審査会",
        ),
        *("P", "会長村島章惠殿", "P", "江戸川区長斉", "藤", "猛"),
        *("H1", "江戸川区個人情報保護条例の規定による諮問について（諮問）", "P"),
    ]
    item = told.index("（２）")
    assert told[item - 2 : item + 6] == ["LI", "Lbl", "（２）", "LBody", "P", "参加者の管理", "P", told[item + 5]]
    head = told.index("TH ColSpan=2 Scope=Column")
    assert told[head - 5 : head + 3] == ["Table", "TR", "TH Scope=Column", "P", "項目", told[head], "P", "内容"]
