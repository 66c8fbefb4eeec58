"""Kinds of value: what a reader takes, a schema takes, and the other way round."""

from __future__ import annotations

from datetime import date

import pytest
from jsonschema import Draft7Validator
from support.schema_samples import typed

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.asking import Ask
from kotobuki.reading.json_schema import quiet
from kotobuki.reading.kinds import AnyText, Choice, Date, Integer, Kind, Open, Several, Words, YesNo, one_of
from kotobuki.reading.nodes import Mapping
from kotobuki.reading.parse import read_text
from kotobuki.reading.placeholders import Placeholder
from kotobuki.reading.records import keys_of
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.meeting import FISCAL_YEAR
from kotobuki.settings.packet import GATHERING, PacketSettings

NUMBER_PATTERN = next(each.kind for each in keys_of(HouseStyle) if each.name == "文書番号")
LABELS = next(each.kind for each in keys_of(HouseStyle) if each.name == "項目番号")
RUNNING = next(each.kind for each in keys_of(PacketSettings) if each.name == "通し番号")

TAKEN: list[tuple[Kind[object], str, object]] = [
    (Words(), "総務課", "総務課"),
    (Integer(1), "１２", 12),
    (Integer(1, 12), "12", 12),
    (Integer(0), "０", 0),
    (Date(), "2022-05-06", date(2022, 5, 6)),
    (Date(), "令和４年５月６日", date(2022, 5, 6)),
    (Choice({"縦": False, "横": True}), "横", True),
    (YesNo(), "する", True),
    (YesNo(), "NO", False),
    (Several(Words()), "甲", ("甲",)),
    (Several(Words()), "[甲, 乙]", ("甲", "乙")),
    (Open(Integer(1)), "｛記入：番号｝", Placeholder("番号")),
    (Open(Integer(1)), "3", 3),
    (FISCAL_YEAR, "令和4年度", 2022),
    (FISCAL_YEAR, "2022", 2022),
    (LABELS, "[1, (1)]", ("1", "(1)", "ア", "（ｱ）", "ａ", "（ａ）")),
    (NUMBER_PATTERN, "｛元号｝｛年｝第｛番号｝号", "｛元号｝｛年｝第｛番号｝号"),
    (RUNNING, "資料｛番号｝", ("資料", "")),
]
REFUSED: list[tuple[Kind[object], str]] = [
    (Words(), "｛区｝の課"),
    (Words(), "[甲]"),
    (AnyText(), "{甲: 乙}"),
    (Integer(1), "十二"),
    (Integer(1), "0"),
    (Integer(1, 12), "13"),
    (Integer(2), "1"),
    (Date(), "2022-13-06"),
    (Date(), "2022-06-31"),
    (Date(), "来週"),
    (one_of("新", "旧"), "左"),
    (YesNo(), "たぶん"),
    (Several(Words()), "{甲: 乙}"),
    (Several(Integer(1)), "[1, 二]"),
    (FISCAL_YEAR, "今年"),
    (GATHERING, "午後2時"),
    (LABELS, "[甲]"),
    (NUMBER_PATTERN, "第｛号｝号"),
    (NUMBER_PATTERN, "第｛番号｝号｛年"),
    (RUNNING, "資料｛年｝"),
]


def _read(kind: Kind[object], text: str) -> tuple[object, Diagnostics, bool]:
    """What is read of a value, what is said, and whether the schema takes it."""
    diagnostics = Diagnostics()
    mapping = read_text(f"値: {text}\n".encode(), "案件.yaml", diagnostics)
    assert isinstance(mapping, Mapping)
    node = mapping.entries[0][1]
    passes = Draft7Validator(quiet(kind.schema({}))).is_valid(typed(node))
    return kind.read(node, Ask("値"), diagnostics), diagnostics, passes


@pytest.mark.parametrize(("kind", "text", "value"), TAKEN)
def test_what_is_taken(kind: Kind[object], text: str, value: object) -> None:
    found, diagnostics, passes = _read(kind, text)
    assert (found, list(diagnostics), passes) == (value, [], True)


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_what_is_refused(kind: Kind[object], text: str) -> None:
    _, diagnostics, passes = _read(kind, text)
    assert [each.place.line for each in diagnostics.errors] == [1]
    assert not passes
