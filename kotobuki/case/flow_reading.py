"""流れ図: steps in lanes, with the branches of decisions, from YAML.

A step leads to the next one written unless 次 or 分岐 says where. Rows follow from the order: a step stands below
those that lead to it and below what its lane holds already.
"""

from __future__ import annotations

from typing import Literal

from kotobuki.case import figures as f
from kotobuki.case.figure_parts import BoxWords, FigureKeys, FigureNames, entries, read_words
from kotobuki.diagnostics import Diagnostics
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.asking import is_blank
from kotobuki.reading.inlines import parse_line, plain
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Choice, Integer, Known, Raw, Several
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed, read_record, spliced

Shape = Literal["step", "start", "end", "decision"]
SHAPES: dict[str, Shape] = {
    "処理": "step",
    "開始": "start",
    "終了": "end",
    "判断": "decision",
}
_MOST_BRANCHES = 3  # a diamond is entered at its head: the left, the right and the foot remain


@dataclass(kw_only=True)
class _Draft:
    """A step as read, where it leads not yet looked up."""

    key: Scalar
    name: str
    words: f.FigureWords
    text: f.FigureWords
    kind: Shape
    lane: int
    row: int
    ways: list[tuple[Scalar, f.FigureWords]]


def _ways_schema(_: Known) -> Schema:
    said = "分岐は「答え: 行き先」の組で書きます"
    return json_schema.by_name({}, said, minProperties=2, maxProperties=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKeys:
    """A step of which more is told than its words."""

    lane: Scalar | None = keyed("レーン", AnyText(), "レーンの名。書かなければ前の手順と同じ")
    box: BoxWords = spliced(BoxWords)
    shape: Shape | None = keyed("形", Choice(SHAPES), "手順の形。省けば処理（分岐があれば判断）")
    ways: Mapping | None = keyed("分岐", Raw(Mapping, _ways_schema), "答え: 行き先。二つか三つ")
    row: int = keyed("段", Integer(1, 60), "上から何段目か。普段は要らない", default=0)
    following: Scalar | None = keyed("次", AnyText(), "次の手順の名。書かなければ次に書いた手順")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowKeys:
    """流れ図 as it is written."""

    figure: FigureKeys = spliced(FigureKeys)
    lanes: tuple[Scalar, ...] = keyed("レーン", Several(AnyText()), "レーンの名。左から。省けば一列", default=())
    steps: Sequence | None = keyed(
        "手順",
        Raw(Sequence),
        "手順を順に。書かなければ次の手順に進む",
        required=True,
        example="[申込み, 受付, 終了: {形: 終了}]",
    )


def read_flow(written: FlowKeys, diagnostics: Diagnostics) -> f.Figure | None:
    """The flow; None if it has no steps."""
    lanes = written.lanes
    lane_names = FigureNames("レーン")
    titles = []
    for each in lanes:
        title = parse_line(each, diagnostics)
        lane_names.add(plain(title), each.place(), diagnostics)
        titles.append(f.FigureWords((title,)))
    given = written.steps
    drafts: list[_Draft] = []
    names = FigureNames("手順")
    for key, value in entries(given, "手順", diagnostics) if given else ():
        draft = _step(key, value, drafts[-1].lane if drafts else 0, lane_names, diagnostics)
        if names.add(draft.name, key.place(), diagnostics):
            drafts.append(draft)
    branches = [_branches(draft, drafts[at + 1 :], names, diagnostics) for at, draft in enumerate(drafts)]
    _check_reached(drafts, branches, diagnostics)
    rows = _rows(drafts, branches, diagnostics)
    steps = (
        f.Step(
            name=draft.name,
            words=draft.words,
            text=draft.text,
            kind=draft.kind,
            lane=draft.lane,
            row=rows[draft.name],
            branches=ways,
        )
        for draft, ways in zip(drafts, branches, strict=True)
    )
    return f.Flow(tuple(titles), tuple(steps)) if drafts else None


def _step(key: Scalar, value: Node | None, lane: int, lanes: FigureNames, diagnostics: Diagnostics) -> _Draft:
    title = parse_line(key, diagnostics)
    words, nothing = f.FigureWords((title,)), f.FigureWords()
    draft = _Draft(key=key, name=plain(title), words=words, text=nothing, kind="step", lane=lane, row=0, ways=[])
    if not isinstance(value, Mapping):
        if value is not None and not is_blank(value):
            draft.words = read_words(value, diagnostics)
        return draft
    written = read_record(StepKeys, value, diagnostics, f"手順「{key.value}」")
    ways, following = written.ways, written.following
    if written.lane and (found := lanes.find(written.lane, diagnostics)):
        draft.lane = list(lanes.places).index(found)
    draft.words, draft.text = written.box.words or draft.words, written.box.text
    draft.kind = written.shape or ("decision" if ways else "step")
    draft.row = written.row
    if following and not ways:
        draft.ways = [(following, f.FigureWords())]
    for label, target in ways.entries if ways else ():
        if isinstance(target, Scalar):
            draft.ways.append((target, f.FigureWords((parse_line(label, diagnostics),))))
        else:
            reason = f"分岐「{label.value}」の行き先は、一つの手順の名です"
            diagnostics.error(target.place(), "figure-decision", reason, f"例：{label.value}: 手順の名")
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


def _branches(draft: _Draft, later: list[_Draft], names: FigureNames, diagnostics: Diagnostics) -> tuple[f.Branch, ...]:
    """Where a step leads: as 次 or 分岐 say, else to the step below it; to nowhere from one that is 終了."""
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
    """The row of each step: as 段 says, else below those that lead to it and the others of its lane before it."""
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
