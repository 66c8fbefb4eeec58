"""Diagnostics: sorted, shown with the source line and a caret under the fault."""

from __future__ import annotations

import pytest

from kotobuki.diagnostics import Diagnostics, InputError, Place, nearest, render


def test_they_come_once_each_in_the_order_of_the_source() -> None:
    diagnostics = Diagnostics()
    diagnostics.error(Place("a.yaml", 10, 1), "later", "後", "直す")
    diagnostics.error(Place("a.yaml", 9, 5), "earlier", "前", "直す")
    diagnostics.error(Place("a.yaml", 10, 1), "later", "後", "直す")
    assert [each.rule for each in diagnostics] == ["earlier", "later"]


def test_only_errors_stop_a_build_but_warnings_are_reported_with_them() -> None:
    diagnostics = Diagnostics()
    diagnostics.warning(Place("a.yaml", 1, 1), "odd", "珍しい", "確かめる")
    diagnostics.raise_if_errors()
    diagnostics.error(Place("a.yaml", 2, 1), "wrong", "誤り", "直す")
    with pytest.raises(InputError) as caught:
        diagnostics.raise_if_errors()
    assert [each.rule for each in caught.value.diagnostics] == ["odd", "wrong"]


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("件名：委託", 3, "件名：委託", "　　^"),
        ("  abc", 3, "  abc", "  ^"),
        ("\t件名: x", 1, "→件名: x", "^"),
        ("\u3000件名: x", 2, "\u3000件名: x", "　^"),
        ("葛\U000e0100飾区: x", 5, "葛\U000e0100飾区: x", "　　　^"),  # a variation selector takes no room
        ("a\x07b", 2, "a�b", " ^"),
        ("あ" * 100 + "い" + "う" * 100, 101, "あ" * 35 + "い" + "う" * 34, "　" * 35 + "^"),
    ],
)
def test_the_caret_stands_under_the_fault(line: str, column: int, shown: str, caret: str) -> None:
    diagnostics = Diagnostics(sources={"a.yaml": (line,)})
    diagnostics.error(Place("a.yaml", 1, column), "rule-id", "だめです", "直してください")
    (found,) = diagnostics
    assert render(found).splitlines() == [
        f"a.yaml:1:{column}: 誤り: だめです",
        f"    {shown}",
        f"    {caret}",
        "    → 直してください [rule-id]",
    ]


def test_a_fault_of_the_whole_file_shows_no_line() -> None:
    diagnostics = Diagnostics(sources={"a.yaml": ("件名: x",)})
    diagnostics.warning(Place("a.yaml"), "rule-id", "古い", "直す")
    (found,) = diagnostics
    assert render(found) == "a.yaml: 注意: 古い\n    → 直す [rule-id]"


@pytest.mark.parametrize(("word", "meant"), [("件明", "件名"), ("実施時間", "実施時期"), ("xyz", None)])
def test_the_nearest_word_is_the_one_that_was_meant(word: str, meant: str | None) -> None:
    assert nearest(word, ["件名", "主管課", "実施時期", "実施目的"]) == meant


def test_what_is_said_apart_counts_by_itself_and_is_kept() -> None:
    found = Diagnostics()
    found.error(Place("一.yaml", 1, 1), "a", "誤り", "直す")
    with found.apart() as said:
        assert found.errors == ()
        found.warning(Place("二.yaml", 1, 1), "b", "注意", "見る")
    with found.apart(said) as more:
        assert [each.rule for each in found] == ["b"]
    assert ([each.rule for each in said], more, [each.rule for each in found]) == (["b"], [], ["a", "b"])


def test_of_thousands_of_names_one_that_is_a_slip_away_is_still_found() -> None:
    names = [f"略{at}称" for at in range(5000)]
    found = ("略77称", "略1234称", "略1234称")
    assert tuple(nearest(word, names) for word in ("略77券", "略1234", "略12x34称")) == found
    assert nearest("別の名", names) is None and nearest("長" * 10_000, [*names, "長" * 10_001]) is None
