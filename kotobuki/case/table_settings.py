"""How a case sets the table of a form: ｛列幅｝ and ｛見出しの行｝, which stand among its rows.

In: the rows, a mapping or a list. Out: the settings, and the rows without them.
"""

from __future__ import annotations

from kotobuki.case.shapes import sole_entry
from kotobuki.diagnostics import Diagnostics
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.kinds import Choice
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed, names_of, read_record
from kotobuki.settings.form import HEAD_ROWS, HeadRow
from kotobuki.settings.widths import WIDTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSettings:
    """What of a form's table a case has otherwise."""

    widths: tuple[float, ...] = keyed("｛列幅｝", WIDTHS, "様式の表の列幅を変える。字数（例：[8, 30]）", default=())
    head_row: HeadRow = keyed(
        "｛見出しの行｝",
        Choice({each: each for each in HEAD_ROWS}),
        "様式の表の見出しの行。毎ページ、初めだけ、なし",
        default="",
    )


SETTINGS = names_of(TableSettings)
"""Their keys, which are no rows."""


def settings_of(node: Node, diagnostics: Diagnostics) -> tuple[TableSettings, Node]:
    """The settings of a table, and its rows."""
    entries: tuple[tuple[Scalar, Node], ...] = ()
    rows = node
    if isinstance(node, Mapping):
        entries = tuple(entry for entry in node.entries if entry[0].value in SETTINGS)
        rows = Mapping(tuple(entry for entry in node.entries if entry not in entries), node.at)
    elif isinstance(node, Sequence):
        entries = tuple(entry for item in node.items if (entry := _setting(item)))
        rows = Sequence(tuple(item for item in node.items if not _setting(item)), node.at)
    if not entries:
        return TableSettings(), node
    return read_record(TableSettings, Mapping(entries, node.place()), diagnostics, "表"), rows


def _setting(item: Node) -> tuple[Scalar, Node] | None:
    entry = sole_entry(item)
    return entry if entry and entry[0].value in SETTINGS else None
