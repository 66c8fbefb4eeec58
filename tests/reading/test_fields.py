"""Typed values out of mappings: what is read, and what a clerk is told about what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.reading.fields import Fields
from kotobuki.reading.kinds import AnyText, Date, Integer, Raw, Several, YesNo, one_of
from kotobuki.reading.nodes import Mapping, Scalar, Sequence
from kotobuki.reading.parse import read_text

Read = Callable[[Fields], object]


def fields_of(text: str, what: str = "案件") -> tuple[Fields, Diagnostics]:
    diagnostics = Diagnostics()
    node = read_text(text.encode(), "案件.yaml", diagnostics)
    assert isinstance(node, Mapping)
    return Fields(node, diagnostics, what), diagnostics


def words(value: object) -> object:
    """A value with its scalars as plain text."""
    match value:
        case Scalar():
            return value.value
        case tuple():
            return [words(each) for each in value]
        case Sequence():
            return [words(each) for each in value.items]
        case Mapping():
            return {key.value: words(each) for key, each in value.entries}
    return value


@pytest.mark.parametrize(
    ("text", "read", "value"),
    [
        ("件名: 委託について", lambda f: f.value("件名", AnyText()), "委託について"),
        ("件名: 委託について", lambda f: f.value("副題", AnyText()), None),
        ("件名:", lambda f: f.value("件名", AnyText()), None),
        ("件名: ''", lambda f: f.value("件名", AnyText()), None),
        ("依頼: {番号: 82}", lambda f: f.value("依頼", Raw(Mapping), required=True), {"番号": "82"}),
        ("依頼: {番号: 82}", lambda f: f.node("依頼"), {"番号": "82"}),
        ("依頼:", lambda f: f.value("依頼", Raw(Mapping)), None),
        ("項目: [氏名, 住所]", lambda f: f.value("項目", Raw(Sequence)), ["氏名", "住所"]),
        ("項目: [氏名, 住所]", lambda f: f.value("項目", Several(AnyText())), ["氏名", "住所"]),
        ("項目: 氏名", lambda f: f.value("項目", Several(AnyText())), ["氏名"]),
        ("項目:", lambda f: f.value("項目", Several(AnyText())), None),
        ("番号: 82", lambda f: f.value("番号", Integer(-9)), 82),
        ("番号: ０８２", lambda f: f.value("番号", Integer(1)), 82),
        ("番号: -3", lambda f: f.value("番号", Integer(-9)), -3),
        ("番号: －３", lambda f: f.value("番号", Integer(-9)), -3),
        ("日付: 2022-05-06", lambda f: f.value("日付", Date()), date(2022, 5, 6)),
        ("日付: 令和４年５月６日", lambda f: f.value("日付", Date()), date(2022, 5, 6)),
        ("様式: 外部委託", lambda f: f.value("様式", one_of("外部委託", "外部結合")), "外部委託"),
        ("詰め: はい", lambda f: f.value("詰め", YesNo()), True),
        ("詰め: True", lambda f: f.value("詰め", YesNo()), True),
        ("詰め: いいえ", lambda f: f.value("詰め", YesNo()), False),
        ("詰め: no", lambda f: f.value("詰め", YesNo()), False),
        ("件名: あ", lambda f: f.value("詰め", YesNo()), None),
    ],
)
def test_reads_values_of_each_kind(text: str, read: Read, value: object) -> None:
    fields, diagnostics = fields_of(text + "\n")
    assert words(read(fields)) == value
    assert list(diagnostics) == []


# A snippet, how it is read, where the fault stands, its rule, and words that the message must hold.
FAULTS: list[tuple[str, Read, str, str, list[str]]] = [
    ("様式: い", lambda f: f.value("件名", AnyText(), required=True), "1:1", "missing-key", ["案件に「件名」がありません", "「件名: …」"]),
    ("様式: い\n件名:", lambda f: f.value("件名", AnyText(), required=True), "2:1", "missing-value", ["「件名」の値がありません"]),
    ("様式: い", lambda f: f.value("日付", Date(), required=True), "1:1", "missing-key", ["「日付: 2022-05-06」"]),
    ("様式: い", lambda f: f.value("回", Integer(1), required=True), "1:1", "missing-key", ["「回: 1」"]),
    ("様式: い", lambda f: f.value("詰め", YesNo(), required=True), "1:1", "missing-key", ["「詰め: はい」"]),
    ("様式: い", lambda f: f.value("種類", one_of("表"), required=True), "1:1", "missing-key", ["「種類: 表」"]),
    ("様式: い", lambda f: f.value("依頼", Raw(Mapping), required=True, example="{番号: 82}"), "1:1", "missing-key", ["「依頼: {番号: 82}」"]),
    ("様式: い", lambda f: f.value("項目", Several(AnyText()), required=True), "1:1", "missing-key", ["「項目: […, …]」"]),
    ("件名:\n  - あ", lambda f: f.value("件名", AnyText()), "2:3", "wrong-type", ["文を書きます", "一覧"]),
    ("件名:\n  あ: い", lambda f: f.value("件名", AnyText()), "2:3", "wrong-type", ["文を書きます", "項目の組"]),
    ("件名: {条例}", lambda f: f.value("件名", AnyText()), "1:5", "wrong-type", ["全角の「｛ ｝」"]),
    ("依頼: あ", lambda f: f.value("依頼", Raw(Mapping)), "1:5", "wrong-type", ["項目の組", "ここにあるのは文です", "字下げ"]),
    ("依頼: [あ]", lambda f: f.value("依頼", Raw(Mapping)), "1:5", "wrong-type", ["項目の組", "一覧"]),
    ("依頼: 番号：82", lambda f: f.value("依頼", Raw(Mapping)), "1:7", "colon-full-width", ["「：」が全角"]),
    ("依頼:\n  番号：82", lambda f: f.value("依頼", Raw(Mapping)), "2:5", "colon-full-width", ["「：」が全角"]),
    ("項目: あ", lambda f: f.value("項目", Raw(Sequence)), "1:5", "wrong-type", ["一覧（- …）", "「- …」"]),
    ("項目: {あ: い}", lambda f: f.value("項目", Several(AnyText())), "1:5", "wrong-type", ["一覧（- …）"]),
    ("項目:\n  - あ\n  - い: う", lambda f: f.value("項目", Several(AnyText())), "3:5", "wrong-type", ["一覧の中", "文"]),
    ("項目:\n  - あ\n  -\n", lambda f: f.value("項目", Several(AnyText())), "3:4", "missing-value", ["空の行"]),
    ("番号: 82号", lambda f: f.value("番号", Integer(-9)), "1:5", "number-format", ["82号", "数字だけ"]),
    ("番号: 1.5", lambda f: f.value("番号", Integer(-9)), "1:5", "number-format", ["1.5"]),
    ("番号: " + "9" * 5000, lambda f: f.value("番号", Integer(-9)), "1:5", "number-format", ["9…"]),
    ("番号: ０", lambda f: f.value("番号", Integer(1)), "1:5", "number-range", ["1以上"]),
    ("番号: 13", lambda f: f.value("番号", Integer(1, 12)), "1:5", "number-range", ["1以上12以下"]),
    ("日付: 2022-02-30", lambda f: f.value("日付", Date()), "1:5", "date-impossible", ["「日付」の2022年2月30日", "28日まで"]),
    ("日付: 平成31年5月1日", lambda f: f.value("日付", Date()), "1:5", "date-era", ["令和元年5月1日"]),
    ("日付: 5/6", lambda f: f.value("日付", Date()), "1:5", "date-format", ["5/6", "令和4年5月6日"]),
    ("様式: 外部依託", lambda f: f.value("様式", one_of("外部委託", "外部結合")), "1:5", "choice", ["「外部委託」の誤り", "「外部結合」"]),
    ("様式: x", lambda f: f.value("様式", one_of("外部委託")), "1:5", "choice", ["使えるのは、「外部委託」です"]),
    ("詰め: たぶん", lambda f: f.value("詰め", YesNo()), "1:5", "choice", ["「はい」か「いいえ」"]),
]  # fmt: skip  # one row a line reads as the table it is


@pytest.mark.parametrize(("text", "read", "place", "rule", "said"), FAULTS)
def test_faults_are_told_with_place_reason_and_remedy(
    text: str, read: Read, place: str, rule: str, said: list[str]
) -> None:
    fields, diagnostics = fields_of(text + "\n")
    value = read(fields)
    for key, _ in fields.mapping_node.entries:
        fields.node(key.value)
    fields.finish()
    (found,) = diagnostics
    assert value is None or isinstance(value, tuple)
    assert (str(found.place), found.rule) == (f"案件.yaml:{place}", rule)
    for each in said:
        assert each in found.reason + found.remedy


def unknown(text: str, *known: str) -> list[Diagnostic]:
    fields, diagnostics = fields_of(text)
    for key in known:
        fields.value(key, AnyText())
    fields.finish()
    return list(diagnostics)


def test_a_misspelt_key_is_told_the_nearest_one_and_all_that_are_allowed() -> None:
    (found,) = unknown("様式: い\n件明: あ\n", "様式", "件名", "主管課")
    assert (str(found.place), found.rule) == ("案件.yaml:2:1", "unknown-key")
    assert found.reason == "案件では、キー「件明」は使えません"
    assert found.remedy == "「件名」の誤りではありませんか。使えるキーは、「様式」、「件名」、「主管課」です"


def test_a_key_like_none_is_told_what_is_allowed() -> None:
    (found,) = unknown("xyz: あ\n件名: い\n", "件名")
    assert found.remedy == "使えるキーは、「件名」です"


def test_each_unknown_key_is_reported_and_known_ones_are_not() -> None:
    found = unknown("件名: あ\na: い\nb: う\n", "件名", "主管課")
    assert [str(each.place) for each in found] == ["案件.yaml:2:1", "案件.yaml:3:1"]


def test_the_wrong_entries_of_a_list_do_not_hide_the_right_ones() -> None:
    fields, diagnostics = fields_of("項目:\n  - あ\n  - [い]\n  - う\n")
    assert words(fields.value("項目", Several(AnyText()))) == ["あ", "う"]
    assert len(list(diagnostics)) == 1
