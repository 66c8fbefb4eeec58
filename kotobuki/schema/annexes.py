"""別紙 and 別添, as `case.annexes` reads them.

In: nothing. Out: the schemas of the two lists.
"""

from __future__ import annotations

from kotobuki.schema.content import blankable, ref
from kotobuki.schema.regulation import omitted_or_written
from kotobuki.schema.shared import BLANK, TRUE, Schema, boolean, choice, instead, listing, matching, record, text


def annexes() -> Schema:
    """別紙: each a regulation, or content."""
    keys = {"識別": text(), "添付省略": boolean(), "向き": choice(["縦", "横"])}
    bound = {**keys, "添付省略": {**boolean(), "not": TRUE}}
    regulation = record("別紙", {**bound, "規程": ref("規程"), "内容": BLANK}, ["規程"])
    written = record("別紙", {**keys, "規程": BLANK, "内容": blankable(), "題名": text()}, ["題名"])
    one: Schema = {
        **instead("別紙は「題名: …」の組で書きます", "object"),
        "if": {"type": "object", "required": ["規程"], "properties": {"規程": {"type": "object"}}},
        "then": regulation,
        "else": {**written, **omitted_or_written()},
        "defaultSnippets": [{"label": "別紙", "body": {"題名": "$1", "内容": ["$2"]}}],
    }
    return listing(one, "別紙には一覧を書きます（例：- {題名: …, 内容: …}）")


def existing() -> Schema:
    """別添: existing papers."""
    inside = matching(
        r"^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).*\S", "案件と同じフォルダにあるファイルの名を書きます"
    )
    keys = {"題名": text(), "識別": text(), "ファイル": {**inside, "type": [*text()["type"]]}}
    return listing(record("別添", keys, ["題名"]), "別添には一覧を書きます（例：- {題名: …, ファイル: ….pdf}）")
