"""What stands in the margins of a page: page numbers in the foot, marks in the head; one line each, placed as Word does.

In: the words, the look and the page. Out: page items. The page number is centred; the number in the whole packet (通し番号) stands
at the right of the same line. The mark of a draft stands at the right of the head margin, that of a sheet to swap at
the left.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kotobuki.document import DRAFT_MARK
from kotobuki.japanese.characters import natural_width_em
from kotobuki.layout.drawing import draw_paragraph
from kotobuki.layout.page import Page, PageItem, Rule
from kotobuki.layout.paragraphs import Look, set_word
from kotobuki.layout.structure import FOOTER, HEADER
from kotobuki.roles import DRAFT, PAGE_NUMBER, Role
from kotobuki.stylesheet import Align, PageSetup

_BOX_EM = 0.25  # between a boxed mark and its box
_BOX_RULE = 0.5  # pt


def draft_mark(look: Look, page: PageSetup) -> list[PageItem]:
    """案 in the head margin of each page of a draft."""
    return draw_paragraph(set_word(DRAFT_MARK, DRAFT, look, page.text_width, HEADER), page.left, page.header)


def page_number(text: str, look: Look, page: PageSetup) -> list[PageItem]:
    """A page number, in the foot margin."""
    word = set_word(text, PAGE_NUMBER, look, page.text_width, FOOTER)
    return draw_paragraph(word, page.left, page.height - page.footer - word.pitch)


def running_number(text: str, look: Look, page: PageSetup) -> list[PageItem]:
    """The page's number in the packet, at the right of the foot margin."""
    return page_number(text, _aligned(look, PAGE_NUMBER, "right"), page)


def boxed_mark(text: str, look: Look, page: PageSetup) -> list[PageItem]:
    """A mark in a box, at the left of the head margin."""
    aligned, style = _aligned(look, DRAFT, "left"), look.sheet.paragraphs[DRAFT.style]
    word = set_word(text, DRAFT, aligned, page.text_width, HEADER)
    x, y = page.left, page.header
    gap, width = _BOX_EM * style.size, natural_width_em(text) * style.size
    left, right = round(x, 3), round(x + width + 2 * gap, 3)
    top, bottom = round(y, 3), round(y + style.line, 3)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    box = [Rule(x1, y1, x2, y2, _BOX_RULE) for (x1, y1), (x2, y2) in pairwise(corners)]
    return [*draw_paragraph(word, x + gap, y), *box]


def renumbered(page: Page, shown: str, running: str, look: Look) -> Page:
    """The page with these numbers on it, "" = none, wherever its own size puts them; `look` is that of its document."""
    setup = look.sheet.page
    if (page.width > page.height) != (setup.width > setup.height):
        setup = setup.turned()
    setup = replace(setup, width=page.width, height=page.height)
    furniture = (
        *(page_number(shown, look, setup) if shown else ()),
        *(running_number(running, look, setup) if running else ()),
    )
    return replace(page, furniture=furniture, shown=shown, running=running)


def _aligned(look: Look, role: Role, align: Align) -> Look:
    """The look with one role aligned otherwise."""
    styles = look.sheet.paragraphs
    style = replace(styles[role.style], align=align, left=0.0)
    return replace(look, sheet=replace(look.sheet, paragraphs={**styles, role.style: style}))
