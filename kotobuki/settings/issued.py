"""The number and date of an outgoing paper: what 依頼, 発信 and 諮問 share.

In: the mapping. Out: an `Issued`, None where something is still open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.nodes import Mapping
from kotobuki.settings.organization import Organization


@dataclass(frozen=True, slots=True)
class Issued:
    """The number and date of an outgoing paper; None while it is open, and printed blank or as `number_words`, `date_words`.

    `mark` and `branch` as written, "" / None.
    """

    number: int | None = None
    branch: int | None = None
    mark: str = ""
    date: date | None = None
    place: Place = field(default=Place(""), compare=False)
    number_place: Place = field(default=Place(""), compare=False)
    number_words: str = ""
    date_words: str = ""


def read_issued(
    node: Mapping | None, what: str, organization: Organization, diagnostics: Diagnostics, fields: Fields | None = None
) -> Issued:
    """番号, 枝番, 記号 and 日付 of an outgoing paper. `fields`: a reader that has further keys to read (the caller finishes it)."""
    if node is None:
        return Issued()
    own = fields or Fields(node, diagnostics, what)
    number_open, date_open = own.placeholder("番号"), own.placeholder("日付")
    number = None if number_open else own.integer("番号", minimum=1)
    branch, mark = own.integer("枝番", minimum=2), own.text("記号")
    day = None if date_open else own.date("日付")
    if mark and mark.value not in organization.marks():
        close = nearest(mark.value, organization.marks())
        hint = f"「{close}」の誤りではありませんか。" if close else ""
        diagnostics.error(
            mark.place(),
            "mark-of-no-department",
            f"「{mark.value}」という記号の部課は organization.yaml にありません",
            f"{hint}「部課」にある記号を書くか、その部課を加えてください",
        )
    if fields is None:
        own.finish()
    written = (node.get("番号") or node).place()
    words = (each.text if each else "" for each in (number_open, date_open))
    return Issued(number, branch, plain_text(mark, diagnostics), day, node.place(), written, *words)
