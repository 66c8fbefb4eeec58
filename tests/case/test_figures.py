"""Figures as their authors and readers meet them: diagnostics, the finished files, the same picture in Word and PDF."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import pytest
from support import faulty_content, figure_samples, office, pdftools, word_samples
from support.faulty_content import FLOW, SYSTEM
from support.figure_samples import NAMES, paper, read, sample
from support.generated_figures import KINDS, SEEDS
from support.generated_figures import figure as generated

from kotobuki.case import blocks as b
from kotobuki.case import figures as f
from kotobuki.word.writer import write_docx


@pytest.mark.parametrize(
    ("text", "rule", "line", "words"),
    faulty_content.FIGURES,
)
def test_faults_are_told_with_place_and_remedy(text: str, rule: str, line: int, words: str, tmp_path: Path) -> None:
    content, diagnostics = read(text, tmp_path)
    found = {each.rule: each for each in diagnostics}
    assert content == ()
    assert rule in found, list(diagnostics)
    assert found[rule].place.line == line
    assert words in found[rule].reason + found[rule].remedy


def test_arrows_are_numbered_in_their_order(tmp_path: Path) -> None:
    text = (
        SYSTEM
        + "    - 端末 → サーバ: {番号: はい, 文: 送信}\n    - サーバ ⇔ 端末: 照会\n    - サーバ → 端末: {番号: はい}"
    )
    (figure,), diagnostics = read(text, tmp_path)
    assert not list(diagnostics)
    assert isinstance(figure, b.FigureBlock) and isinstance(figure.figure, f.Relations)
    assert [link.words.texts for link in figure.figure.links] == [("①送信",), ("照会",), ("②",)]
    assert [link.both for link in figure.figure.links] == [False, True, False]


def test_a_figure_too_large_for_a_page_is_refused(tmp_path: Path) -> None:
    steps = "".join(f"    - 手順その{at}: {'長い説明が続く。' * 20}\n" for at in range(20))
    (figure,), _ = read(FLOW + steps + "    - 終わり: {形: 終了}", tmp_path)
    assert isinstance(figure, b.FigureBlock)
    _, diagnostics = paper(figure_samples.Figure(figure.figure, "手順", place=figure.place))
    assert [each.rule for each in diagnostics] == ["figure-too-large"]
    assert "行分の高さが足りません" in next(iter(diagnostics)).reason


_WIDE = "｛図｝: {種類: システム図, 説明: 図, 区画: {"
_WIDE += (
    ", ".join(f"区画{at}: [住民情報システム{at}: {{内容: 住民の情報を管理する}}]" for at in range(6)) + "}, 矢印: ["
)
_WIDE += ", ".join(f"住民情報システム{at} → 住民情報システム{at + 1}: 専用回線により送信" for at in range(5)) + "]}"


def test_what_to_do_about_a_wide_figure_is_to_turn_its_page(tmp_path: Path) -> None:
    (figure,), _ = read(_WIDE, tmp_path)
    assert isinstance(figure, b.FigureBlock)
    wide = figure_samples.Figure(figure.figure, "図", place=figure.place)
    _, diagnostics = paper(wide)
    assert ["「向き: 横」と書けば" in each.remedy for each in diagnostics] == [True]
    document, diagnostics = paper(wide, landscape=True)
    assert not list(diagnostics)
    (drawing,) = (block.drawing for block in document.papers[0].blocks if isinstance(block, figure_samples.Figure))
    sheet = word_samples.base().stylesheet
    assert drawing and drawing.width > sheet.page.text_width


@pytest.mark.office
@pytest.mark.pdftools
def test_word_and_pdf_show_the_same_pictures(tmp_path: Path) -> None:
    """The samples, and generated ones of each kind, all in one start of LibreOffice."""
    figures = {name: [sample(name, tmp_path)] for name in NAMES}
    figures |= {f"generated {kind}": [generated(kind, seed, tmp_path) for seed in SEEDS] for kind in KINDS}
    papers = {name: paper(*each) for name, each in figures.items()}
    assert [name for name, (_, diagnostics) in papers.items() if list(diagnostics)] == []
    printed = office.to_pdf({name: write_docx(made, word_samples.base()) for name, (made, _) in papers.items()})
    for name, (made, _) in papers.items():
        assert_same_picture(name, office.words(figure_samples.pdf(made)), office.words(printed[name]))


def assert_same_picture(name: str, ours: list[office.Word], theirs: list[office.Word]) -> None:
    """LibreOffice prints every stretch of text of the Word file where the PDF has it, to a few points."""
    assert Counter("".join(each.text for each in ours)) == Counter("".join(each.text for each in theirs)), name
    same = Counter(each.text for each in ours) & Counter(each.text for each in theirs)
    assert same.total() > 0.7 * len(ours), name  # LibreOffice parts ① and ・ from the word behind them
    for text, count in same.items():
        places, others = ([(each.left, each.top) for each in found if each.text == text] for found in (ours, theirs))
        if len(places) == len(others) == count:
            for x, y in places:
                assert any(abs(x - other_x) < 4 and abs(y - other_y) < 4 for other_x, other_y in others), (name, text)


@pytest.mark.pdftools
@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_is_sound_and_says_what_the_figure_shows(name: str, tmp_path: Path) -> None:
    figure = sample(name, tmp_path)
    document, _ = paper(figure)
    data = figure_samples.pdf(document)
    pdftools.check(data)
    text = "".join(pdftools.extracted(data).split())
    for inlines in f.words_of(figure.figure):
        if isinstance(figure.figure, f.Contrast) and not inlines:
            continue
        assert all(character in text for character in f.plain(inlines).replace(" ", ""))
    assert figure.description in _descriptions(data)


def _descriptions(data: bytes) -> set[str]:
    """What the file says, for those who do not see them, of its figures."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as opened:
        said = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each)
        return {str(each.Alt) for each in said}


def test_word_gets_shapes_that_can_be_moved_and_retyped(tmp_path: Path) -> None:
    figure = sample("flow", tmp_path)
    document, _ = paper(figure)
    body = docx.Document(BytesIO(write_docx(document, word_samples.base()))).element.body
    shapes = body.xpath(".//*[local-name()='wgp']/*[local-name()='wsp']")
    texts = ["".join(shape.xpath(".//*[local-name()='t']/text()")) for shape in shapes]
    assert {"申込みの受付", "記載に不備がないか", "納付書の送付"} <= set(texts)
    (about,) = body.xpath(".//*[local-name()='docPr']")
    assert about.get("descr") == figure.description
    numbers = body.xpath(".//*[local-name()='docPr' or local-name()='cNvPr']/@id")
    assert len(numbers) == len(set(numbers))


def test_a_figure_goes_to_the_next_page_as_a_whole_with_its_title(tmp_path: Path) -> None:
    figure = sample("flow", tmp_path)
    document, _ = paper(figure, figure)
    pages = figure_samples.pages(document)
    assert len(pages) == 2
    assert [sum(type(item).__name__ == "Artwork" for item in page.items) for page in pages] == [1, 1]


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (paper(sample("system", tmp_path))[0] for _ in range(2))
    assert figure_samples.pdf(first) == figure_samples.pdf(second)
    assert write_docx(first, word_samples.base()) == write_docx(second, word_samples.base())
