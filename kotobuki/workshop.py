"""What all bundles of one run share: the stylesheet, the templates, the faces; and how a Document becomes files.

In: a project. Out: values made when first needed, once; the bytes of .docx and .pdf files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.case.form import PaperForm
from kotobuki.diagnostics import Place
from kotobuki.document import Document
from kotobuki.layout.page import Page, TextLine
from kotobuki.project import BASE, Project

if TYPE_CHECKING:
    from kotobuki.fonts import FontFace
    from kotobuki.word.base import BasePackage

FORMATS = ("docx", "pdf")


class UsageError(Exception):
    """The command cannot be carried out as given (exit status 2); the message is Japanese."""


@dataclass
class Workshop:
    """What all cases of a build share, made when first needed."""

    project: Project
    sources: dict[Path, str] = field(default_factory=dict)

    @cached_property
    def base_file(self) -> Path:
        """base.docx."""
        file = self.project.template(BASE)
        if file is None:
            raise UsageError("templates/base.docx が見つかりません")
        return file

    @cached_property
    def base(self) -> BasePackage:
        """The stylesheet and the Word package behind it."""
        from kotobuki.word.base import read_base

        return read_base(self.base_file, self.project.diagnostics, self.project.shown(self.base_file))

    def source(self, form: PaperForm) -> tuple[Path, str] | None:
        """A template's file and text; a missing or unreadable one is a diagnostic."""
        file = self.project.template(form.template.value)
        if file is None:
            self.project.diagnostics.error(
                form.template.place(),
                "template-missing",
                f"雛形「{form.template.value}」がありません",
                "templates の中のファイル名を書いてください",
            )
            return None
        if file not in self.sources:
            try:
                self.sources[file] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                place = Place(self.project.shown(file), 1, 1)
                self.project.diagnostics.error(
                    place, "template-encoding", "雛形がUTF-8ではありません", "UTF-8（BOMなし）で保存し直してください"
                )
                return None
        return file, self.sources[file]

    def face(self, font: str) -> FontFace:
        """The face for a font name of the stylesheet or the house style."""
        from kotobuki.fonts import find_font

        face = find_font([font])
        if face.path is None and "font-missing" not in {each.rule for each in self.project.diagnostics}:
            self.project.diagnostics.warning(
                Place(self.project.shown(self.project.root)),
                "font-missing",
                "明朝のフォントが見つからないため、PDF標準の日本語フォントで代えます（文字は埋め込まれません）",
                "BIZ UD明朝かIPAex明朝を入れてください（Debian・Ubuntu：fonts-morisawa-bizud-mincho）",
            )
        return face

    def files(
        self, name: str, document: Document, pages: Sequence[Page], formats: Sequence[str]
    ) -> Iterator[tuple[str, bytes]]:
        """The document as files called `name`, in the formats asked for; `pages` are its pages."""
        if "docx" in formats:
            from kotobuki.word.writer import write_docx

            yield f"{name}.docx", write_docx(document, self.base)
        if "pdf" in formats:
            from kotobuki.pdf.writer import write_pdf

            yield (
                f"{name}.pdf",
                write_pdf(
                    pages,
                    title=document.title,
                    author=document.author,
                    subject=document.subject,
                    papers=[(paper.key, paper.name) for paper in document.papers],
                    faces={font: self.face(font) for font in fonts_of(pages)},
                ),
            )


def fonts_of(pages: Sequence[Page]) -> list[str]:
    """The font names on the pages."""
    return sorted({item.font for page in pages for item in page.items if isinstance(item, TextLine)})
