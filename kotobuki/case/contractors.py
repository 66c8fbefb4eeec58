"""Contractors, ｛事業者｝: firms, and consortia of firms with one that leads.

In: one of them or a list, each a mapping: {法人名: 株式会社○○, 所在地: …}, {共同事業体: ○○共同体, 代表企業: {…}}.
Out: a `Contractors` block.
"""

from __future__ import annotations

from kotobuki.case import blocks as b
from kotobuki.diagnostics import Diagnostics
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines
from kotobuki.reading.kinds import Line, Raw
from kotobuki.reading.nodes import Mapping, Node, Sequence
from kotobuki.reading.records import keyed, read_record


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmKeys:
    """A firm as it is written."""

    name: Inlines = keyed("法人名", Line(), "法人の名称", default=())
    representative: Inlines = keyed("代表者", Line(), "代表者", default=())
    address: Inlines = keyed("所在地", Line(), "所在地", default=())
    certification: Inlines = keyed("認証", Line(), "プライバシーマークなどの認証", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsortiumKeys:
    """A consortium as it is written; its members are firms."""

    name: Inlines = keyed("共同事業体", Line(), "共同事業体の名称", default=(), required=True)
    leader: Mapping | None = keyed("代表企業", Raw(Mapping), "代表企業。法人名、所在地など", required=True)
    members: Sequence | None = keyed("構成企業", Raw(Sequence), "構成企業の一覧")


def read_contractors(value: Node, diagnostics: Diagnostics) -> b.Content:
    """｛事業者｝: one or a list of firms and consortia."""
    nodes = value.items if isinstance(value, Sequence) else (value,)
    entries = tuple(entry for node in nodes if (entry := _contractor_or_consortium(node, diagnostics)))
    return (b.Contractors(entries),)


def _contractor_or_consortium(node: Node, diagnostics: Diagnostics) -> b.Contractor | b.Consortium | None:
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(),
            "contractor-form",
            "事業者は「法人名: …」などの組で書きます",
            "例：- {法人名: 株式会社○○, 所在地: …}",
        )
        return None
    if node.get("共同事業体") is None:
        return _contractor(node, "", diagnostics)
    written = read_record(ConsortiumKeys, node, diagnostics, "共同事業体")
    members: list[b.Contractor] = []
    if written.leader:
        members.append(_contractor(written.leader, "代表企業", diagnostics))
    for each in written.members.items if written.members else ():
        if isinstance(each, Mapping):
            members.append(_contractor(each, "構成企業", diagnostics))
        else:
            diagnostics.error(
                each.place(), "contractor-form", "構成企業は「法人名: …」の組で書きます", "例：- {法人名: 株式会社○○}"
            )
    return b.Consortium(written.name, tuple(members))


def _contractor(node: Mapping, title: str, diagnostics: Diagnostics) -> b.Contractor:
    written = read_record(FirmKeys, node, diagnostics, title or "事業者")
    if written == FirmKeys():
        reason = f"{title or '事業者'}のことが何も書かれていません"
        diagnostics.error(node.place(), "contractor-empty", reason, "例：- {法人名: 株式会社○○, 所在地: …}")
    return b.Contractor(
        name=written.name,
        representative=written.representative,
        address=written.address,
        certification=written.certification,
        title=title,
    )
