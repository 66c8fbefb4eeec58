"""Papers that are a department's own Word form: filled as they stand, with slips in their place where papers are joined.

In: a bundle and a paper of its form whose template is a .docx. Out: the filled .docx, its PDF where LibreOffice is there,
and how it stands among the other papers: as a Paper of slips, one a page, in whose place the pages of that PDF are put.
What such a page says is told by the .docx, so that the pages of a manifest are the same with LibreOffice and without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kotobuki.build.foreign import ForeignPage, insets
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import CommandError, Place, UsageError
from kotobuki.document import Block, Paper, Paragraph
from kotobuki.forms.compose import Bundle, compose, names_of
from kotobuki.forms.plan import PaperPages, PaperPlan, Slip
from kotobuki.layout.furniture import draft_mark, renumbered
from kotobuki.layout.page import Page
from kotobuki.layout.paragraphs import Look
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.resolve import resolve
from kotobuki.reading.nodes import Scalar
from kotobuki.roles import STANDARD
from kotobuki.settings.form import PaperForm

SLIP = "共通/差込紙.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPaper:
    """A filled Word form.

    blanks   what is still open in it, and where to give it
    draft    something is open in it, or in what it was made from
    pdf      None where it is not wanted, or there is no LibreOffice; `producer`: the program that made it
    sources  the pages of the PDF; () = there is none
    read     the files it was made from
    """

    data: bytes
    blanks: tuple[tuple[str, Place], ...]
    draft: bool
    read: tuple[Path, ...]
    pdf: bytes | None = None
    producer: str = ""
    sources: tuple[ForeignPage, ...] = ()


def fill_form(
    workshop: Workshop, bundle: Bundle, form: PaperForm, attached: tuple[PaperPages, ...], title: str, *, pdf: bool
) -> WordPaper | None:
    """The form filled, and printed if `pdf` and LibreOffice is there; None after a diagnostic."""
    from kotobuki.forms.plain import plain_values
    from kotobuki.word.filled import FileProperties, WordForm, fill

    diagnostics, project = workshop.project.diagnostics, workshop.project
    file = workshop.project.template_of(form)
    if file is None:
        return None
    values = plain_values(bundle, attached, diagnostics)
    author = bundle.organization.name
    filled = fill(WordForm(file, project.shown(file), form.name), values, FileProperties(title, author), diagnostics)
    if filled is None:
        return None
    paper = WordPaper(
        data=filled.data, blanks=filled.blanks, draft=bool(filled.blanks or bundle.openings.placeholders), read=(file,)
    )
    about = {"Title": title, "Author": author}
    return _printed(paper, workshop, form, about, bundle.case.place) if pdf and not diagnostics.errors else paper


def _printed(
    paper: WordPaper, workshop: Workshop, form: PaperForm, about: Mapping[str, str], case: Place
) -> WordPaper | None:
    """None after a diagnostic. `about`: Title and Author of the PDF; `case`: where to look for what LibreOffice cannot print."""
    from kotobuki.build.foreign import archivable, sizes

    diagnostics, place = workshop.project.diagnostics, form.template.place()
    try:
        printed = workshop.office.to_pdf(paper.data)
    except CommandError as error:  # other cases may be printed nevertheless
        remedy = "もう一度作ってみてください。同じであれば、--format docx で作り、Word で開いて確かめてください"
        diagnostics.error(case, "form-not-printed", f"書類「{form.name}」：{error}", remedy)
        return None
    if printed is None:
        return paper
    pdf, producer, lasts = archivable(printed, about)
    if not lasts:
        reason = (
            f"書類「{form.name}」のPDFは、PDF/A・PDF/UAになりません（綴じた議案と会議資料も、ふつうのPDFになります）"
        )
        diagnostics.warning(place, "form-plain", reason, "LibreOffice を7.4以降にしてください")
    found = sizes(pdf)
    if len(found) != form.pages:
        reason = f"書類「{form.name}」のページ数は{form.pages}とされていますが、{len(found)}ページになりました"
        remedy = f"form.yaml に「ページ数: {len(found)}」と書くか、Word の様式か案件の文章を直してください"
        diagnostics.error(place, "form-page-count", reason, remedy)
    digests = _digests(paper.data, len(found))
    sources = tuple(
        ForeignPage(file=pdf, index=at, width=width, height=height, digest=digests[at], lasts=lasts)
        for at, (width, height) in enumerate(found)
    )
    return replace(paper, pdf=pdf, producer=producer, sources=sources)


def make_slips(workshop: Workshop, bundle: Bundle, form: PaperForm, key: str, word: WordPaper) -> Paper | None:
    """The paper that stands for the form: a slip for each of its pages."""
    project = workshop.project
    if project.template(SLIP) is None:
        raise UsageError(f"templates/{SLIP} が見つかりません")
    own = replace(form, template=Scalar(SLIP, "", ((0, 1, 1),)))
    found = workshop.template(own)
    if found is None:
        return None
    plan = PaperPlan(key=key, name=form.name, template=found[1], numbering=form.numbering)
    slips = []
    for page in range(1, form.pages + 1):
        slip = Slip(form.name, page, form.pages)
        composed = compose(bundle, replace(plan, slip=slip), project.diagnostics)
        if composed is None:
            return None
        slips.append(resolve(composed.paper, names_of(bundle), project.diagnostics))
    first, *more = slips
    rest = tuple(block for slip in more for block in _on_a_page(slip))
    return replace(first, blocks=(*first.blocks, *rest), draft=word.draft)


def _on_a_page(slip: Paper) -> tuple[Block, ...]:
    first, *rest = slip.blocks or (Paragraph(role=STANDARD.style),)
    if not isinstance(first, Paragraph):
        first, rest = Paragraph(role=STANDARD.style), [first, *rest]
    return (replace(first, page="portrait"), *rest)


def put_in_place(word: WordPaper, name: str, pages: tuple[Page, ...], look: Look) -> tuple[Page, ...]:
    """The pages of the slips as those of the form, the paper `name`: what they say is the form's, and nothing is drawn under its PDF."""
    digests = _digests(word.data, len(pages))
    standing = [replace(page, stands_for=digest) for page, digest in zip(pages, digests, strict=True)]
    if len(word.sources) != len(pages):
        return tuple(standing)
    mark = tuple(draft_mark(look, look.sheet.page)) if word.draft else ()
    return tuple(
        renumbered(
            replace(page, items=(inset, *mark), width=source.width, height=source.height),
            page.printed_number,
            "",
            look,
        )
        for page, source, inset in zip(standing, word.sources, insets(name, word.sources), strict=True)
    )


def _digests(data: bytes, count: int) -> list[str]:
    whole = hashlib.sha256(data).hexdigest()
    return [hashlib.sha256(f"{whole}:{at}".encode()).hexdigest() for at in range(count)]
