"""A lazy pattern is what `re.compile` gives, but only when it is asked."""

from __future__ import annotations

import re

import pytest

from kotobuki.lazy_patterns import lazy_pattern


def test_it_does_as_the_pattern_does() -> None:
    lazy, known = lazy_pattern(r"第 (?P<number>[0-9]+) 条", re.VERBOSE), re.compile("第(?P<number>[0-9]+)条")
    text = "第3条及び第14条"
    for _ in range(2):
        assert lazy.findall(text) == known.findall(text)
        assert [found["number"] for found in lazy.finditer(text)] == ["3", "14"]
        assert lazy.sub("条", text) == "条及び条"
    assert lazy.pattern.replace(" ", "") == known.pattern


def test_it_is_compiled_when_it_is_asked() -> None:
    spoilt = lazy_pattern("(")
    with pytest.raises(re.error):
        spoilt.search("")
