"""What stands in the margins of a page: page numbers in the foot, marks in the head; one line each, placed as Word does.

In: the words and the look. Out: page items. The page number is centred; the number in the whole packet (通し番号) stands
at the right of the same line. The mark of a draft stands at the right of the head margin, that of a sheet to swap at
the left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotobuki.document import DRAFT_MARK
from kotobuki.japanese.characters import natural_width_em
from kotobuki.layout.drawing import draw_line
from kotobuki.layout.page import Page, PageItem, Rule
from kotobuki.layout.paragraphs import Look, set_word
from kotobuki.layout.structure import FOOTER, HEADER
from kotobuki.roles import DRAFT, PAGE_NUMBER, Role
from kotobuki.stylesheet import Align

_BOX_EM = 0.25  # between a boxed mark and its box
_BOX_RULE = 0.5  # pt


def draft_mark(look: Look) -> Iterator[PageItem]:
    """案 in the head margin of each page of a draft."""
    yield from draw_line(set_word(DRAFT_MARK, DRAFT, look, look.sheet.page.text_width, HEADER), *_head(look))


def page_number(text: str, look: Look) -> Iterator[PageItem]:
    """A page number, in the foot margin."""
    yield from draw_line(set_word(text, PAGE_NUMBER, look, look.sheet.page.text_width, FOOTER), *_foot(look))


def running_number(text: str, look: Look) -> Iterator[PageItem]:
    """The page's number in the packet, at the right of the foot margin."""
    aligned = _aligned(look, PAGE_NUMBER, "right")
    yield from draw_line(set_word(text, PAGE_NUMBER, aligned, look.sheet.page.text_width, FOOTER), *_foot(look))


def boxed_mark(text: str, look: Look) -> Iterator[PageItem]:
    """A mark in a box, at the left of the head margin."""
    aligned, style = _aligned(look, DRAFT, "left"), look.sheet.paragraphs[DRAFT.style]
    line = set_word(text, DRAFT, aligned, look.sheet.page.text_width, HEADER)
    x, y = _head(look)
    gap, width = _BOX_EM * style.size, natural_width_em(text) * style.size
    left, right = round(x, 3), round(x + width + 2 * gap, 3)
    top, bottom = round(y, 3), round(y + style.line, 3)
    yield from draw_line(line, x + gap, y)
    for x1, y1, x2, y2 in (
        (left, top, right, top),
        (right, top, right, bottom),
        (right, bottom, left, bottom),
        (left, bottom, left, top),
    ):
        yield Rule(x1, y1, x2, y2, _BOX_RULE)


def renumbered(page: Page, shown: str, running: str, look: Look) -> Page:
    """The page with these numbers on it, "" = none, wherever its own size puts them; `look` is that of its document."""
    setup = look.sheet.page
    if (page.width > page.height) != (setup.width > setup.height):
        setup = setup.turned()
    setup = replace(setup, width=page.width, height=page.height)
    look = replace(look, sheet=replace(look.sheet, page=setup))
    furniture = (
        *(page_number(shown, look) if shown else ()),
        *(running_number(running, look) if running else ()),
    )
    return replace(page, furniture=furniture, shown=shown, running=running)


def _aligned(look: Look, role: Role, align: Align) -> Look:
    """The look with one role aligned otherwise."""
    styles = look.sheet.paragraphs
    style = replace(styles[role.style], align=align, left=0.0)
    return replace(look, sheet=replace(look.sheet, paragraphs={**styles, role.style: style}))


def _head(look: Look) -> tuple[float, float]:
    page = look.sheet.page
    return page.left, page.header


def _foot(look: Look) -> tuple[float, float]:
    page = look.sheet.page
    return page.left, page.height - page.footer - look.sheet.paragraphs[PAGE_NUMBER.style].line
