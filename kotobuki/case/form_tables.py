"""The table of a form's section: rows whose labels the form gives, from YAML to a `Grid`.

In: the mapping of rows and the section's form. Out: a grid of labels and contents.
"""

from __future__ import annotations

from dataclasses import dataclass

from kotobuki.case import blocks as b
from kotobuki.case.content import read_content
from kotobuki.case.form import RowForm, SectionForm
from kotobuki.case.inlines import Inlines, Spread, Text, plain
from kotobuki.case.nodes import Mapping, Node
from kotobuki.case.shapes import is_blank
from kotobuki.case.slot_content import typed_or_mixed
from kotobuki.case.slots import Entry, matched, misspelt, ordered
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.characters import natural_width_em


def read_form_table(node: Node, slot: SectionForm, diagnostics: Diagnostics) -> b.Content:
    """The form's table of labelled rows; a 体制 row is split into role and post."""
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(),
            "rows-expected",
            f"節「{slot.name}」は「行の名: 内容」の組で書きます",
            f"行の名は {'・'.join(row.name for row in slot.rows)} です。行に分けない文章は「- ｛文｝: …」と書いてください",
        )
        return ()
    forms = {row.name: row for row in slot.rows}
    entries, order = matched(node, list(forms), list(forms), "行", diagnostics)
    given = {entry.slot for entry in entries} | misspelt(node, list(forms))
    for row in slot.rows:
        if row.required and row.name not in given:
            diagnostics.error(
                node.place(),
                "row-missing",
                f"節「{slot.name}」に行「{row.name}」がありません",
                f"「{row.name}: …」を書き加えてください",
            )
    rows = [_row(entry, forms.get(entry.slot), diagnostics) for entry in entries]
    rows = list(ordered(rows, [row.name for row in rows], list(forms), order, diagnostics))
    return (_grid(rows, slot, node.place()),) if rows else ()


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    heading: Inlines
    content: b.Content
    place: Place


def _row(entry: Entry, form: RowForm | None, diagnostics: Diagnostics) -> _Row:
    heading = entry.heading or (form.heading if form else ())
    if is_blank(entry.value):
        diagnostics.error(
            entry.place,
            "row-empty",
            f"行「{entry.slot}」の内容がありません",
            "内容を書くか、必須でなければこの行を消してください",
        )
        return _Row(entry.slot, heading, (), entry.place)
    content = read_content(entry.value, diagnostics) if form is None else typed_or_mixed(entry.value, form, diagnostics)
    return _Row(entry.slot, heading, content, entry.place)


def _grid(rows: list[_Row], slot: SectionForm, place: Place) -> b.Grid:
    """Label column, content column; the content column is split where a row holds posts."""
    roles = [role for row in rows for each in row.content if isinstance(each, b.Posts) for role, _ in each.entries]
    widths = slot.widths or (8.0, 0.0)
    if roles:
        longest = max(natural_width_em(plain(role)) for role in roles)
        width = widths[-1] - _CELL_MARGINS
        role_width = min(longest, max(width - 9.1, width / 2)) if widths[-1] else longest
        widths = (*widths[:-1], role_width, width - role_width if widths[-1] else 0.0)
    columns = len(widths)
    head = tuple(
        b.GridCell(
            (b.Para((_spread(name, widths, index, columns),)),),
            columns=columns - index if index == len(slot.columns) - 1 else 1,
            role="表見出し",
        )
        for index, name in enumerate(slot.columns)
    )
    body = tuple(line for row in rows for line in _grid_rows(row, columns))
    return b.Grid(((b.GridRow(head, head=True),) if head else ()) + body, widths, place=place)


_CELL_MARGINS = 0.9
"""Left and right margin of a cell of the table style 表 (2 × 5.4 pt) in em of 12 pt, lost where a column is split."""


def _spread(name: str, widths: tuple[float, ...], index: int, columns: int) -> Spread | Text:
    """A column's head, letter-spaced as papers do: one em between in a narrow column, two in a wide one."""
    if not 2 <= len(name) <= 3:
        return Text(name)
    gap = 1.0 if widths[index] and widths[index] < 12 and index < columns - 1 and index == 0 else 2.0
    return Spread((Text(name),), fit_em=len(name) + (len(name) - 1) * gap)


def _grid_rows(row: _Row, columns: int) -> tuple[b.GridRow, ...]:
    label = (b.Para(row.heading, role="表項目"),)
    if len(row.content) == 1 and isinstance(row.content[0], b.Posts):
        entries = row.content[0].entries
        lines = []
        for index, (role, post) in enumerate(entries):
            cells = (b.GridCell((b.Para(role, role="表項目"),)), b.GridCell(post))
            first = (b.GridCell(label, rows=len(entries), target=True),) if index == 0 else ()
            lines.append(b.GridRow((*first, *cells), names=(row.name,) if index == 0 else (), place=row.place))
        return tuple(lines)
    cells = (b.GridCell(label, target=True), b.GridCell(row.content, columns=columns - 1))
    return (b.GridRow(cells, names=(row.name,), place=row.place),)
