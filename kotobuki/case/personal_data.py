"""Data items, the 項目 of a ｛個人情報｝: one by one, or in groups, which may hold groups.

In: what stands under 項目. Out: the items and groups in the order written, and the texts of the items as their author
wrote them. Rule: a list holds items or groups, not both, so that what prints is either a sentence or a list.
"""

from __future__ import annotations

from kotobuki.case import blocks as b
from kotobuki.case.shapes import is_blank, sole_entry
from kotobuki.diagnostics import Diagnostics
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import Inlines, parse_line
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Anything, Known, Line, YesNo
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed

ITEMS = "個人情報の項目"
"""The name of their definition in a schema."""
_EXAMPLE = "例：項目: [氏名, 住所] 又は 項目: [{申請者の情報: [氏名, 住所]}, {家族の情報: [氏名]}]"


def items_schema() -> Schema:
    """Items, one or a list; or groups `heading: items`."""
    group = json_schema.by_name(json_schema.ref(ITEMS), "「まとまりの名: 項目の一覧」と書きます", minProperties=1)
    entry = {**group, "type": ["object", *json_schema.SCALAR], "maxProperties": 1, "pattern": r"\S"}
    return {"type": ["array", *json_schema.SCALAR], "items": entry, "minItems": 1, "pattern": r"\S"}


def _items_schema(_: Known) -> Schema:
    return json_schema.ref(ITEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataKeys:
    """個人情報 as it is written."""

    items: Node | None = keyed(
        "項目",
        Anything(_items_schema),
        "個人情報の項目を一つずつ。読点と及びは自動。まとまりごとに分けてもよい",
        required=True,
    )
    count: Inlines = keyed("件数", Line(), "件数（例：約1,000件／年）", default=())
    joined: bool | None = keyed("及び", YesNo(), "いいえ なら、最後の項目の前も読点にする")


def read_items(node: Node, diagnostics: Diagnostics) -> tuple[b.DataItems, tuple[Scalar, ...]]:
    """The items and groups, and the texts of all items among them."""
    if is_blank(node):
        diagnostics.error(node.place(), "missing-value", "個人情報の項目がありません", _EXAMPLE)
        return (), ()
    entries = node.items if isinstance(node, Sequence) else (node,)
    groups = [entry for entry in entries if isinstance(entry, Mapping)]
    if groups and len(groups) < len(entries):
        diagnostics.error(
            groups[0].place(),
            "personal-item-mixed",
            "項目とまとまり（見出し: 項目の一覧）が、同じ一覧に並んでいます",
            f"項目もまとまりに入れるか、まとまりの見出しを取ってください。{_EXAMPLE}",
        )
    if groups:
        return _groups(groups, diagnostics)
    texts = tuple(entry for entry in entries if isinstance(entry, Scalar) and not is_blank(entry))
    for entry in entries:
        if entry not in texts:
            diagnostics.error(entry.place(), "personal-item-form", "個人情報の項目は、一つずつ文で書きます", _EXAMPLE)
    return tuple(parse_line(each, diagnostics) for each in texts), texts


def _groups(nodes: list[Mapping], diagnostics: Diagnostics) -> tuple[b.DataItems, tuple[Scalar, ...]]:
    found: list[b.DataGroup] = []
    sources: list[Scalar] = []
    for node in nodes:
        entry = sole_entry(node)
        if entry is None or is_blank(entry[1]):
            diagnostics.error(
                node.place(),
                "personal-item-group",
                "まとまりは「見出し: 項目の一覧」の形で、一つずつ書きます",
                _EXAMPLE,
            )
            continue
        key, value = entry
        items, texts = read_items(value, diagnostics)
        found.append(b.DataGroup(parse_line(key, diagnostics), items, key.place(), key))
        sources += texts
    return tuple(found), tuple(sources)
