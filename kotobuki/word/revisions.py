"""The sections of a redline, and who signs its changes.

In: a paper with `was`, whose paragraphs say which sections they end in the old and in the new version. Out: sections
whose properties are tracked where a version has other pages or other numbers. Word cannot track a section's furniture:
that is the new version's, and 案 in it is tracked as text.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.document import Block, Document, Orientation, Paper, Paragraph, Revised
from kotobuki.stylesheet import PageSetup, Stylesheet
from kotobuki.word.base import BasePackage
from kotobuki.word.inlines import Marks, change
from kotobuki.word.markup import attribute
from kotobuki.word.parts import Section, contents, section_of


def signature(document: Document) -> str:
    """The attributes of every tracked change; "" where there are none. Word wants an author, if an empty one."""
    date = f' w:date="{attribute(document.revised_at)}"' if document.revised_at else ""
    revised = any(paper.was for paper in document.papers)
    return f' w:author="{attribute(document.reviser)}"{date}' if revised else ""


def revised_sections(paper: Paper, papers: Sequence[Paper], base: BasePackage, marks: Marks) -> list[Section]:
    """The sections of both versions, in order."""
    was = paper.was or paper
    found: list[Section] = []
    begun = {"old": False, "new": False}  # whether a section of this version has been met
    blocks: list[Block] = []
    for block in paper.blocks:
        blocks.append(block)
        revised = block.revised if isinstance(block, Paragraph) else None
        if revised is None or revised.ends is None:
            continue
        pages = [_page(side, base.stylesheet) for side in revised.ends]
        old = contents(was, base, pages[0], begins=not begun["old"])
        new = contents(paper, base, pages[1], begins=not begun["new"])
        begun = {"old": begun["old"] or revised.mark != "inserted", "new": begun["new"] or revised.mark != "deleted"}
        properties = section_of(paper, papers, _tracked(old, new, revised, marks))
        found.append(Section(tuple(blocks), pages[1], properties, pages[0]))
        blocks = []
    return found


def _tracked(old: str, new: str, revised: Revised, marks: Marks) -> str:
    """The properties in both versions; a section that only one has is what it is there."""
    if revised.mark == "deleted":
        return old
    if revised.mark == "inserted" or old == new:
        return new
    return f"{new}{change('sectPrChange', marks)}><w:sectPr>{old}</w:sectPr></w:sectPrChange>"


def _page(side: Orientation, sheet: Stylesheet) -> PageSetup:
    return sheet.page.turned() if side == "landscape" else sheet.page
