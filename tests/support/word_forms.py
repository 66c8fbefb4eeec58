"""Word forms of a department, as one would draw them in Word: made here, so that no binary file is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from support.samples import COVER, FORM, MEETING, edited, project

SHEET = (
    "送付票",
    "件名　{{ 件名 }}",
    "主管課　{{ 主管課 }}",
    "文書番号　{{ 依頼.文書番号 }}　{{ 依頼.日付 }}",
    "理由　{{ 節.理由 }}",
)
ROWS = ("{%tr for 行 in 節.業務 %}", ("{{ 行.項目 }}", "{{ 行.内容 }}"), "{%tr endfor %}")
FORM_WITH_SHEET = edited(
    FORM,
    "  依頼書: {雛形: 試験/依頼書.txt}\n",
    "  依頼書: {雛形: 試験/依頼書.txt}\n  送付票: {雛形: 試験/送付票.docx}\n",
)


def sheet(
    lines: Sequence[str] = SHEET, rows: Sequence[str | tuple[str, str]] = ROWS, pages: int = 1, header: str = ""
) -> bytes:
    """A form of these lines with a table of these rows (a text: across both columns), on so many pages."""
    document = blank()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, (row, "") if isinstance(row, str) else row, strict=True):
                cell.text = text
    for _ in range(pages - 1):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("次のページ")
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def blank() -> Document:
    """A document without a word, with no more than the styles that paragraphs and tables have by themselves."""
    return docx.Document(BytesIO(_blank()))


@cache
def _blank() -> bytes:
    """What python-docx begins with, without 160 styles and their twins: each test of a form would look through them."""
    document: Document = docx.Document()
    for style in [each for each in document.styles if not each.element.get(qn("w:default"))]:
        style.delete()
    latent = document.styles.element.find(qn("w:latentStyles"))
    document.styles.element.remove(latent)
    relations = document.part.rels
    (twins,) = (key for key, each in relations.items() if each.reltype.endswith("/stylesWithEffects"))
    del relations[twins]
    return saved(document)


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def city_with_form(
    folder: Path, data: bytes | None = None, cases: dict[str, str] | None = None, **changed: str
) -> Path:
    """The small city whose form has a Word form behind its 依頼書."""
    root = project(folder, cases, **{"FORM": FORM_WITH_SHEET, "COVER": COVER, "MEETING": MEETING, **changed})
    (root / "templates" / "試験" / "送付票.docx").write_bytes(sheet() if data is None else data)
    return root
