"""The papers of one case: composed, resolved, laid out.

In: a workshop and a `Bundle` (a case with its place in a meeting). Out: `Made`, the Document and the pages of each of
its papers, from which files and packets are made; or diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kotobuki.case.case import Case
from kotobuki.case.form import JOINED, PaperForm
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document, Paper
from kotobuki.forms.compose import Bundle, Composed, PaperPages, compose, names_of
from kotobuki.layout.page import Page
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.resolve import resolve
from kotobuki.workshop import Workshop, fonts_of

Papers = tuple[tuple[Page, ...], ...]
"""The pages of each paper."""


@dataclass(frozen=True)
class Made:
    """The papers of a bundle, laid out."""

    workshop: Workshop
    document: Document
    pages: Papers

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
            if not wanted or paper.name in wanted:
                yield from self.workshop.files(paper.name, self._alone(paper, pages), pages, formats)
        if joined and (not wanted or JOINED in wanted):
            every = tuple(page for pages in self.pages for page in pages)
            yield from self.workshop.files(JOINED, self.document, every, formats)

    def alone(self, name: str) -> Document | None:
        """The paper of that name as a document of its own; None if there is none."""
        both = zip(self.document.papers, self.pages, strict=True)
        return next((self._alone(paper, pages) for paper, pages in both if paper.name == name), None)

    def _alone(self, paper: Paper, pages: tuple[Page, ...]) -> Document:
        """With the page numbers that it has among the others."""
        first = pages[0].number or 1
        alone = replace(paper, first_page=first, numbering="none" if paper.numbering == "none" else "start")
        return replace(self.document, title=f"{self.document.title}　{paper.name}", papers=(alone,))


Renumber = Callable[[Document, Papers], Papers]
"""From the numbered papers of a bundle and their pages to the same pages with other numbers printed on them."""


class BundleMaker:
    """Composes and lays out the papers of one bundle."""

    def __init__(
        self,
        workshop: Workshop,
        bundle: Bundle,
        *,
        final: bool = False,
        prefix: str = "",
        renumber: Renumber | None = None,
    ) -> None:
        """`prefix`: of the papers' keys, where several bundles meet; `renumber`: gives pages other numbers to print."""
        self.workshop, self.bundle, self.final, self.renumber = workshop, bundle, final, renumber
        self.diagnostics = workshop.project.diagnostics
        self.names = names_of(bundle)
        forms = [form for form in bundle.case.form.papers if bundle.meeting is not None or not form.meeting]
        self.templates: set[Path] = set()
        self.forms = [(f"{prefix}paper{index}", form) for index, form in enumerate(forms, 1)]

    def make(self) -> Made | None:
        """The papers laid out; None after an error. The numbered papers first; then those without numbers, which may list the pages of the others."""
        numbered = [(key, form) for key, form in self.forms if form.numbering != "none"]
        papers = [self._paper(key, form, ()) for key, form in numbered]
        found = [paper for paper in papers if paper is not None]
        laid_out = self._laid_out(found)
        if laid_out is None or len(found) != len(papers):
            self._check_unnumbered()
            return None
        body, pages = laid_out
        if self.renumber:
            pages = self.renumber(body, pages)
        attached = tuple(
            PaperPages(paper.key, paper.name, own[0].printed_number, own[-1].printed_number)
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

    def _check_unnumbered(self) -> None:
        """For what is wrong with the papers that list others, so that all is reported at once: of pages as may be."""
        numbered = [(key, form.name) for key, form in self.forms if form.numbering != "none"]
        attached = tuple(PaperPages(key, name, "1", "2") for key, name in numbered)
        papers = [self._paper(key, form, attached) for key, form in self.forms if form.numbering == "none"]
        self._laid_out([paper for paper in papers if paper is not None])

    def _paper(self, key: str, form: PaperForm, attached: tuple[PaperPages, ...]) -> Paper | None:
        found = self.workshop.source(form)
        if found is None:
            return None
        file, text = found
        self.templates.add(file)
        source = (text, self.workshop.project.shown(file))
        roles = self.workshop.base.stylesheet.paragraphs
        composed = compose(self.bundle, form, key, source, roles, self.diagnostics, attached)
        if composed is None:
            return None
        if self.final:
            refuse_blanks(composed, form.name, self.diagnostics)
        return resolve(composed.paper, self.names, self.diagnostics)

    def _laid_out(self, papers: list[Paper]) -> tuple[Document, Papers] | None:
        """A document of these papers and the pages of each; None where a style or a character is missing."""
        case, style = self.bundle.case, self.bundle.organization.style
        document = Document(
            title=_title(case, self.names),
            papers=tuple(papers),
            author=self.bundle.organization.name,
            subject=self.bundle.committee.name,
            squeeze=style.squeeze if case.squeeze is None else case.squeeze,
            strict_kinsoku=style.strict_kinsoku,
            font=style.font,
        )
        return self.workshop.lay_out(document, case.place)


def refuse_blanks(composed: Composed, paper: str, diagnostics: Diagnostics) -> None:
    """Makes an error of each number and date that is still open."""
    for what, place in composed.blanks:
        diagnostics.error(
            place,
            "final-open",
            f"{what}が決まっていません（{paper}）",
            f"{what}を書くか、--final を付けずに作ってください",
        )


def _title(case: Case, names: Names) -> str:
    return names.style.digits.set_text(printed(case.title, names))
