"""What all bundles of one run share: the stylesheet, the templates, the faces; and how a Document becomes files.

In: a project. Out: values made when first needed, once; the bytes of .docx and .pdf files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.diagnostics import Diagnostic, Place, UsageError, reason_of
from kotobuki.document import Document, has_figures
from kotobuki.forms.plan import Template
from kotobuki.layout.columns import settle_columns
from kotobuki.layout.page import Page, TextLine
from kotobuki.layout.pages import lay_out
from kotobuki.layout.paragraphs import Advances, Look
from kotobuki.project import BASE, Project
from kotobuki.register.checks import NumberCheck
from kotobuki.register.ledger import Register
from kotobuki.roles import STANDARD
from kotobuki.settings.form import PaperForm

if TYPE_CHECKING:
    from kotobuki.build.office import Office
    from kotobuki.fonts import FontFace, FontFile
    from kotobuki.pdf.press import Press
    from kotobuki.word.base import BasePackage
    from kotobuki.word.papers import WrittenPapers

_BOM = "\ufeff"


@dataclass
class Workshop:
    """What all cases of a build share, made when first needed."""

    project: Project
    find_office: Callable[[], Office] | None = None
    faces: dict[str, FontFace] = field(default_factory=dict)
    _templates: dict[tuple[str, str], tuple[Path, Template]] = field(default_factory=dict)
    """By the name of the template and the file that names it: those of which there is nothing to be said."""

    @cached_property
    def base_file(self) -> Path:
        """templates/base.docx, whose styles are the look of all papers. Raises `UsageError` if there is none."""
        file = self.project.template(BASE)
        if file is None:
            raise UsageError("templates/base.docx が見つかりません")
        return file

    @cached_property
    def base(self) -> BasePackage:
        """The stylesheet and the Word package behind it."""
        from kotobuki.word.base_file import read_base

        return read_base(self.base_file, self.project.diagnostics, self.project.shown(self.base_file))

    @cached_property
    def numbers(self) -> NumberCheck:
        """What the register of document numbers allows."""
        return NumberCheck(Register(self.project.root, self.project.diagnostics, self.project.shown))

    @cached_property
    def office(self) -> Office:
        """LibreOffice, which makes the PDF of Word forms: looked for when the first of them is made."""
        from kotobuki.build.office import Office

        return self.find_office() if self.find_office else Office()

    @cached_property
    def shared(self) -> tuple[Diagnostic, ...]:
        """What there is to say of the files that all cases go by: the organization, the forms, base.docx."""
        diagnostics = self.project.diagnostics
        with diagnostics.apart() as said:
            _ = self.project.organization, self.project.forms, self.base
        return tuple(said)

    def template(self, form: PaperForm) -> tuple[Path, Template] | None:
        """A template and its file; None after a diagnostic, if it is missing or unreadable."""
        named = form.template.value, form.template.place().path
        if kept := self._templates.get(named):
            return kept
        file = self.project.template_of(form)
        text = self._read_source(file) if file else None
        if file is None or text is None:
            return None
        found = file, Template(text.removeprefix(_BOM), self.project.shown(file), self.base.stylesheet.paragraphs)
        if not text.startswith(_BOM):
            self._templates[named] = found
        return found

    def _read_source(self, file: Path) -> str | None:
        place = Place(self.project.shown(file), 1, 1)
        save = "UTF-8（BOMなし）で保存し直してください"
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            self.project.diagnostics.error(place, "template-encoding", "雛形がUTF-8ではありません", save)
            return None
        except OSError as error:
            reason = f"雛形を開けません（{reason_of(error)}）"
            remedy = "読み取りの許可があるか確かめてください"
            self.project.diagnostics.error(place, "template-unreadable", reason, remedy)
            return None
        if text.startswith(_BOM):
            reason = "雛形の先頭にBOM（目に見えない目印、U+FEFF）があります"
            self.project.diagnostics.error(place, "bom", reason, save)
        return text

    @cached_property
    def font_files(self) -> tuple[FontFile, ...]:
        """The fonts of this system, looked for once."""
        from kotobuki.fonts import font_files

        return font_files()

    def face(self, font: str) -> FontFace:
        """The face for a font name of the stylesheet or the house style."""
        if font in self.faces:
            return self.faces[font]
        from kotobuki.fonts import find_font

        face = self.faces[font] = find_font([font], self.font_files)
        self._check_found(font, face)
        if face.path is None and "font-missing" not in {each.rule for each in self.project.diagnostics}:
            self.project.diagnostics.warning(
                Place(self.project.shown(self.project.root)),
                "font-missing",
                "明朝のフォントが見つからないため、PDF標準の日本語フォントで代えます（文字を埋め込めないので、PDF/A・PDF/UAではない、ふつうのPDFになります）",
                "BIZ UD明朝かIPAex明朝を入れてください（Debian・Ubuntu：fonts-morisawa-bizud-mincho）",
            )
        return face

    def _check_found(self, font: str, face: FontFace) -> None:
        """A font that another stands in for is named; but for a usual 明朝 of base.docx any other 明朝 will do."""
        from kotobuki.fonts import is_font, is_usual

        organization = self.project.organization
        asked = organization is not None and organization.style.font == font
        if face.path is None or is_font(face, font) or (is_usual(font) and not asked):
            return
        place = self.project.font_place if asked else Place(self.project.shown(self.base_file))
        self.project.diagnostics.warning(
            place,
            "font-replaced",
            f"フォント「{font}」がこのパソコンにないため、PDFでは「{face.family}」で代えます",
            f"「{font}」を入れるか、入っているフォントの名に直してください",
        )

    def look(self, document: Document) -> Look:
        """What setting the document follows: the stylesheet, the measures of its font, its rules of line breaking."""
        return Look.of(document, self.base.stylesheet, lambda font: self.face(font).advance_em)

    def lay_out(self, document: Document, place: Place) -> tuple[Document, tuple[tuple[Page, ...], ...]] | None:
        """The document and the pages of each of its papers; None after an error, such as a missing style or character.

        `place`: where to look for what has no place of its own.
        """
        from kotobuki.word.base import check_roles

        diagnostics, sheet = self.project.diagnostics, self.base.stylesheet
        check_roles(document, sheet, self.project.shown(self.base_file), diagnostics)
        self._check_glyphs(document, place)
        if diagnostics.errors:
            return None
        advances: Advances = lambda font: self.face(font).advance_em  # noqa: E731 - a name for both uses
        document = settle_columns(document, sheet, diagnostics)
        if any(has_figures(paper.blocks) for paper in document.papers):
            from kotobuki.figures.settle import settle_figures

            document = settle_figures(document, sheet, self.face, diagnostics)
        if diagnostics.errors:  # a figure without a drawing cannot be laid out
            return None
        return lay_out(document, sheet, advances)

    def _check_glyphs(self, document: Document, place: Place) -> None:
        """A character that the font lacks is named, with its place: nothing is printed as an empty box."""
        from kotobuki.fonts import missing_glyphs

        sheet = self.base.stylesheet

        def face_of(role: str) -> FontFace:
            style = sheet.paragraphs.get(role) or sheet.paragraphs[STANDARD.style]
            return self.face(document.font or style.font)

        for missing in missing_glyphs(document, face_of):
            what = "異体字" if missing.variant else "文字"
            self.project.diagnostics.error(
                missing.place or place,
                "glyph-missing",
                f"{what}「{missing.character}」（{missing.codes}）は、フォント「{missing.family}」にありません",
                "別の文字にするか、その文字のあるフォント（IPAmj明朝など）を入れて、organization.yaml の表記の「書体」に書いてください",
            )

    def press(self, pages: Sequence[Page]) -> Press:
        """What prints these pages into any number of PDFs."""
        from kotobuki.pdf.press import Press

        return Press(pages, {font: self.face(font) for font in fonts_of(pages)})

    def written(self) -> WrittenPapers:
        """What keeps papers as they were written, for any number of Word documents."""
        from kotobuki.word.papers import WrittenPapers

        return WrittenPapers(self.base)

    def files(
        self,
        name: str,
        document: Document,
        pages: Sequence[Page],
        formats: Sequence[str],
        *,
        press: Press | None = None,
        written: WrittenPapers | None = None,
        claims: bool = True,
    ) -> Iterator[tuple[str, bytes]]:
        """The document as files called `name`, in the formats asked for; `pages` are its pages.

        `press`, `written`: what has them ready already, for PDF and Word. `claims`: whether the PDF may say that it conforms to PDF/A and PDF/UA.
        """
        if "docx" in formats:
            from kotobuki.word.writer import write_docx

            yield f"{name}.docx", write_docx(document, self.base, written)
        if "pdf" in formats:
            from kotobuki.pdf.writer import write_pdf

            yield (
                f"{name}.pdf",
                write_pdf(
                    pages,
                    title=document.title,
                    author=document.author,
                    subject=document.subject,
                    papers=[(paper.key, (*paper.under, paper.name)) for paper in document.papers],
                    press=press or self.press(pages),
                    claims=claims,
                ),
            )


def fonts_of(pages: Sequence[Page]) -> list[str]:
    """The font names on the pages."""
    return sorted({item.font for page in pages for item in page.drawn if isinstance(item, TextLine)})
