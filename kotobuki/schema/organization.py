"""The schema of cases/organization.yaml, as `case.organization` and `case.house_style` read it.

In: nothing: it holds for every municipality. Out: the schema, and `terms`, which cases and regulations share.
"""

from __future__ import annotations

import re

from kotobuki.schema.shared import (
    SCALAR,
    Schema,
    boolean,
    by_name,
    choice,
    document,
    listing,
    matching,
    record,
    sample,
    text,
    texts,
)
from kotobuki.settings.house_style import BRACKETS, COPY_MARKS, LABELS_AGAIN, PATTERN_FIELDS
from kotobuki.settings.terms import CASE_FIELDS

_TERM = rf"^(?!(?:{'|'.join(CASE_FIELDS)}|同行)$)(?![→※＃＝\s])[^｛｝：\n]*[^｛｝：\s]$"
_WIDTHS = ("全角", "半角")


def terms() -> Schema:
    """用語: short name → full name, or a record."""
    keys = {"正式": text(), **{key: text(plain=True) for key in ("法令番号", "括弧", "略称")}}
    term = {**record("用語", keys, ["正式"]), "type": ["object", *SCALAR], "pattern": r"\S"}
    return by_name(term, "用語は「略称: 正式な名称」の組で書きます", names=_TERM)


def organization() -> Schema:
    """The whole file."""
    keys = {
        "自治体": text(plain=True),
        "長": record("長", {"職": text(plain=True), "氏名": text(plain=True)}, ["職", "氏名"]),
        "部課": listing(_division(), "部課には一覧を書きます（例：- {部: 総務部, 課: [{名: 総務課}]}）"),
        "会議体": by_name(_committee(), "会議体は「略称: {名称: …}」の組で書きます", minProperties=1),
        "例規": by_name(text(plain=True), "例規は「略称: 正式な名称」の組で書きます", names=_TERM),
        "用語": terms(),
        "表記": _style(),
    }
    body = record("organization.yaml", keys, ["自治体", "長", "部課", "会議体"])
    return document("organization.yaml", "自治体のこと。一度書けば、どの会議・案件でも使う", body)


def _division() -> Schema:
    section = {"名": text(plain=True), "記号": text(plain=True), "係": texts(text(plain=True))}
    keys = {
        "部": text(plain=True),
        "長": text(plain=True),
        "記号": text(plain=True),
        "課": listing(record("課", section, ["名"]), "課には一覧を書きます（例：[{名: 総務課, 記号: 総総}]）"),
    }
    return record("部課", keys, ["部"])


def _committee() -> Schema:
    keys = {key: text(plain=True) for key in ("名称", "会長の職", "会長", "敬称")}
    return record("会議体", {**keys, "庶務担当課": text()}, ["名称", "会長", "庶務担当課"])


def _style() -> Schema:
    digits = record("数字", dict.fromkeys(("一桁", "二桁以上"), choice(_WIDTHS)))
    return record(
        "表記",
        {
            "数字": digits,
            "項目番号": texts(sample()),
            "文書番号": _number_pattern(),
            "文書番号の年": choice(["西暦", "和暦"]),
            "敬称": text(plain=True),
            "書体": text(),
            "別紙の標示": text(plain=True),
            "別添の標示": text(plain=True),
            "写しの標示": choice(COPY_MARKS),
            "言い換え": by_name(text(plain=True), "言い換えは「様式の語: 自治体の語」の組で書きます"),
            "別紙の括弧": choice(BRACKETS),
            "規程": _laws(),
            "行見出しの再掲": choice(LABELS_AGAIN),
            "新旧対照表": _comparison(),
            "禁則": choice(["標準", "厳格"]),
            "詰め": boolean(),
        },
    )


def _comparison() -> Schema:
    names = {key: text(plain=True) for key in ("新", "旧", "新設", "削る", "略")}
    return record("新旧対照表", {**names, "左": choice(["新", "旧"]), "備考": boolean()})


def _number_pattern() -> Schema:
    """A pattern of document numbers: known marks alone, 番号 among them."""
    field = f"｛(?:{'|'.join(map(re.escape, PATTERN_FIELDS))})｝"
    said = f"使えるのは {' '.join(f'｛{each}｝' for each in PATTERN_FIELDS)} で、｛番号｝が要ります"
    return matching(f"^(?=.*｛番号｝)(?:[^｛｝]|{field})*$", said)


def _laws() -> Schema:
    mark = {**matching("[1１一アｱイ①aAａＡ]", "最初のものを書きます（例：別表第１）"), "type": ["string", "number"]}
    keys = {
        "条の数字": choice(["全角", "半角", "表記のとおり"]),
        "号": texts(sample()),
        "引用": choice(["番号", "近称"]),
        **dict.fromkeys(("別表", "様式", "別紙"), mark),
    }
    return record("規程", keys, about="表記の規程")
