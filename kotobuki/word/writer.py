"""A finished `Document` in, the bytes of a .docx out: real styles, tables, fields; one section a paper, and a section
of its own for its landscape pages.

All that is said of the look comes from base.docx; the writer decides nothing. The markup is put together as text,
which is many times faster than a tree, and every word of the document goes through `markup.text`. Same document, same
base: same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kotobuki.document import Document, Paper
from kotobuki.orientation import page_of, sections_by_orientation
from kotobuki.word.base import BasePackage
from kotobuki.word.blocks import BlockWriter, Ends
from kotobuki.word.inlines import Marks, bookmark
from kotobuki.word.markup import ANCHORS, COMPATIBILITY, EXTENSIONS_2012, GROUPS, HEAD, RELATIONSHIPS, SHAPES, WORD
from kotobuki.word.outline import outlined
from kotobuki.word.package import RelatedPart, pack
from kotobuki.word.parts import (
    Section,
    core_properties,
    custom_properties,
    fonts_part,
    furniture_of,
    furniture_part,
    section,
    settings_part,
    styles_part,
)
from kotobuki.word.revisions import revised_sections, signature

_NAMESPACES = (
    f' xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}" xmlns:mc="{COMPATIBILITY}" xmlns:wp="{ANCHORS}" xmlns:wps="{SHAPES}"'
    f' xmlns:wpg="{GROUPS}" xmlns:w15="{EXTENSIONS_2012}" mc:Ignorable="w15"'
)


def write_docx(document: Document, base: BasePackage) -> bytes:
    """The document as a .docx. Every role and table style it names must be in `base` (see `check_roles`)."""
    document = replace(document, papers=tuple(paper if paper.was else outlined(paper) for paper in document.papers))
    papers = document.papers
    furniture = sorted({name for paper in papers for name in furniture_of(paper, papers)})
    names = {paper.key: (f"paper{at}_first", f"paper{at}_last") for at, paper in enumerate(papers, 1)}
    marks = Marks(bookmarks=names, signed=signature(document))
    return pack(
        _body(document, base, marks),
        core_properties(document),
        [
            RelatedPart("styles", "styles", styles_part(base, document.font, hang_in_cells=document.hang_in_cells)),
            RelatedPart("settings", "settings", settings_part(base, document)),
            RelatedPart("fontTable", "fontTable", fonts_part(base, document.font)),
            *(RelatedPart(name, name[:6], furniture_part(name, papers, base, marks)) for name in furniture),
            *(RelatedPart(f"image{digest[:16]}", image.kind, image.data) for digest, image in marks.images.items()),
        ],
        custom_properties(document),
    )


def _body(document: Document, base: BasePackage, marks: Marks) -> str:
    papers = document.papers
    writer = BlockWriter(base, marks)
    written: list[str] = []
    for paper in papers:
        marks.paper = paper.key
        first, last = (bookmark(name, marks) for name in marks.bookmarks[paper.key])
        parts = revised_sections(paper, papers, base, marks) if paper.was else _sections(paper, papers, base)
        for at, part in enumerate(parts):
            is_end = at == len(parts) - 1
            # The last section's properties stand in the body itself, those of the others in their last paragraph.
            inside, behind = ("", part.properties) if is_end and paper is papers[-1] else (part.properties, "")
            ends = Ends(first if at == 0 else "", last if is_end else "", inside)
            old_width = part.old_page.text_width if part.old_page else 0.0
            written += [writer.blocks(part.blocks, part.page.text_width, ends, old_width), behind]
    return f"{HEAD}<w:document{_NAMESPACES}><w:body>{''.join(written)}</w:body></w:document>"


def _sections(paper: Paper, papers: Sequence[Paper], base: BasePackage) -> list[Section]:
    """A section for each stretch of pages that are alike."""
    found = []
    for at, stretch in enumerate(sections_by_orientation(paper)):
        page = page_of(stretch, base.stylesheet)
        found.append(Section(stretch, page, section(paper, papers, base, page, begins=at == 0)))
    return found
