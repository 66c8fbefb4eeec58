"""An item put below the one before it, or taken out from below one."""

from __future__ import annotations

from kotobuki.case.shapes import block_kind
from kotobuki.editor.form.editing import Change, Editing, Steps, impossible
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript import scalars
from kotobuki.manuscript.parts import inner_parts, shifted
from kotobuki.manuscript.rearranging import (
    Rows,
    Value,
    item_lines,
)
from kotobuki.manuscript.retyping import (
    STEP,
    behind_sign,
    header_end,
)
from kotobuki.manuscript.tree import Collection, Leaf

_CHILD = 2 * STEP
"""How far items below a heading are indented from those around it: their list, by one step from the heading, which is by one."""
_PARAGRAPH = "｛文｝"
_NESTED = 3
"""Steps from an item to the one that it is below: the list of that, its place, its heading."""


def nest(file: Editing, path: Steps) -> Change:
    """An item below the one before it: that one's text becomes a heading; what stands below a heading, a list."""
    file.entry(path)
    holder, index = file.at(path[:-1]), path[-1]
    rows = file.rows(path[:-1])
    if not isinstance(holder, list) or not isinstance(index, int) or index < 1 or rows is None:
        raise RefusalError("この項目は、ここでは下げられません", "すぐ上に項目があるときに、その下に入れられます")
    above_it, moved = holder[index - 1], holder[index]
    entry = rows.parts[index - 1].entry
    kept, own = rows.of(index - 1), rows.of(index)
    made: Value
    if isinstance(above_it, str) and above_it and "\n" not in above_it and isinstance(entry.value, Leaf):
        made = {above_it: [moved]}
        lines = _as_heading(file, rows, index - 1, above_it)
        lines += shifted(own, _CHILD)
    elif isinstance(above_it, dict) and len(above_it) == 1:
        heading, content = next(iter(above_it.items()))
        inner = _rows_below(rows, index - 1)
        if isinstance(content, list) and inner is not None:
            made = {heading: [*content, moved]}
            lines = [*kept, *shifted(own, inner.column - rows.column)]
        elif content == "":
            made = {heading: [moved]}
            lines = [*_without_value(file, rows, index - 1), *shifted(own, _CHILD)]
        elif isinstance(content, str):
            made = {heading: [{_PARAGRAPH: content}, moved]}
            first = item_lines({_PARAGRAPH: content}, rows.column + _CHILD, file.source.known_keys)
            lines = [*_without_value(file, rows, index - 1), *first, *shifted(own, _CHILD)]
        else:
            raise impossible()
    else:
        raise impossible()
    wanted = file.changed(path[:-1], lambda _: [*holder[: index - 1], made, *holder[index + 1 :]])
    entries = rows.all()
    return Change(wanted, [[rows.becomes([*entries[: index - 1], lines, *entries[index + 1 :]])]])


def unnest(file: Editing, path: Steps) -> Change:
    """An item of a list below a heading to behind the item of that heading, which is a plain text if nothing stays below it."""
    if len(path) < _NESTED or not isinstance(path[-1], int) or not isinstance(path[-3], int):
        raise RefusalError("この項目は、これより上げられません", "そのままにしてください")
    index, heading, outer = path[-1], path[-2], path[-3]
    holder, inner = file.rows(path[:-3]), file.rows(path[:-1])
    items, around = file.at(path[:-1]), file.at(path[:-3])
    entry = file.at(path[:-2])
    if (
        holder is None or inner is None or not isinstance(items, list) or not isinstance(around, list)
        or not isinstance(heading, str) or not isinstance(entry, dict) or len(entry) != 1
    ):  # fmt: skip
        raise impossible()
    moved = items[index]
    rest: list[Value] = [each for at_, each in enumerate(items) if at_ != index]
    own = [*shifted(inner.of(index), holder.column - inner.column)]
    part, own_part = holder.parts[outer], inner.parts[index]
    kept = holder.of(outer)
    del kept[own_part.first - part.first : own_part.end - part.first]
    made: Value = {heading: rest} if rest else heading
    if not rest and block_kind(heading) is None:
        kept = _as_text(file, holder, outer, kept, heading)
    elif not rest:
        made = {heading: ""}
    entries = holder.all()
    wanted = file.changed(path[:-3], lambda _: [*around[:outer], made, moved, *around[outer + 1 :]])
    return Change(wanted, [[holder.becomes([*entries[:outer], kept, own, *entries[outer + 1 :]])]])


def _as_heading(file: Editing, rows: Rows, index: int, text: str) -> list[str]:
    """The lines of an item that is a text, as the heading of what is to stand below it."""
    part, lines = rows.parts[index], file.lines
    leaf = part.entry.value
    assert isinstance(leaf, Leaf)
    key = scalars.in_one_line(text, "key", "", file.source.known_keys)
    row, column = header_end(leaf, lines) if leaf.block else leaf.end
    line = f"{' ' * part.column}- {key}:{lines[row][column:].rstrip(chr(13) + chr(10))}"
    above_it = rows.of(index)[: part.entry.at[0] - part.first]
    return [*above_it, line, *(each.rstrip("\r\n") for each in lines[leaf.last + 1 : part.end])]


def _without_value(file: Editing, rows: Rows, index: int) -> list[str]:
    """The lines of an item `heading: text`, without the text."""
    part, lines = rows.parts[index], file.lines
    inner = part.entry.value
    if not isinstance(inner, Collection):  # an alias
        raise impossible()
    leaf = inner.entries[0].value
    if inner.flow or not isinstance(leaf, Leaf) or leaf.alias or leaf.anchor:
        raise impossible()
    sign_row, sign = behind_sign(inner.entries[0], lines)
    row, column = header_end(leaf, lines) if leaf.block else leaf.end if leaf.text or leaf.quoted else (sign_row, sign)
    own = rows.of(index)
    line = own[sign_row - part.first][:sign] + lines[row][column:].rstrip("\r\n")
    below = own[max(leaf.last, sign_row) + 1 - part.first :]
    return [*own[: sign_row - part.first], line, *below]


def _as_text(file: Editing, rows: Rows, index: int, kept: list[str], heading: str) -> list[str]:
    """The lines of an item whose heading has nothing below it any more, as a plain text."""
    part, lines = rows.parts[index], file.lines
    inner = part.entry.value
    key = inner.entries[0].key if isinstance(inner, Collection) else None
    if not isinstance(inner, Collection) or inner.flow or key is None:
        raise impossible()
    sign_row, sign = behind_sign(inner.entries[0], lines)
    at_ = sign_row - part.first
    text = scalars.in_one_line(heading, "item", "", file.source.known_keys)
    line = kept[at_][: key.start[1]] + text + kept[at_][sign:]
    return [*kept[:at_], line, *kept[at_ + 1 :]]


def _rows_below(rows: Rows, index: int) -> Rows | None:
    """The items of the list below the heading of an item."""
    part = rows.parts[index]
    around = part.inner
    if around is None:
        return None
    heading = inner_parts(part)[0][0]
    return None if heading.inner is None else Rows(rows.lines, inner_parts(heading)[0])
