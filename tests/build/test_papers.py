"""The finished papers of the sample meeting, as a reader of the files meets them: Word and PDF agree."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from support import office, pdftools

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import Diagnostics

PAPERS = ("表紙", "諮問書", "諮問依頼書")
BUNDLES = tuple(f"第{number}号議案" for number in range(1, 8))
HEADS = "項目犬と猫のマイクロチップ情報登録システムとの外部結合について【】対応の手法情報セキュリティポリシーの関係条文"


def words_of_docx(data: bytes) -> str:
    """The words that Word shows: those of shapes once, not what stands there for other readers as well."""
    body = docx.Document(BytesIO(data)).element.body
    for other in [*body.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")]:
        other.getparent().remove(other)
    return squeeze("".join(text.text or "" for text in body.iter(qn("w:t"))))


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def page_count(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_exactly_the_promised_files(bundles: Path) -> None:
    names = {f"{paper}.{kind}" for paper in (*PAPERS, "議案") for kind in ("docx", "pdf")}
    for bundle in BUNDLES:
        assert {file.name for file in (bundles / bundle).iterdir()} == names | {"manifest.json"}


@pytest.mark.office
def test_word_has_as_many_pages_as_pdf(bundles: Path) -> None:
    files = {f"{bundle}-{paper}": bundles / bundle / paper for bundle in BUNDLES for paper in (*PAPERS, "議案")}
    printed = office.to_pdf({key: stem.with_suffix(".docx").read_bytes() for key, stem in files.items()})
    counts = {key: page_count(data) for key, data in printed.items()}
    assert counts == {key: page_count(stem.with_suffix(".pdf").read_bytes()) for key, stem in files.items()}


@pytest.mark.pdftools
@pytest.mark.parametrize("bundle", BUNDLES)
@pytest.mark.parametrize("paper", PAPERS)
def test_word_and_pdf_say_the_same(bundles: Path, bundle: str, paper: str) -> None:
    word = words_of_docx((bundles / bundle / f"{paper}.docx").read_bytes())
    pdf = squeeze(pdftools.extracted((bundles / bundle / f"{paper}.pdf").read_bytes(), "-raw"))
    assert Counter(word) - Counter(pdf) == Counter()
    only_in_pdf = Counter(pdf) - Counter(word)  # page numbers, and table heads repeated on a new page
    assert set(only_in_pdf) <= set("0123456789項目内容分類基準" + HEADS)


@pytest.mark.pdftools
@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_inquiry_reads_in_order(bundles: Path, bundle: str) -> None:
    word = words_of_docx((bundles / bundle / "諮問書.docx").read_bytes())
    pdf = squeeze(pdftools.extracted((bundles / bundle / "諮問書.pdf").read_bytes()))
    assert pdf == word + "1"  # the page number


@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_cover_tells_the_truth(bundles: Path, bundle: str) -> None:
    manifest = json.loads((bundles / bundle / "manifest.json").read_bytes())
    numbers = [page["number"] for page in manifest["papers"][2]["pages"]]
    cover = words_of_docx((bundles / bundle / "議案.docx").read_bytes())
    assert f"諮問依頼書{'‥' * 12}p.{numbers[0]}～p.{numbers[-1]}" in cover


@pytest.mark.pdftools
@pytest.mark.parametrize("bundle", BUNDLES)
def test_joined_pdf_can_be_navigated(bundles: Path, bundle: str) -> None:
    data = (bundles / bundle / "議案.pdf").read_bytes()
    pdftools.check(data)
    assert all(font["emb"] == font["sub"] == font["uni"] == "yes" for font in pdftools.fonts(data))
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == list(PAPERS)
        assert [str(item.title) for item in outline.root[1].children][:2] == ["１　諮問事項", "２　諮問理由"]
        targets = [link.Dest[0] for link in pdf.pages[0].Annots]
        assert [pdf.pages.index(pikepdf.Page(target)) for target in targets] == [1, 2]
        assert [page.label for page in pdf.pages][1:3] == ["1", "2"]
        assert str(pdf.Root.Lang) == "ja-JP"


@pytest.mark.pdftools
def test_copy_mark_extracts_as_the_character(bundles: Path) -> None:
    data = (bundles / "第2号議案" / "諮問依頼書.pdf").read_bytes()
    assert squeeze(pdftools.extracted(data)).startswith("写22総総送第82号令和４年５月６日")


@pytest.mark.pdftools
def test_a_style_changed_in_word_changes_both_outputs(sample_root: Path, bundles: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(sample_root, root)
    base = docx.Document(str(root / "templates" / "base.docx"))
    base.styles["標題"].paragraph_format.space_before = Pt(72)
    base.styles["節見出し"].font.size = Pt(16)
    base.save(str(root / "templates" / "base.docx"))
    build([root / "cases" / "r4-1"], Options(tmp_path / "out", papers=("諮問書",)), None, Diagnostics())
    changed = tmp_path / "out" / "r4-1" / "第2号議案"

    styles = docx.Document(str(changed / "諮問書.docx")).styles
    assert styles["節見出し"].font.size == Pt(16)
    old, new = (
        next(word for word in office.words((folder / "諮問書.pdf").read_bytes()) if word.text.endswith("諮問事項"))
        for folder in (bundles / "第2号議案", changed)
    )
    assert new.top - old.top == pytest.approx(72 - 18, abs=4)  # the larger size lifts the top of the heading a little
    assert (new.bottom - new.top) / (old.bottom - old.top) == pytest.approx(16 / 12, rel=0.02)
