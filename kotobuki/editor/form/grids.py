"""Cells pasted into a table.

In: the rows of a table, and cells from one corner on. Out: a `Change`. The table grows where they reach beyond it, and all its
rows with it: what is empty then is a cell without words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotobuki.editor.form.editing import Change, Editing, Steps, impossible
from kotobuki.editor.form.turning import put
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript.edits import Edit
from kotobuki.manuscript.rearranging import Brackets, Value, in_brackets, item_lines
from kotobuki.manuscript.retyping import lines_below, retyped
from kotobuki.manuscript.tree import Collection, Position

MOST_CELLS = 20_000
"""Of a table that is pasted into: 500 rows of 40 columns."""


def paste(file: Editing, path: Steps, corner: tuple[int, int], cells: Sequence[Sequence[str]]) -> Change:
    """Cells from a corner (row, column) on, which stands in the table or next to it."""
    table = file.at(path)
    if table == "" and corner == (0, 0):
        return put(file, path, [[*row] for row in cells])
    rows = [row for row in table if isinstance(row, list)] if isinstance(table, list) else []
    if not isinstance(table, list) or len(rows) != len(table):
        raise impossible()
    top, left = corner
    widest = max(map(len, rows), default=0)
    if top > len(rows) or left > widest:
        raise RefusalError("表の外には貼り付けられません", "表の中か、すぐ隣の欄から貼り付けてください")
    height, width = max(len(rows), top + len(cells)), max(widest, left + max(map(len, cells)))
    if height * width > MOST_CELLS:
        remedy = "分けて貼り付けるか、行をファイルに置いて「ファイル:」に名を書いてください"
        raise RefusalError(f"貼り付けると表が{MOST_CELLS:,}欄を超えます", remedy)
    grown = [[*row, *[""] * (width - len(row))] for row in (*rows, *([] for _ in range(height - len(rows))))]
    for number, pasted in enumerate(cells, top):
        for index, words in enumerate(pasted, left):
            if not isinstance(grown[number][index], str):
                reason = "文のほかのものがある欄には、貼り付けられません"
                raise RefusalError(reason, "その欄を避けて貼り付けてください")
            grown[number][index] = words
    ways = (_joined([*_edits(file, path, rows, grown, way)]) for way in (0, -1))
    return Change(file.changed(path, lambda _: [*grown]), ways)


def _edits(
    file: Editing, path: Steps, rows: Sequence[list[Value]], grown: Sequence[list[Value]], way: int
) -> Iterator[Edit]:
    """The edits that make the rows these; `way`: which of the ways of a cell is taken, the first or the last."""
    for number, (old, new) in enumerate(zip(rows, grown, strict=False)):
        own = (*path, number)
        for index, (before, words) in enumerate(zip(old, new, strict=False)):
            if isinstance(words, str) and words != before:
                ways = [*retyped(file.site((*own, index)), words)]
                if not ways:
                    raise impossible()
                yield from ways[way]
        yield from _added(file, own, new[len(old) :])
    yield from _added(file, path, grown[len(rows) :])


def _added(file: Editing, path: Steps, items: Sequence[Value]) -> Iterator[Edit]:
    """Items at the end of a list."""
    collection, known = file.value(path), file.source.known_keys
    if not items or not isinstance(collection, Collection):
        return
    if collection.flow or not collection.entries:
        text = ", ".join(in_brackets(each, known) for each in items)
        yield Brackets(file.lines, collection).with_one(len(collection.entries), text)
        return
    rows = file.rows(path)
    if rows is None:
        raise impossible()
    lines = [line for each in items for line in item_lines(each, rows.column, known)]
    yield from lines_below(file.lines, rows.parts[-1].end - 1, lines)


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """Edits of which several put something in the same gap: as one, in their order."""
    gaps: dict[Position, str] = {}
    found: list[Edit] = []
    for each in edits:
        if each.start == each.end:
            gaps[each.start] = gaps.get(each.start, "") + each.text
        else:
            found.append(each)
    return [*found, *(Edit(place, place, text) for place, text in gaps.items())]
