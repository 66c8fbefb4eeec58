"""Pages made ready for files: what the separate PDF of a paper and the joined one of its case have in common is made once.

In: pages, and the faces by the font names that they use. Out: for each page its `Sheet`: the words as sorts, the fonts, one subset of each face for
all pages of the press, and the content stream, compressed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kotobuki.fonts import FontFace, Sort
from kotobuki.layout.page import Page, TextLine
from kotobuki.pdf.content import Content, SetLine, content
from kotobuki.pdf.font import PdfFont, embeddable
from kotobuki.pdf.sorts import stretches


class Press:
    """Sets pages; any of them can then be printed into any number of files."""

    def __init__(self, pages: Sequence[Page], faces: Mapping[str, FontFace]) -> None:
        """Set the words of `pages`, and make a subset of each face with the sorts that they use."""
        lines = [_set_lines(page, faces) for page in pages]
        fonts = _fonts(lines, faces)
        self._sheets = {id(page): Sheet(page, own, fonts) for page, own in zip(pages, lines, strict=True)}

    def sheet(self, page: Page) -> Sheet:
        """One of the pages, itself and not its like, made ready."""
        return self._sheets[id(page)]


class Sheet:
    """A page made ready: `fonts` are those that it uses."""

    def __init__(self, page: Page, lines: Sequence[SetLine], fonts: Mapping[str, PdfFont]) -> None:
        self.fonts = tuple(
            {fonts[name].name: fonts[name] for name in dict.fromkeys(line.font for line, _ in lines)}.values()
        )
        self._page, self._lines, self._by_name = page, lines, fonts
        elements = (stretch.element for _, own in lines for stretch in own)
        self._leads_to = frozenset(each.paper for each in elements if each is not None and each.kind == "Link")
        self._drawn: dict[frozenset[str], Content] = {}

    def content(self, papers: Collection[str]) -> Content:
        """What draws the page in a file with these papers, by their keys; made once where its links lead to the same."""
        reached = self._leads_to.intersection(papers)
        if reached not in self._drawn:
            self._drawn[reached] = content(self._page, self._lines, self._by_name, reached)
        return self._drawn[reached]


def _set_lines(page: Page, faces: Mapping[str, FontFace]) -> list[SetLine]:
    return [(item, stretches(item, faces[item.font])) for item in page.drawn if isinstance(item, TextLine)]


def _fonts(pages: Sequence[Sequence[SetLine]], faces: Mapping[str, FontFace]) -> dict[str, PdfFont]:
    """The fonts of the lines by name, one for each face, with the sorts that all lines use."""
    used: dict[FontFace, set[Sort]] = {}
    names: dict[str, FontFace] = {}
    for lines in pages:
        for line, own in lines:
            sorts = used.setdefault(names.setdefault(line.font, faces[line.font]), set())
            for stretch in own:
                for run in stretch.runs:
                    sorts.update(run.sorts)
    fonts = {face: embeddable(f"F{index}", face, drawn) for index, (face, drawn) in enumerate(used.items(), start=1)}
    return {name: fonts[face] for name, face in names.items()}
