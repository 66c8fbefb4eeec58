"""｛表｝: a free table, from YAML to a `Grid`.

In: the mapping under ｛表｝ and the reader of what stands in its cells. Out: a grid. A row is a list of cells, or
`label: cells`; `label: rows` groups rows, so that nesting is numbering here too. A cell that is ｛←｝ or ｛↑｝ belongs to the
one at its left or above it: every row is written in full, and columns stay columns in a diff. Or the rows stand in a file
beside the case (`table_files`). Figures are those of columns that are said to hold them (`amounts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kotobuki.case import blocks as b
from kotobuki.case.amounts import with_figures
from kotobuki.case.posts import with_posts_split
from kotobuki.case.shapes import block_kind, is_blank, sole_entry
from kotobuki.case.table_cells import LEFT, UP, TableCell, TableRow, usual_length
from kotobuki.case.table_files import FILE, FILE_HEADS, OF_FILE, rows_of_file
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.labels import is_label_sample
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import Inlines, parse_inlines, parse_line, plain
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Anything, Choice, Integer, Known, Line, Parsed, Raw, Several, one_of
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed, read_record
from kotobuki.roles import CELL_HEAD, NUMBERED_ROW_LABEL, ROW_LABEL
from kotobuki.settings.form import REPEATS
from kotobuki.settings.house_style import LABELS_AGAIN
from kotobuki.settings.widths import WIDTHS

ContentReader = Callable[[Node, Diagnostics], b.Content]
"""Reads what stands in a section, a row or a cell, as `content.read_content` does."""

SIZES = {"普通": False, "小": True}


@dataclass(frozen=True, slots=True)
class _Label:
    """A row's or group's label: the sample of its number, and the number. `above`: a row above has shown it."""

    inlines: Inlines
    sample: str
    number: int
    place: Place
    above: bool = False

    def para(self) -> b.Para:
        if not self.sample:
            return b.Para(self.inlines, ROW_LABEL)
        return b.Para(self.inlines, NUMBERED_ROW_LABEL, (self.sample, self.number))


def _parse_sample(scalar: Scalar, diagnostics: Diagnostics) -> str | None:
    if is_label_sample(scalar.value):
        return scalar.value
    reason = f"「{scalar.value}」は番号の見本になりません"
    remedy = "最初の番号を、上の段から順に書いてください（例：番号: [1., １）]）"
    diagnostics.error(scalar.place(), "label-sample", reason, remedy)
    return None


def _heads_schema(_: Known) -> Schema:
    """The rows of heads: words, or lists of words."""
    scalar = json_schema.SCALAR
    return {
        "type": ["array", *scalar],
        "items": {"type": ["array", *scalar, "null"], "items": {"type": [*scalar, "null"]}},
        "if": {"type": "array", "contains": {"type": "array"}},
        "then": {"items": {"type": ["array"]}},
        "errorMessage": "列の見出しは文で書きます（例：列: [区分, 件数]）",
    }


def _rows_schema(_: Known) -> Schema:
    return json_schema.listing(json_schema.ref("表の行"), "表の行には一覧を書きます", minItems=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKeys:
    """｛表｝ as it is written."""

    title: Inlines = keyed("題名", Line(), "表の題名", default=())
    heads: Node | None = keyed("列", Anything(_heads_schema), "列の見出し。二段なら一覧の一覧")
    widths: tuple[float, ...] = keyed(
        "列幅",
        WIDTHS,
        "字数。0 は残り、比2 比1 は残りを2:1に分ける",
        default=(),
    )
    repeats: bool | None = keyed("見出しの行", Choice(REPEATS), "次のページにも列の見出しを印字するか")
    labels: int | None = keyed("見出し列", Integer(0, 9), "行の見出しの列の数")
    samples: tuple[str, ...] = keyed(
        "番号",
        Several(Parsed(_parse_sample, lambda _: json_schema.sample())),
        "行の見出しの番号。上の段から、最初の番号",
        default=(),
    )
    again: str | None = keyed("再掲", one_of(*LABELS_AGAIN), "次のページにも行の見出しを印字するか")
    small: bool = keyed("文字", Choice(SIZES), "小 なら10.5ポイント", default=False)
    figures: tuple[Scalar, ...] = keyed(
        "数値", Several(AnyText()), "数を3桁ごとに区切り、右に寄せる列。見出しか、左から何列目か", default=()
    )
    file: Scalar | None = keyed(FILE, AnyText(), "行のある、案件と同じフォルダの CSV か .xlsx。行: の代わりに書く")
    sheet: Scalar | None = keyed(OF_FILE[0], AnyText(), ".xlsx のどのシートか。一つだけなら省ける")
    file_heads: int = keyed(OF_FILE[1], Choice(FILE_HEADS), "ファイルの初めの何行が列の見出しか", default=1)
    rows: Sequence | None = keyed(
        "行", Raw(Sequence, _rows_schema), "行の一覧。- [欄, 欄] 又は - 見出し: [欄]", required=True
    )


def read_table(value: Node, diagnostics: Diagnostics, read: ContentReader) -> b.Content:
    """The table, or nothing where there is none to be made out."""
    if not isinstance(value, Mapping):
        diagnostics.error(
            value.place(),
            "table-form",
            "｛表｝は「列:」「行:」などの組で書きます",
            "例：- ｛表｝: {列: [区分, 件数], 行: [[甲, 10件]]}",
        )
        return ()
    in_file = value.get(FILE) is not None
    written = read_record(
        TableKeys,
        value,
        diagnostics,
        "表",
        needs={"行": not in_file, FILE: in_file},
        without=() if in_file else OF_FILE,
    )
    rows, widths = written.rows, written.widths
    if rows and not rows.items:
        diagnostics.error(
            rows.place(), "table-empty", "表に行がありません", "「行:」の下に、欄の一覧を一行ずつ書いてください"
        )
    if rows and written.file:
        reason, remedy = f"「行:」と「{FILE}:」の両方に行があります", "どちらか一方を消してください"
        diagnostics.error(written.file.place(), "table-file", reason, remedy)
        return ()
    reader = _Rows(written.labels, written.samples, read, diagnostics)
    head = _heads(written.heads, diagnostics)
    if written.file:
        own_heads, body = rows_of_file(
            written.file, written.sheet, written.file_heads, written.labels or 0, head, diagnostics
        )
        if not body:  # after a diagnostic
            return ()
        head = head or own_heads
    else:
        body = [line for node in (rows.items if rows else ()) for line in reader.row(node)]
    if written.figures:
        body = with_figures(written.figures, head, body, diagnostics)
    columns = usual_length([*head, *body])
    if not columns or not _is_even(value, columns, widths, [*head, *body], diagnostics):
        return ()
    grid_rows = (*_merged(head, diagnostics, head=True), *_merged(body, diagnostics))
    grid = b.Grid(
        rows=grid_rows,
        widths=widths or (0.0,) * columns,
        title=written.title,
        repeats=written.repeats,
        small=written.small,
        again=LABELS_AGAIN[written.again] if written.again else None,
        shows_again=written.again is not None,
        place=value.place(),
    )
    return (with_posts_split(grid),)


def read_rows(
    rows: Sequence, heads: tuple[Inlines, ...], widths: tuple[float, ...], diagnostics: Diagnostics, read: ContentReader
) -> b.Grid | None:
    """The table of a form that gives the columns alone: the rows as those of ｛表｝. `heads`: () = it prints none."""
    reader = _Rows(None, (), read, diagnostics)
    head = (
        [TableRow(tuple(TableCell(content=(b.Para(each),), role=CELL_HEAD) for each in heads), rows.place())]
        if heads
        else []
    )
    body = [line for node in rows.items for line in reader.row(node)]
    if not body or not _is_even(rows, len(widths), widths, body, diagnostics):
        return None
    grid_rows = (*_merged(head, diagnostics, head=True), *_merged(body, diagnostics))
    return with_posts_split(b.Grid(rows=grid_rows, widths=widths, place=rows.place()))


def _heads(node: Node | None, diagnostics: Diagnostics) -> list[TableRow]:
    """The rows of heads: a list of words is one row, a list of such lists are several."""
    if node is None:
        return []
    if not isinstance(node, Sequence):
        node = Sequence((node,), node.place())
    nested = any(isinstance(each, Sequence) for each in node.items)
    lines = []
    for row in node.items if nested else (node,):
        if not isinstance(row, Sequence):
            diagnostics.error(
                row.place(), "table-heads", "列の見出しの行は一覧で書きます", "例：列: [[区分, ｛←｝], [甲, 乙]]"
            )
            continue
        place = row.items[0].place() if row.items else row.place()
        lines.append(TableRow(tuple(_head(cell, diagnostics) for cell in row.items), place))
    return lines


def _head(node: Node, diagnostics: Diagnostics) -> TableCell:
    if isinstance(node, Scalar):
        if node.value in (LEFT, UP):
            return TableCell(joins=node.value, place=node.place())
        return TableCell(
            content=tuple(map(b.Para, parse_inlines(node, diagnostics))), role=CELL_HEAD, place=node.place()
        )
    diagnostics.error(node.place(), "table-heads", "列の見出しは文で書きます", "例：列: [区分, 件数]")
    return TableCell(place=node.place())


class _Rows:
    """Reads rows and groups of rows, counting their labels."""

    def __init__(
        self, labels: int | None, samples: tuple[str, ...], read: ContentReader, diagnostics: Diagnostics
    ) -> None:
        self.labels, self.samples = labels, samples
        self.read, self.diagnostics = read, diagnostics
        self.numbers: list[int] = []

    def row(self, node: Node, above: tuple[_Label, ...] = ()) -> Iterator[TableRow]:
        """The line of a row, or those of a group."""
        if isinstance(node, Sequence) and node.items:
            count = (self.labels or 0) if not above else 0
            yield TableRow(
                tuple(self._cell(cell, is_label=at < count) for at, cell in enumerate(node.items)), node.place()
            )
            return
        entry = sole_entry(node)
        cells = entry[1] if entry else None
        if cells is not None and not isinstance(cells, Sequence) and not is_blank(cells):
            cells = Sequence((cells,), cells.place())  # the only one: - 甲: 10件
        if entry is None or block_kind(entry[0].value) is not None or not isinstance(cells, Sequence):
            self.diagnostics.error(
                node.place(), "table-row", "表の行は欄の一覧で書きます", "例：- [甲, 10件] 又は - 甲: [10件]"
            )
            return
        key = entry[0]
        label = self._label(key, len(above))
        if cells.items and all(_is_labelled(each) for each in cells.items):
            yield from self._group(cells, (*above, label))
        else:
            own = tuple(self._cell(cell, is_label=False) for cell in cells.items)
            yield TableRow((*self._labels((*above, label)), *own), key.place(), (plain(label.inlines),))

    def _group(self, rows: Sequence, labels: tuple[_Label, ...]) -> Iterator[TableRow]:
        """The rows of a group, whose label stands in the first of them."""
        self.numbers[len(labels) :] = []
        for node in rows.items:
            yield from self.row(node, labels)
            labels = tuple(replace(label, above=True) for label in labels)

    def _labels(self, labels: tuple[_Label, ...]) -> tuple[TableCell, ...]:
        """The label cells of a row: one a column, the last stacked or drawn out to fill them."""
        columns = self.labels or 1
        cells = [self._label_cell((label,)) for label in labels[: columns - 1]]
        if rest := labels[columns - 1 :]:
            cells.append(self._label_cell(tuple(label for label in rest if not label.above)))
        missing = columns - len(cells)
        return (*cells, *[TableCell(joins=LEFT, place=labels[-1].place)] * missing)

    def _label_cell(self, labels: tuple[_Label, ...]) -> TableCell:
        if labels[0].above:
            return TableCell(joins=UP, place=labels[0].place)
        return TableCell(
            content=tuple(label.para() for label in labels), role=ROW_LABEL, label=True, place=labels[-1].place
        )

    def _label(self, key: Scalar, depth: int) -> _Label:
        self.numbers += [0] * (depth + 1 - len(self.numbers))
        self.numbers[depth] += 1
        sample = self.samples[depth] if depth < len(self.samples) else ""
        return _Label(parse_line(key, self.diagnostics), sample, self.numbers[depth], key.place())

    def _cell(self, node: Node, *, is_label: bool) -> TableCell:
        if isinstance(node, Scalar) and node.value in (LEFT, UP):
            return TableCell(joins=node.value, place=node.place())
        content = () if is_blank(node) else self.read(node, self.diagnostics)
        return TableCell(content=content, role=ROW_LABEL if is_label else None, label=is_label, place=node.place())


def _is_labelled(node: Node) -> bool:
    entry = sole_entry(node)
    return entry is not None and block_kind(entry[0].value) is None


def _is_even(
    node: Node, columns: int, widths: tuple[float, ...], lines: list[TableRow], diagnostics: Diagnostics
) -> bool:
    """Whether every row fills the grid; those that do not are reported."""
    even = True
    if widths and len(widths) != columns:
        even = False
        diagnostics.error(
            node.place(),
            "table-columns",
            f"列幅は{len(widths)}、欄は{columns}あります",
            "列幅を欄の数だけ書いてください",
        )
    told = {each.place for each in diagnostics.found}  # a cell that a comma in a number has made
    for line in (each for each in lines if len(each.cells) != columns):
        even = False
        if told.isdisjoint(cell.place for cell in line.cells):
            diagnostics.error(
                line.place,
                "table-columns",
                f"この行の欄は{len(line.cells)}で、ほかは{columns}です",
                "どの行も同じ数の欄にしてください。半角の「,」は欄を分けるので、欄の中の「,」は全体を「'…'」で囲みます。"
                f"空の欄は ''、左や上の欄とつなげる欄は {LEFT} {UP} と書きます",
            )
    return even


def _merged(lines: list[TableRow], diagnostics: Diagnostics, *, head: bool = False) -> Iterator[b.GridRow]:
    """The rows with each cell drawn out over the places that join it; what is no rectangle is reported."""
    joined: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, origin in _origins(lines, diagnostics).items():
        joined.setdefault(origin, []).append(place)
    for row, line in enumerate(lines):
        cells = []
        for column, cell in enumerate(line.cells):
            places = joined.get((row, column))
            if places is None:
                continue
            rows, columns = (len({place[axis] for place in places}) for axis in (0, 1))
            if rows * columns != len(places):
                diagnostics.error(
                    cell.place,
                    "table-merge",
                    "この欄につなげた欄が、長方形になっていません",
                    f"縦にも横にもつなげるときは、間の欄も全て {LEFT} か {UP} と書いてください",
                )
                continue
            cells.append(b.GridCell(cell.content, columns, rows, cell.role, cell.label))
        yield b.GridRow(tuple(cells), head, line.names, line.place)


def _origins(lines: list[TableRow], diagnostics: Diagnostics) -> dict[tuple[int, int], tuple[int, int]]:
    """By place, the place of the cell that it belongs to."""
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            beside = {"": None, LEFT: (row, column - 1), UP: (row - 1, column)}[cell.joins]
            if beside is not None and beside not in origins:
                side = "左" if cell.joins == LEFT else "上"
                diagnostics.error(
                    cell.place,
                    "table-merge",
                    f"この欄の{side}に、つなげる欄がありません",
                    f"{cell.joins}を取ってください",
                )
                beside = None
            origins[row, column] = origins[beside] if beside is not None else (row, column)
    return origins
