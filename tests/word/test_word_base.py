"""base.docx: what it says, that a change made in Word is understood, and that a broken one is explained."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from support.word_samples import (
    BASE,
    W,
    base,
    cell,
    document,
    edited_base,
    in_style,
    opened,
    para,
    part,
    row,
    table,
    value,
)

from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.stylesheet import Stylesheet
from kotobuki.word.base import check_roles
from kotobuki.word.base_file import read_base, read_stylesheet
from kotobuki.word.writer import write_docx

SHEET = base().stylesheet
EM = 12.0

# label column, continuation column and tab stops, in em of the role's own size
COLUMNS: dict[str, tuple[float, float, tuple[float, ...]]] = {
    "節見出し": (0, 1, (2, 3)),
    "節本文": (2, 1, ()),
    "本文": (1, 0, ()),
    "宛先氏名": (3, 3, ()),
    "項目1": (0, 1, (2, 3)),
    "空き項目1": (0, 1, (2, 3)),
    "項目2": (0, 2, (3, 4)),
    "項目3": (2, 3, (4, 5)),
    "項目4": (3, 5, (6, 7)),
    "項目5": (5, 6, (7, 8)),
    "項目6": (6, 8, (9, 10)),
    "項目1本文": (2, 1, ()),
    "項目2本文": (3, 2, ()),
    "項目3本文": (4, 3, ()),
    "項目4本文": (6, 5, ()),
    "項目5本文": (7, 6, ()),
    "項目6本文": (9, 8, ()),
    "注": (0, 1, (2, 3)),
    "注本文": (2, 1, ()),
    "箇条": (0, 1, (2,)),
    "箇条本文": (2, 1, ()),
    "日程年": (1, 1, ()),
    "事業者": (1, 2, ()),
    "表本文": (1, 0, ()),
    "表語句": (0, 0, ()),
    "小表本文": (1, 0, ()),
    "小表語句": (0, 0, ()),
    "条見出し": (1, 1, ()),
    "条": (0, 1, (4, 5, 6, 7, 8)),
    "見出しのない条": (0, 1, (4, 5, 6, 7, 8)),
    "項": (0, 1, (2, 3)),
    "条本文": (1, 0, ()),
    "号": (0, 2, (3, 4)),
    "号本文": (2, 2, ()),
    "細分1": (2, 3, (4, 5)),
    "細分1本文": (4, 3, ()),
    "細分2": (3, 5, (6, 7)),
    "細分2本文": (6, 5, ()),
    "細分3": (5, 6, (7, 8)),
    "細分3本文": (7, 6, ()),
    "規程注": (0, 1, (2, 3)),
    "規程注本文": (2, 1, ()),
    "規程箇条": (0, 1, (2,)),
    "規程箇条本文": (2, 1, ()),
    "規程事業者": (1, 2, ()),
    "規程日付": (31, 31, (34,)),
    "章": (3, 3, (7, 8, 9)),
    "章の節": (4, 4, (8, 9, 10)),
    "附則": (3, 3, ()),
}
LEFT = {"節見出し", "宛先氏名", "日程年", "条見出し", "規程日付", "章", "章の節", "附則"}
OTHERS = {
    "議案番号",
    "会議回次",
    "資料名",
    "表紙件名",
    "表紙主管課",
    "表紙主管課続き",
    "発信者続き",
    "添付資料見出し",
    "添付資料",
}
OTHERS |= {"写しの印", "文書番号", "日付", "宛先", "発信者", "標題", "記", "表題", "日程月", "日程内容"}
OTHERS |= {"表見出し", "表項目", "ページ番号", "案", "標準"}
OTHERS |= {"小表見出し", "小表項目", "表数値", "小表数値", "別紙標示", "別紙題名", "別表標示", "規程題名"}
SMALL = 10.5
TWINS = [
    *(f"項目{n}{kind}" for n in range(1, 7) for kind in ("", "本文")),
    "注",
    "注本文",
    "箇条",
    "箇条本文",
    "事業者",
]


def test_every_role_has_a_style() -> None:
    assert set(SHEET.paragraphs) == {
        *COLUMNS,
        *OTHERS,
        *(f"{family}{twin}" for twin in TWINS for family in ("表", "小表")),
    }
    assert set(SHEET.tables) == {"表", "罫線なし", "小表", "小罫線なし"}


@pytest.mark.parametrize(("role", "columns"), COLUMNS.items())
def test_items_stand_in_their_columns(role: str, columns: tuple[float, float, tuple[float, ...]]) -> None:
    style = SHEET.paragraphs[role]
    em = style.size
    assert ((style.left + style.first_line) / em, style.left / em, tuple(tab / em for tab in style.tabs)) == columns
    assert style.align == ("left" if role in LEFT else "both")


@pytest.mark.parametrize("twin", TWINS)
def test_a_style_for_cells_differs_from_its_twin_in_pitch_and_hanging_only(twin: str) -> None:
    in_text = SHEET.paragraphs[twin]
    assert SHEET.paragraphs[f"表{twin}"] == replace(in_text, name=f"表{twin}", line=17.5, hang=False)


@pytest.mark.parametrize("twin", TWINS)
def test_a_style_of_small_type_has_the_columns_of_its_twin(twin: str) -> None:
    def in_em(role: str) -> tuple[float, ...]:
        style = SHEET.paragraphs[role]
        return tuple(length / style.size for length in (style.left, style.first_line, *style.tabs))

    assert SHEET.paragraphs[f"小表{twin}"].size == SMALL
    assert in_em(f"小表{twin}") == in_em(f"表{twin}")


def test_a_regulation_has_45_lines_of_46_characters() -> None:
    style = SHEET.paragraphs["条"]
    assert style.size == SMALL
    assert SHEET.page.text_width / style.size == pytest.approx(45.9, abs=0.05)
    assert int(SHEET.page.text_height / style.line) == 45


def test_the_page_holds_40_characters_of_12_pt() -> None:
    assert SHEET.em == EM
    assert SHEET.page.text_width == pytest.approx(170 / 25.4 * 72, abs=0.05)
    assert SHEET.page.text_height == pytest.approx(257 / 25.4 * 72, abs=0.05)
    assert SHEET.page.header == SHEET.page.footer == pytest.approx(10 / 25.4 * 72, abs=0.05)
    assert int(SHEET.page.text_height / base().grid) == 40  # lines, as a clerk reads it in the page setup


def test_the_title_on_the_cover_holds_4_and_18_characters() -> None:
    style = SHEET.paragraphs["表紙件名"]
    assert (style.size, style.line, style.first_line) == (20, 34, -80)
    assert SHEET.page.text_width - style.left - style.right == pytest.approx(18 * 20)
    assert style.left + style.first_line == pytest.approx(style.right)
    office = SHEET.paragraphs["表紙主管課"]
    assert office.left + office.first_line == pytest.approx(style.left + style.first_line)


def test_table_styles_have_margins_and_rules() -> None:
    ruled, plain = SHEET.tables["表"], SHEET.tables["罫線なし"]
    assert (ruled.cell_left, ruled.cell_right, ruled.cell_top, ruled.cell_bottom, ruled.rule) == (5.4, 5.4, 0, 0, 0.5)
    assert (plain.cell_left, plain.cell_right, plain.cell_top, plain.cell_bottom, plain.rule) == (0, 0, 0, 0, 0)
    assert SHEET.tables["小表"] == replace(ruled, name="小表", em=SMALL)
    assert [SHEET.table_em(name) for name in ("表", "小表")] == [EM, SMALL]


def test_no_custom_style_takes_a_name_that_a_japanese_word_gives_its_own() -> None:
    # Word would merge the two; these roles are Word's own styles in the file, which it shows by the role's name.
    for role in ("標準", "本文", "日付", "記", "表題", "ページ番号"):
        key = base().paragraph_ids[role]
        found = next(style for style in part(BASE.read_bytes(), "word/styles.xml") if style.get(W + "styleId") == key)
        assert found.get(W + "customStyle") is None
        assert (value(found, "name") or "").isascii()


def test_base_is_lean_and_free_of_macros() -> None:
    with zipfile.ZipFile(BASE) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        assert sum(info.file_size for info in archive.infolist()) < 80_000


# -- changed in Word ------------------------------------------------------------------------------------------------


def read(path: Path) -> tuple[Stylesheet, list[Diagnostic]]:
    diagnostics = Diagnostics()
    return read_stylesheet(path, diagnostics), list(diagnostics)


def test_a_changed_standard_style_changes_all_that_inherit(tmp_path: Path) -> None:
    sheet, found = read(edited_base(tmp_path, in_style("標準", '<w:sz w:val="24"/>', '<w:sz w:val="22"/>')))
    assert not found
    assert sheet.em == sheet.paragraphs["表項目3本文"].size == 11
    assert sheet.paragraphs["表紙件名"].size == 20  # has its own


def test_a_changed_style_changes_the_sheet_and_the_written_paper(tmp_path: Path) -> None:
    changed = read_base(edited_base(tmp_path, in_style("節本文", 'w:left="240"', 'w:left="720"')), Diagnostics())
    assert changed.stylesheet.paragraphs["節本文"].left == 36
    paper = opened(write_docx(document((para("節本文", "文"), para("項目1", "文", inside="節本文"))), changed))
    plain, shifted = paper.paragraphs
    assert plain.style.paragraph_format.left_indent.pt == 36
    assert shifted.paragraph_format.left_indent.pt == 36 + 12


def test_attributes_are_inherited_one_by_one_and_tab_stops_add_up(tmp_path: Path) -> None:
    sheet, found = read(edited_base(tmp_path, in_style("箇条", '"BodyText"', '"Item3"')))
    assert not found
    bullet = sheet.paragraphs["箇条"]
    assert (bullet.left, bullet.first_line, bullet.tabs) == (12, -12, (24, 48, 60))


def test_a_hanging_indent_replaces_an_inherited_first_line_indent(tmp_path: Path) -> None:
    change = in_style("節本文", 'w:left="240" w:firstLine="240"', 'w:start="480" w:hanging="120"')
    assert (style := read(edited_base(tmp_path, change))[0].paragraphs["節本文"]).first_line == -6
    assert style.left == 24


def test_a_style_based_on_itself_is_read(tmp_path: Path) -> None:
    sheet, found = read(edited_base(tmp_path, in_style("節本文", '"BodyText"', '"SectionText"')))
    assert sheet.paragraphs["節本文"].left == 12
    assert {each.rule for each in found} == {"base-line"}  # what it inherited is gone, and that is said


def test_indents_counted_in_characters_give_way_to_lengths(tmp_path: Path) -> None:
    # A Japanese Word notes both; the count would overrule the shifted indent of a paragraph.
    change = in_style("項目2", "<w:ind ", '<w:ind w:leftChars="200" w:hangingChars="200" ')
    changed = read_base(edited_base(tmp_path, change), Diagnostics())
    assert changed.stylesheet.paragraphs["項目2"].left == 24
    styles = part(write_docx(document((para("項目2", "文"),)), changed), "word/styles.xml")
    assert not [name for indent in styles.iter(W + "ind") for name in indent.attrib if "Chars" in str(name)]


def test_a_gutter_is_margin(tmp_path: Path) -> None:
    path = edited_base(tmp_path, ('w:gutter="0"', 'w:gutter="200"'), part="word/document.xml")
    assert read(path)[0].page.left == pytest.approx(56.7 + 10)


# -- broken, or beyond what both outputs can show -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        (("標準", '"exact"', '"auto"'), "base-line", "スタイル「標準」ほか39の行間が固定値ではありません"),
        (("標題", '"center"', '"distribute"'), "base-align", "スタイル「標題」の配置「distribute」は使えません"),
        (("表紙件名", '"1600"', '"4字"'), "base-number", "スタイル「表紙件名」のインデント「4字」を読めません"),
        (("案", '"案"', '"案文"'), "base-style", "スタイル「案」がありません"),
        (("標準", "<w:sz ", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/><w:sz '), "base-font", "フォントが名前で"),
        (("表紙件名", "<w:sz ", "<w:b/><w:sz "), "base-unseen", "「表紙件名」の「太字」は PDF には表れません"),
        (("標準", "<w:kinsoku/>", '<w:kinsoku w:val="0"/>'), "base-unseen", "禁則処理を行わない"),
        (("標題", "</w:pPr>", '<w:shd w:val="clear" w:fill="FFFF00"/></w:pPr>'), "base-unseen", "「標題」の「網かけ」"),
        (("表紙件名", "<w:sz ", '<w:rFonts w:ascii="Century"/><w:sz '), "base-unseen", "英数字用のフォント（Century）"),
        (("表紙件名", '<w:sz w:val="40"/>', '<w:sz w:val="0"/>'), "base-number", "文字の大きさ「0」を読めません"),
    ],
)
def test_a_style_that_cannot_be_followed_is_explained(
    tmp_path: Path, change: tuple[str, str, str], rule: str, said: str
) -> None:
    _, found = read(edited_base(tmp_path, in_style(*change)))
    assert [each.rule for each in found] == [rule]
    assert said in found[0].reason
    assert found[0].severity == ("warning" if rule == "base-unseen" else "error")


@pytest.mark.parametrize("plain", ['<w:b w:val="0"/>', '<w:color w:val="auto"/>', '<w:w w:val="100"/>'])
def test_properties_that_change_nothing_are_no_fault(tmp_path: Path, plain: str) -> None:
    assert not read(edited_base(tmp_path, in_style("表紙件名", "<w:sz ", f"{plain}<w:sz ")))[1]


def test_missing_margins_are_explained(tmp_path: Path) -> None:
    path = edited_base(tmp_path, ("<w:pgMar ", "<w:pgMarx "), ("<w:pgSz ", "<w:pgSzx "), part="word/document.xml")
    sheet, found = read(path)
    assert [each.rule for each in found] == ["base-page"]
    assert sheet.page.text_width > 0


@pytest.mark.parametrize("content", [b"", b"no zip file", BASE.read_bytes()[:3000], b"\xd0\xcf\x11\xe0 password"])
def test_a_file_that_is_no_document_is_explained(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "base.docx"
    path.write_bytes(content)
    sheet, found = read(path)
    assert [each.rule for each in found] == ["base-file"]
    assert "標準" in sheet.paragraphs


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    read_base(tmp_path / "base.docx", diagnostics, "templates/base.docx")
    (found,) = diagnostics
    assert str(found.place) == "templates/base.docx"
    assert "ファイルがありません" in found.reason


@pytest.mark.parametrize("name", ["word/styles.xml", "word/document.xml"])
def test_broken_xml_is_explained(tmp_path: Path, name: str) -> None:
    path = edited_base(tmp_path, ("<w:docDefaults>", "<") if "styles" in name else ("<w:body>", "<"), part=name)
    assert [each.rule for each in read(path)[1]] == ["base-file"]


def test_a_strict_open_xml_document_is_explained(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    path = edited_base(tmp_path, (word, "http://purl.oclc.org/ooxml/wordprocessingml/main"), part="word/document.xml")
    assert [each.rule for each in read(path)[1]] == ["base-file"]


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    doctype = f'<!DOCTYPE w:styles [<!ENTITY s SYSTEM "{secret.as_uri()}">]><w:styles '
    path = edited_base(tmp_path, ("<w:styles ", doctype), ('<w:name w:val="案"/>', '<w:name w:val="案"/>&s;'))
    assert "秘密" not in read_base(path, Diagnostics()).styles


@pytest.mark.parametrize("lost", ["小表項目6本文", "規程注", "細分3"])
def test_every_role_is_asked_for_whether_a_document_has_it_or_not(lost: str) -> None:
    sheet = replace(SHEET, paragraphs={name: style for name, style in SHEET.paragraphs.items() if name != lost})
    diagnostics = Diagnostics()
    check_roles(document((para("本文", "文"),)), sheet, "base.docx", diagnostics)
    assert [each.reason for each in diagnostics] == [f"スタイル「{lost}」がありません"]


def test_styles_that_a_document_needs_and_base_lacks_are_named() -> None:
    diagnostics = Diagnostics()
    inner = table("表紙", (4,), row(cell(para("表項目９", "語", inside="節本文/節みだし"))))
    check_roles(document((para("節本文", "文"), inner)), SHEET, "base.docx", diagnostics)
    assert [each.reason for each in diagnostics] == [
        "スタイル「節みだし」がありません",
        "スタイル「表紙」がありません",
        "スタイル「表項目９」がありません",
    ]
