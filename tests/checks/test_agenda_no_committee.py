"""A letter named as a 議案."""

from __future__ import annotations

import pytest
from support.letters import FORM, LETTER
from support.rules import For, assert_flags
from support.samples import MEETING, edited


@pytest.mark.parametrize("made", ["build", "packet"])
def test_where_the_meeting_names_it(made: For) -> None:
    meeting = edited(MEETING, "{2: 案件.yaml}", "{▼2: 案件.yaml}")
    assert_flags("agenda-no-committee", LETTER, meeting, form=FORM, made=made)


@pytest.mark.parametrize("made", ["build", "packet"])
def test_not_of_a_case_for_a_committee(made: For) -> None:
    assert_flags("agenda-no-committee", made=made)
