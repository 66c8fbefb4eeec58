"""A finished `Document` in, the bytes of a .docx out: real styles, tables, fields; one section a paper, and a section
of its own for its landscape pages.

All that is said of the look comes from base.docx; the writer decides nothing. The markup is put together as text,
which is many times faster than a tree, and every word of the document goes through `markup.text`. Same document, same
base: same bytes.
"""

from __future__ import annotations

from itertools import count

from kotobuki.document import Document, Paper
from kotobuki.drawing import Image
from kotobuki.word.base import BasePackage
from kotobuki.word.inlines import Marks, Row
from kotobuki.word.markup import ANCHORS, COMPATIBILITY, EXTENSIONS_2012, GROUPS, HEAD, RELATIONSHIPS, SHAPES, WORD
from kotobuki.word.package import RelatedPart, pack
from kotobuki.word.papers import Slotted, WrittenPapers
from kotobuki.word.parts import (
    core_properties,
    custom_properties,
    fonts_part,
    furniture_of,
    furniture_part,
    section,
    settings_part,
    styles_part,
)
from kotobuki.word.revisions import signature

_NAMESPACES = (
    f' xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}" xmlns:mc="{COMPATIBILITY}" xmlns:wp="{ANCHORS}" xmlns:wps="{SHAPES}"'
    f' xmlns:wpg="{GROUPS}" xmlns:w15="{EXTENSIONS_2012}" mc:Ignorable="w15"'
)


def write_docx(document: Document, base: BasePackage, written: WrittenPapers | None = None) -> bytes:
    """The document as a .docx. Every role and table style it names must be in `base` (see `check_roles`).

    `written`: papers that were written for another file already, with the styles of `base`.
    """
    papers, file, written = document.papers, _File(document, base), written or WrittenPapers(base)
    body = [file.paper(at, paper, written) for at, paper in enumerate(papers, 1)]
    furniture = sorted({name for paper in papers for name in furniture_of(paper, papers)})
    settings = settings_part(base, squeeze=document.squeeze, strict_kinsoku=document.strict_kinsoku)
    return pack(
        f"{HEAD}<w:document{_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
        core_properties(document),
        [
            RelatedPart("styles", "styles", styles_part(base, document.font, hang_in_cells=document.hang_in_cells)),
            RelatedPart("settings", "settings", settings),
            RelatedPart("fontTable", "fontTable", fonts_part(base, document.font)),
            *(RelatedPart(name, name[:6], file.furniture(name)) for name in furniture),
            *(RelatedPart(f"image{digest[:16]}", image.kind, image.data) for digest, image in file.images.items()),
        ],
        custom_properties(document),
    )


class _File:
    """What a file says of its papers: names and numbers that are unique in it, and its sections.

    `images`: those in it, by their digest.
    """

    def __init__(self, document: Document, base: BasePackage) -> None:
        self._papers, self._base = document.papers, base
        self._names = {paper.key: (f"paper{at}_first", f"paper{at}_last") for at, paper in enumerate(self._papers, 1)}
        self._signed = signature(document)
        self._taken: dict[Row, int] = {"bookmark": 0, "drawing": 0, "fit": 0}
        self.images: dict[str, Image] = {}

    def paper(self, at: int, paper: Paper, written: WrittenPapers) -> str:
        """The markup of the next paper, the one numbered `at`."""
        made = written.written(paper, self._papers, self._marks(paper.key))
        said = self._numbers(made.marks) | {"paper": str(at), "behind": ""}
        for number, each in enumerate(made.sections, 1):
            said[f"section{number}"] = (
                Slotted(each.properties).filled(said)
                if paper.was
                else section(paper, self._papers, self._base, each.page, begins=number == 1)
            )
        if paper is self._papers[-1]:  # what is said of the last section stands in the body itself
            final = f"section{len(made.sections)}"
            said |= {"behind": said[final], final: ""}
        self.images |= made.marks.images
        return made.markup.filled(said)

    def furniture(self, name: str) -> str:
        """A header or footer, once all papers are there."""
        marks = self._marks("")
        part = furniture_part(name, self._papers, self._base, marks)
        return Slotted(part).filled(self._numbers(marks))

    def _marks(self, paper: str) -> Marks:
        return Marks(paper=paper, bookmarks=self._names, signed=self._signed)

    def _numbers(self, marks: Marks) -> dict[str, str]:
        """The numbers behind those that were given out, by the slots that they go into."""
        numbers: dict[str, str] = {}
        for row, slots in marks.numbers.items():
            numbers.update(zip(slots, map(str, count(self._taken[row] + 1)), strict=False))
            self._taken[row] += len(slots)
        return numbers
