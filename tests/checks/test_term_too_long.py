"""Terms within terms that would grow without an end are cut, and told."""

from __future__ import annotations

import pytest
from support.samples import CASE, compose


@pytest.mark.parametrize(
    "terms",
    [
        ["語0: " + "甲" * 2001],
        [f"語{n}: 甲｛語{n + 1}｝" for n in range(40)],  # each names the next
        [f"語{n}: ｛語{n + 1}｝｛語{n + 1}｝" for n in range(40)],  # twice, so that it doubles
    ],
)
def test_a_name_over_a_limit(terms: list[str]) -> None:
    case = CASE.replace("委託するため", "｛語0｝のため") + "用語:\n" + "".join(f"  {term}\n" for term in terms)
    case += "  語40: 乙\n" if len(terms) > 1 else ""
    found = {each.split()[0] for each in compose(case).faults}
    assert found == {"term-too-long"}


def test_a_name_within_the_limits() -> None:
    assert compose(CASE + f"用語: {{語: {'甲' * 2000}}}\n").faults == []
