"""A case of another committee, built in the meeting: said at the case."""

from __future__ import annotations

import pytest
from support.rules import assert_flags
from support.samples import CASE, ORGANIZATION, edited

TWO = edited(ORGANIZATION, "例規:", "  審議会: {名称: みなと市審議会, 会長: 川山 崎, 庶務担当課: 総務部人事課}\n例規:")


@pytest.mark.parametrize("case", [f"▼会議体: 審議会\n{CASE}", f"会議体: 審査会\n{CASE}"])
def test_at_the_case(case: str) -> None:
    meeting = "会議体: 審査会\n年度: 令和4年度\n回: 1\n議案: {2: 案件.yaml}\n"
    assert_flags("committee-differs", case, meeting, organization=TWO)
