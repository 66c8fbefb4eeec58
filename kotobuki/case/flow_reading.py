"""流れ図: steps in lanes, with the branches of decisions, from YAML.

A step leads to the next one written unless 次 or 分岐 says where. Rows follow from the order: a step stands below
those that lead to it and below what its lane holds already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kotobuki.case import figures as f
from kotobuki.case.figure_parts import Names, entries, is_blank, read_words
from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import parse_line, plain
from kotobuki.reading.nodes import Mapping, Node, Scalar

SHAPES: dict[str, Literal["step", "start", "end", "decision"]] = {
    "処理": "step",
    "開始": "start",
    "終了": "end",
    "判断": "decision",
}
_MOST_BRANCHES = 3


@dataclass(kw_only=True)
class _Draft:
    """A step as read, where it leads not yet looked up."""

    key: Scalar
    name: str
    words: f.Words
    kind: Literal["step", "start", "end", "decision"]
    lane: int
    row: int
    ways: list[tuple[Scalar, f.Words]]


def read_flow(fields: Fields, diagnostics: Diagnostics) -> f.Figure | None:
    """The flow; None if it has no steps."""
    lanes = fields.list_of_text("レーン")
    lane_names = Names("レーン")
    titles = []
    for each in lanes:
        title = parse_line(each, diagnostics)
        lane_names.add(plain(title), each.place(), diagnostics)
        titles.append(f.Words((title,)))
    given = fields.sequence("手順", required=True, example="[申込み, 受付, 終了: {形: 終了}]")
    drafts: list[_Draft] = []
    names = Names("手順")
    for key, value in entries(given, "手順", diagnostics) if given else ():
        draft = _step(key, value, drafts[-1].lane if drafts else 0, lane_names, diagnostics)
        if names.add(draft.name, key.place(), diagnostics):
            drafts.append(draft)
    branches = [_branches(draft, drafts[at + 1 :], names, diagnostics) for at, draft in enumerate(drafts)]
    _check_reached(drafts, branches, diagnostics)
    rows = _rows(drafts, branches, diagnostics)
    steps = (
        f.Step(
            name=draft.name, words=draft.words, kind=draft.kind, lane=draft.lane, row=rows[draft.name], branches=ways
        )
        for draft, ways in zip(drafts, branches, strict=True)
    )
    return f.Flow(tuple(titles), tuple(steps)) if drafts else None


def _step(key: Scalar, value: Node | None, lane: int, lanes: Names, diagnostics: Diagnostics) -> _Draft:
    title = parse_line(key, diagnostics)
    draft = _Draft(key=key, name=plain(title), words=f.Words((title,)), kind="step", lane=lane, row=0, ways=[])
    if not isinstance(value, Mapping):
        if value is not None and not is_blank(value):
            draft.words = read_words(value, diagnostics)
        return draft
    fields = Fields(value, diagnostics, f"手順「{key.value}」")
    where = fields.text("レーン")
    if where and (found := lanes.find(where, diagnostics)):
        draft.lane = list(lanes.places).index(found)
    draft.words = read_words(fields.node("文"), diagnostics) or draft.words
    kind = fields.choice("形", SHAPES)
    ways = fields.mapping("分岐", example="{はい: …, いいえ: …}")
    draft.kind = "decision" if ways and kind is None else SHAPES[kind or "処理"]
    draft.row = fields.integer("段", minimum=1, maximum=60) or 0
    following = fields.text("次")
    if following and not ways:
        draft.ways = [(following, f.Words())]
    for label, target in ways.entries if ways else ():
        if isinstance(target, Scalar):
            draft.ways.append((target, f.Words((parse_line(label, diagnostics),))))
    fields.finish()
    _check_shape(draft, bool(ways), following, diagnostics)
    return draft


def _check_shape(draft: _Draft, branching: bool, following: Scalar | None, diagnostics: Diagnostics) -> None:
    """A decision has two branches or three, each to somewhere else; nothing else has branches."""
    place, name = draft.key.place(), draft.key.value
    if draft.kind == "decision":
        targets = {target.value for target, _ in draft.ways} if branching else set()
        if not 2 <= len(targets) <= _MOST_BRANCHES or len(targets) < len(draft.ways):
            diagnostics.error(
                place,
                "figure-decision",
                f"判断「{name}」の行き先が{len(targets)}です",
                "「分岐: {はい: 行き先, いいえ: 行き先}」のように、別々の行き先を二つか三つ書いてください",
            )
    elif branching:
        reason = f"「{name}」は判断ではないのに分岐があります"
        diagnostics.error(place, "figure-decision", reason, "「形:」を取るか、「形: 判断」としてください")
    if (draft.kind == "end" and draft.ways) or (branching and following):
        reason = f"「{name}」には「次」を書けません"
        diagnostics.error(place, "figure-next", reason, "終了には次がなく、判断の行き先は「分岐」に書きます")


def _branches(draft: _Draft, later: list[_Draft], names: Names, diagnostics: Diagnostics) -> tuple[f.Branch, ...]:
    """Where a step leads."""
    if draft.kind == "end":
        return ()
    found = []
    for target, words in draft.ways:
        name = names.find(target, diagnostics)
        if name == draft.name:
            reason = f"「{name}」から「{name}」に戻っています"
            diagnostics.error(target.place(), "figure-arrow-self", reason, "別の手順を行き先にしてください")
        elif name:
            found.append(f.Branch(name, words))
    if not draft.ways and draft.kind != "decision":
        if later:
            return (f.Branch(later[0].name),)
        reason = f"「{draft.key.value}」の次がありません"
        diagnostics.error(
            draft.key.place(),
            "figure-dead-end",
            reason,
            "流れの終わりなら「形: 終了」、ほかは「次: 手順の名」を書いてください",
        )
    return tuple(found)


def _check_reached(drafts: list[_Draft], branches: list[tuple[f.Branch, ...]], diagnostics: Diagnostics) -> None:
    """Every step but the first and the starts is led to."""
    targets = {branch.target for ways in branches for branch in ways}
    for draft in drafts[1:]:
        if draft.kind != "start" and draft.name not in targets:
            reason = f"「{draft.key.value}」に来る矢印がありません"
            remedy = "前の手順の「次」か「分岐」にこの名を書いてください（流れの始まりなら「形: 開始」）"
            diagnostics.error(draft.key.place(), "figure-unreached", reason, remedy)


def _rows(drafts: list[_Draft], branches: list[tuple[f.Branch, ...]], diagnostics: Diagnostics) -> dict[str, int]:
    """The row of each step."""
    rows: dict[str, int] = {}
    lowest: dict[int, int] = {}
    taken: dict[tuple[int, int], str] = {}
    for at, draft in enumerate(drafts):
        before = [
            rows[drafts[index].name] for index in range(at) if any(way.target == draft.name for way in branches[index])
        ]
        row = draft.row or 1 + max([lowest.get(draft.lane, 0), *before])
        rows[draft.name] = row
        lowest[draft.lane] = max(lowest.get(draft.lane, 0), row)
        other = taken.setdefault((draft.lane, row), draft.name)
        if other != draft.name:
            reason = f"「{draft.key.value}」の場所（{row}段目）には「{other}」があります"
            diagnostics.error(draft.key.place(), "figure-place-taken", reason, "段かレーンを変えてください")
    return rows
