"""Item labels: every scheme that official papers use, counted from a sample of its first label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.labels import LabelsExhaustedError, is_label_sample, parse_label
from kotobuki.japanese.widths import DigitWidths

HOUSE = DigitWidths()


def labels(sample: str, numbers: list[int], digits: DigitWidths = HOUSE) -> list[str]:
    pattern = parse_label(sample)
    assert pattern is not None
    return [pattern.label(number, digits) for number in numbers]


@pytest.mark.parametrize(
    ("sample", "numbers", "expected"),
    [
        ("１", [1, 2, 9, 10, 15], "１ ２ ９ 10 15"),
        ("（１）", [1, 9, 10], "（１） （９） （10）"),
        ("(1)", [1, 10], "(1) (10)"),
        ("１）", [1, 12], "１） 12）"),
        ("1.", [1, 2], "1. 2."),
        ("第１", [1, 10], "第１ 第10"),
        ("ア", [1, 5, 6, 44, 45, 46], "ア オ カ ワ ヲ ン"),
        ("（ア）", [1, 2], "（ア） （イ）"),
        ("（ｱ）", [1, 2, 46], "（ｱ） （ｲ） （ﾝ）"),
        ("イ", [1, 2, 3, 47], "イ ロ ハ ス"),
        ("ａ", [1, 26], "ａ ｚ"),
        ("（ａ）", [2], "（ｂ）"),
        ("A", [1, 26], "A Z"),
        ("①", [1, 10, 20], "① ⑩ ⑳"),
        ("一", [1, 9, 10, 11, 20, 99, 100, 101, 110, 2022], "一 九 十 十一 二十 九十九 百 百一 百十 二千二十二"),
        ("第一条", [3], "第三条"),
    ],
)
def test_a_sample_counts_on(sample: str, numbers: list[int], expected: str) -> None:
    assert labels(sample, numbers) == expected.split()


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (DigitWidths(single_full=True, several_full=True), ["（９）", "（１０）"]),
        (DigitWidths(single_full=False, several_full=False), ["（9）", "（10）"]),
    ],
)
def test_full_width_digits_follow_the_house_style(digits: DigitWidths, expected: list[str]) -> None:
    assert labels("（１）", [9, 10], digits) == expected
    assert labels("(1)", [9, 10], digits) == ["(9)", "(10)"]


@pytest.mark.parametrize(
    ("sample", "last"), [("ア", 46), ("（ｱ）", 46), ("イ", 47), ("ａ", 26), ("①", 20), ("一", 9999)]
)
def test_a_finite_scheme_ends(sample: str, last: int) -> None:
    assert len(labels(sample, [last])) == 1
    with pytest.raises(LabelsExhaustedError):
        labels(sample, [last + 1])


SAMPLES = "１ （１） (1) １） 1. 第１ ア （ア） （ｱ） イ ① ａ （ａ） A. 一 第一 第１条 〔ア〕"
WORDS = "文 ※ ・ ２ （２） 一覧 第一回 ア社 アイ 表１ A社 ((1))"


@pytest.mark.parametrize("sample", SAMPLES.split())
def test_samples(sample: str) -> None:
    assert is_label_sample(sample)


@pytest.mark.parametrize("text", ["", *WORDS.split()])
def test_words_are_no_samples(text: str) -> None:
    assert not is_label_sample(text)


@pytest.mark.parametrize(
    ("sample", "closed"), [("（１）", True), ("１）", True), ("１", False), ("1.", False), ("①", False)]
)
def test_text_follows_a_closing_bracket_at_once(sample: str, closed: bool) -> None:
    pattern = parse_label(sample)
    assert pattern is not None
    assert pattern.closed is closed


@given(
    st.sampled_from(SAMPLES.split()),
    st.integers(1, 20),
    st.integers(1, 20),
    st.booleans(),
    st.booleans(),
)
def test_labels_are_as_distinct_as_their_numbers(
    sample: str, one: int, other: int, single: bool, several: bool
) -> None:
    first, second = labels(sample, [one, other], DigitWidths(single, several))
    assert (first == second) is (one == other)


@given(st.integers(1, 9999))
def test_kanji_numbers_say_the_number(number: int) -> None:
    digits = {character: value for value, character in enumerate("〇一二三四五六七八九")}
    total = pending = 0
    for character in labels("一", [number])[0]:
        if character in digits:
            pending = digits[character]
        else:
            total += (pending or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            pending = 0
    assert total + pending == number
