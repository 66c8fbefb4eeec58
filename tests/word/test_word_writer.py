"""The written .docx, read back with python-docx: styles, sections, fields, tables, settings."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.word_samples import W, base, cell, document, opened, para, part, row, table, value

from kotobuki.document import Block, Document, Enclosed, PageRef, Paper, Paragraph, Run
from kotobuki.japanese.characters import NOT_ENDING, NOT_STARTING, NOT_STARTING_STRICT, natural_width_em
from kotobuki.word.papers import WrittenPapers
from kotobuki.word.writer import write_docx

TEXT = para("節本文", "本文である。")
RULED = table("表", (8, 29), row("項目", "内容", head=True), row("件数", "約1,000件／年"))


def body(*papers: Paper | tuple[Block, ...]) -> etree._Element:
    return part(write_docx(document(*papers), base()), "word/document.xml")[0]


def only(*blocks: Block) -> etree._Element:
    """The first paragraph of a paper of these blocks."""
    return body(blocks)[0]


def texts(element: etree._Element) -> list[str]:
    return [each.text or "" for each in element.iter(W + "t")]


# -- paragraphs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["議案番号", "本文", "日付", "記", "表題", "項目3本文", "表注", "案"])
def test_a_paragraph_has_the_style_of_its_role(role: str) -> None:
    (paragraph,) = opened(document((para(role, "文"),))).paragraphs
    assert paragraph.style.style_id == base().paragraph_ids[role]
    assert paragraph.text == "文"


def test_a_label_is_text_and_the_tab_takes_it_to_the_column() -> None:
    paragraphs = opened(
        document((para("節見出し", "諮問事項", label="１", tab=True), para("項目2", "受付", label="（１）")))
    ).paragraphs
    assert [each.text for each in paragraphs] == ["１\t諮問事項", "（１）受付"]


def test_there_is_no_direct_formatting_but_what_a_style_cannot_know() -> None:
    for paragraph in body((TEXT, para("節見出し", "題", label="１", tab=True)))[:-1]:
        assert [each.tag for each in paragraph.find(W + "pPr")] == [W + "pStyle"]
        assert {each.tag for each in paragraph.iter(W + "rPr") for each in each} == {W + "rFonts"}


@pytest.mark.parametrize(("label", "blank"), [("１", 0), ("10", 0), ("1", 0.6), ("第1", 0.35)])
def test_a_blank_behind_the_label_leads_its_tab_past_a_stop_too_near(label: str, blank: float) -> None:
    paragraph = only(para("節見出し", "題", label=label, tab=True))
    assert "".join(each.text or "" for each in paragraph.iter(W + "t")) == f"{label}題"
    assert [int(each.get(W + "val")) for each in paragraph.iter(W + "spacing")] == ([blank * 240] if blank else [])


def test_inside_shifts_indents_and_tab_stops() -> None:
    properties = only(para("項目1", "文", label="１", tab=True, inside="項目3/項目1本文")).find(W + "pPr")
    shift = (3 + 1) * 240  # columns of both, in twips
    assert value(properties, "ind", "left") == str(shift + 240)
    assert value(properties, "ind", "hanging") == "240"
    stops = {(tab.get(W + "val"), int(tab.get(W + "pos"))) for tab in properties.iter(W + "tab")}
    assert stops == {("clear", 480), ("clear", 720), ("left", shift + 480), ("left", shift + 720)}


def test_a_stop_that_stays_where_it_was_is_not_cleared() -> None:
    properties = only(para("項目1", "文", inside="項目1")).find(W + "pPr")
    stops = {(tab.get(W + "val"), int(tab.get(W + "pos"))) for tab in properties.iter(W + "tab")}
    assert stops == {("clear", 480), ("left", 960)}  # 720 is the second stop of the style and the first one shifted


def test_outline_and_keeping_with_the_next_are_said_where_the_style_does_not() -> None:
    head = only(replace(para("節見出し", "題"), heading=1, keep_next=True)).find(W + "pPr")
    assert [each.tag for each in head] == [W + "pStyle"]
    item = only(replace(para("項目1", "題"), heading=2, keep_next=True)).find(W + "pPr")
    assert value(item, "outlineLvl") == "1"
    assert item.find(W + "keepNext") is not None


# -- inlines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "run",
    [
        Run(text="村島章惠", fit_em=7),
        Run(text="項目", fit_em=3),
        Run(text="22総総送第80号", fit_em=10),
        Run(text="主管課", fit_em=2),
    ],
)
def test_spread_text_gets_its_width_from_the_spacing_between_characters(run: Run) -> None:
    paragraph = only(para("標題", run))
    spacing = 0
    for each in paragraph.iter(W + "r"):
        spacing += int(value(each, "rPr/spacing") or 0) * len(texts(each)[0])
        assert value(each, "rPr/fitText") == str(run.fit_em * 240)
    assert natural_width_em(run.text) + spacing / 240 == pytest.approx(run.fit_em, abs=0.02)
    assert value(list(paragraph.iter(W + "r"))[-1], "rPr/spacing") is None
    assert "".join(texts(paragraph)) == run.text


def test_widths_are_in_em_of_the_paragraphs_own_size() -> None:
    first = next(only(para("表紙件名", Run(text="件名", fit_em=3))).iter(W + "r"))
    assert (value(first, "rPr/spacing"), value(first, "rPr/fitText")) == ("400", "1200")


def test_a_gap_follows_the_last_character() -> None:
    runs = list(only(para("宛先氏名", Run(text="会長", gap_em=1.5), "殿")).iter(W + "r"))
    assert [(texts(run)[0], value(run, "rPr/spacing")) for run in runs] == [("会", None), ("長", "360"), ("殿", None)]


def test_a_gap_behind_spread_text_is_no_part_of_the_fitted_width() -> None:
    runs = list(only(para("宛先氏名", Run(text="村島", fit_em=3, gap_em=1))).iter(W + "r"))
    assert [value(run, "rPr/spacing") for run in runs] == ["240", "240"]
    assert not [run for run in runs if value(run, "rPr/fitText")]  # Word overlooks the gap where it fits text


def test_a_single_character_is_followed_by_what_is_left_of_its_width() -> None:
    (run,) = only(para("標題", Run(text="記", fit_em=3))).iter(W + "r")
    assert value(run, "rPr/spacing") == "480"


def test_a_name_with_a_variation_selector_is_not_torn() -> None:
    runs = list(only(para("標題", Run(text="辻\U000e0100郎\U000e0100", fit_em=4))).iter(W + "r"))
    assert [texts(run)[0] for run in runs] == ["辻\U000e0100", "郎\U000e0100"]
    assert value(runs[0], "rPr/spacing") == "480"


def test_an_enclosed_character_is_text_with_a_circle_that_is_none() -> None:
    paragraph = only(para("写しの印", Enclosed("写")))
    assert texts(paragraph) == ["写"]
    assert not list(paragraph.iter(W + "txbxContent"))
    (circle,) = paragraph.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor")
    assert circle.get("behindDoc") == "1"
    assert [each.get("val") for each in circle.iter() if each.tag.endswith("}decorative")] == ["1"]
    assert value(paragraph, "pPr/ind", "firstLine") == "70"  # 0.29 em: the circle does not stand in the margin


def test_no_blank_of_the_layout_is_stored_as_a_character() -> None:
    blocks = (
        para("写しの印", Enclosed("写")),
        para("文書番号", Run(text="22総総送第80号", fit_em=9.5, gap_em=1)),
        para("宛先氏名", Run(text="会長", fit_em=3, gap_em=2), Run(text="村島章惠", fit_em=7, gap_em=2), "殿"),
        para("節見出し", "事項", label="１", tab=True),
    )
    said = "".join(each.text for each in opened(document(blocks)).paragraphs)
    assert said == "写22総総送第80号会長村島章惠殿１\t事項"


def test_what_changed_is_underlined() -> None:
    paragraph = only(para("本文", "区の", Run(text="装置", underlined=True), "。"))
    assert [(run[-1].text, run.find(f"{W}rPr/{W}u") is not None) for run in paragraph.iter(W + "r")] == [
        ("区の", False),
        ("装置", True),
        ("。", False),
    ]


# -- papers ---------------------------------------------------------------------------------------------------------

COVER = Paper(
    key="cover",
    name="表紙",
    blocks=(para("添付資料", Run(text="諮問書", link="b"), "p. ", PageRef("b", "last", "3")),),
    numbering="none",
)
LETTER = Paper(key="b", name="諮問書", blocks=(TEXT, para("本文", "終わり")))
REQUEST = Paper(key="c", name="依頼書", blocks=(TEXT, RULED), numbering="continue", draft=True)


def test_each_paper_is_a_section_with_its_page_numbers() -> None:
    file = opened(document(COVER, LETTER, replace(LETTER, key="d", first_page=2), REQUEST))
    starts = [value(section._sectPr, "pgNumType", "start") for section in file.sections]
    assert starts == [None, "1", "2", None]
    footers = [section.footer._element for section in file.sections]
    assert [bool(list(each.iter(W + "instrText"))) for each in footers] == [False, True, True, True]
    number = file.sections[1].footer.paragraphs[0]
    assert number.style.style_id == base().paragraph_ids["ページ番号"]
    assert [each.text.strip() for each in number._element.iter(W + "instrText")] == ["PAGE"]


def test_a_paper_is_the_same_in_a_file_whether_another_file_had_it_before_or_not() -> None:
    spread = Run(text="件名", fit_em=6.0)
    turned = replace(TEXT, page="landscape", bookmark="横")
    seal = Paper(key="e", name="印", blocks=(para("写しの印", Enclosed("写")), para("本文", spread), turned, RULED))
    files = (document(seal), document(COVER, seal, LETTER), document(LETTER), document(LETTER, COVER, seal))
    shared = WrittenPapers(base())
    assert [write_docx(each, base(), shared) for each in files] == [write_docx(each, base()) for each in files]


def test_only_drafts_are_marked() -> None:
    file = opened(document(COVER, LETTER, REQUEST))
    assert [section.header.paragraphs[0].text for section in file.sections] == ["", "", "案"]
    with zipfile.ZipFile(BytesIO(write_docx(document(COVER, LETTER), base()))) as archive:
        assert not [name for name in archive.namelist() if "header" in name]


def test_every_section_has_the_page_and_the_grid_of_base() -> None:
    page = base().stylesheet.page
    for section in opened(document(COVER, LETTER)).sections:
        assert (section.page_width.pt, section.page_height.pt) == (page.width, page.height)
        assert section.left_margin.pt == section.right_margin.pt == page.left
        assert value(section._sectPr, "docGrid", "linePitch") == "364"


def bookmarks(root: etree._Element) -> dict[str, str]:
    """Name → text of the paragraph it stands in."""
    return {mark.get(W + "name"): "".join(texts(mark.getparent())) for mark in root.iter(W + "bookmarkStart")}


def test_references_lead_to_the_ends_of_papers_and_show_the_computed_number() -> None:
    root = body(COVER, LETTER)
    found = bookmarks(root)
    (field,) = [each.text.split() for each in root.iter(W + "instrText")]
    assert field[0] == "PAGEREF"
    assert found[field[1]] == "終わり"
    assert texts(root[0]) == ["諮問書", "p. ", "3"]
    (link,) = root.iter(W + "hyperlink")
    assert found[link.get(W + "anchor")] == "本文である。"
    assert value(link, "r/rPr/color") is None


def test_a_reference_to_a_paper_in_another_file_is_plain_text() -> None:
    (paragraph,) = opened(document(COVER)).paragraphs
    assert paragraph.text == "諮問書p. 3"
    assert not [*paragraph._element.iter(W + "instrText"), *paragraph._element.iter(W + "hyperlink")]


def test_the_end_of_a_paper_is_behind_its_last_table() -> None:
    root = body(REQUEST, LETTER)
    last = root[2]
    assert last.tag == W + "p"
    assert bookmarks(last) == {"paper1_last": ""}
    assert value(last, "pPr/spacing", "line") == "20"  # 1 pt: never a page of its own
    assert last.find(f"{W}pPr/{W}sectPr") is not None


def test_bookmarks_of_paragraphs_have_names_that_word_takes() -> None:
    marked = replace(TEXT, bookmark="6 業務の内容/（１）" + "長" * 50)
    own, hidden = sorted(
        set(bookmarks(body((marked,)))) - {"paper1_first", "paper1_last"}, key=lambda name: name[0] == "_"
    )
    assert re.fullmatch(r"[^\W\d]\w{,39}", own)
    assert re.fullmatch(r"_kb[0-9a-f]{16}", hidden)


def hidden(*blocks: Block) -> list[str]:
    return [name for name in bookmarks(body(blocks)) if name.startswith("_kb")]


def test_a_paragraph_keeps_its_hidden_bookmark_where_others_change() -> None:
    first, second, third = hidden(para("節本文", "甲"), para("節本文", "乙"), para("節本文", "甲"))
    assert len({first, second, third}) == 3
    assert hidden(para("節本文", "新"), para("節本文", "甲"), table("表", (8,), row("丙")), para("節本文", "乙"))[
        1::2
    ] == [
        first,
        second,
    ]


def test_the_digest_of_the_source_is_a_property() -> None:
    paper = Paper(key="a", name="紙", blocks=(TEXT,), source="ab12")
    one, two = (
        write_docx(document(*papers), base()) for papers in ((paper,), (paper, replace(paper, key="b", source="cd")))
    )
    assert "".join(part(one, "docProps/custom.xml").itertext()) == "sha256:ab12"
    assert re.fullmatch("sha256:[0-9a-f]{64}", "".join(part(two, "docProps/custom.xml").itertext()))
    assert "docProps/custom.xml" not in zipfile.ZipFile(BytesIO(write_docx(document((TEXT,)), base()))).namelist()


def test_the_title_of_a_paper_is_the_highest_heading() -> None:
    heading = replace(para("節見出し", "理由", label="１", tab=True), heading=1)
    article = replace(para("条見出し", "（目的）"), heading=2)
    levels = [value(each, "pPr/outlineLvl") for each in body((para("標題", "諮問"), heading, article)).iter(W + "p")]
    assert levels == ["0", "1", "2"]


def test_numbers_and_names_of_marks_are_unique() -> None:
    root = body(COVER, REQUEST, LETTER, (replace(TEXT, bookmark="a"), para("写しの印", Enclosed("写"), Enclosed("写"))))
    for kind in ("bookmarkStart", "fitText"):
        ids = [each.get(W + "id") for each in root.iter(W + kind)]
        assert len(ids) == len(set(ids))
    drawings = [each.get("id") for each in root.iter() if str(each.tag).endswith("}docPr")]
    assert len(drawings) == len(set(drawings)) == 2


# -- tables ---------------------------------------------------------------------------------------------------------


def test_a_table_has_its_style_fixed_widths_and_a_repeated_head() -> None:
    (found,) = opened(document((RULED,))).tables
    assert found.style.name == "表"
    assert not found.autofit
    assert [column.width.pt for column in found.columns] == pytest.approx([8 * 12 + 10.8, 29 * 12 + 10.8], abs=0.1)
    assert [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in found.rows] == [True, False]
    assert not list(found._element.iter(W + "cantSplit"))
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["項目", "内容"], ["件数", "約1,000件／年"]]


def test_merged_cells_cover_their_places() -> None:
    grid = table(
        "表",
        (4, 4, 8),
        row(cell("項目"), cell("内容", columns=2), head=True),
        row(cell("体制", rows=2), "管理", "課長"),
        row("運用", "係長"),
        row(cell("場所", columns=2, rows=2), "区"),
        row("外"),
    )
    (found,) = opened(document((grid,))).tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["項目", "内容", "内容"],
        ["体制", "管理", "課長"],
        ["体制", "運用", "係長"],
        ["場所", "場所", "区"],
        ["場所", "場所", "外"],
    ]


@pytest.mark.parametrize(
    ("width", "inside", "left"), [(20, "", 0), (20, "節本文", 12), (40, "", -4.6), (40, "節本文", 1.4)]
)
def test_a_table_too_wide_stands_out_on_both_sides(width: float, inside: str, left: float) -> None:
    found = body((TEXT, table("表", (width,), row("語"), inside=inside)))[1]
    assert int(value(found, "tblPr/tblInd", "w") or 0) / 20 == pytest.approx(left, abs=0.15)


def test_tables_one_below_the_other_or_in_a_cell_stay_apart() -> None:
    inner = table("表", (4,), row("中"))
    root = body((TEXT, RULED, RULED, table("表", (20,), row(cell(inner)))))
    assert [each.tag.removeprefix(W) for each in root] == ["p", "tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]
    (content,) = [each for each in root[5].iter(W + "tc") if each.find(W + "tbl") is not None]
    assert content[-1].tag == W + "p"


def test_a_row_that_is_not_parted_says_so() -> None:
    rows = [row("甲", head=True), replace(row("乙"), whole=True)]
    (head, whole) = (tr for block in body((table("表", (8,), *rows),)) for tr in block.iter(W + "tr"))
    assert [each.tag for each in head.iterfind(f"{W}trPr/*")] == [W + "tblHeader"]
    assert [each.tag for each in whole.iterfind(f"{W}trPr/*")] == [W + "cantSplit"]


def test_no_rule_parts_joined_rows() -> None:
    rows = (row("甲", "乙"), replace(row("丙", "丁"), joined=True), row("戊", "己"))
    borders = [
        [each.tag.removeprefix(W) for each in cell.iterfind(f"{W}tcPr/{W}tcBorders/*")]
        for cell in body((table("表", (8, 29), *rows),)).iter(W + "tc")
    ]
    assert borders == [["bottom"], ["bottom"], ["top"], ["top"], [], []]


# -- the file -------------------------------------------------------------------------------------------------------


def setting(written: Document, name: str) -> str | None:
    return value(part(write_docx(written, base()), "word/settings.xml"), name)


@pytest.mark.parametrize(
    ("squeeze", "control", "mode"), [(False, "doNotCompress", "15"), (True, "compressPunctuation", "14")]
)
def test_squeezing_is_words_character_spacing_control_in_the_mode_that_squeezes_cells(
    squeeze: bool, control: str, mode: str
) -> None:
    written = replace(document((TEXT,)), squeeze=squeeze)
    assert setting(written, "characterSpacingControl") == control
    settings = part(write_docx(written, base()), "word/settings.xml")
    modes = {each.get(W + "name"): each.get(W + "val") for each in settings.iter(W + "compatSetting")}
    assert modes["compatibilityMode"] == mode


def test_base_says_what_makes_word_do_what_layout_does() -> None:
    styles, settings, fonts = (
        part(write_docx(document((TEXT,)), base()), f"word/{name}.xml") for name in ("styles", "settings", "fontTable")
    )
    (defaults,) = styles.iter(W + "rPrDefault")
    assert value(defaults, "rPr/kern") == "2"  # without it, adjacent marks never close up
    assert settings.find(f"{W}compat/{W}balanceSingleByteDoubleByteWidth") is None  # it doubles letter-spacing
    assert all(len(each.get(W + "val")) <= 31 and "," not in each.get(W + "val") for each in fonts.iter(W + "altName"))
    assert all(0 <= int(each.get(W + "val")) <= 99 for each in styles.iter(W + "uiPriority"))


def test_the_gallery_shows_the_styles_that_a_clerk_uses() -> None:
    styles = part(write_docx(document((TEXT,)), base()), "word/styles.xml")
    own = [style for style in styles.iter(W + "style") if style.get(W + "type") == "paragraph"]
    shown = {value(style, "name") for style in own if style.find(W + "qFormat") is not None}
    assert {"標題", "Body Text", "節見出し", "項目1", "表本文"} <= shown
    assert len(shown) < 32 < len(own)
    assert all((value(each, "name") in shown) is (each.find(W + "semiHidden") is None) for each in own)


def test_strict_kinsoku_is_a_setting() -> None:
    for strict in (False, True):
        settings = part(write_docx(replace(document((TEXT,)), strict_kinsoku=strict), base()), "word/settings.xml")
        assert (settings.find(W + "strictFirstAndLastChars") is not None) is strict
        said = {name: settings.find(f"{W}noLineBreaks{name}") for name in ("Before", "After")}
        sets = {name: set(each.get(W + "val")) for name, each in said.items() if each is not None}
        assert sets["After"] == NOT_ENDING
        assert sets["Before"] < NOT_STARTING_STRICT if strict else sets["Before"] == NOT_STARTING
        assert sets["Before"] >= NOT_STARTING | (set("ぁっゃョー") if strict else set())
        assert max(map(len, sets.values())) <= 100  # Word takes no more


def test_the_font_of_the_house_style_replaces_that_of_base() -> None:
    styles = part(write_docx(replace(document((TEXT,)), font="ＭＳ <明朝>"), base()), "word/styles.xml")
    (fonts,) = styles.iter(W + "rFonts")
    assert {fonts.get(W + slot) for slot in ("ascii", "eastAsia", "hAnsi")} == {"ＭＳ <明朝>"}


def test_marks_hang_in_cells_where_the_house_wants_it() -> None:
    for wanted in (False, True):
        styles = part(write_docx(replace(document((TEXT,)), hang_in_cells=wanted), base()), "word/styles.xml")
        assert (styles.find(f"{W}style/{W}pPr/{W}overflowPunct") is None) is wanted


@pytest.mark.parametrize(("font", "added"), [("", []), ("ＭＳ 明朝", []), ("游明朝", ["游明朝"])])
def test_the_font_table_names_the_font_of_the_house_style(font: str, added: list[str]) -> None:
    table = part(write_docx(replace(document((TEXT,)), font=font), base()), "word/fontTable.xml")
    assert [each.get(W + "name") for each in table.iter(W + "font")] == ["BIZ UD明朝", "ＭＳ 明朝", *added]


def test_core_properties_and_language() -> None:
    data = write_docx(replace(document((TEXT,)), author="総務課", subject="諮問 & 依頼"), base())
    properties = opened(data).core_properties
    assert (properties.title, properties.author, properties.subject) == ("題名", "総務課", "諮問 & 依頼")
    assert properties.language == "ja-JP"
    styles = part(data, "word/styles.xml")
    assert value(styles, "docDefaults/rPrDefault/rPr/lang", "eastAsia") == "ja-JP"


def test_two_builds_give_the_same_bytes_and_no_date() -> None:
    papers = document(COVER, LETTER, REQUEST)
    data = write_docx(papers, base())
    assert data == write_docx(papers, base())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# -- text stays text ------------------------------------------------------------------------------------------------

HOSTILE = [
    "<w:p/>",
    "&lt;&amp;",
    "]]>",
    "{{ x }}{% y %}",
    "\"'",
    "\x00\x0b\x1f",
    "\u202e右から",
    "\ufffe\ud800",
    " 端 ",
]


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_stays_text(said: str) -> None:
    check_text(said)


@given(st.text(max_size=30))
def test_any_text_stays_text(said: str) -> None:
    check_text(said)


def check_text(said: str) -> None:
    """Wherever text may stand, it comes back as it was, but for what XML cannot hold."""
    inlines = (
        Run(text=said),
        Run(text=said, fit_em=9),
        Run(text=said, gap_em=1, link="p0"),
        PageRef("p0", "first", said),
        Enclosed(said),
    )
    paragraph = Paragraph(role="項目1", inlines=inlines, label=said, tab=True, bookmark=said)
    papers = document((paragraph, table("表", (9,), row(cell(replace(paragraph, bookmark=""))))))
    data = write_docx(replace(papers, title=said, author=said, subject=said), base())
    root = part(data, "word/document.xml")
    kept = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", said)
    for written in (root[0][0], root[0][1]):
        assert "".join(texts(written)) == kept * 6
    assert opened(data).core_properties.title.strip("\t\n ") == kept.strip("\t\n ")
