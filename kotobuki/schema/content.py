"""Content: what may stand wherever text may, and the typed blocks in it, as `case.content` reads them.

In: nothing. Out: the definitions that refer to each other (`definitions`), and `entry` and `mixed`, from which sections
with further keys or blocks make their own. What is written is told apart by its type, and a mapping by its one key.
"""

from __future__ import annotations

from kotobuki.case.content import BULLETS
from kotobuki.case.contractors import ConsortiumKeys, FirmKeys
from kotobuki.case.personal_data import ITEMS, PersonalDataKeys, items_schema
from kotobuki.case.schedules import EVERY_YEAR
from kotobuki.japanese.labels import SAMPLE
from kotobuki.reading.ecma import HEADING, PLACEHOLDER, TIME
from kotobuki.reading.json_schema import (
    ANY,
    SCALAR,
    Schema,
    by_name,
    instead,
    listing,
    ref,
    text,
    texts,
)
from kotobuki.reading.kinds import Anything
from kotobuki.reading.records import record_schema
from kotobuki.schema.words import BLOCKS
from kotobuki.settings.form import TYPED

_SAID = "ここには文章か一覧を書きます。見出しのある項目は、行の頭に「- 」を付けます"
_ENTRY_SAID = "一覧の一つ一つは、文、「見出し: 内容」、｛文｝｛表｝などの形で書きます"
_EVERY_YEAR: dict[str, Schema] = {f"^{EVERY_YEAR}$": {"const": "毎行"}}
_OFFERED = ("（１）", "ア", "①", "・", "○")


def _blocks() -> dict[str, dict[str, Schema]]:
    """The keys in ｛ ｝: those that are offered, and the patterns of all others."""
    named: dict[str, Schema] = {
        "文": ref("文"),
        "※": ref("内容"),
        "注": ref("内容"),
        **{name: ref(name) for name in TYPED},
    }
    entries = {name: ref("一覧") for name in _OFFERED}
    return {
        "properties": {f"｛{name}｝": schema for name, schema in (named | entries).items()},
        "patternProperties": {
            "^｛※[^｝]*｝$": ref("内容"),
            f"^｛[{BULLETS}]｝$": ref("一覧"),
            f"^｛{SAMPLE.pattern}｝$": ref("一覧"),
        },
    }


def entry(of_form: Schema | None = None, *, heading: str = HEADING, own: dict[str, Schema] | None = None) -> Schema:
    """An entry of a list: a text, `heading: content`, or a block; or what sets a list of times. `of_form`: what ｛様式の内容｝
    takes; `own`: other blocks."""
    return {
        **_lone_block(of_form, own),
        "type": [*SCALAR, "object"],
        "patternProperties": {**_blocks()["patternProperties"], **_EVERY_YEAR, heading: ref("内容")},
        "errorMessage": _ENTRY_SAID,
    }


def _lone_block(of_form: Schema | None, own: dict[str, Schema] | None = None) -> Schema:
    """A mapping of one block: the keys that `entry` and `mixed` share."""
    blocks = _blocks()
    form = {} if of_form is None else {"｛様式の内容｝": of_form}
    return {
        "pattern": r"\S",
        **blocks,
        "properties": {**form, **(own or {}), **blocks["properties"]},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def mixed(of_form: Schema | None = None, *, items: Schema | None = None) -> Schema:
    """Content that is not blank. `items`: an entry, where it is none of the usual."""
    return {
        **_lone_block(of_form),
        "type": ANY,
        "items": items or (ref("項目") if of_form is None else entry(of_form)),
        "minItems": 1,
        "errorMessage": _SAID,
    }


def blankable() -> Schema:
    """Content that may be blank: the cell of a table."""
    return {**mixed(), "type": [*ANY, "null"], "pattern": "", "minItems": 0, "minProperties": 0}


def pairs(said: str) -> Schema:
    """`name: content` (体制, 値)."""
    return by_name(ref("内容"), said, minProperties=1)


def schedule() -> Schema:
    """日程, where only the list itself may stand."""
    what = texts(text())
    event = {
        **instead("日程は「時: 事柄」の形で書きます（例：- 2022-05: 審査会への諮問）", "object"),
        "patternProperties": {**_EVERY_YEAR, f"{TIME}|{PLACEHOLDER}": what},
        "additionalProperties": False,
        "errorMessage": "時は 2022-05、2022-05-11、2022年度、2022-06以降、2022-05～2022-07、未定 のように書きます",
        "defaultSnippets": [{"label": "2022-05: 事柄", "body": {"${1:2022-05}": "${2:事柄}"}}],
    }
    return listing(event, "日程には一覧を書きます（例：- 2022-05: 審査会への諮問）", minItems=1)


def personal_data() -> Schema:
    """個人情報: its record, or content instead."""
    own = record_schema(PersonalDataKeys, "個人情報", {})
    return {**own, "type": ANY, "pattern": r"\S", "items": ref("項目"), "minItems": 1}


def _firms() -> dict[str, Schema]:
    """事業者: one or a list of firms and consortia; 一社: one of them."""
    said = "事業者は「法人名: …」などの組で書きます"
    firm, leader, member = (
        record_schema(FirmKeys, what, {}, minProperties=1) for what in ("事業者", "代表企業", "構成企業")
    )
    members = listing(member, "構成企業には一覧を書きます")
    kinds = {"代表企業": Anything(lambda _: leader), "構成企業": Anything(lambda _: members)}
    return {
        "一社": {
            **instead(said, "object"),
            "if": {"type": "object", "required": ["共同事業体"]},
            "then": record_schema(ConsortiumKeys, "共同事業体", {}, kinds=kinds),
            "else": firm,
            "defaultSnippets": [_CONSORTIUM],
        },
        "事業者": {
            **instead(said, "array", "object"),
            "items": ref("一社"),
            "minItems": 1,
            "if": {"type": "object"},
            "then": ref("一社"),
        },
    }


_CONSORTIUM = {
    "label": "共同事業体",
    "description": BLOCKS["共同事業体"],
    "body": {"共同事業体": "$1", "代表企業": {"法人名": "$2"}, "構成企業": [{"法人名": "$3"}]},
}


def definitions() -> dict[str, Schema]:
    """Those of this module."""
    found = {
        "文": text(),
        "内容": mixed(),
        "空でもよい内容": blankable(),
        "項目": entry(),
        "一覧": listing(ref("項目"), "一覧を書きます。一つずつ、行の頭に「- 」を付けます", minItems=1),
        "値": pairs("｛値｝は「名前: 内容」の組で書きます"),
        "体制": pairs("体制は「役割: 職」の組で書きます（例：管理責任者: 総務課長）"),
        "日程": schedule(),
        "個人情報": personal_data(),
        ITEMS: items_schema(),
        **_firms(),
    }
    return {
        name: {"description": BLOCKS[name], **schema} if name in BLOCKS else schema for name, schema in found.items()
    }
