"""meeting.yaml: what the secretariat decides, and what is said where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from support import faulty_settings
from support.samples import (
    CASE,
    MEETING,
    ORGANIZATION,
    TWO_COMMITTEES,
    Result,
    city,
    compose,
    edited,
    marked,
    read,
)

from kotobuki.diagnostics import Diagnostics
from kotobuki.settings.meeting import Meeting, read_meeting

INQUIRY = "宛先：{{ 会議体.名称 }}{{ 会議体.会長職 }}{{ 会議体.会長 }}{{ 会議体.敬称 }}\n文書番号：{{ 諮問.文書番号 }}\n日付：{{ 諮問.日付 }}\n"


def meeting(text: str, organization: str = ORGANIZATION) -> Meeting:
    diagnostics = Diagnostics()
    found = read_meeting(read(text, diagnostics, "meeting.yaml"), city(organization), diagnostics)
    assert found is not None and list(diagnostics) == []
    return found


def test_a_meeting() -> None:
    found = meeting(MEETING)
    assert (found.committee.name, found.fiscal_year, found.session) == ("みなと市審査会", 2022, 1)
    assert (found.inquiry.number, found.inquiry.date) == (80, date(2022, 5, 11))
    assert [(each.number, each.file) for each in found.agenda] == [(2, "案件.yaml")]


@pytest.mark.parametrize("year", ["令和4年度", "令和４年度", "令和4年", "令和4", "2022年度", "2022", "２０２２"])
def test_fiscal_years_in_every_spelling(year: str) -> None:
    assert meeting(edited(MEETING, "令和4年度", year)).fiscal_year == 2022


@pytest.mark.parametrize(("year", "number"), [("令和元年度", 2019), ("平成31年度", 2019), ("平成30年度", 2018)])
def test_fiscal_years_on_the_border_of_eras(year: str, number: int) -> None:
    text = edited(edited(MEETING, "令和4年度", year), ", 日付: 2022-05-11", "")
    assert meeting(text).fiscal_year == number


def test_the_agenda_is_sorted_by_number_and_takes_digits_of_any_width() -> None:
    agenda = meeting(edited(MEETING, "{2: 案件.yaml}", "{１０: ろ.yaml, 2: い.yaml}")).agenda
    assert [(each.number, each.file) for each in agenda] == [(2, "い.yaml"), (10, "ろ.yaml")]


def test_of_several_committees_the_meeting_names_one() -> None:
    text = edited(MEETING, "会議体: 審査会", "会議体: 審議会")
    case = edited(CASE, "理由", "会議体: 審議会\n理由")
    assert compose(case, organization=TWO_COMMITTEES, meeting=text, template=INQUIRY).lines == [
        *("みなと市審議会委員長川山 崎様", "22総人送第80号", "令和４年５月11日"),
    ]


def test_an_inquiry_may_be_open() -> None:
    text = edited(MEETING, "諮問: {番号: 80, 日付: 2022-05-11}\n", "")
    found = compose(CASE, meeting=text, template=INQUIRY)
    assert found.lines[1:] == ["22総総送第　　号", "令和４年　　月　　日"]
    assert found.paper is not None and found.paper.draft


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    faulty_settings.MEETINGS,
)
def test_a_faulty_meeting_is_said_where_it_stands(old: str, new: str, rules: str) -> None:
    text = edited(MEETING, old, new)
    plain, expected = marked(text if "▼" in text else "▼" + text, rules)
    diagnostics = Diagnostics()
    found = read_meeting(read(plain, diagnostics, "meeting.yaml"), city(), diagnostics)
    assert Result(None, diagnostics).faults == expected
    assert found is not None  # so that its cases can be checked, too


def test_of_several_committees_one_must_be_named() -> None:
    diagnostics = Diagnostics()
    read_meeting(read(edited(MEETING, "会議体: 審査会\n", ""), diagnostics), city(TWO_COMMITTEES), diagnostics)
    assert [each.rule for each in diagnostics] == ["committee-missing"]
    assert meeting(edited(MEETING, "会議体: 審査会\n", "")).committee.key == "審査会"  # the only one there is


@pytest.mark.parametrize("text", ["文", "- 甲"])
def test_a_meeting_is_a_mapping(text: str) -> None:
    diagnostics = Diagnostics()
    assert read_meeting(read(text, diagnostics), city(), diagnostics) is None
    assert [each.rule for each in diagnostics] == ["meeting-form"]
