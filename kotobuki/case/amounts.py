"""数値: columns of figures, with a comma every three digits, standing at the right of their cells.

In: the rows of a table, and which of its columns hold figures. Out: the same with commas. What is no figure (―, 未定) stays as it is; what was meant to be one and is
not (12O, 1,23) is a fault.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kotobuki.case import blocks as b
from kotobuki.case.table_cells import LEFT, TableCell, TableRow, usual_length
from kotobuki.diagnostics import Diagnostics, guess, quoted
from kotobuki.japanese.sentences import is_sentence
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading.inlines import Text, plain
from kotobuki.reading.nodes import Scalar
from kotobuki.roles import CELL_FIGURE

_FIGURE = lazy_pattern(
    r"(?P<sign>[-+−△▲]?\s*[¥￥]?)"
    r"(?P<whole>0|[1-9][0-9]{0,29}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,9})"
    r"(?P<rest>\.[0-9]+)?(?![OoIl|])(?P<unit>[^0-9.,]*)"
)
_MEANT = lazy_pattern(r"[-+−△▲¥\s]*[0-9][0-9,.、'\sOoIl|]*[^0-9]*")


def with_figures(
    named: tuple[Scalar, ...], heads: list[TableRow], body: list[TableRow], diagnostics: Diagnostics
) -> list[TableRow]:
    """The rows of a table, the columns that are `named` holding figures."""
    columns = _columns(named, heads, body, diagnostics)
    return [_row(line, columns, diagnostics) for line in body]


def _columns(
    named: tuple[Scalar, ...], heads: list[TableRow], body: list[TableRow], diagnostics: Diagnostics
) -> frozenset[int]:
    """The columns, counted from 0, that are named by a head or by how many they are from the left."""
    width = usual_length([*heads, *body])
    by_head: dict[str, set[int]] = {}
    for row in heads:
        last = ""
        for at, cell in enumerate(row.cells):
            last = last if cell.joins == LEFT else _words(cell)
            by_head.setdefault(last, set()).add(at)
    found: set[int] = set()
    for name in named:
        if name.value in by_head:
            found |= by_head[name.value]
        elif re.fullmatch("[1-9][0-9]?", name.value) and int(name.value) <= width:
            found.add(int(name.value) - 1)
        else:
            hint, fix = guess(name.value, [head for head in by_head if head])
            known = f"列の見出し（{quoted(head for head in by_head if head)}）か、" if any(by_head) else ""
            reason, remedy = f"列「{name.value}」がありません", f"{hint}{known}左から何列目かを書いてください"
            diagnostics.error(name.place(), "table-figures", reason, remedy, fix)
    return frozenset(found)


def _words(cell: TableCell) -> str:
    return "".join(plain(block.inlines) for block in cell.content if isinstance(block, b.Para))


def _row(line: TableRow, columns: frozenset[int], diagnostics: Diagnostics) -> TableRow:
    """The row, with what stands in these columns as figures."""
    cells = (_figure(cell, diagnostics) if at in columns else cell for at, cell in enumerate(line.cells))
    return replace(line, cells=tuple(cells))


def _figure(cell: TableCell, diagnostics: Diagnostics) -> TableCell:
    """A cell whose one line stands at the right, a figure with its commas."""
    match cell.content:
        case (b.Para(inlines=inlines, role=None) as line,) if not is_sentence(plain(inlines)):
            if len(inlines) == 1 and isinstance(text := inlines[0], Text) and not text.verbatim:
                shown = grouped(text.text)
                if shown is None:
                    reason = f"{cell.called and f'{cell.called}：'}「{text.text}」は、数として読めません"
                    remedy = "半角の数字で書き直してください（「,」は3桁ごと）。数でなければ「数値:」からその列を外してください"
                    diagnostics.error(cell.place, "table-figure", reason, remedy)
                    return cell
                inlines = (replace(text, text=shown),)
            return replace(cell, content=(replace(line, inlines=inlines, role=CELL_FIGURE),))
        case _:
            return cell


def grouped(text: str) -> str | None:
    """A figure with its commas, a text that is none as it is; None for one that is wrong: 12345件 → 12,345件."""
    plain = _half_width(text.strip())
    if figure := _FIGURE.fullmatch(plain):
        whole = f"{int(figure['whole'].replace(',', '')):,}"
        return f"{figure['sign']}{whole}{figure['rest'] or ''}{figure['unit']}"
    return None if _MEANT.fullmatch(plain) else text


def _half_width(text: str) -> str:
    """Digits and their signs in half width, everything else as it is."""
    return "".join(
        unicodedata.normalize("NFKC", each) if "０" <= each <= "９" or each in "，．－" else each for each in text
    )
