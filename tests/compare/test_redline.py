"""The redline of two papers: accepted it is the new one, rejected the old one, for Word and for whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.edits import CASES, EDITS
from support.office import settled
from support.paths import ROOT
from support.properties import tries
from support.redlines import accepted, content, outline, rejected
from support.sample_papers import built
from support.samples import edited
from support.word_samples import W, base, cell, document, para, part, row, table

from kotobuki.build.bundle import LaidOutBundle
from kotobuki.compare.redline import redline_docx
from kotobuki.document import Block, Cell, Document, Enclosed, PageRef, Paper, Paragraph, Row, Run, Table
from kotobuki.word.writer import write_docx

PAPER = "諮問依頼書"
ANNEX = "\n諮問理由"
ROLES = "{管理責任者: ｛総務課長｝, 運用責任者: ｛人権啓発係長｝}"
GRID = "      - ｛表｝: {列: [甲, 乙], 行: [[一, 二], [三, 四]]}\n"


@dataclass(frozen=True)
class Edit:
    """An edit of a case of the sample meeting."""

    name: str
    case: str
    old: str
    new: str


SHAPES = [
    Edit("a row added", "02", "  履行場所: ｛区｝", "  ｛追加｝再委託: 認めない。\n  履行場所: ｛区｝"),
    Edit("a row with cells made one of text", "02", f"  運用体制: {ROLES}", "  運用体制: ｛総務課長｝が管理する。"),
    Edit("a role added", "02", ROLES, "{管理責任者: ｛総務課長｝, 副責任者: 課長補佐, 運用責任者: ｛人権啓発係長｝}"),
    Edit("a role dropped", "02", ROLES, "{管理責任者: ｛総務課長｝}"),
    Edit("a role added above", "02", ROLES, "{統括: 区長, 管理責任者: ｛総務課長｝, 運用責任者: ｛人権啓発係長｝}"),
    Edit("number and date not yet set", "02", "依頼: {番号: 82, 日付: 2022-05-06}\n", ""),
    Edit("a section moved", "02", ANNEX, "\n｛順序｝: [諮問理由, 実施目的, 業務の内容, 実施時期]" + ANNEX),
    Edit("an annex added", "02", ANNEX, "\n別紙:\n  - 題名: 流れ\n    内容:\n      - 文章。\n      - 次。\n" + ANNEX),
    Edit("an annex across", "02", ANNEX, f"\n別紙:\n  - 題名: 流れ\n    向き: 横\n    内容:\n{GRID}" + ANNEX),
    Edit("a third annex", "06", ANNEX, f"\n  - 題名: 流れ\n    内容:\n      - 文章。\n{GRID}" + ANNEX),
    Edit("an annex turned", "06", "システムイメージ図\n    内容:", "システムイメージ図\n    向き: 横\n    内容:"),
    Edit("the last annex turned", "06", "    括弧: 【】\n", "    括弧: 【】\n    向き: 横\n"),
    Edit("words in a figure", "06", "ホームページ ⇔ 所有者: 暗号化通信", "ホームページ ⇔ 所有者: 暗号"),
    Edit("a head row", "06", "            - 情報セキュリティポリシーの関係条文\n", "            - 関係条文\n"),
    Edit("the widths of columns", "06", "列幅: [6.8, 29, 9]", "列幅: [7.8, 28, 9]"),
    Edit("an article changed", "03", "図書館ごとの｛システム｝の運用を管理", "図書館別に｛システム｝の運用を管理"),
    Edit(
        "an article inserted", "03", "        - 利用者資格:\n", "        - 会議: 会議を置く。\n        - 利用者資格:\n"
    ),
]
ALL = [*SHAPES, *(Edit(each.name, each.case or each.file, each.old, each.new) for each in EDITS if each.file in CASES)]


def paper_of(made: LaidOutBundle) -> Document:
    paper = made.alone(PAPER)
    assert paper is not None
    return paper


@cache
def before(case: str) -> Document:
    """The paper of a sample case as it is."""
    return paper_of(built(ROOT, case))


@cache
def after(edit: Edit) -> Document:
    """The paper of a sample case after an edit."""
    return paper_of(built(ROOT, edit.case, lambda text: edited(text, edit.old, edit.new)))


def redline(old: Document, new: Document) -> bytes:
    return redline_docx(old, new, base(), "総務課", datetime(2022, 5, 16, 9, 30))


def written(made: Document) -> etree._Element:
    return part(write_docx(made, base()), "word/document.xml")


def check(old: Document, new: Document) -> bytes:
    """Both ways, on the XML: the text, the look, the tables, the sections; and that the XML is in order."""
    plain = {id(each): content(written(each)) for each in (old, new)}
    for first, second in ((new, old), (old, new)):
        data = redline(first, second)
        assert content(accepted(data)) == plain[id(second)]
        assert content(rejected(data)) == plain[id(first)]
        check_markup(part(data, "word/document.xml"))
    return data


# -- the markup -----------------------------------------------------------------------------------------------------

CHANGES = ("ins", "del", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange")
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl tabs snapToGrid spacing ind jc outlineLvl rPr sectPr pPrChange",
    "sectPr": "headerReference footerReference pgSz pgMar pgNumType docGrid sectPrChange",
    "trPr": "cantSplit tblHeader ins del",
    "tblPr": "tblStyle tblW tblInd tblLayout tblLook tblPrChange",
}
"""The elements that we write, in the order of the schema (ECMA-376 Part 1, annex A)."""


def check_markup(root: etree._Element) -> None:
    """What Word would refuse or put right by itself."""
    numbered = [each for name in (*CHANGES, "bookmarkStart") for each in root.iter(W + name)]
    ids = [each.get(W + "id") for each in numbered]
    assert len(ids) == len(set(ids))
    names = [each.get(W + "name") for each in root.iter(W + "bookmarkStart")]
    assert len(names) == len(set(names))
    for name in CHANGES:
        for change in root.iter(W + name):
            assert (change.get(W + "author"), change.get(W + "date")) == ("総務課", "2022-05-16T09:30:00Z")
    for name, order in ORDER.items():
        for holder in root.iter(W + name):
            found = [order.split().index(etree.QName(child).localname) for child in holder]
            assert found == sorted(found), etree.tostring(holder)
    for mark in root.iterfind(f".//{W}pPr/{W}rPr"):
        kinds = [etree.QName(child).localname for child in mark]
        assert kinds == sorted(kinds, key=lambda kind: (kind not in ("ins", "del"), kind == "rPrChange"))
    for change in [*root.iter(W + "del"), *root.iter(W + "ins")]:
        holder = etree.QName(change.getparent()).localname
        if holder in ("rPr", "trPr"):
            assert len(change) == 0
            continue
        assert holder in ("p", "hyperlink")
        assert {child.tag for child in change} == {W + "r"}
        words = {etree.QName(each).localname for run in change for each in run if each.tag != W + "rPr"}
        assert not words & ({"t", "instrText"} if change.tag == W + "del" else {"delText", "delInstrText"})


@pytest.mark.thinned
@pytest.mark.parametrize("edit", ALL, ids=lambda edit: edit.name)
def test_accepted_it_is_the_new_paper_and_rejected_the_old_one(edit: Edit) -> None:
    check(before(edit.case), after(edit))


@pytest.mark.parametrize(("old", "new"), [("02", "03"), ("03", "06"), ("06", "02")])
def test_even_of_two_papers_that_have_little_in_common(old: str, new: str) -> None:
    check(before(old), before(new))


def test_a_paper_that_did_not_change_has_no_changes() -> None:
    root = part(redline(before("02"), before("02")), "word/document.xml")
    assert not [*root.iter(*(W + name for name in CHANGES))]


# -- what is shown --------------------------------------------------------------------------------------------------


def shown(old: Document, new: Document) -> list[str]:
    """The paragraphs and rows with a change, {+inserted+} and [-deleted-]; ¶ is the end of a paragraph."""
    root = part(redline(old, new), "word/document.xml")
    found = []
    for paragraph in root.iter(W + "p"):
        line, changed = "", False
        for run in paragraph.iter(W + "r"):
            said = "".join(each.text or "" for each in run.iter(W + "t", W + "delText"))
            said += "\t" * len(run.findall(W + "tab"))
            kind = etree.QName(run.getparent()).localname
            line += {"ins": f"{{+{said}+}}", "del": f"[-{said}-]"}.get(kind, said)
            changed |= kind in ("ins", "del")
        for kind, mark in (("ins", "{+¶+}"), ("del", "[-¶-]")):
            if paragraph.find(f"{W}pPr/{W}rPr/{W}{kind}") is not None:
                line, changed = line + mark, True
        found += [line] if changed else []
    return found


def of(*blocks: Block) -> Document:
    return document(blocks)


def item(label: str, text: str) -> Paragraph:
    return para("項目2", text, label=label)


END = para("節本文", "終わり。")


def test_words_are_marked_and_labels_move() -> None:
    old = of(item("（１）", "名簿を出すこと。"), item("（２）", "鍵を掛けること。"), END)
    new = of(
        item("（１）", "人を置くこと。"),
        item("（２）", "名簿を区に出すこと。"),
        item("（３）", "鍵を掛けること。"),
        END,
    )
    assert shown(old, new) == [
        "{+（１）+}{+人を置くこと。+}{+¶+}",
        "[-（１）-]{+（２）+}名簿を{+区に+}出すこと。",
        "[-（２）-]{+（３）+}鍵を掛けること。",
    ]


def test_the_end_of_a_cell_stays() -> None:
    grid = [of(table("表", (20,), row(cell(*texts)))) for texts in (("甲である。",), ("甲である。", "乙とする。"))]
    assert shown(*grid) == ["甲である。{+¶+}", "{+乙とする。+}"]
    assert shown(*reversed(grid)) == ["甲である。[-¶-]", "[-乙とする。-]"]


def test_a_spread_name_and_a_page_number_change_as_a_whole() -> None:
    old = of(
        para("宛先氏名", Run(text="村島章惠", fit_em=7), "会長殿"),
        para("本文", "p. ", PageRef("p0", "last", "3"), "まで"),
    )
    new = of(
        para("宛先氏名", Run(text="村島章", fit_em=7), "会長殿"),
        para("本文", "p. ", PageRef("p0", "last", "4"), "まで"),
    )
    assert shown(old, new) == [
        "[-村島章-][-惠-]{+村島+}{+章+}会長殿",
        "p. [--][--][--][-3-][--]{++}{++}{++}{+4+}{++}まで",
    ]
    check(old, new)


def test_a_changed_role_is_a_change_of_the_paragraph() -> None:
    data = check(of(para("項目1", "文", label="１", tab=True), END), of(para("項目2", "文", label="（１）"), END))
    (change,) = part(data, "word/document.xml").iter(W + "pPrChange")
    assert change[0][0].get(W + "val") == base().paragraph_ids["項目1"]


def test_the_mark_of_a_draft_comes_and_goes_in_the_head() -> None:
    paper = Paper(key="p", name="紙", blocks=(END,))
    draft = replace(paper, draft=True)
    for old, new, name in ((paper, draft, "header3"), (draft, paper, "header4")):
        data = redline(document(old), document(new))
        heads = [settle(data, f"word/{name}.xml") for settle in (rejected, accepted)]
        said = ["".join(each.text or "" for each in head.iter(W + "t")) for head in heads]
        assert said == ["案" if each.draft else "" for each in (old, new)]


def test_the_first_page_number_is_a_change_of_the_section() -> None:
    paper = Paper(key="p", name="紙", blocks=(END,))
    data = check(document(paper), document(replace(paper, first_page=3)))
    assert len([*part(data, "word/document.xml").iter(W + "sectPrChange")]) == 1


def test_without_a_date_none_is_written() -> None:
    root = part(redline_docx(of(END), of(para("節本文", "始め。")), base(), "甲 & <乙>"), "word/document.xml")
    change = next(root.iter(W + "ins"))
    assert (change.get(W + "author"), change.get(W + "date")) == ("甲 & <乙>", None)


def test_same_papers_same_bytes() -> None:
    assert redline(before("02"), before("06")) == redline(before("02"), before("06"))


# -- any papers -----------------------------------------------------------------------------------------------------

words = st.text(alphabet="区の個人情報12ア、。<&", min_size=1, max_size=8)
inlines = st.one_of(
    st.builds(Run, text=words),
    st.builds(Run, text=words, fit_em=st.just(12.0)),
    st.builds(Run, text=words, gap_em=st.just(1.0)),
    st.builds(Run, text=words, link=st.just("p0")),
    st.builds(PageRef, st.just("p0"), st.just("last"), st.just("3")),
    st.just(Enclosed("写")),
)
paragraphs = st.builds(
    Paragraph,
    role=st.sampled_from(["項目1", "節本文", "節見出し"]),
    inlines=st.lists(inlines, max_size=3).map(tuple),
    label=st.sampled_from(["", "１", "（２）"]),
    tab=st.booleans(),
    inside=st.sampled_from(["", "節本文"]),
    page=st.sampled_from(["", "", "", "portrait", "landscape"]),
)
in_cells = paragraphs.map(lambda paragraph: replace(paragraph, page=""))
inner = words.map(lambda text: table("罫線なし", (4, 4), row(text, "値")))


@st.composite
def rows(draw: st.DrawFn, columns: int) -> list[Row]:
    """One row, or two held together by a cell that spans both."""

    def a_cell(span: int = 1, rows: int = 1) -> Cell:
        blocks = draw(st.lists(st.one_of(in_cells, in_cells, inner), min_size=1, max_size=2))
        return cell(*blocks, columns=span, rows=rows)

    head = draw(st.booleans()) and draw(st.booleans())
    if columns == 1 or draw(st.booleans()):
        wide = columns > 1 and draw(st.booleans())
        return [row(*((a_cell(columns),) if wide else (a_cell() for _ in range(columns))), head=head)]
    height = draw(st.integers(2, 3))
    rest = [row(*(a_cell() for _ in range(columns - 1))) for _ in range(height - 1)]
    return [row(a_cell(1, height), *(a_cell() for _ in range(columns - 1))), *rest]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of one width, but for one."""
    widths = draw(st.sampled_from([(8.0, 20.0), (10.0, 18.0), (8.0, 9.0, 10.1), (30.0,)]))
    bands = draw(st.lists(rows(len(widths)), min_size=1, max_size=3))
    return table("表", widths, *(each for band in bands for each in band))


blocks = st.lists(st.one_of(paragraphs, paragraphs, tables()), max_size=4)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document]:
    """Two papers that have blocks in common."""
    old, new, common = draw(blocks), draw(blocks), draw(blocks)
    cut = draw(st.integers(0, len(common)))
    first, second = [*common[:cut], *old, *common[cut:]], [*common[:cut], *new, *common[cut:]]
    return document(tuple(first)), document(tuple(second))


@tries(150)
@given(versions())
def test_any_two_papers_are_one_redline(both: tuple[Document, Document]) -> None:
    check(*both)


# -- LibreOffice ----------------------------------------------------------------------------------------------------


OFFICE = (
    "a row with cells made one of text",
    "a role added",
    "number and date not yet set",
    "an annex added",
    "an annex across",
    "a third annex",
    "an annex turned",
    "words in a figure",
    "an article inserted",
)


@pytest.mark.office
def test_libreoffice_accepts_and_rejects_alike() -> None:
    """But for paragraphs before a table and rows that hold one, of which it leaves empty ones behind."""
    edits = [each for each in SHAPES if each.name in OFFICE]
    assert len(edits) == len(OFFICE)
    jobs = {f"old{case}": (write_docx(before(case), base()), "") for case in CASES}
    for number, edit in enumerate(edits):
        data = redline(before(edit.case), after(edit))
        jobs[f"accepted{number}"], jobs[f"rejected{number}"] = (data, "accept"), (data, "reject")
        jobs[f"new{number}"] = write_docx(after(edit), base()), ""
    done = {name: outline(data) for name, data in settled(jobs).items()}
    for number, edit in enumerate(edits):
        assert done[f"accepted{number}"] == done[f"new{number}"], edit.name
        assert done[f"rejected{number}"] == done[f"old{edit.case}"], edit.name
