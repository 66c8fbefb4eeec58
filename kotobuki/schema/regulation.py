"""規程, as `case.regulation` reads it: chapters, articles, their 項 and 号, 附則, and the papers at its end.

In: nothing. Out: the definition of a regulation, and of what it is made of.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from kotobuki.case.regulation import ATTACHMENTS, CHAPTERS, AttachmentKeys, RegulationKeys
from kotobuki.reading.ecma import HEADING
from kotobuki.reading.json_schema import ANY, SCALAR, Schema, listing, omitted_or_written, ref
from kotobuki.reading.kinds import Anything, Kind, Known
from kotobuki.reading.records import record_schema
from kotobuki.schema.content import blankable, entry

_ARTICLE = "^(?!｛[^｛｝→※＃＝][^｛｝]*｝.)"


def definitions() -> dict[str, Schema]:
    """規程, and the parts of its body by depth."""
    articles = listing(ref("章か条"), "本則には条の一覧を書きます（例：- 目的: この規程は、…とする。）")
    kinds: dict[str, Kind[Any]] = {"本則": Anything(lambda _: articles), "附則": Anything(lambda _: _supplement())}
    for kind in ATTACHMENTS:
        kinds[kind] = Anything(partial(_attachments, kind))
    return {
        "規程": record_schema(RegulationKeys, "規程", {}, kinds=kinds),
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


def _attachments(kind: str, known: Known) -> Schema:
    one = record_schema(AttachmentKeys, kind, known, kinds={"内容": Anything(lambda _: blankable())})
    return listing({**one, **omitted_or_written()}, f"{kind}には一覧を書きます")
