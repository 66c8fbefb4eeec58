"""The papers of one case: composed, resolved, laid out.

In: a workshop and a `Bundle` (a case with its place in a meeting). Out: `Made`, the Document and the pages of each of
its papers, from which files and packets are made; or diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.case.case import Case
from kotobuki.case.form import JOINED, PaperForm
from kotobuki.document import Document, Paper
from kotobuki.forms.compose import Bundle, PaperPages, compose, names_of
from kotobuki.layout.columns import settle_columns
from kotobuki.layout.page import Page
from kotobuki.layout.pages import lay_out
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.resolve import resolve
from kotobuki.workshop import Workshop, fonts_of

if TYPE_CHECKING:
    from kotobuki.fonts import FontFace


@dataclass(frozen=True)
class Made:
    """The papers of a bundle, laid out."""

    workshop: Workshop
    document: Document
    pages: tuple[tuple[Page, ...], ...]

    def summary(self) -> Iterator[tuple[str, int, tuple[int, int] | None, bool]]:
        """Name, number of pages, first and last page number, 案 — of each paper."""
        for paper, pages in zip(self.document.papers, self.pages, strict=True):
            first, last = pages[0].number, pages[-1].number
            yield paper.name, len(pages), (first, last) if first and last else None, paper.draft

    def pages_by_paper(self) -> list[tuple[str, tuple[Page, ...]]]:
        """The pages under the name of their paper."""
        return [(paper.name, pages) for paper, pages in zip(self.document.papers, self.pages, strict=True)]

    def fonts(self) -> list[str]:
        """The font names on the pages."""
        return fonts_of(tuple(page for pages in self.pages for page in pages))

    def outputs(self, wanted: Sequence[str], formats: Sequence[str], joined: bool) -> Iterator[tuple[str, bytes]]:
        """Each paper by itself and, if `joined`, all of them in one; `wanted`: only the papers of these names, () = all."""
        for paper, pages in zip(self.document.papers, self.pages, strict=True):
            if wanted and paper.name not in wanted:
                continue
            first = pages[0].number or 1
            alone = replace(paper, first_page=first, numbering="none" if paper.numbering == "none" else "start")
            title = f"{self.document.title}　{paper.name}"
            document = replace(self.document, title=title, papers=(alone,))
            yield from self.workshop.files(paper.name, document, pages, formats)
        if joined and (not wanted or JOINED in wanted):
            every = tuple(page for pages in self.pages for page in pages)
            yield from self.workshop.files(JOINED, self.document, every, formats)


class BundleMaker:
    """Composes and lays out the papers of one bundle."""

    def __init__(self, workshop: Workshop, bundle: Bundle, *, final: bool = False) -> None:
        self.workshop, self.bundle, self.final = workshop, bundle, final
        self.diagnostics = workshop.project.diagnostics
        self.names = names_of(bundle)
        forms = [form for form in bundle.case.form.papers if bundle.meeting is not None or not form.meeting]
        self.templates: set[Path] = set()
        self.forms = [(f"paper{index}", form) for index, form in enumerate(forms, 1)]

    def make(self) -> Made | None:
        """The papers laid out; None after an error. The numbered papers first; then those without numbers, which may list the pages of the others."""
        numbered = [(key, form) for key, form in self.forms if form.numbering != "none"]
        papers = [self._paper(key, form, ()) for key, form in numbered]
        found = [paper for paper in papers if paper is not None]
        if len(found) != len(papers):
            return None
        if self.diagnostics.errors or (laid_out := self._laid_out(found)) is None:
            return None
        body, pages = laid_out
        attached = tuple(
            PaperPages(paper.key, paper.name, own[0].number or 0, own[-1].number or 0)
            for paper, own in zip(body.papers, pages, strict=True)
        )
        by_key = {paper.key: (paper, own) for paper, own in zip(body.papers, pages, strict=True)}
        for key, form in self.forms:
            if form.numbering == "none":
                paper = self._paper(key, form, attached)
                if paper is None:
                    return None
                laid_out = self._laid_out([paper])
                if laid_out is None:
                    return None
                by_key[key] = (laid_out[0].papers[0], laid_out[1][0])
        ordered = [by_key[key] for key, _ in self.forms]
        document = replace(body, papers=tuple(paper for paper, _ in ordered))
        return Made(self.workshop, document, tuple(own for _, own in ordered))

    def _paper(self, key: str, form: PaperForm, attached: tuple[PaperPages, ...]) -> Paper | None:
        found = self.workshop.source(form)
        if found is None:
            return None
        file, text = found
        self.templates.add(file)
        source = (text, self.workshop.project.shown(file))
        roles = self.workshop.base.stylesheet.paragraphs.keys()
        composed = compose(self.bundle, form, key, source, roles, self.diagnostics, attached)
        if composed is None:
            return None
        if self.final:
            for what, place in composed.blanks:
                self.diagnostics.error(
                    place,
                    "final-open",
                    f"{what}が決まっていません（{form.name}）",
                    f"{what}を書くか、--final を付けずに作ってください",
                )
        return resolve(composed.paper, self.names, self.diagnostics)

    def _laid_out(self, papers: list[Paper]) -> tuple[Document, tuple[tuple[Page, ...], ...]] | None:
        """A document of these papers and the pages of each; None where a style or a character is missing."""
        from kotobuki.word.base import check_roles

        case, style = self.bundle.case, self.bundle.organization.style
        sheet = self.workshop.base.stylesheet
        document = Document(
            title=_title(case, self.names),
            papers=tuple(papers),
            author=self.bundle.organization.name,
            subject=self.bundle.committee.name,
            squeeze=style.squeeze if case.squeeze is None else case.squeeze,
            strict_kinsoku=style.strict_kinsoku,
            font=style.font,
        )
        check_roles(document, sheet, self.workshop.project.shown(self.workshop.base_file), self.diagnostics)
        if self.diagnostics.errors:
            return None
        document = settle_columns(document, sheet)
        self._check_glyphs(document)
        return lay_out(document, sheet, lambda font: self.workshop.face(font).advance_em)

    def _check_glyphs(self, document: Document) -> None:
        """A character that the font lacks is named, with its place: nothing is printed as an empty box."""
        from kotobuki.fonts import missing_glyphs

        sheet = self.workshop.base.stylesheet

        def face_of(role: str) -> FontFace:
            return self.workshop.face(document.font or sheet.paragraphs[role].font)

        for missing in missing_glyphs(document, face_of):
            place = missing.place or self.bundle.case.place
            what = "異体字" if missing.variant else "文字"
            self.diagnostics.error(
                place,
                "glyph-missing",
                f"{what}「{missing.character}」（{missing.codes}）は、フォント「{missing.family}」にありません",
                "別の文字にするか、その文字のあるフォント（IPAmj明朝など）を入れて、organization.yaml の表記の「書体」に書いてください",
            )


def _title(case: Case, names: Names) -> str:
    return names.style.digits.set_text(printed(case.title, names))
