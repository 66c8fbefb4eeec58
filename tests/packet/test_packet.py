"""A meeting's packet, as the secretariat meets it: order, numbers, list, outline, 別添, and what must agree first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from click.testing import CliRunner
from support import office, pdftools
from support.agenda import AGENDA
from support.packets import packet, project, settings
from support.pdf_samples import written

from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics, InputError
from kotobuki.packet.build import build_packet
from kotobuki.packet.command import PacketOptions


def faults(folder: Path, out: Path) -> dict[str, tuple[str, int]]:
    """Rule → file and line; nothing may have been written."""
    diagnostics = Diagnostics()
    with pytest.raises(InputError):
        build_packet(folder, PacketOptions(out), None, diagnostics)
    assert not out.exists() or not list(out.iterdir())
    return {each.rule: (Path(each.place.path).name[:2], each.place.line) for each in diagnostics.errors}


@pytest.fixture(scope="session")
def plain(sample_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packet of the sample meeting, without running numbers."""
    tmp = tmp_path_factory.mktemp("packet")
    return packet(project(sample_root, tmp, items="1-7"), tmp / "out")


@pytest.fixture(scope="session")
def full(sample_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with everything: running numbers, blank versos, a 別添 of four pages, a withdrawn 議案."""
    tmp = tmp_path_factory.mktemp("full")
    folder = project(
        sample_root,
        tmp,
        meeting=lambda text: settings("通し番号: 資料｛番号｝", "白紙: はい")(
            text.replace("  6: ", "  4: 欠番\n  6: ")
        ),
        case03=lambda text: (
            text.replace("対応: ｛→江戸川区", "対応: ｛→評価書｝及び｛→江戸川区")
            + "別添:\n  - {題名: 評価書, ファイル: sub/hyoka.pdf}\n"
        ),
    )
    (folder / "sub").mkdir()
    with pikepdf.new() as pdf:
        for size in ((595, 842), (842, 595), (420, 595), (595, 842)):
            pdf.add_blank_page(page_size=size)
        pdf.pages[1].Rotate = 90
        pdf.pages[1].Contents = pdf.make_stream(b"0 0 0 rg 0 0 100 50 re f")
        pdf.save(folder / "sub" / "hyoka.pdf")
    return packet(folder, tmp / "out")


def pages_of(file: Path) -> list[str]:
    return [re.sub(r"\s", "", page) for page in office.pages(file.read_bytes())]


def outline(pdf: pikepdf.Pdf) -> dict[str, list[str]]:
    with pdf.open_outline() as found:
        (meeting,) = found.root
        assert meeting.title == "令和４年度第１回江戸川区情報公開及び個人情報保護審査会資料"
        return {str(item.title): [str(paper.title) for paper in item.children] for item in meeting.children}


@pytest.mark.pdftools
def test_the_packet_binds_what_a_build_makes(plain: Path, bundles: Path) -> None:
    pages = pages_of(plain / "会議資料.pdf")
    bound = [page for number in range(1, 8) for page in pages_of(bundles / f"第{number}号議案" / "議案.pdf")]
    assert pages[2:] == bound
    assert pages[0] == (
        "令和４年度第１回江戸川区情報公開及び個人情報保護審査会会議資料"
        "日時：令和４年５月18日（水）午後２時（見本）場所：区役所本庁舎（見本）庶務：総務部総務課"
    )
    for words in ("第２号", "総務部総務課", "p.1～p.5", "第３号", "文化共育部文化課", "p.1～p.12", "第６号"):
        assert words in pages[1]


@pytest.mark.pdftools
def test_the_pdf_is_sound_and_leads_everywhere(plain: Path) -> None:
    data = (plain / "会議資料.pdf").read_bytes()
    pdftools.check(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        entries = outline(pdf)
        assert list(entries)[:3] == [
            "表紙",
            "次第",
            "第１号議案　江戸川区情報セキュリティポリシーの改定及び江戸川区インターネット等運用審査会の審査方法の変更について",
        ]
        assert [papers for name, papers in entries.items() if "議案" in name] == [["表紙", "諮問書", "諮問依頼書"]] * 7
        targets = dict.fromkeys(pdf.pages.index(pikepdf.Page(link.Dest[0])) for link in pdf.pages[1].Annots)
        labels = [page.label for page in pdf.pages]
        assert labels[:5] == ["表紙", "次第", "第1号 表紙", "第1号 1", "第1号 2"]
        covers = [at for at, label in enumerate(labels) if label.endswith("号 表紙")]
        assert list(targets) == covers  # the list leads to the covers, which lead on to their papers
        for at in covers:
            assert [pdf.pages.index(pikepdf.Page(link.Dest[0])) for link in pdf.pages[at].Annots] == [at + 1, at + 2]


@pytest.mark.office
@pytest.mark.pdftools
def test_word_shows_the_same_pages_and_numbers(plain: Path, full: Path) -> None:
    files = {"plain": plain / "会議資料", "full": full / "会議資料"}
    printed = office.to_pdf({key: stem.with_suffix(".docx").read_bytes() for key, stem in files.items()})
    for key, stem in files.items():
        own = office.pages(stem.with_suffix(".pdf").read_bytes())
        word = office.pages(printed[key])
        assert len(word) == len(own)
        for mine, theirs in zip(own[1:], word[1:], strict=True):
            if (
                key == "plain"
            ):  # page numbers at the foot; the list and the covers, whose fields LibreOffice reckons anew
                assert mine.split()[-1:] == theirs.split()[-1:]
        assert re.sub(r"\s", "", own[1]) == re.sub(r"\s", "", word[1])


def test_word_numbers_restart_and_running_ones_are_reckoned(full: Path) -> None:
    sections = docx.Document(str(full / "会議資料.docx")).sections
    starts = [section._sectPr.find(".//{*}pgNumType") for section in sections]
    assert [None if each is None else each.values()[0] for each in starts][:5] == [None, "1", "1", "1", None]
    instructions = [
        "".join(node.text or "" for node in section.footer._element.iter("{*}instrText")).split()
        for section in sections
    ]
    assert instructions[3] == ["PAGE", "=", "PAGE", "+3"]  # the 諮問書: its p. 1 is the fourth page
    assert instructions[4] == ["PAGE", "=", "PAGE", "+3"]
    assert instructions[2] == ["=", "PAGE", "+2"]  # a cover has no page number
    assert instructions[0] == []


def test_word_outlines_the_cases_and_their_sections(plain: Path) -> None:
    levels = [
        (level.values()[0], paragraph.text)
        for paragraph in docx.Document(str(plain / "会議資料.docx")).paragraphs
        if (level := paragraph._p.find("./{*}pPr/{*}outlineLvl")) is not None
    ]
    tops = [
        "令和４年度第１回江戸川区情報公開及び個人情報保護審査会次第",
        *(f"令和４年度第{n}号議案" for n in "１２３４５６７"),
    ]
    assert [text for level, text in levels if level == "0"] == tops
    assert [text for level, text in levels if level == "1" and "について" in text][:4] == [
        "江戸川区情報公開及び個人情報保護審査会条例の規定による諮問について（諮問）",
        "江戸川区情報公開及び個人情報保護審査会への諮問について（依頼）",
        "江戸川区個人情報保護条例の規定による諮問について（諮問）",
        "江戸川区情報公開及び個人情報保護審査会への諮問について（依頼）",
    ]
    assert ("2", "１\t諮問事項") in levels


@pytest.mark.pdftools
def test_running_numbers_blanks_and_withdrawn_cases(full: Path) -> None:
    pages = pages_of(full / "会議資料.pdf")
    with pikepdf.open(full / "会議資料.pdf") as pdf:
        labels = [page.label for page in pdf.pages]
        entries = [name for name in outline(pdf) if "議案" in name]
        sizes = [tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pdf.pages]
    assert [page.endswith(f"資料{number}") for number, page in enumerate(pages, 1)] == [
        number not in (1, 26) for number in range(1, len(pages) + 1)
    ]
    assert labels[1:3] == ["資料2", "資料3"]
    assert [re.findall("（資料.*）", name)[0] for name in entries] == ["（資料3）", "（資料9）", "（資料27）"]
    covers = [number for number, page in enumerate(pages, 1) if page.startswith("令和４年度第") and "件名：" in page]
    assert covers == [3, 9, 27]  # right-hand pages
    assert re.sub(r"第３号.*欠番", "", pages[1]) != pages[1]
    assert sizes[21:25] == [(595, 842), (595, 842), (420, 595), (595, 842)]  # the 別添, the second one turned
    assert pages[25] == ""


def test_same_input_same_bytes(sample_root: Path, full: Path, tmp_path: Path) -> None:
    again = packet(full.parents[1] / "project" / "cases" / "r4-1", tmp_path)
    assert {file.name: file.read_bytes() for file in again.iterdir()} == {
        file.name: file.read_bytes() for file in full.iterdir()
    }


def test_what_does_not_agree_is_said_at_once_and_nothing_is_written(sample_root: Path, tmp_path: Path) -> None:
    folder = project(
        sample_root,
        tmp_path,
        meeting=lambda text: text.replace("2022-05-18", "2022-05-10"),
        case02=lambda text: text.replace("番号: 82, 日付: 2022-05-06", "番号: 80, 日付: 2022-05-12"),
        case06=lambda text: text + "別添:\n  - {題名: 図, ファイル: zu.pdf}\n  - {題名: 外, ファイル: ../x.pdf}\n",
    )
    found = faults(folder, tmp_path / "out")
    assert found == {
        "inquiry-after-meeting": ("me", 7),
        "request-after-inquiry": ("02", 7),
        "number-twice": ("02", 7),
        "attachment-missing": ("06", found["attachment-missing"][1]),
        "attachment-outside": ("06", found["attachment-missing"][1] + 1),
    }


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda data: data[: len(data) // 2], "attachment-damaged"),
        (lambda data: b"", "attachment-damaged"),
        (lambda data: b"PK\x03\x04", "attachment-damaged"),
        (lambda data: encrypted(data, "secret"), "attachment-encrypted"),
        (lambda data: encrypted(data, ""), "attachment-encrypted"),
    ],
)
def test_a_pdf_that_cannot_be_bound_is_named(
    sample_root: Path, tmp_path: Path, make: Callable[[bytes], bytes], rule: str
) -> None:
    attached = "別添:\n  - {題名: 図, ファイル: zu.pdf}\n"
    folder = project(sample_root, tmp_path, items="2", case02=lambda text: text + attached)
    (folder / "zu.pdf").write_bytes(make(written()))
    assert list(faults(folder, tmp_path / "out")) == [rule]


def encrypted(data: bytes, password: str) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="owner", user=password))
    return written.getvalue()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("日時: 来週", "meeting-time"),
        ("日時: 2022-05-18（火） 14:00", "weekday"),
        ("日時: 2022-05-18 25:00", "clock"),
        ("日時: 2022-02-30", "date-impossible"),
    ],
)
def test_a_time_that_cannot_be(sample_root: Path, tmp_path: Path, line: str, rule: str) -> None:
    folder = project(sample_root, tmp_path, items="2", meeting=lambda text: re.sub("日時: .*", line, text))
    assert faults(folder, tmp_path / "out") == {rule: ("me", 5)}


@pytest.mark.parametrize("line", ["通し番号: 資料", "通し番号: ｛番号", "白紙: 時々", "通番: はい"])
def test_a_setting_that_is_none(sample_root: Path, tmp_path: Path, line: str) -> None:
    folder = project(sample_root, tmp_path, items="2", meeting=settings(line))
    assert list(faults(folder, tmp_path / "out").values()) == [("me", 13)]


@pytest.mark.pdftools
def test_a_time_not_yet_known_prints_blank_and_marks_the_front(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path, meeting=lambda text: re.sub("(日時|場所): .*\n", "", text))
    pages = pages_of(packet(folder, tmp_path / "out") / "会議資料.pdf")
    assert "日時：令和４年月日" in pages[0]
    assert "案" in pages[0]
    diagnostics = Diagnostics()
    with pytest.raises(InputError):
        build_packet(folder, PacketOptions(tmp_path / "out", final=True), None, diagnostics)
    assert {each.rule for each in diagnostics.errors} == {"final-open"}


def test_the_manifest_tells_of_each_page(full: Path) -> None:
    papers = json.loads((full / "manifest.json").read_bytes())["papers"]
    assert [(each["agenda"], each["name"], len(each["pages"])) for each in papers][6:10] == [
        (3, "諮問書", 1),
        (3, "諮問依頼書", 11),
        (3, "別添", 4),
        (3, "白紙", 1),
    ]
    first = papers[7]["pages"][0]
    assert {name: first[name] for name in ("number", "running", "position")} == {
        "number": "2",
        "running": "資料11",
        "position": "11",
    }
    assert "#１ 諮問事項" in first["words"] and papers[8]["pages"][0]["words"] == []


def test_the_command_says_what_it_bound(sample_root: Path, tmp_path: Path) -> None:
    arguments = ["packet", str(sample_root / "cases" / "r4-1"), "--out", str(tmp_path), "--format", "pdf"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert "第3号議案 諮問依頼書　11ページ（- 18 -～- 28 -）" in done.output
    assert (
        f"全{2 + sum(1 + item.last for item in AGENDA.values())}ページ" in done.output
    )  # 表紙 and 次第, and a cover each
    assert [file.name for file in (tmp_path / "r4-1").iterdir() if file.suffix == ".docx"] == []
    assert CliRunner().invoke(main, ["packet", str(tmp_path)]).exit_code == 2
