"""｛表｝, as `case.tables` reads it.

In: nothing. Out: the definitions of the table, of its rows, and of what a group of rows holds.
"""

from __future__ import annotations

from kotobuki.case.tables import SIZES
from kotobuki.schema.content import blankable, ref
from kotobuki.schema.patterns import DIGIT, HEADING
from kotobuki.schema.shared import SCALAR, Schema, choice, integer, listing, matching, record, sample, text, texts
from kotobuki.schema.words import BLOCKS
from kotobuki.settings.house_style import LABELS_AGAIN


def definitions() -> dict[str, Schema]:
    """表, and what its rows are made of."""
    blank = blankable()
    inner = {**blank["patternProperties"], HEADING: ref("表の欄か行の一覧")}
    return {
        "表": {"description": BLOCKS["表"], **_table()},
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
        "表の欄か行の一覧": {"type": "array", "items": {**blank, "patternProperties": inner}},
    }


def _table() -> Schema:
    width = matching(rf"^比?\s*{DIGIT}+(?:\.{DIGIT}*)?\s*$", "字数（0～60）か、比2 などを書きます", "number")
    keys = {
        "題名": text(),
        "列": _heads(),
        "列幅": texts({**width, "minimum": 0, "maximum": 60}),
        "見出し列": integer(0, 9),
        "番号": texts(sample()),
        "再掲": choice(LABELS_AGAIN),
        "文字": choice(SIZES),
        "行": listing(ref("表の行"), "表の行には一覧を書きます", minItems=1),
    }
    return {**record("表", keys, ["行"]), "defaultSnippets": [_SNIPPET]}


_SNIPPET = {
    "label": "表",
    "description": "列の見出しと行",
    "body": {"列": ["${1:区分}", "${2:件数}"], "行": [["${3:甲}", "${4:10件}"]]},
}


def _heads() -> Schema:
    """The rows of heads: words, or lists of words."""
    word: Schema = {"type": [*SCALAR, "null"]}
    return {
        "type": ["array", *SCALAR],
        "items": {"type": ["array", *SCALAR, "null"], "items": word},
        "if": {"type": "array", "contains": {"type": "array"}},
        "then": {"items": {"type": ["array"]}},
        "errorMessage": "列の見出しは文で書きます（例：列: [区分, 件数]）",
    }
