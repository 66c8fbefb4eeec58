"""｛表｝, as `case.tables` reads it.

In: nothing. Out: the definitions of the table, of its rows, and of what a group of rows holds.
"""

from __future__ import annotations

from kotobuki.case.table_files import FILE
from kotobuki.case.tables import TableKeys
from kotobuki.reading.ecma import HEADING
from kotobuki.reading.json_schema import ANY, Schema, ref
from kotobuki.reading.records import record_schema
from kotobuki.schema.content import blankable, mixed
from kotobuki.schema.words import BLOCKS


def definitions() -> dict[str, Schema]:
    """表, and what its rows are made of."""
    blank = blankable()
    inner = {**blank["patternProperties"], HEADING: ref("表の欄か行の一覧")}
    return {
        "表": {"description": BLOCKS["表"], **_table(), "defaultSnippets": [_SNIPPET]},
        "表の行": {
            "type": ["array", "object"],
            "items": ref("空でもよい内容"),
            "minItems": 1,
            "minProperties": 1,
            "maxProperties": 1,
            "patternProperties": {HEADING: ref("表の欄か行の一覧")},
            "additionalProperties": False,
            "errorMessage": "表の行は欄の一覧で書きます（例：- [甲, 10件] 又は - 甲: [10件]）",
        },
        "表の欄か行の一覧": {**mixed(), "type": ANY, "items": {**blank, "patternProperties": inner}, "minItems": 0},
    }


def _table() -> Schema:
    """A table, whose rows stand there or in a file."""
    said = "表の行は「行:」に書くか、「ファイル:」に名を書きます（どちらか一方）"
    places = [{"required": [name], "errorMessage": said} for name in ("行", FILE)]
    return record_schema(TableKeys, "表", {}, needs={"行": False}, oneOf=places)


_SNIPPET = {
    "label": "表",
    "description": "列の見出しと行",
    "body": {"列": ["${1:区分}", "${2:件数}"], "行": [["${3:甲}", "${4:10件}"]]},
}
