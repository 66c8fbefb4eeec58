"""The papers of one case: composed, resolved, laid out.

In: a workshop and a `Bundle` (a case with its place in a meeting). Out: `LaidOutBundle`, the Document and the pages of each of
its papers, from which files and packets are made; or diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.build.workshop import Workshop, fonts_of
from kotobuki.case.case import Case
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.document import Document, Paper
from kotobuki.forms.compose import Bundle, compose, names_of
from kotobuki.forms.plan import PaperPages, PaperPlan
from kotobuki.layout.page import Page
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.resolve import resolve
from kotobuki.reading.openings import refuse_placeholders
from kotobuki.settings.form import JOINED, PaperForm

if TYPE_CHECKING:
    from kotobuki.build.foreign import ForeignPage
    from kotobuki.build.word_forms import WordPaper

Papers = tuple[tuple[Page, ...], ...]
"""The pages of each paper."""


@dataclass(frozen=True, slots=True)
class LaidOutBundle:
    """The papers of a bundle, laid out. `words`: those that are Word forms, by their key."""

    workshop: Workshop
    document: Document
    pages: Papers
    words: dict[str, WordPaper] = field(default_factory=dict)

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

    def alone(self, name: str) -> Document | None:
        """The paper of that name as a document of its own; None if there is none."""
        both = zip(self.document.papers, self.pages, strict=True)
        return next((self._alone(paper, pages) for paper, pages in both if paper.name == name), None)

    def _alone(self, paper: Paper, pages: tuple[Page, ...]) -> Document:
        """With the page numbers that it has among the others."""
        first = pages[0].number or 1
        alone = replace(paper, first_page=first, numbering="none" if paper.numbering == "none" else "start")
        return replace(self.document, title=f"{self.document.title}　{paper.name}", papers=(alone,))

    def outputs(self, wanted: Sequence[str], formats: Sequence[str], joined: bool) -> Iterator[tuple[str, bytes]]:
        """Each paper by itself and, if `joined`, all of them in one; `wanted`: only the papers of these names, () = all.

        One press has all pages, whatever is wanted: so a PDF has the same bytes whichever others are made with it.
        """
        every = tuple(page for pages in self.pages for page in pages)
        press = self.workshop.press(every) if "pdf" in formats else None
        written = self.workshop.written() if "docx" in formats else None
        for paper, pages in zip(self.document.papers, self.pages, strict=True):
            if wanted and paper.name not in wanted:
                continue
            if word := self.words.get(paper.key):
                yield from _files_of(paper.name, word, formats)
            else:
                alone = self._alone(paper, pages)
                yield from self.workshop.files(paper.name, alone, pages, formats, press=press, written=written)
        if joined and (not wanted or JOINED in wanted):
            foreign = self._foreign()
            claims = all(source.lasts for source in foreign.values())
            files = self.workshop.files(
                JOINED, self.document, every, formats, press=press, written=written, claims=claims
            )
            for name, data in files:
                yield name, _with(foreign, data) if foreign and name.endswith(".pdf") else data

    def sources(self, key: str, index: int) -> ForeignPage | None:
        """What stands in the place of a page of a paper: that of a Word form's own PDF, if there is one."""
        word = self.words.get(key)
        return word.sources[index] if word and word.sources else None

    def word_forms(self) -> list[str]:
        """The names of the papers that are Word forms."""
        return [paper.name for paper in self.document.papers if paper.key in self.words]

    @property
    def producer(self) -> str:
        """The program that made the PDF of the Word forms, "" = there is none."""
        return next((word.producer for word in self.words.values() if word.producer), "")

    def _foreign(self) -> dict[int, ForeignPage]:
        """The pages of the Word forms, by their places in the joined PDF."""
        found = [self.sources(page.paper, at) for pages in self.pages for at, page in enumerate(pages)]
        return {at: source for at, source in enumerate(found) if source}


def _with(foreign: Mapping[int, ForeignPage], data: bytes) -> bytes:
    """The joined PDF with these pages in their places."""
    from kotobuki.build.foreign import underlay

    return underlay(data, foreign)


def _files_of(name: str, word: WordPaper, formats: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """A Word form by itself; its PDF where there is one."""
    if "docx" in formats:
        yield f"{name}.docx", word.data
    if "pdf" in formats and word.pdf is not None:
        yield f"{name}.pdf", word.pdf


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
        pdf: bool = True,
    ) -> None:
        """`prefix`: of the papers' keys, where several bundles meet; `renumber`: gives pages other numbers to print.

        `pdf`: whether Word forms are to be printed.
        """
        self.workshop, self.bundle, self.final, self.renumber = workshop, bundle, final, renumber
        self.diagnostics = workshop.project.diagnostics
        self.names = names_of(bundle)
        self.pdf = pdf
        self.words: dict[str, WordPaper] = {}
        forms = [form for form in bundle.case.form.papers if bundle.meeting is not None or not form.meeting]
        self.templates: set[Path] = set()
        self.forms = [(f"{prefix}paper{index}", form) for index, form in enumerate(forms, 1)]

    def make(self) -> LaidOutBundle | None:
        """The papers laid out; None after an error. The numbered papers first; then those without numbers, which may list the pages of the others."""
        if self.final:
            refuse_placeholders(self.bundle.openings.placeholders, self.diagnostics)
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
        return LaidOutBundle(self.workshop, document, tuple(own for _, own in ordered), self.words)

    def _check_unnumbered(self) -> None:
        """For what is wrong with the papers that list others, so that all is reported at once: of pages as may be."""
        numbered = [(key, form.name) for key, form in self.forms if form.numbering != "none"]
        attached = tuple(PaperPages(key, name, "1", "2") for key, name in numbered)
        papers = [self._paper(key, form, attached) for key, form in self.forms if form.numbering == "none"]
        self._laid_out([paper for paper in papers if paper is not None])

    def _word_paper(self, key: str, form: PaperForm, attached: tuple[PaperPages, ...]) -> Paper | None:
        """A Word form, filled; the paper is the slips that stand for it."""
        from kotobuki.build.word_forms import fill_form, make_slips  # only here: few forms have any

        title = f"{_title(self.bundle.case, self.names)}　{form.name}"
        word = fill_form(self.workshop, self.bundle, form, attached, title, pdf=self.pdf)
        if word is None:
            return None
        self.templates |= set(word.read)
        self.words[key] = word
        if self.final:
            refuse_blanks(word.blanks, form.name, self.diagnostics)
        return make_slips(self.workshop, self.bundle, form, key, word)

    def _paper(self, key: str, form: PaperForm, attached: tuple[PaperPages, ...]) -> Paper | None:
        if form.is_word:
            return self._word_paper(key, form, attached)
        found = self.workshop.template(form)
        if found is None:
            return None
        file, template = found
        self.templates.add(file)
        plan = PaperPlan(key=key, name=form.name, template=template, numbering=form.numbering, attached=attached)
        composed = compose(self.bundle, plan, self.diagnostics)
        if composed is None:
            return None
        if self.final:
            refuse_blanks(composed.blanks, form.name, self.diagnostics)
        paper = resolve(composed.paper, self.names, self.diagnostics)
        return replace(paper, source=self.bundle.case.source) if paper else None

    def _laid_out(self, papers: list[Paper]) -> tuple[Document, Papers] | None:
        """A document of these papers and the pages of each; None where a style or a character is missing."""
        case, style = self.bundle.case, self.bundle.organization.style
        document = Document(
            title=_title(case, self.names),
            papers=tuple(papers),
            author=self.bundle.organization.name,
            subject=self.bundle.committee.name if case.meets else "",
            squeeze=style.squeeze if case.squeeze is None else case.squeeze,
            hang_in_cells=style.hang_in_cells if case.hang_in_cells is None else case.hang_in_cells,
            strict_kinsoku=style.strict_kinsoku,
            font=style.font,
        )
        laid_out = self.workshop.lay_out(document, case.place)
        if laid_out is None:
            return None
        document, found = laid_out
        if not self.words:
            return document, found
        from kotobuki.build.word_forms import put_in_place

        look = self.workshop.look(document)
        pages = (
            put_in_place(self.words[paper.key], paper.name, own, look) if paper.key in self.words else own
            for paper, own in zip(document.papers, found, strict=True)
        )
        return document, tuple(pages)


def refuse_blanks(blanks: Iterable[tuple[str, Place]], paper: str, diagnostics: Diagnostics) -> None:
    """Makes an error of each number and date that is still open."""
    for what, place in blanks:
        diagnostics.error(
            place,
            "final-open",
            f"{what}が決まっていません（{paper}）",
            f"{what}を書くか、--final を付けずに作ってください",
        )


def _title(case: Case, names: Names) -> str:
    return names.style.digits.set_text(printed(case.title, names))
