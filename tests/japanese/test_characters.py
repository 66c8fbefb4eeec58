"""Widths of characters and the space between neighbours, on which every line break rests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.characters import advance_em, is_even, is_japanese, natural_width_em, spaces_em, text_traits


@pytest.mark.parametrize(
    ("characters", "advance"),
    [
        ("議案あアー々〇髙惠（）、。・～／：　※①５ＤＸ％○‥…“”×℃", 1.0),
        ("0123456789AZaz.,/-()%~ é¥\u00a0", 0.5),
        ("ｱｲﾞﾟ､｡｢｣･ｰ", 0.5),
        ("\U000e0100\ufe00\u3099\u0301\u200d\u200f\t\x00", 0.0),
        ("𠮷𩸽", 1.0),
    ],
)
def test_characters_are_one_em_half_an_em_or_nothing_wide(characters: str, advance: float) -> None:
    assert {ch: advance_em(ch) for ch in characters} == dict.fromkeys(characters, advance)


@pytest.mark.parametrize("ch", "条あア々ー〇ＩＤ５ｱ①")
def test_auto_space_parts_japanese_letters_from_western_ones(ch: str) -> None:
    assert is_japanese(ch)
    assert natural_width_em(f"{ch}12") == advance_em(ch) + 1.25
    assert natural_width_em(f"URL{ch}") == advance_em(ch) + 1.75


@pytest.mark.parametrize("ch", "（）「」、。・：／～　※().-/% ")
def test_no_auto_space_beside_brackets_stops_and_signs(ch: str) -> None:
    assert not is_japanese(ch)
    assert natural_width_em(f"{ch}12") == advance_em(ch) + 1
    assert natural_width_em(f"{ch}条") == advance_em(ch) + 1


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("例。）", 2.5),  # the stop loses the blank on its right
        ("）（", 1.5),  # facing blanks: half of them stays
        ("「（", 1.5),  # the second bracket loses the blank on its left
        ("」、「", 2.0),
        ("。」）、", 2.5),
        ("（）", 2.0),  # no blank between them
        ("「。", 2.0),
        ("」と「", 3.0),  # not neighbours
        ("）・", 1.5),  # a middle dot keeps its own blank, and takes that of its neighbour
        ("：「", 1.5),
        ("、；", 1.5),
        ("・）", 2.0),
        ("「・", 2.0),
        ("・・", 2.0),
        ("）！", 2.0),  # ！ and ？ are no such marks
        ("｡｣", 1.0),  # half-width marks have no blank to lose
        (")(", 1.0),
    ],
)
def test_adjacent_marks_close_up_by_the_blank_between_them(text: str, width: float) -> None:
    assert natural_width_em(text) == width


def test_a_variation_selector_changes_nothing_beside_it() -> None:
    assert natural_width_em("葛\U000e0100飾12") == natural_width_em("葛飾12")
    assert natural_width_em("葛\U000e010012") == natural_width_em("葛12")
    assert natural_width_em("）\ufe00（") == natural_width_em("）（")


@pytest.mark.parametrize("text", ["（４）受付", "案、例「あ」と々。", "別紙・ー…", ""])
def test_most_text_is_even(text: str) -> None:
    assert is_even(text)
    assert not any(is_even(text + ch) for ch in "A1 \u3000ｱ｡\U000e0100")


@given(st.text(st.sampled_from("条あ５。）（「・：“…々ーA1 \u3000ｱ｣\u3099\u0301") | st.characters()))
def test_nothing_stands_between_the_characters_of_an_even_text(text: str) -> None:
    if is_even(text):
        assert (set(map(advance_em, text)) or {1.0}, any(spaces_em(text_traits(text)))) == ({1.0}, False)


@given(st.text())
def test_no_text_is_narrower_than_nothing(text: str) -> None:
    assert natural_width_em(text) >= 0
