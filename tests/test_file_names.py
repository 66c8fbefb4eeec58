"""Names that no file can have on some system, and names that some systems take for one."""

from __future__ import annotations

import unicodedata

import pytest

from kotobuki.file_names import MAX_BYTES, fault_of, folded

BAD = {
    "no name": ["", ".", ".."],
    "signs": ["甲/乙", "甲\\乙", "C:甲", "甲*", "甲?", '甲"', "甲<乙", "甲>", "甲|乙"],
    "devices": ["CON", "con", "Prn", "AUX", "nul", "COM1", "com9", "LPT1", "lpt9", "COM0", "COM¹", "LPT³", "CONIN$"],
    "devices with an ending": ["nul.txt", "NUL.tar.gz", "con .txt", "Aux.yaml", "CONOUT$.pdf", "CLOCK$"],
    "blanks and dots": ["甲.", "甲 ", "甲. .", " 甲", "甲　", "　甲", ".甲"],
    "what nobody sees": ["甲\n乙", "甲\t", "\x00", "甲\x7f", "甲\u202e乙", "甲\u200b乙", "甲\u2028", "\ud800"],
    "too long": ["あ" * 81, "a" * (MAX_BYTES + 1)],
}
GOOD = ["01-policy", "諮問依頼書", "第2号議案", "甲　乙", "甲 乙", "console", "COM10", "COM", "甲.nul", "ＣＯＮ", "-甲"]
GOOD += [
    "葛\U000e0100飾区",
    "か\u3099",
    "あ" * 80,
    "a" * MAX_BYTES,
    "総総（人）",
    "Ａ＆Ｂ",
    "100％",
    "~甲",
    "$甲",
    "甲'乙",
    "甲\ue000",
]


@pytest.mark.parametrize("name", [name for names in BAD.values() for name in names], ids=ascii)
def test_names_that_no_file_can_have(name: str) -> None:
    assert fault_of(name)


@pytest.mark.parametrize("name", GOOD, ids=ascii)
def test_names_that_files_have(name: str) -> None:
    assert fault_of(name) == ""


def test_a_hidden_file_is_one_only_where_it_may_be() -> None:
    assert fault_of(".gitignore")
    assert fault_of(".gitignore", hidden=True) == ""
    assert fault_of("..", hidden=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A", "a"),
        ("Ａ", "ａ"),
        ("が", "か\u3099"),
        ("É", "e\u0301"),
        ("ガ", unicodedata.normalize("NFD", "ガ")),
        ("ß", "SS"),
    ],
)
def test_names_that_are_one_on_some_system(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("A", "Ａ"), ("か", "が"), ("か", "カ"), ("1", "１"), ("葛", "葛\U000e0100")]
)
def test_names_that_are_two_on_every_system(one: str, other: str) -> None:
    assert folded(one) != folded(other)
