"""The values of templates as plain words, for a department's own Word form.

In: the values of `compose` and the sections of the case. Out: the same names with text in place of tokens; the content
of a section is a list of lines, those of a table its rows. Every term prints as the sections print it when they are read
one after the other, as in a 依頼書.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.case.case import Case
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Block, Cell, Figure, Paragraph, Row, Table
from kotobuki.forms.compose import Bundle, annexes_of, heading_of, names_of, values_of
from kotobuki.forms.faults import UnknownNameError
from kotobuki.forms.plan import PaperPages
from kotobuki.forms.values import Body, Bound, OpenText, Registry, Value
from kotobuki.numbering.draft import DraftPaper, DraftSection, Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.resolve import resolve
from kotobuki.reading.inlines import Inlines, PaperPageNumber
from kotobuki.settings.form import SectionForm

_BETWEEN = "　"  # between the cells of a row, where they are printed as one text


class PlainLine(dict[str, object]):
    """A line of a section: 番号 and 文 of a paragraph or item; of a table's row 項目, 内容 and every cell (欄)."""

    def __str__(self) -> str:
        """The line as one text."""
        parts = (str(self[key]) for key in ("番号", "項目", "文") if self[key])
        return _BETWEEN.join(parts)


class PlainLines(list[PlainLine]):
    """The content of a section. `rows`: by the name of a row, the label it is printed under ("" = the case has none)."""

    def __init__(self, lines: Iterable[PlainLine] = (), rows: Mapping[str, str] | None = None) -> None:
        super().__init__(lines)
        self.rows = rows or {}
        self._by_label = {str(line["項目"]).rstrip("："): line["内容"] for line in reversed(self)}  # the first counts

    def labelled(self, name: str) -> object:
        """The 内容 of a row, or of a pair, by its label. Raises `UnknownNameError`."""
        label = self.rows.get(name, name)
        if label not in self._by_label and name not in self.rows:
            raise UnknownNameError(name, within=True)
        return self._by_label.get(label, "")

    def __str__(self) -> str:
        """The content as text, a paragraph or row a line: what `{{ 節.理由 }}` prints in a Word form."""
        return "\n".join(map(str, self))


def plain_values(bundle: Bundle, attached: tuple[PaperPages, ...], diagnostics: Diagnostics) -> dict[str, object]:
    """What a Word form may print, by the names it uses."""
    names = names_of(bundle)
    values = values_of(bundle, Registry(names), attached)
    found = {name: _plain(value, names) for name, value in values.items()}
    contents = _contents(bundle.case, names, diagnostics)
    found["節"] = {slot.name: PlainLines((), _unwritten(slot)) for slot in bundle.case.form.sections} | contents
    found["各節"] = [
        {"名": each.name, "見出し": _words(heading_of(each, names.style), names), "内容": contents[each.name]}
        for each in bundle.case.sections
    ]
    return found


def _plain(value: object, names: Names) -> object:
    match value:
        case Value(inlines=(PaperPageNumber(number=number),)):
            return number  # as it stands on the page
        case Value():
            text = _words(value.inlines, names)
            return OpenText(text, value.blank) if value.blank else text
        case Body() | Bound():
            return ""
        case Mapping():
            return {name: _plain(each, names) for name, each in value.items()}
        case list():
            return [_plain(each, names) for each in value]
        case _:  # a text, a number or nothing: it is plain
            return value


def _words(inlines: Inlines, names: Names) -> str:
    return names.style.digits.set_text(printed(inlines, names))


def _contents(case: Case, names: Names, diagnostics: Diagnostics) -> dict[str, PlainLines]:
    """The sections settled as in a paper of them all."""
    blocks = tuple(
        DraftSection(heading_of(each, names.style), each.content, (each.name,), place=each.place)
        for each in case.sections
    )
    paper = resolve(DraftPaper(key="plain", name="", blocks=blocks, annexes=annexes_of(case)), names, diagnostics)
    parts: list[list[Block]] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.heading:
            parts.append([])
        else:
            parts[-1].append(block)
    slots = {slot.name: _unwritten(slot) for slot in case.form.sections}
    return {
        each.name: PlainLines(_lines(part), {**slots.get(each.name, {}), **_written(each.content, names)})
        for each, part in zip(case.sections, parts, strict=True)
    }


def _unwritten(slot: SectionForm) -> dict[str, str]:
    return {row.name: "" for row in slot.rows}


def _written(content: b.Content, names: Names) -> dict[str, str]:
    """The labels of the rows that have a name."""
    rows = [row for block in content if isinstance(block, b.Grid) for row in block.rows if row.names]
    return {name: _label(row.cells[0], names) for row in rows for name in row.names}


def _label(cell: b.GridCell, names: Names) -> str:
    return "".join(_words(block.inlines, names) for block in cell.content if isinstance(block, b.Para))


def _lines(blocks: Iterable[Block]) -> Iterator[PlainLine]:
    for block in blocks:
        match block:
            case Paragraph():
                yield PlainLine(番号=block.label, 文=block.text, 項目="", 内容=block.text, 欄=[block.text])
            case Figure():
                yield PlainLine(番号="", 文=block.description, 項目="", 内容=block.description, 欄=[block.description])
            case Table():
                yield from _rows(row for row in block.rows if not row.head)
            case _:
                assert_never(block)


def _rows(rows: Iterable[Row]) -> Iterator[PlainLine]:
    """Rows under one label are one: its 内容 has a line for each."""
    below = 0
    label = ""
    content: list[str] = []
    cells: list[str] = []
    for row in rows:
        first, *rest = row.cells
        if below:
            own = [_text(cell) for cell in row.cells]
        else:
            label, content, cells = _text(first), [], [_text(first)]
            own, below = [_text(cell) for cell in rest], first.rows
        content.append(_BETWEEN.join(own))
        cells += own
        below -= 1
        if not below:
            words = "\n".join(content)
            yield PlainLine(番号="", 文=words, 項目=label, 内容=words, 欄=cells)


def _text(cell: Cell) -> str:
    return str(PlainLines(_lines(cell.blocks)))
