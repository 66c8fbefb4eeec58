"""別紙 and 別添, as `case.annexes` reads them.

In: the names that are known. Out: the schemas of the two lists.
"""

from __future__ import annotations

from kotobuki.case.annexes import BoundKeys, ExistingKeys
from kotobuki.reading.json_schema import BLANK, TRUE, Schema, boolean, instead, listing, omitted_or_written, ref
from kotobuki.reading.kinds import Anything, Known
from kotobuki.reading.records import record_schema
from kotobuki.schema.content import blankable


def annexes(known: Known) -> Schema:
    """別紙: each a regulation, or content."""
    as_law = {
        "添付省略": Anything(lambda _: {**boolean(), "not": TRUE}),
        "規程": Anything(lambda _: ref("規程")),
        "内容": Anything(lambda _: BLANK),
    }
    as_content = {"規程": Anything(lambda _: BLANK), "内容": Anything(lambda _: blankable())}
    regulation = record_schema(BoundKeys, "別紙", known, needs={"規程": True}, without=("題名",), kinds=as_law)
    written = record_schema(BoundKeys, "別紙", known, kinds=as_content)
    one: Schema = {
        **instead("別紙は「題名: …」の組で書きます", "object"),
        "if": {"type": "object", "required": ["規程"], "properties": {"規程": {"type": "object"}}},
        "then": regulation,
        "else": {**written, **omitted_or_written()},
        "defaultSnippets": [{"label": "別紙", "body": {"題名": "$1", "内容": ["$2"]}}],
    }
    return listing(one, "別紙には一覧を書きます（例：- {題名: …, 内容: …}）")


def existing(known: Known) -> Schema:
    """別添: existing papers."""
    return listing(
        record_schema(ExistingKeys, "別添", known), "別添には一覧を書きます（例：- {題名: …, ファイル: ….pdf}）"
    )
