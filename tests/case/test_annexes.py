"""別紙 and 別添: marked by themselves, bound in behind the paper, cited or explained."""

from __future__ import annotations

import pytest
from support import faulty_content
from support.samples import ORGANIZATION, REQUEST, citing, compose, paragraphs, read_bundle, styled
from support.word_samples import W, base, part

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document, Paragraph
from kotobuki.layout.columns import settle_columns
from kotobuki.layout.page import Heading, Page
from kotobuki.layout.pages import lay_out
from kotobuki.word.writer import write_docx

TEMPLATE = REQUEST + "{{ 別紙 }}\n"


def lines(annexes: str, cites: str = "", organization: str = ORGANIZATION) -> list[str]:
    """What stands behind the sections."""
    found = compose(citing(annexes, cites), template=TEMPLATE, organization=organization).lines
    return found[found.index("３ 担当") + 2 :]


def rules(annexes: str, cites: str = "") -> list[str]:
    return [each.rule for each in compose(citing(annexes, cites), template=TEMPLATE).diagnostics]


def test_one_annex_has_no_number_and_several_have() -> None:
    one = "別紙: [{題名: 一覧, 内容: 本文。}]\n"
    assert lines(one, "｛→一覧｝") == ["別紙", "一覧", "本文。"]
    two = "別紙: [{題名: 一覧, 内容: 本文。}, {題名: 図, 識別: 絵, 内容: [項目]}]\n"
    assert lines(two, "｛→一覧｝｛→絵｝") == ["別紙１", "一覧", "本文。", "別紙２", "図", "１ 項目"]


def test_citations_carry_the_mark_and_the_house_its_brackets() -> None:
    annexes = "別紙: [{題名: 一覧, 内容: 本文}]\n別添: [{題名: 評価書}]\n"
    organization = ORGANIZATION + "表記: {別紙の標示: 資料, 別紙の括弧: 【】}\n"
    text = citing(annexes, "（｛→一覧：番号と題名｝、｛→評価書｝）")
    found = compose(text, template=TEMPLATE, organization=organization).lines
    assert "委託するため（資料「一覧」、別添）" in found
    assert found[-3:] == ["【資料】", "一覧", "本文"]


def test_annexes_that_are_not_bound_in_keep_their_number() -> None:
    annexes = "別紙: [{題名: 図, 添付省略: はい}, {題名: 一覧, 内容: 本文}]\n"
    assert lines(annexes, "｛→図｝｛→一覧｝") == ["別紙２", "一覧", "本文"]


def test_notes_and_terms_of_an_annex() -> None:
    """Notes stand at its end; terms go on from the paper."""
    annexes = "別紙: [{題名: 一覧, 内容: 文｛※注の文｝}, {題名: 図, 内容: ｛市｝}]\n"
    found = lines(annexes, "｛→一覧｝｛→図｝")
    assert found[2:4] == ["文（※）", "※ 注の文"]
    assert found[-1] == "みなと市"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "[甲｛※注一｝, {乙: [丙｛※注二｝, 丁]}, 戊]",
            ["１ 甲（※）", "※ 注一", "２ 乙", "（１）丙（※）", "（２）丁", "※ 注二", "３ 戊"],
        ),
        (
            "[甲｛※注一｝と乙｛※注二｝, 丙｛※注三｝]",
            ["１ 甲（※１）と乙（※２）", "※１ 注一", "※２ 注二", "２ 丙（※）", "※ 注三"],
        ),
        ("[{｛文｝: 甲｛※注一｝}, {｛文｝: 乙}, 丙｛※注二｝]", ["甲（※）", "※ 注一", "乙", "１ 丙（※）", "※ 注二"]),
        # A note that stands apart from its marks keeps together what lies between them.
        (
            "[{甲: い｛※→注｝と｛※別の注｝}, 乙｛※→注｝, {｛※注｝: 注の文}, 丙｛※丙の注｝]",
            ["１ 甲", "い（※１）と（※２）", "２ 乙（※１）", "※１ 注の文", "※２ 別の注", "３ 丙（※）", "※ 丙の注"],
        ),
        (
            "[甲｛※→注｝, 乙｛※別の注｝, {｛※注｝: 注の文}]",
            ["１ 甲（※１）", "２ 乙（※２）", "※１ 注の文", "※２ 別の注"],
        ),
    ],
)
def test_a_note_stands_under_the_item_or_paragraph_it_is_written_in(content: str, expected: list[str]) -> None:
    assert lines(f"別紙: [{{題名: 一覧, 内容: {content}}}]\n", "｛→一覧｝")[2:] == expected


@pytest.mark.parametrize(
    ("bracket", "house", "mark"),
    [
        ("", "なし", "別紙"),
        ("", "【】", "【別紙】"),
        ("括弧: 【】, ", "なし", "【別紙】"),
        ("括弧: なし, ", "【】", "別紙"),
    ],
)
def test_the_bracket_of_a_mark_is_the_annex_s_or_the_house_s(bracket: str, house: str, mark: str) -> None:
    annexes = f"別紙: [{{題名: 一覧, {bracket}内容: 本文}}]\n"
    assert lines(annexes, "｛→一覧｝", styled(f"別紙の括弧: {house}"))[0] == mark


def test_a_blank_line_between_numbered_items_is_a_style() -> None:
    annexes = "別紙: [{題名: 一覧, 項目の間: 空ける, 内容: [{甲: [乙]}, {｛ア｝: [丙]}]}]\n"
    paper = compose(citing(annexes, "｛→一覧｝"), template=TEMPLATE).paper
    assert paper is not None
    assert [block.role for block in paragraphs(paper.blocks)][-3:] == ["空き項目1", "項目2", "項目3"]


@pytest.mark.parametrize(
    ("annexes", "cites", "rule"),
    faulty_content.ANNEXES,
)
def test_faults_are_explained(annexes: str, cites: str, rule: str) -> None:
    assert rules(annexes, cites) == [rule]


def test_a_paper_that_binds_nothing_in_may_leave_annexes_uncited() -> None:
    assert compose(citing("別紙: [{題名: 一覧, 内容: 文}]\n"), template=REQUEST).faults == []


def test_an_existing_paper_keeps_its_file_for_the_packet() -> None:
    bundle = read_bundle(citing("別添: [{題名: 評価書, ファイル: 付録/評価書.pdf}]\n"), Diagnostics())
    assert bundle is not None
    assert [each.file.value for each in bundle.case.attachments if each.file] == ["付録/評価書.pdf"]


# -- pages ----------------------------------------------------------------------------------------------------------

THREE = """\
別紙:
  - {題名: 一覧, 内容: 文}
  - 題名: 大きな表
    向き: 横
    内容: [{｛表｝: {列: [甲, 乙, 丙], 列幅: [10, 比2, 比1], 行: [[い, ろ, は]]}}]
  - {題名: 図, 内容: 文}
"""


def three() -> Document:
    paper = compose(citing(THREE, "｛→一覧｝｛→大きな表｝｛→図｝"), template=TEMPLATE).paper
    assert paper is not None
    return settle_columns(Document(title="題", papers=(paper,)), base().stylesheet, Diagnostics())


def pages(document: Document) -> tuple[Page, ...]:
    return lay_out(document, base().stylesheet, lambda font: lambda character: 1.0)[1][0]


def test_each_annex_begins_a_page_and_a_wide_one_lies_on_its_side() -> None:
    found = pages(three())
    assert [page.number for page in found] == [1, 2, 3, 4]
    assert [page.width > page.height for page in found] == [False, False, True, False]
    assert {page.width + page.height for page in found} == {found[0].width + found[0].height}


def test_annexes_stand_in_the_outline() -> None:
    titles = [[item.title for item in page.items if isinstance(item, Heading)] for page in pages(three())]
    assert titles[1:] == [["一覧"], ["大きな表"], ["図"]]


def test_a_table_fills_the_landscape_page() -> None:
    table = next(
        block for block in three().papers[0].blocks if not isinstance(block, Paragraph) and block.style == "表"
    )
    sheet = base().stylesheet
    style = sheet.tables["表"]
    width = sum(table.widths) * sheet.em + 3 * (style.cell_left + style.cell_right)
    assert width == pytest.approx(sheet.page.turned().text_width)
    assert table.widths[1] == pytest.approx(2 * table.widths[2])


def test_in_word_landscape_pages_are_a_section_and_the_last_paragraph_ends_the_paper() -> None:
    body = part(write_docx(three(), base()), "word/document.xml")
    sizes = [size.get(W + "orient") for size in body.iter(W + "pgSz")]
    assert sizes == [None, "landscape", None]
    starts = [start.get(W + "start") for start in body.iter(W + "pgNumType")]
    assert starts == ["1"]  # the numbers go on
    last = list(body.iter(W + "p"))[-1]
    assert [mark.get(W + "name") for mark in last.iter(W + "bookmarkStart")][-1] == "paper1_last"
