"""What LibreOffice prints of the written .docx: the places of things on the page, as a reader would see them."""

from __future__ import annotations

from functools import cache

import pytest
from support.office import Word, pages, to_pdf, words
from support.pdftools import fonts
from support.word_samples import base, cell, document, para, row, table

from kotobuki.document import Enclosed, PageRef, Paper, Run
from kotobuki.word.writer import write_docx

pytestmark = [pytest.mark.office, pytest.mark.pdftools]


EM = 12.0
PAGE = base().stylesheet.page
LEFT, RIGHT, TOP = PAGE.left, PAGE.width - PAGE.right, PAGE.top
LONG = "区民の意見を聴く" * 12

LETTER = (
    para("写しの印", Enclosed("写")),
    para("文書番号", Run(text="総総送第八十号", fit_em=9.5)),
    para("日付", Run(text="令和四年五月", fit_em=9.5)),
    para("宛先", "審査会"),
    para("宛先氏名", Run(text="会長", fit_em=3, gap_em=2), Run(text="村島章惠", fit_em=7, gap_em=2), "殿"),
    para("標題", "諮問について（諮問）"),
    para("宛先", "WebiIl"),
    para("節見出し", "諮問理由", label="１", tab=True),
    para("節本文", LONG),
    para("項目2", LONG, label="（１）", inside="節本文"),
    para("表紙件名", Run(text="件名", fit_em=3), "：", "国" * 19),
)
COVER = Paper(
    key="cover",
    name="表紙",
    blocks=(para("添付資料", "一", PageRef("b", "first", "?"), "から", PageRef("b", "last", "?")),),
    numbering="none",
)
LINES = tuple(para("本文", f"行{number}") for number in range(60))
LISTED = Paper(key="b", name="依頼書", blocks=LINES, numbering="start", first_page=2)
COLUMNS = (8.0, 3.5, 12.0)
TABLES = (
    *(
        table(style, COLUMNS, row(*(sign * int(width) for sign, width in zip("甲乙丙", COLUMNS, strict=True))))
        for style in ("表", "罫線なし")
    ),
    table("表", (34.0, 9.0), row("国" * 34, "端")),
)
LONG_TABLE = table(
    "表",
    (8.0, 29.0),
    row(cell(para("表見出し", Run(text="項目", fit_em=3))), cell(para("表見出し", "内容")), head=True),
    row(cell(para("表項目", "対策")), cell(*(para("表項目1", f"措置{at}", label="ア", tab=True) for at in range(60)))),
)


@cache
def printed() -> dict[str, bytes]:
    files = {
        "letter": document(LETTER),
        "bundle": document(
            COVER, LISTED, Paper(key="c", name="別紙", blocks=(LONG_TABLE,), numbering="continue", draft=True)
        ),
        "alone": document(LISTED),
        "tables": document(TABLES),
        "full": document((*LINES[:38], table("表", (8.0,), row("末"))), (para("本文", "次"),)),
    }
    return to_pdf({name: write_docx(each, base()) for name, each in files.items()})


def found(name: str, text: str) -> list[Word]:
    return [word for word in words(printed()[name]) if word.text == text]


def place(name: str, text: str) -> Word:
    (word,) = found(name, text)
    return word


def lines(name: str) -> list[tuple[float, float, str]]:
    """Left edge, right edge and text of each line, spread and spaced text put together again."""
    by_line: dict[tuple[int, float], list[Word]] = {}
    for word in words(printed()[name]):
        by_line.setdefault((word.page, word.top), []).append(word)
    return [
        (min(each.left for each in line), max(each.right for each in line), "".join(each.text for each in line))
        for line in by_line.values()
    ]


def test_half_width_characters_are_half_an_em() -> None:
    # The typeface of base.docx must be one whose Latin letters keep the grid, here as in Word.
    assert {font["name"].split("+")[-1] for font in fonts(printed()["bundle"])} == {"BIZUDMincho-Regular"}
    (web,) = [(left, right) for left, right, text in lines("letter") if text == "WebiIl"]
    assert web[1] - web[0] == pytest.approx(6 * EM / 2, abs=0.1)


def test_number_and_date_have_common_edges() -> None:
    for text in ("総総送第八十号", "令和四年五月"):
        ((left, right),) = [(left, right) for left, right, line in lines("letter") if line == text]
        assert (left, right) == pytest.approx((RIGHT - 10.5 * EM, RIGHT - EM), abs=0.3)


def test_names_are_spread_to_their_width_and_gaps_kept() -> None:
    column = LEFT + 3 * EM
    expected = {"会": 0, "長": 2, "村": 5, "島": 7, "章": 9, "惠": 11, "殿": 14}
    for character, em in expected.items():
        assert place("letter", character).left == pytest.approx(column + em * EM, abs=0.2)


def test_the_copy_mark_is_a_small_character_in_the_middle_of_its_circle() -> None:
    mark = place("letter", "写")
    middle = LEFT + 0.6 * EM
    assert (mark.left + mark.right) / 2 == pytest.approx(middle, abs=0.2)
    assert mark.right - mark.left == pytest.approx(0.62 * EM, abs=0.2)


def test_items_hang_in_their_columns() -> None:
    edges = [round((left - LEFT) / EM, 1) for left, _, text in lines("letter") if LONG[:8] in text]
    # 節本文 2/1, then 項目2 inside it: its label at 1, continued at 3
    assert edges == [2, 1, 1, 1, 3, 3]


def test_the_title_on_the_cover_has_18_characters_a_line() -> None:
    first, second = (word for word in words(printed()["letter"]) if "国" in word.text)
    assert (first.text.count("国"), second.text.count("国")) == (18, 1)
    assert second.left == pytest.approx(first.right - 18 * 20, abs=0.3)


def test_pages_are_numbered_as_the_papers_say() -> None:
    feet = [page.strip().splitlines()[-1].strip() for page in pages(printed()["bundle"])]
    assert [foot.replace(" ", "") for foot in feet] == ["一2から3", "2", "3", "4", "5"]
    assert [page.strip().splitlines()[-1].strip() for page in pages(printed()["alone"])] == ["2", "3"]


def test_drafts_are_marked_in_the_head_margin() -> None:
    marks = found("bundle", "案")
    assert [mark.page for mark in marks] == [4, 5]
    for mark in marks:
        assert mark.bottom < TOP
        assert mark.right == pytest.approx(RIGHT, abs=0.3)


def test_a_long_row_goes_on_under_the_repeated_head() -> None:
    for page in pages(printed()["bundle"])[3:]:
        assert "内容" in page
    assert len(found("bundle", "対策")) == 1


def test_a_column_holds_as_many_characters_as_it_is_wide() -> None:
    assert [text for _, _, text in lines("tables")] == ["甲" * 8 + "乙" * 3 + "丙" * 12] * 2 + ["国" * 34 + "端", "1"]


def test_tables_stand_at_the_text_area_or_out_of_it_on_both_sides() -> None:
    (ruled, *_), (plain, *_), (wide, *_), _ = lines("tables")
    assert ruled == pytest.approx(LEFT + 5.4, abs=0.6)
    assert plain == pytest.approx(LEFT, abs=0.3)
    width = (34 + 9) * EM + 4 * 5.4
    assert wide == pytest.approx((PAGE.width - width) / 2 + 5.4, abs=0.6)


def test_a_table_at_the_foot_of_a_page_makes_no_page_of_its_own() -> None:
    assert len(pages(printed()["full"])) == 2
