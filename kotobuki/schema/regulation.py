"""規程, as `case.regulation` reads it: chapters, articles, their 項 and 号, 附則, and the papers at its end.

In: nothing. Out: the definition of a regulation, and `omitted_or_written`, which it shares with 別紙.
"""

from __future__ import annotations

from kotobuki.case.regulation import ATTACHMENTS, CHAPTERS
from kotobuki.schema.content import ANY, blankable, entry, ref
from kotobuki.schema.organization import terms
from kotobuki.schema.patterns import HEADING, OPEN_DATE
from kotobuki.schema.shared import BLANK, SCALAR, TRUE, Schema, boolean, choice, listing, matching, record, text, texts

_ARTICLE = "^(?!｛[^｛｝→※＃＝][^｛｝]*｝.)"


def definitions() -> dict[str, Schema]:
    """規程, and the parts of its body by depth."""
    day = matching(OPEN_DATE, "「令和4年5月6日」、決まっていないところは「令和4年?月?日」のように書きます", "integer")
    keys = {
        "題名": text(),
        "制定": texts(day),
        "改正": texts(day),
        "用語": terms(),
        "本則": listing(ref("章か条"), "本則には条の一覧を書きます（例：- 目的: この規程は、…とする。）"),
        "附則": _supplement(),
        **{kind: listing(_attachment(kind), f"{kind}には一覧を書きます") for kind in ATTACHMENTS},
    }
    return {
        "規程": record("規程", keys, ["題名", "本則"]),
        "章か条": _part(CHAPTERS),
        "節か条": _part(CHAPTERS[1:]),
        "条": _part(()),
        "条の本文": _article(),
        "項": entry(own={"｛号｝": ref("内容")}),
    }


def _part(chapters: tuple[str, ...]) -> Schema:
    """A chapter of one of these kinds, or an article."""
    inner = dict(zip(CHAPTERS, ("節か条", "条"), strict=True))
    article = ref("条の本文")
    return {
        "type": ["object", "string"],
        "pattern": "^削除$",
        "patternErrorMessage": "条は「見出し: 本文」の形で書きます",
        "minProperties": 1,
        "maxProperties": 1,
        "patternProperties": {
            **{f"^｛{kind}｝.": {"type": "array", "items": ref(inner[kind])} for kind in chapters},
            "^｛枝｝.": article,
            _ARTICLE: article,
        },
        "additionalProperties": False,
        "errorMessage": "条は「見出し: 本文」、章は「｛章｝見出し: [条, …]」、枝番の条は「｛枝｝見出し: 本文」と書きます",
    }


def _article(said: str = "項は文で書きます。号があれば「- 文: [号, 号]」と書きます") -> Schema:
    """A text, a 項, or a list of 項 of which the first is no block."""
    return {
        "type": ANY,
        "pattern": r"\S",
        "minItems": 1,
        "items": ref("項"),
        "allOf": [{"items": [{"propertyNames": {"pattern": HEADING}}]}],
        "minProperties": 1,
        "maxProperties": 1,
        "patternProperties": {HEADING: ref("内容")},
        "additionalProperties": False,
        "errorMessage": said,
    }


def _supplement() -> Schema:
    one: Schema = {
        "type": [*SCALAR, "object"],
        "pattern": r"\S",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": ref("内容"),
        "errorMessage": "附則は文で書きます。見出しのあるものは「- 施行期日: 文」と書きます",
    }
    return {**one, "type": ANY, "items": one}


def _attachment(kind: str) -> Schema:
    keys = {
        "題名": text(),
        "識別": text(),
        "内容": blankable(),
        "添付省略": boolean(),
        "向き": choice(["縦", "横"]),
    }
    return {**record(kind, keys, ["題名"], about="別紙"), **omitted_or_written()}


def omitted_or_written() -> Schema:
    """Every paper that is cited is bound in, or said not to be: one of 内容 and 添付省略."""
    return {
        "if": {"type": "object", "properties": {"添付省略": TRUE}, "required": ["添付省略"]},
        "then": {"properties": {"内容": BLANK}},
        "else": {"required": ["内容"], "properties": {"内容": {"type": ANY}}},
    }
