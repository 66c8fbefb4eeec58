"""｛図｝ and ｛画像｝, as `case.figure_reading`, `case.flow_reading` and `case.figure_parts` read them.

In: nothing. Out: their definitions: a figure takes the keys of its kind.
"""

from __future__ import annotations

from kotobuki.case.figure_parts import ARROW
from kotobuki.case.figure_reading import FLOWS, KINDS, LINES
from kotobuki.case.flow_reading import SHAPES
from kotobuki.schema.shared import (
    SCALAR,
    Schema,
    boolean,
    by_name,
    choice,
    described,
    instead,
    integer,
    listing,
    record,
    text,
    texts,
)
from kotobuki.schema.words import ABOUT, BLOCKS

_ENDS = "".join(dict.fromkeys(each for each in ARROW.pattern if not each.isascii()))
_ARROW = rf"^[^{_ENDS}]*[^{_ENDS}\s][^{_ENDS}]*[{_ENDS}][^{_ENDS}]*[^{_ENDS}\s][^{_ENDS}]*$"
_WORDS: Schema = {"type": ["array", *SCALAR, "null"], "items": {"type": [*SCALAR, "null"]}}
_CONTRAST = ("現行", "変更後")


def _words() -> Schema:
    """The words in a box: one text or a list of them."""
    return {**_WORDS, "type": _WORDS["type"][:-1]}


def _said_of(about: Schema) -> Schema:
    """What may stand behind a name: nothing, words, or a record."""
    return {**about, "type": ["object", *_WORDS["type"]], "pattern": "", "items": _WORDS["items"]}


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


def _links(lines: dict[str, str]) -> Schema:
    about = _said_of(record("矢印", {"文": _words(), "線": choice(lines), "番号": boolean()}))
    said = "「甲 → 乙: 文」（両方向は「甲 ⇔ 乙」）と書きます"
    return listing(_named(about, _ARROW, said), "矢印には一覧を書きます（例：- 甲 → 乙: 文）")


def _box(**columns: Schema) -> Schema:
    keys = {"文": _words(), "破線": boolean(), "段": integer(1, 20), **columns}
    return _said_of(record("箱", keys, columns))


def _system() -> tuple[dict[str, Schema], list[str]]:
    members = _entries(_named(_said_of({})))
    keys = {
        "区画": by_name(_entries(_named(_box())), "区画は「区画の名: 箱の一覧」の組で書きます"),
        "囲み": by_name(members, "囲みは「囲みの名: 箱の一覧」の組で書きます"),
        "矢印": _links({**LINES}),
    }
    return keys, ["区画"]


def _scheme() -> tuple[dict[str, Schema], list[str]]:
    return {"当事者": _entries(_named(_box(列=integer(1, 8)))), "矢印": _links({**FLOWS})}, ["当事者"]


def _flow() -> tuple[dict[str, Schema], list[str]]:
    ways = by_name({}, "分岐は「答え: 行き先」の組で書きます", minProperties=2, maxProperties=3)
    keys = {
        "レーン": text(),
        "文": _words(),
        "形": choice(SHAPES),
        "分岐": ways,
        "段": integer(1, 60),
        "次": text(),
    }
    deciding = {"required": ["形"], "properties": {"形": {"const": "判断"}}}
    step = {**record("手順", keys), "if": deciding, "then": {"required": ["分岐"]}}
    steps = listing(_named(_said_of(step)), "手順には一覧を書きます")
    return {"レーン": texts(text()), "手順": steps}, ["手順"]


def _contrast() -> tuple[dict[str, Schema], list[str]]:
    pair = record("対比", {**dict.fromkeys(_CONTRAST, _words()), "備考": _words()}, _CONTRAST)
    two = texts(text(), minItems=2, maxItems=2)
    return {"見出し": two, "対比": listing(_named(pair), "対比には一覧を書きます")}, ["対比"]


def _own_headings(kind: Schema) -> Schema:
    """新旧 whose headings the author gives: its pairs have those as keys, which a schema cannot know."""
    pair = {"type": ["object"], "minProperties": 2, "maxProperties": 3}
    changed = {**kind["properties"], "対比": listing(_named(pair), "対比には一覧を書きます")}
    return {"if": {"required": ["見出し"]}, "then": {**kind, "properties": changed}, "else": kind}


_OF_KIND = {"流れ図": _flow, "システム図": _system, "新旧": _contrast, "スキーム図": _scheme}
_COMMON = {"種類": choice(KINDS), "説明": text(plain=True)}


def _kind(name: str) -> Schema:
    keys, required = _OF_KIND[name]()
    found = {**record("図", {**_COMMON, **keys}, ["種類", "説明", *required]), "title": name}
    return _own_headings(found) if name == "新旧" else found


def definitions() -> dict[str, Schema]:
    """図, 画像."""
    picture = {"ファイル": text(), "説明": text(plain=True), "幅": integer(1, 100), "ページ": integer(1)}
    figure: Schema = {
        **instead("｛図｝は「種類:」などの組で書きます", "object"),
        "description": BLOCKS["図"],
        "properties": {key: described(key, ABOUT["図"][key], schema) for key, schema in _COMMON.items()},
        "required": [*_COMMON],
        "allOf": [
            {"if": {"properties": {"種類": {"const": name}}, "required": ["種類"]}, "then": _kind(name)}
            for name in KINDS
        ],
        "defaultSnippets": [_SNIPPET],
    }
    return {"図": figure, "画像": {"description": BLOCKS["画像"], **record("画像", picture, ["ファイル", "説明"])}}


_SNIPPET = {
    "label": "流れ図",
    "description": "手順を順に並べた図",
    "body": {
        "種類": "流れ図",
        "説明": "${1:図が何を示すか}",
        "手順": [{"${2:申請}": {"形": "開始"}}, {"${3:決定}": {"形": "終了"}}],
    },
}
