"""Which words changed, and which part stands for which."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.compare.alignment import aligned, likeness
from kotobuki.compare.words import Stretch, Word, stretches


def marked(old: str, new: str) -> str:
    """Both texts in one, what changed as [old→new]."""
    return "".join(each.new if each.same else f"[{each.old}→{each.new}]" for each in stretches(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("甲", "甲", "甲"),
        ("", "甲", "[→甲]"),
        ("申込受付", "申込みの受付", "申込[→みの]受付"),
        ("第14条第３項", "第15条第３項", "第[14→15]条第３項"),  # a number is one word
        ("辻\U000e0100さん", "辻さん", "[辻\U000e0100→辻]さん"),  # a variant is another character
        ("約1,000件", "約1,200件", "約[1,000→1,200]件"),
        ("サーバに置く", "サーバーに置く", "[サーバ→サーバー]に置く"),
        ("Webフォーム", "Wikiフォーム", "[Web→Wiki]フォーム"),
        ("個人情報保護審査会", "情報公開審査会", "[個人→]情報[保護→公開]審査会"),
        ("民間の事業者に任せる", "区が自ら行う", "[民間の事業者に任せる→区が自ら行う]"),  # nothing in common but chance
        ("甲が乙をする。", "丙が丁をする。", "[甲が乙→丙が丁]をする。"),  # が alone is no island
    ],
)
def test_the_words_that_changed(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_words_are_compared_by_their_keys() -> None:
    old, new = [Word("区の"), Word("装置", "用語:1")], [Word("区の"), Word("機器", "用語:1")]
    assert stretches(old, new) == (Stretch("区の装置", "区の機器", same=True),)


texts = st.text(alphabet="区の個人情報12３ABアイー、。", max_size=30)


@given(texts, texts)
def test_the_stretches_make_up_both_texts_and_take_turns(old: str, new: str) -> None:
    found = stretches(old, new)
    assert "".join(each.old for each in found) == old
    assert "".join(each.new for each in found) == new
    assert all(each.old == each.new for each in found if each.same)
    assert all(before.same != after.same for before, after in pairwise(found))


@given(texts)
def test_a_text_is_like_itself(text: str) -> None:
    assert likeness(text, text) == 1.0
    assert all(each.same for each in stretches(text, text))


def pairs(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    found = aligned(old, new, lambda text: text, likeness)
    return [("" if a is None else old[a], "" if c is None else new[c]) for a, c in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["甲", "乙"], ["甲", "新", "乙"], [("甲", "甲"), ("", "新"), ("乙", "乙")]),
        (["甲", "旧", "乙"], ["甲", "乙"], [("甲", "甲"), ("旧", ""), ("乙", "乙")]),
        (
            ["名簿を提出すること。", "鍵を掛けること。"],
            ["責任者を定めること。", "名簿を区に提出すること。", "鍵を掛けておくこと。"],
            [
                ("", "責任者を定めること。"),
                ("名簿を提出すること。", "名簿を区に提出すること。"),
                ("鍵を掛けること。", "鍵を掛けておくこと。"),
            ],
        ),
        (["あいうえお"], ["かきくけこ"], [("あいうえお", ""), ("", "かきくけこ")]),
    ],
)
def test_parts_are_paired_with_what_they_were(old: list[str], new: list[str], expected: list[tuple[str, str]]) -> None:
    assert pairs(old, new) == expected


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_every_part_has_its_place_once_and_in_order(old: list[str], new: list[str]) -> None:
    found = aligned(old, new, lambda text: text, likeness)
    assert [a for a, _ in found if a is not None] == list(range(len(old)))
    assert [c for _, c in found if c is not None] == list(range(len(new)))
