"""｛図｝ and ｛画像｝, as the modules of `case` read them whose names end in `_reading`, and `case.figure_parts`.

In: nothing. Out: their definitions: a figure takes the keys of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kotobuki.case.contrast_reading import PairKeys
from kotobuki.case.figure_parts import ARROW, WORDS_SCHEMA, ArrowKeys, FigureKeys, line_kind
from kotobuki.case.figure_reading import FLOWS, KINDS, LINES, BoxKeys, PictureKeys
from kotobuki.case.flow_reading import StepKeys
from kotobuki.reading.json_schema import SCALAR, Schema, by_name, instead, listing
from kotobuki.reading.kinds import Anything, Kind, Known, one_of
from kotobuki.reading.records import record_schema
from kotobuki.schema.words import BLOCKS

_ENDS = "".join(dict.fromkeys(each for each in ARROW.pattern if not each.isascii()))
_ARROW = rf"^[^{_ENDS}]*[^{_ENDS}\s][^{_ENDS}]*[{_ENDS}][^{_ENDS}]*[^{_ENDS}\s][^{_ENDS}]*$"
_CONTRAST = ("現行", "変更後")


def _said_of(about: Schema) -> Schema:
    """What may stand behind a name: nothing, words, or a record."""
    kinds = ["object", *WORDS_SCHEMA["type"], "null"]
    return {**about, "type": kinds, "pattern": "", "items": WORDS_SCHEMA["items"]}


def _named(about: Schema, names: str = "", said: str = "一つずつ名を書いて並べます（例：- 名 又は - 名: …）") -> Schema:
    """An entry of a list of names (of the pattern `names`)."""
    keys: Schema = {"patternProperties": {names: about}, "additionalProperties": False} if names else {}
    return {
        "type": [*SCALAR, "object"],
        "pattern": names or r"\S",
        "patternErrorMessage": said,
        "errorMessage": said,
        "minProperties": 1,
        "maxProperties": 1,
        **(keys or {"additionalProperties": about}),
    }


def _entries(one: Schema) -> Schema:
    """A list of names, of which one may stand alone."""
    return {**one, "type": ["array", *one["type"]], "items": one}


def _links(lines: Iterable[str]) -> Schema:
    about = _said_of(record_schema(ArrowKeys, "矢印", {}, kinds=line_kind(lines)))
    said = "「甲 → 乙: 文」（両方向は「甲 ⇔ 乙」）と書きます"
    return listing(_named(about, _ARROW, said), "矢印には一覧を書きます（例：- 甲 → 乙: 文）")


def _box(*without: str) -> Schema:
    return _said_of(record_schema(BoxKeys, "箱", {}, without=without))


def _system() -> dict[str, Schema]:
    members = _entries(_named(_said_of({})))
    return {
        "区画": by_name(_entries(_named(_box("列"))), "区画は「区画の名: 箱の一覧」の組で書きます"),
        "囲み": by_name(members, "囲みは「囲みの名: 箱の一覧」の組で書きます"),
        "矢印": _links(LINES),
    }


def _scheme() -> dict[str, Schema]:
    return {"当事者": _entries(_named(_box())), "矢印": _links(FLOWS)}


def _flow() -> dict[str, Schema]:
    deciding = {"required": ["形"], "properties": {"形": {"const": "判断"}}}
    step = {**record_schema(StepKeys, "手順", {}), "if": deciding, "then": {"required": ["分岐"]}}
    return {"手順": listing(_named(_said_of(step)), "手順には一覧を書きます")}


def _contrast() -> dict[str, Schema]:
    return {"対比": _pairs(record_schema(PairKeys, "対比", {}))}


def _pairs(pair: Schema) -> Schema:
    """Pairs with a name, or without one."""
    named = {"maxProperties": 1, "additionalProperties": {"type": ["object"]}}
    either = {"type": ["object"], "if": named, "then": _named(pair), "else": pair}
    return listing(either, "対比には一覧を書きます")


def _own_headings(kind: Schema) -> Schema:
    """新旧 whose headings the author gives: its pairs have those as keys, which a schema cannot know."""
    pair = {"type": ["object"], "minProperties": 2, "maxProperties": 3}
    changed = {**kind["properties"], "対比": _pairs(pair)}
    return {"if": {"required": ["見出し"]}, "then": {**kind, "properties": changed}, "else": kind}


_LISTS = {"流れ図": _flow, "システム図": _system, "新旧": _contrast, "スキーム図": _scheme}
"""The keys of a kind that are grammars of their own."""


def _kind(name: str) -> Schema:
    kinds: dict[str, Kind[Any]] = {each: Anything(_always(schema)) for each, schema in _LISTS[name]().items()}
    found = {**record_schema(KINDS[name].keys, "図", {}, kinds=kinds | _KIND), "title": name}
    return _own_headings(found) if name == "新旧" else found


def _always(schema: Schema) -> Callable[[Known], Schema]:
    return lambda _: schema


_KIND: dict[str, Kind[Any]] = {"種類": one_of(*KINDS)}


def definitions() -> dict[str, Schema]:
    """図, 画像."""
    common = record_schema(FigureKeys, "図", {}, kinds=_KIND)
    figure: Schema = {
        **instead("｛図｝は「種類:」などの組で書きます", "object"),
        "description": BLOCKS["図"],
        "properties": common["properties"],
        "required": common["required"],
        "allOf": [
            {"if": {"properties": {"種類": {"const": name}}, "required": ["種類"]}, "then": _kind(name)}
            for name in KINDS
        ],
        "defaultSnippets": [_SNIPPET],
    }
    return {"図": figure, "画像": {"description": BLOCKS["画像"], **record_schema(PictureKeys, "画像", {})}}


_SNIPPET = {
    "label": "流れ図",
    "description": "手順を順に並べた図",
    "body": {
        "種類": "流れ図",
        "説明": "${1:図が何を示すか}",
        "手順": [{"${2:申請}": {"形": "開始"}}, {"${3:決定}": {"形": "終了"}}],
    },
}
