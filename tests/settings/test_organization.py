"""organization.yaml: what a municipality says once, its house style, and what is said where it is wrong."""

from __future__ import annotations

import pytest
from support import faulty_settings
from support.samples import (
    CASE,
    MEETING,
    ORGANIZATION,
    Result,
    city,
    compose,
    edited,
    marked,
    read,
    read_bundle,
    styled,
)

from kotobuki.checks.registry import check_terms
from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.compose import names_of
from kotobuki.japanese.widths import DigitWidths
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.organization_reading import read_organization
from kotobuki.settings.terms import CASE_FIELDS

NUMBER = "｛年｝｛記号｝送第｛番号｝号｛枝番｝"
ERA = "文書番号: ｛元号｝｛年｝｛記号｝第｛番号｝号\n文書番号の年: 和暦"


def test_departments_have_marks_and_heads() -> None:
    assert [(each.name, each.mark, each.head) for each in city().departments] == [
        ("総務部", "", "総務部長"),
        ("総務部総務課", "総総", "総務部長"),
        ("総務部総務課文書係", "", "総務部長"),
        ("総務部人事課", "総人", "総務部長"),
        ("福祉局", "", "福祉局長"),
        ("福祉局介護課", "福介", "福祉局長"),
    ]


def test_departments_and_ordinances_are_terms() -> None:
    named = "総務課 総務課長 文書係長 人事課 人事課長 介護課 介護課長 条例 規則 市"
    assert list(city().terms) == named.split()


def test_no_house_style_is_the_practice_of_the_packet() -> None:
    assert city().style == HouseStyle()
    assert city(styled("数字: {一桁: 全角, 二桁以上: 半角}\n項目番号: [１, （１）, ア, （ｱ）]")).style == HouseStyle()


def test_the_national_scheme_of_labels() -> None:
    assert "".join(city(styled("項目番号: [１, （１）, ア, （ア）]")).style.labels) == "１（１）ア（ア）ａ（ａ）"


def test_digits_of_one_width_reach_every_part_of_a_paper() -> None:
    digits = "数字: {一桁: 半角, 二桁以上: 半角}"
    case = CASE + "目的: [第1, ｛→第1｝, 甲｛※1件｝と乙｛※2件｝]\n時期: [2022-05: 開始]\n"
    assert compose(case, organization=styled(digits)).lines == [
        *("22総総送第82号", "令和4年5月6日", "総務部長殿", "総務部長"),
        "みなと市個人情報保護条例の規定による諮問について",
        "みなと市個人情報保護条例第14条第3項の規定に基づき諮問願います。",
        *("1 事項", "見本の業務について", "2 理由", "委託するため"),
        *("3 目的", "（1）第1", "（2）（1）", "（3）甲（※1）と乙（※2）", "※1 1件", "※2 2件"),
        *("4 時期（予定）", "令和4年 | 5月 | 開始", "5 担当", "総務部総務課"),
    ]
    assert city(styled(digits)).style.digits == DigitWidths(single_full=False)


@pytest.mark.parametrize(
    ("style", "request_", "printed"),
    [
        (f"文書番号: {NUMBER}", "{番号: 82, 日付: 2022-05-06}", "22総総送第82号"),
        (f"文書番号: {NUMBER}", "{番号: 82, 日付: 2023-03-31}", "22総総送第82号"),  # the fiscal year
        (f"文書番号: {NUMBER}", "{番号: 82, 日付: 2023-04-01}", "23総総送第82号"),
        (f"文書番号: {NUMBER}", "{番号: 82, 枝番: 2, 日付: 2022-05-06}", "22総総送第82号の２"),
        (f"文書番号: {NUMBER}", "{番号: 5, 日付: 2005-05-06}", "05総総送第５号"),
        (f"文書番号: {NUMBER}", "{番号: 82, 記号: 福介, 日付: 2022-05-06}", "22福介送第82号"),
        (f"文書番号: {NUMBER}", "{日付: 2022-05-06}", "22総総送第　　号"),
        (f"文書番号: {NUMBER}", "{番号: 82}", "　　総総送第82号"),
        (ERA.replace("第", "発第"), "{番号: 12, 日付: 2022-05-06}", "令４総総発第12号"),
        (ERA, "{番号: 12, 記号: 福介, 日付: 2022-05-06}", "令４福介第12号"),
        (ERA, "{番号: 1, 日付: 2019-05-06}", "令元総総第１号"),
        (ERA, "{番号: 1, 日付: 2019-03-06}", "平30総総第１号"),
        ("文書番号: 第｛番号｝号｛枝番｝", "{番号: 7, 枝番: 3, 日付: 2022-05-06}", "第７号の３"),
    ],
)
def test_the_pattern_of_document_numbers(style: str, request_: str, printed: str) -> None:
    case = edited(CASE, "{番号: 82, 日付: 2022-05-06}", request_)
    assert compose(case, organization=styled(style)).lines[0] == printed


def test_open_numbers_and_dates_print_blank_and_mark_the_paper() -> None:
    case = edited(CASE, "依頼: {番号: 82, 日付: 2022-05-06}\n", "")
    alone, in_meeting = compose(case), compose(case, meeting=MEETING)
    assert alone.lines[:2] == ["　　総総送第　　号", "　　年　　月　　日"]
    assert in_meeting.lines[1:3] == ["22総総送第　　号", "令和４年　　月　　日"]
    assert alone.paper is not None and alone.paper.draft
    complete = compose(CASE).paper
    assert complete is not None and not complete.draft


@pytest.mark.parametrize(("style", "addressee"), [("敬称: 様", "総務部長様"), ("敬称: 殿", "総務部長殿")])
def test_the_honorific(style: str, addressee: str) -> None:
    assert compose(CASE, organization=styled(style)).lines[2] == addressee


@pytest.mark.parametrize(("mark", "printed"), [("別紙", "別紙２"), ("別添", "別添２"), ("資料", "資料２")])
def test_the_mark_of_annexes(mark: str, printed: str) -> None:
    case = CASE + "別紙: [{題名: 甲, 内容: 文}, {題名: 乙, 内容: 文}]\n目的: ｛→乙｝のとおり\n"
    assert f"{printed}のとおり" in compose(case, organization=styled(f"別紙の標示: {mark}")).lines


def test_switches() -> None:
    style = city(styled("禁則: 厳格\n詰め: はい\n書体: ＭＳ 明朝")).style
    assert (style.strict_kinsoku, style.squeeze, style.font) == (True, True, "ＭＳ 明朝")


def test_every_field_of_a_case_can_be_named() -> None:
    case = CASE + "目的: >-\n  ｛件名｝と｛主管課｝と｛根拠｝と｛自治体｝と｛会議体｝\n"
    printed = "見本の業務についてと総務部総務課とみなと市個人情報保護条例第14条第３項とみなと市とみなと市審査会"
    assert printed in compose(case).lines
    bundle = read_bundle(CASE, Diagnostics())
    assert bundle is not None
    assert tuple(names_of(bundle).fields) == CASE_FIELDS


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    faulty_settings.ORGANIZATIONS,
)
def test_a_faulty_organization_is_said_where_it_stands(old: str, new: str, rules: str) -> None:
    text = edited(ORGANIZATION, old, new)
    if "▼" not in text:  # the whole mapping is at fault
        text = edited(text, "審査会: {", "審査会: ▼{")
    check(text, rules)


@pytest.mark.parametrize(
    ("style", "rules"),
    faulty_settings.HOUSE_STYLES,
)
def test_a_faulty_house_style_is_said_where_it_stands(style: str, rules: str) -> None:
    check(styled(style), rules)


def check(text: str, rules: str) -> None:
    plain, expected = marked(text, rules)
    diagnostics = Diagnostics()
    found = read_organization(read(plain, diagnostics, "organization.yaml"), diagnostics)
    diagnostics.report(check_terms(found.terms.values()) if found else ())
    assert sorted(Result(None, diagnostics).faults) == sorted(expected)


def test_no_committee_at_all_is_an_error() -> None:
    text = ORGANIZATION[: ORGANIZATION.index("  審査会")] + "  ▼{}\n" + ORGANIZATION[ORGANIZATION.index("例規") :]
    check(text, "committee-form")


def test_without_marks_in_the_number_no_department_needs_one() -> None:
    bare = edited(styled("文書番号: 第｛番号｝号"), ", 記号: 総総", "")
    assert compose(CASE, organization=bare).lines[0] == "第82号"
    diagnostics = Diagnostics()
    read_organization(read(edited(ORGANIZATION, ", 記号: 総総", ""), diagnostics), diagnostics)
    assert [each.rule for each in diagnostics] == ["department-no-mark"]


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("会長: 山川 岬, ", "", "missing-key 13:8"),
        ("課: 総務部総務課}", "課: 総務課}", "department-unknown 13:39"),
        ("審査会: {名称", "審査会: {名前: 甲, 名称", "unknown-key 13:9"),
    ],
)
def test_a_faulty_committee_is_not_blamed_on_the_meeting(old: str, new: str, rules: str) -> None:
    assert compose(CASE, organization=edited(ORGANIZATION, old, new), meeting=MEETING).faults == [rules]
