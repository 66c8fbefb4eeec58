"""Digits: typed in any width, printed as the house style says, and left alone where they are not Japanese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.widths import DigitWidths, to_half

HOUSE = DigitWidths()
STYLES = st.builds(DigitWidths, st.booleans(), st.booleans())
TEXTS = st.text(alphabet="0123456789０１２３５９第条項年月Aａ.,/-:()[]．，（） 　%～", max_size=30)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("第14条第3項", "第14条第３項"),
        ("第１４条第３項", "第14条第３項"),
        ("令和4年5月11日", "令和４年５月11日"),
        ("二丁目6番2号", "二丁目６番２号"),
        ("平成２８年", "平成28年"),
        ("（1）", "（１）"),
        ("24時間365日", "24時間365日"),
        ("基準　8．人的", "基準　８．人的"),
        ("5％", "５％"),
        ("5～6月", "５～６月"),
        ("3", "３"),
        # What touches Latin letters, signs of numbers or half-width brackets stays.
        ("約1,000件", "約1,000件"),
        ("基準11.2", "基準11.2"),
        ("9.1(15)", "9.1(15)"),
        ("IPv4", "IPv4"),
        ("4K", "4K"),
        ("Windows 7", "Windows 7"),
        ("ISO 9001", "ISO 9001"),
        ("03-1234-5678", "03-1234-5678"),
        ("14:00", "14:00"),
        ("1/2", "1/2"),
        ("5%", "5%"),
        ("[1]", "[1]"),
        ("a@1", "a@1"),
        ("ＩＤ１", "ＩＤ１"),
    ],
)
def test_only_free_standing_digits_convert(typed: str, printed: str) -> None:
    assert HOUSE.set_text(typed) == printed


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (DigitWidths(single_full=True, several_full=False), "第14条第３項"),
        (DigitWidths(single_full=True, several_full=True), "第１４条第３項"),
        (DigitWidths(single_full=False, several_full=False), "第14条第3項"),
        (DigitWidths(single_full=False, several_full=True), "第１４条第3項"),
    ],
)
def test_the_house_style_decides(style: DigitWidths, printed: str) -> None:
    assert style.set_text("第14条第３項") == printed


def test_verbatim_digits_stay() -> None:
    assert HOUSE.set_text("第１０条第2項", frozenset(range(4))) == "第１０条第２項"


@given(TEXTS, STYLES)
def test_setting_keeps_places_and_settles_at_once(text: str, style: DigitWidths) -> None:
    once = style.set_text(text)
    assert len(once) == len(text)
    assert to_half(once) == to_half(text)  # nothing but widths changes
    assert style.set_text(once) == once


@given(TEXTS, STYLES)
def test_it_does_not_matter_how_free_standing_digits_were_typed(text: str, style: DigitWidths) -> None:
    free = "".join(ch for ch in text if ch not in "Aａ.,/-:()[]%")
    assert style.set_text(free) == style.set_text(to_half(free))


@given(st.integers(0, 10**6), STYLES)
def test_a_number_alone_is_set_as_in_text(number: int, style: DigitWidths) -> None:
    assert style.set_number(number) == style.set_text(f"第{number}号")[1:-1]
