"""One short name for two things in a paper."""

from __future__ import annotations

from support.samples import faults, marked

TERMS = "甲: 一つ目\n乙: {正式: 二つ目, 略称: 甲}"


def test_two_definitions_of_one_short_name() -> None:
    plain, expected = marked("内容: ｛甲｝｛甲｝▼｛乙｝｛乙｝", "term-short-twice")
    assert faults(plain, terms=TERMS) == expected


def test_one_that_is_not_defined_is_none() -> None:
    assert faults("内容: ｛甲｝｛甲｝｛乙｝", terms=TERMS) == []
