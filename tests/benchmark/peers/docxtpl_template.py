"""The template that docxtpl fills: base.docx and the path of the template to write as arguments.

It has the few styles of base.docx, since python-docx's own template with its many styles is slower by half.
"""

from __future__ import annotations

import sys

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

_COVER = (
    ("議案番号", "{{ number }}"),
    ("会議回次", "令和９年度第１回"),
    ("資料名", "寿市個人情報保護審査会資料"),
    ("表紙件名", "件名：「{{ title }}」"),
    ("表紙主管課", "主管課：{{ department }}"),
    ("添付資料見出し", "〈添付資料〉"),
    ("添付資料", "(1) 諮問書"),
    ("添付資料", "(2) 諮問依頼書（写）"),
)
_CONSULTATION = (
    ("文書番号", "9総総送第1号"),
    ("Date", "令和９年５月11日"),
    ("宛先", "寿市個人情報保護審査会"),
    ("宛先氏名", "会長　羽衣　千鳥　殿"),
    ("発信者", "寿市長　高砂　松風"),
    ("標題", "寿市個人情報保護条例の規定による諮問について（諮問）"),
    ("Body Text", "寿市個人情報保護条例の規定に基づき、下記の事項について意見を求めます。"),
    ("Note Heading", "記"),
    ("節見出し", "１　諮問事項"),
    ("節本文", "{{ title }}"),
    ("節見出し", "２　諮問理由"),
    ("節本文", "{{ reason }}"),
    ("節見出し", "３　諮問関係資料"),
    ("節本文", "別紙諮問依頼書（写）のとおり"),
    ("節見出し", "４　担当部課"),
    ("節本文", "{{ department }}"),
)
_REQUEST = (
    ("文書番号", "{{ document_number }}"),
    ("Date", "令和９年５月６日"),
    ("宛先", "総務部長　殿"),
    ("発信者", "{{ department }}"),
    ("標題", "寿市個人情報保護審査会への諮問について（依頼）"),
    ("Body Text", "寿市個人情報保護条例の規定に基づき、下記の事項について寿市個人情報保護審査会に諮問願います。"),
    ("Note Heading", "記"),
    ("Normal", "{%p for section in sections %}"),
    ("節見出し", "{{ section.heading }}"),
    ("Normal", "{%p if section.rows %}"),
)
_WIDTHS = (Mm(37), Mm(127))


def main(base: str, path: str) -> None:
    document = Document(base)
    body = document.element.body
    for element in list(body)[:-1]:  # all but the page setup
        body.remove(element)
    for number, lines in enumerate((_COVER, _CONSULTATION, _REQUEST)):
        for at, (style, text) in enumerate(lines):
            paragraph = document.add_paragraph(text, style)
            paragraph.paragraph_format.page_break_before = bool(number) and not at
    _add_table(document)
    document.add_paragraph("{%p else %}")
    for style, text in _lines("section.lines", "節本文", "項目"):
        document.add_paragraph(text, style)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    _add_page_number(document)
    document.save(path)


def _lines(name: str, plain: str, item: str) -> list[tuple[str, str]]:
    """A loop over paragraphs that chooses the style by the level."""
    found = [("Normal", f"{{%p for line in {name} %}}")]
    for level, style in enumerate((plain, *(f"{item}{number}" for number in (1, 2, 3)))):
        found += [("Normal", f"{{%p {'elif' if level else 'if'} line.level == {level} %}}"), (style, "{{ line.text }}")]
    return [*found, ("Normal", "{%p endif %}"), ("Normal", "{%p endfor %}")]


def _add_table(document: WordDocument) -> None:
    """A head that is repeated, a row for docxtpl's loop on either side of the row that is repeated."""
    table = document.add_table(rows=4, cols=2, style="表")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    head, begin, row, end = table.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(head.cells, ("項目", "内容"), strict=True):
        _fill(cell, [("表見出し", text)])
    _fill(begin.cells[0], [("表項目", "{%tr for row in section.rows %}")])
    _fill(row.cells[0], [("表項目", "{{ row.name }}")])
    _fill(row.cells[1], _lines("row.lines", "表本文", "表項目"))
    _fill(end.cells[0], [("表項目", "{%tr endfor %}")])


def _fill(cell: _Cell, lines: list[tuple[str, str]]) -> None:
    (style, text), *rest = lines
    cell.paragraphs[0].text, cell.paragraphs[0].style = text, style
    for style, text in rest:
        cell.add_paragraph(text, style)


def _add_page_number(document: WordDocument) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "footer"
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.paragraph_format.space_before = Pt(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
