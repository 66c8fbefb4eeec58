"""The table of a form's section: rows whose labels the form gives, from YAML to a `Grid`.

In: the rows and the section's form. Out: a grid of labels and contents. A row of a table with more than two columns is the
list of its cells; where the form names no rows, they are a list as in ｛表｝.
"""

from __future__ import annotations

from dataclasses import replace

from kotobuki.case import blocks as b
from kotobuki.case.content import read_content
from kotobuki.case.posts import with_posts_split
from kotobuki.case.shapes import is_blank
from kotobuki.case.slot_content import typed_or_mixed
from kotobuki.case.slots import SlotEntry, matched, misspelt, ordered
from kotobuki.case.table_settings import TableSettings, settings_of
from kotobuki.case.tables import read_rows
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines, Spread, Text
from kotobuki.reading.nodes import Mapping, Node, Sequence
from kotobuki.reading.placeholders import placeholder_of
from kotobuki.roles import CELL_HEAD, ROW_LABEL
from kotobuki.settings.form import REPEATS, RowForm, SectionForm


def read_form_table(node: Node, slot: SectionForm, diagnostics: Diagnostics) -> b.Content:
    """The form's table of labelled rows; a 体制 row is split into role and post."""
    settings, node = settings_of(node, diagnostics)
    slot = _as_set(slot, settings, node.place(), diagnostics)
    if slot.columns and not slot.rows and isinstance(node, Sequence):
        heads = tuple((_spread(name, slot, at),) for at, name in enumerate(slot.heads))
        grid = read_rows(node, heads, _widths(slot), diagnostics, read_content)
        return (replace(grid, repeats=REPEATS.get(slot.head_row)),) if grid else ()
    if not isinstance(node, Mapping) or (slot.width > 2 and not slot.rows):
        _refuse(node, slot, diagnostics)
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
    rows = [_row(entry, forms.get(entry.slot), slot, diagnostics) for entry in entries]
    rows = list(ordered(rows, [row.name for row in rows], list(forms), order, diagnostics))
    return (_grid(rows, slot, node.place()),) if rows else ()


def _as_set(slot: SectionForm, settings: TableSettings, place: Place, diagnostics: Diagnostics) -> SectionForm:
    """The form's table as this case has it."""
    if settings.widths and len(settings.widths) != slot.width:
        reason = f"列幅は{len(settings.widths)}、節「{slot.name}」の表の列は{slot.width}あります"
        diagnostics.error(place, "table-columns", reason, "列の数だけ、列幅を書いてください")
        return slot
    return replace(slot, widths=settings.widths or slot.widths, head_row=settings.head_row or slot.head_row)


def _refuse(node: Node, slot: SectionForm, diagnostics: Diagnostics) -> None:
    reason = f"節「{slot.name}」は「行の名: 内容」の組で書きます"
    remedy = (
        f"行の名は {'・'.join(row.name for row in slot.rows)} です。行に分けない文章は「- ｛文｝: …」と書いてください"
    )
    if not slot.rows:
        reason = f"節「{slot.name}」は行の一覧で書きます"
        remedy = f"一行に一つ「- [{', '.join(slot.columns) or '欄, 欄'}]」のように、欄を並べてください"
    diagnostics.error(node.place(), "rows-expected", reason, remedy)


@dataclass(frozen=True, slots=True)
class _Row:
    """`cells`: what stands behind the label, one for each column."""

    name: str
    heading: Inlines
    cells: tuple[b.Content, ...]
    place: Place


def _row(entry: SlotEntry, form: RowForm | None, slot: SectionForm, diagnostics: Diagnostics) -> _Row:
    heading = entry.heading or (form.heading if form else ())
    if is_blank(entry.value):
        diagnostics.error(
            entry.place,
            "row-empty",
            f"行「{entry.slot}」の内容がありません",
            "内容を書くか、必須でなければこの行を消してください",
        )
        return _Row(entry.slot, heading, ((),), entry.place)
    if slot.width > 2:
        return _Row(entry.slot, heading, _cells(entry, slot, diagnostics), entry.place)
    content = read_content(entry.value, diagnostics) if form is None else typed_or_mixed(entry.value, form, diagnostics)
    return _Row(entry.slot, heading, (content,), entry.place)


def _cells(entry: SlotEntry, slot: SectionForm, diagnostics: Diagnostics) -> tuple[b.Content, ...]:
    """The cells of a row of several; one that is still to be written stands in the first."""
    count = slot.width - 1
    if placeholder_of(entry.value):
        return (read_content(entry.value, diagnostics), *[()] * (count - 1))
    items = entry.value.items if isinstance(entry.value, Sequence) else ()
    if len(items) == count:
        return tuple(() if is_blank(each) else read_content(each, diagnostics) for each in items)
    diagnostics.error(
        entry.value.place(),
        "row-cells",
        f"行「{entry.slot}」には、{count}の欄を一覧で書きます",
        f"「{entry.slot}: [{', '.join(slot.columns[1:])}]」のように書いてください。空の欄は '' と書きます",
    )
    return ((),) * count


def _widths(slot: SectionForm) -> tuple[float, ...]:
    return slot.widths or ((8.0, 0.0) if slot.width == 2 else (0.0,) * slot.width)


def _grid(rows: list[_Row], slot: SectionForm, place: Place) -> b.Grid:
    """Label column, content columns."""
    head = tuple(
        b.GridCell((b.Para((_spread(name, slot, index),)),), role=CELL_HEAD) for index, name in enumerate(slot.heads)
    )
    body = tuple(map(_grid_row, rows))
    grid = b.Grid(
        rows=((b.GridRow(head, head=True),) if head else ()) + body,
        widths=_widths(slot),
        repeats=REPEATS.get(slot.head_row),
        place=place,
    )
    return with_posts_split(grid)


def _spread(name: str, slot: SectionForm, index: int) -> Spread | Text:
    """A column's head, letter-spaced as papers do: one em between in a narrow column, two in a wide one."""
    if not 2 <= len(name) <= 3:
        return Text(name)
    narrow = 0 < _widths(slot)[index] < 12 and (index == 0 or slot.width > 2)
    gap = 1.0 if narrow else 2.0
    return Spread((Text(name),), fit_em=len(name) + (len(name) - 1) * gap)


def _grid_row(row: _Row) -> b.GridRow:
    label = b.GridCell((b.Para(row.heading, role=ROW_LABEL),), target=True)
    return b.GridRow((label, *map(b.GridCell, row.cells)), names=(row.name,), place=row.place)
