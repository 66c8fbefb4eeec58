"""A case of another committee, bound in the packet: said where the meeting names it."""

from __future__ import annotations

import pytest
from support.rules import assert_flags
from support.samples import CASE, ORGANIZATION, edited

TWO = edited(ORGANIZATION, "例規:", "  審議会: {名称: みなと市審議会, 会長: 川山 崎, 庶務担当課: 総務部人事課}\n例規:")


@pytest.mark.parametrize(("committee", "agenda"), [("審議会", "▼2"), ("審査会", "2")])
def test_where_the_meeting_names_it(committee: str, agenda: str) -> None:
    meeting = f"会議体: 審査会\n年度: 令和4年度\n回: 1\n議案: {{{agenda}: 案件.yaml}}\n"
    assert_flags("other-committee", f"会議体: {committee}\n{CASE}", meeting, organization=TWO, made="packet")
