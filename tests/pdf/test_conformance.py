"""Every kind of PDF that Kotobuki writes keeps to PDF/A-2a and PDF/UA-1, and every reader finds its words."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.packets import packet
from support.pdf_readers import READERS, claims, faults, tree
from support.pdftools import check

from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Paragraph, all_blocks
from kotobuki.fonts import find_font
from kotobuki.layout.page import TextLine
from kotobuki.packet.build import PacketMaker

CLAIMS = ["pdfaid:part 2", "pdfaid:conformance A", "pdfuaid:part 1"]


@pytest.fixture(scope="module")
def bound(sample_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packet of the sample meeting."""
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")
    return packet(sample_root / "cases" / "r4-1", tmp_path_factory.mktemp("bound"), ("pdf",)) / "会議資料.pdf"


@pytest.fixture(scope="module")
def files(sample_root: Path, bundles: Path, bound: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A file of each kind, by what it is."""
    tmp = tmp_path_factory.mktemp("kinds")
    return {name: file.read_bytes() for name, file in _kinds(sample_root, bundles, bound, tmp)}


def _kinds(root: Path, bundles: Path, bound: Path, tmp: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(bundles.glob("*/*.pdf")):
        yield f"{file.parent.name}/{file.stem}", file
    yield "packet", bound
    folder = tmp / "project"
    shutil.copytree(root, folder)
    meeting = folder / "cases" / "r4-1"
    case = next(meeting.glob("03*.yaml"))
    old = tmp / "old.yaml"
    shutil.copy(case, old)
    case.write_text(
        re.sub(r"(\n実施目的:[^\n]*\n[^\n]*)", r"\1この文は後で加えた。", case.read_text("utf-8"), count=1), "utf-8"
    )
    _run("packet", str(meeting), "--against", str(bound.parent), "--out", str(tmp / "swapped"))
    for name in ("差し替え", "差替えの案内", "正誤表"):
        yield name, tmp / "swapped" / "r4-1" / f"{name}.pdf"
    shutil.copy(old, meeting / "old.yaml")
    _run("diff", str(meeting / "old.yaml"), str(case), "--format", "pdf", "--out", str(tmp / "対照表.pdf"))
    yield "新旧対照表", tmp / "対照表.pdf"
    others = [folder / "cases" / "r4-2", folder / "cases" / "寿市" / "cases" / "r4-1"]
    for number, other in enumerate(others):
        _run("build", str(other), "--out", str(tmp / f"other{number}"))
        for file in sorted((tmp / f"other{number}").rglob("*.pdf")):
            yield f"{number}/{file.parent.name}/{file.stem}", file


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
def test_every_reader_finds_the_words(bound: Path, words: Counter[str], reader: str) -> None:
    """Articles, names and amounts, whose parts stand apart on paper, are found as often as the packet says them."""
    text = READERS[reader](bound.read_bytes()).replace("\n", "")
    assert words["第14条"] > 5
    assert {word: text.count(word) for word in words} == words


@pytest.mark.pdftools
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_finds_what_is_drawn_and_no_more(sample_root: Path, reader: str) -> None:
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")
    maker = PacketMaker(sample_root / "cases" / "寿市" / "cases" / "r4-1", None, Diagnostics())
    packet = maker.make()
    assert packet is not None
    ((_, data),) = maker.pdf(packet, "会議資料")
    lines = (item for leaf in packet.leaves for item in leaf.page.drawn if isinstance(item, TextLine))
    drawn = Counter(character for line in lines for character in line.text if not character.isspace())
    assert Counter(character for character in READERS[reader](data) if not character.isspace()) == drawn


@pytest.fixture(scope="module")
def words(sample_root: Path) -> Counter[str]:
    """The words of the packet that have a gap of layout in them, and how often it says them."""
    packet = PacketMaker(sample_root / "cases" / "r4-1", None, Diagnostics()).make()
    assert packet is not None
    blocks = [block for paper in packet.document.papers for block in all_blocks(paper.blocks)]
    text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
    kinds = {*re.findall(r"第[0-9]{2}条|会長\w+殿|[0-9,]{4,}件|江戸川区長斉藤 猛", text)}
    return Counter({word: text.count(word) for word in kinds})


def test_the_packet_reads_in_order(bound: Path) -> None:
    """Papers under their 議案; number and date before whom it is for; numbered items in lists; tables with their heads."""
    lines = tree(bound.read_bytes(), words=True)
    told = [line.strip() for line in lines]
    first = next(at for at, line in enumerate(told) if line.startswith("Part “第"))
    assert told[:2] == ["Document", "Part “令和４年度第１回江戸川区情報公開及び個人情報保護審査会資料”"]
    assert [line for line in told[first:] if line.startswith("Sect")][:3] == [
        *("Sect “表紙”", "Sect “諮問書”", "Sect “諮問依頼書”"),
    ]
    letter = told.index("Sect “諮問書”")
    assert re.fullmatch(r".+第\d+号令和.+日.+審査会会長.+殿", "".join(told[letter + 2 : letter + 10 : 2]))
    item = told.index("（２）")
    assert told[item - 2 : item + 3] == ["LI", "Lbl", "（２）", "LBody", "P"]
    head = told.index("TH Scope=Column")
    assert told[head - 2 : head + 2] == ["Table", "TR", "TH Scope=Column", "P"]
