"""What stands on a page as what: headings, lists, tables and links, told by roles and by what they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from support.layout_toys import cell, lines, pages_of, para, row, table, text_lines, toy_sheet

from kotobuki.document import Block, Enclosed, Paragraph, Row, Run
from kotobuki.layout.page import Page
from kotobuki.layout.structure import Element, Part
from kotobuki.stylesheet import Stylesheet

ROLES = (
    "節見出し",
    "節本文",
    "項目1",
    "項目1本文",
    "項目2",
    "項目2本文",
    "箇条",
    "注",
    "条",
    "項",
    "号",
    "表題",
    "添付資料",
)


def sheet(height: float = 40) -> Stylesheet:
    """The toy sheet with the roles that Kotobuki gives."""
    toy = toy_sheet(height)
    plain = toy.paragraphs["文"]
    return replace(toy, paragraphs={**toy.paragraphs, **{role: replace(plain, name=role) for role in ROLES}})


def outline(*blocks: Block, height: float = 40) -> list[str]:
    """The elements below the paper, each with the words that belong to it."""
    pages = pages_of(*blocks, sheet=sheet(height))
    return list(_branch(_top(pages), words_of(pages), ""))


def words_of(pages: Sequence[Page]) -> dict[Element | None, str]:
    """The words of each element, and under None those of artifacts."""
    found: dict[Element | None, str] = {}
    for page in pages:
        for line in text_lines(page):
            drawn = "".join(span.text for span in line.spans)
            ends = [*(part.start for part in line.parts[1:]), len(drawn)]
            for part, end in zip(line.parts or (Part(0, None),), ends, strict=True):
                found[part.element] = found.get(part.element, "") + drawn[part.start : end]
    return found


def _top(pages: Sequence[Page]) -> Element:
    element = next(element for element in words_of(pages) if element)
    while element.parent:
        element = element.parent
    return element


def _branch(element: Element, words: dict[Element | None, str], indent: str) -> Iterator[str]:
    for each in element.children:
        yield " ".join(filter(None, [indent + each.kind, words.get(each, "")]))
        yield from _branch(each, words, indent + " ")


def item(text: str, role: str, label: str, inside: str = "") -> Paragraph:
    return para(text, role, label=label, inside=inside)


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        pytest.param(
            [para("題", "標題"), para("一", "節見出し", heading=1, label="１"), para("文", "節本文")],
            ["H1 題", "H2 １一", "P 文"],
            id="a title is the first heading",
        ),
        pytest.param(
            [para("一", "節見出し", heading=1), para("子", "節見出し", heading=3), para("二", "節見出し", heading=1)],
            ["H1 一", "H2 子", "H1 二"],
            id="no level is left out",
        ),
        pytest.param(
            [item("甲", "項目1", "１"), para("続き", "項目1本文"), item("乙", "項目1", "２"), para("外", "節本文")],
            [
                "L",
                " LI",
                "  Lbl １",
                "  LBody",
                "   P 甲",
                "   P 続き",
                " LI",
                "  Lbl ２",
                "  LBody",
                "   P 乙",
                "P 外",
            ],
            id="an item goes on with its body",
        ),
        pytest.param(
            [
                item("甲", "項目1", "１"),
                item("子", "項目2", "(1)"),
                item("丑", "項目2", "(2)"),
                item("乙", "項目1", "２"),
            ],
            [
                *("L", " LI", "  Lbl １", "  LBody", "   P 甲", "   L"),
                *("    LI", "     Lbl (1)", "     LBody", "      P 子"),
                *("    LI", "     Lbl (2)", "     LBody", "      P 丑"),
                *(" LI", "  Lbl ２", "  LBody", "   P 乙"),
            ],
            id="a list in an item",
        ),
        pytest.param(
            [item("甲", "項目1", "１"), item("点", "箇条", "・", "項目1本文"), item("注", "注", "※")],
            [
                *("L", " LI", "  Lbl １", "  LBody", "   P 甲"),
                *("   L", "    LI", "     Lbl ・", "     LBody", "      P 点"),
                *("L", " LI", "  Lbl ※", "  LBody", "   P 注"),
            ],
            id="what stands in an item, and what does not",
        ),
        pytest.param(
            [para("文", "条", label="第１条"), item("甲", "号", "(1)"), para("次", "項", label="２")],
            ["P 第１条文", "L", " LI", "  Lbl (1)", "  LBody", "   P 甲", "P ２次"],
            id="items of an article",
        ),
        pytest.param(
            [item("甲", "項目1", "１"), table(row("子", "丑"), inside="項目1本文"), table(row("外", "側"))],
            [
                *("L", " LI", "  Lbl １", "  LBody", "   P 甲"),
                *("   Table", "    TR", "     TH", "      P 子", "     TD", "      P 丑"),
                *("Table", " TR", "  TH", "   P 外", "  TD", "   P 側"),
            ],
            id="a table in an item",
        ),
    ],
)
def test_blocks_are_told_by_their_roles(blocks: list[Block], told: list[str]) -> None:
    assert outline(*blocks) == told


def test_a_paragraph_on_two_pages_is_one_element() -> None:
    (told,) = outline(lines("一二三四五六"), height=2)
    assert told.replace("－", "") == "P 一二三四五六"


def test_a_table_head_and_what_it_is_the_head_of() -> None:
    label = replace(cell("行", rows=2), label=True)
    blocks = table(row("甲", "乙", head=True), row(label, "丙"), row("丁"))
    page = pages_of(blocks, sheet=sheet())[0]
    (whole,) = _top([page]).children
    told = [[(each.kind, each.scope, each.rows) for each in line.children] for line in whole.children]
    assert told == [
        [("TH", "Column", 1), ("TH", "Column", 1)],
        [("TH", "Row", 2), ("TD", "", 1)],
        [("TD", "", 1)],
    ]


@pytest.mark.parametrize(
    ("style", "widths", "rows", "kinds"),
    [
        ("罫線なし", (2, 2, 4), [row("四年", "五月", "諮問"), row("", "六月", "答申")], ["THR THR TD", "TD THR TD"]),
        ("表", (2, 2, 4), [row("甲", "乙", "丙")], ["THR TD TD"]),
        ("表", (2, 2, 4), [row("甲", "乙", "丙", head=True), row("丁", "戊", "己")], ["THC THC THC", "TD TD TD"]),
        ("表", (8,), [row("甲")], ["TD"]),
    ],
)
def test_a_table_without_heads_has_its_first_columns_for_them(
    style: str, widths: tuple[float, ...], rows: list[Row], kinds: list[str]
) -> None:
    (whole,) = _top(pages_of(table(*rows, style=style, widths=widths), sheet=sheet())).children
    assert [" ".join(each.kind + each.scope[:1] for each in line.children) for line in whole.children] == kinds


def test_a_head_shown_again_is_an_artifact() -> None:
    blocks = table(row("頭", "部", head=True), row("一－－－二－－－三－－－四－－－", "文"))
    pages = pages_of(blocks, sheet=sheet(3))
    assert len(pages) == 2
    words = words_of(pages)
    assert words.pop(None) == "頭部"
    assert sorted(words.values()) == sorted(["頭", "部", "一－－－二－－－三－－－四－－－", "文"])


def test_links_underlines_and_leaders_are_for_themselves() -> None:
    mixed = Paragraph(
        role="添付資料",
        inlines=(Run(text="(1) "), Run(text="諮問書‥‥", link="b"), Run(text="‥‥ "), Run(text="新", underlined=True)),
    )
    led = Paragraph(role="添付資料", inlines=(Run(text="諮問書‥‥‥", link="b"), Enclosed("写"), Run(text="１…２")))
    assert outline(mixed, led) == ["P (1) ‥‥ ", " Link 諮問書‥‥", " Span 新", "P 写１…２", " Link 諮問書"]
    words = words_of(pages_of(led, sheet=sheet()))
    assert words[None] == "‥‥‥"
    (link,) = [element for element in words if element and element.kind == "Link"]
    assert (link.paper, link.description) == ("b", "諮問書")
