"""｛条例｝: defined at its first use in a paper if that paper uses it again, in print order, wherever text may stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples import CASE, HEADER, ORGANIZATION, compose, edited, faults, lines

FULL = "みなと市個人情報保護条例"
DEFINED = f"{FULL}（以下「条例」という。）"
TERMS = f"条例: {FULL}"


def test_a_term_used_once_prints_its_full_name_alone() -> None:
    assert lines("目的: ｛条例｝による。", terms=TERMS) == ["１ 目的", f"{FULL}による。"]


def test_a_term_used_again_is_defined_at_its_first_use() -> None:
    text = "理由: ｛条例｝と｛条例｝\n目的: ｛条例｝による。"
    assert lines(text, terms=TERMS) == ["１ 理由", f"{DEFINED}と条例", "２ 目的", "条例による。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The order of print counts, not that of the source: a note stands at the end of its section.
        ("甲: あ｛※｛条例｝の注｝と｛条例｝", [f"あ（※）と{DEFINED}", "※ 条例の注"]),
        ("甲:\n  - ｛表｝: {行: [[｛条例｝, ｛条例｝]]}", [f"{DEFINED} | 条例"]),
        ("甲:\n  - ｛条例｝の見出し: ｛条例｝の文。", [f"（１）{DEFINED}の見出し", "条例の文。"]),
        ("甲:\n  - ｛条例｝｛同行｝: ｛条例｝の文。", [f"（１）{DEFINED}条例の文。"]),
        (
            "甲:\n  - ｛体制｝: {管理責任者: ｛条例｝}\n  - ｛値｝: {名: ｛条例｝}",
            [f"管理責任者： | {DEFINED}", "名： | 条例"],
        ),
        (
            "甲:\n  - ｛日程｝: [{2022-05: ｛条例｝}, {2022-06: ｛条例｝}]",
            [f"令和４年 | ５月 | {DEFINED}", " | ６月 | 条例"],
        ),
        ("甲:\n  - ｛事業者｝: {法人名: ｛条例｝, 認証: ｛条例｝}", [DEFINED, "条例"]),
        ("甲:\n  - ｛個人情報｝: {項目: [｛条例｝, ｛条例｝]}", [f"{DEFINED}及び条例"]),
        ("甲:\n  - ｛・｝: [｛条例｝, ｛条例｝]", [f"・{DEFINED}", "・条例"]),
    ],
)
def test_terms_work_in_every_text(text: str, expected: list[str]) -> None:
    assert lines(text, terms=TERMS)[1:] == expected


def test_section_headings_and_heads_of_columns_print_full_names_and_do_not_count() -> None:
    text = "｛条例｝との関係:\n  - ｛表｝: {列: [｛条例｝], 行: [[｛条例｝]]}"
    assert lines(text, terms=TERMS) == [f"１ {FULL}との関係", FULL, FULL]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("理由: ｛条例｝と｛条例｝\n｛条例｝の改定: 甲", "２ 条例の改定"),
        ("理由: 甲\n｛条例｝の改定: ｛条例｝と｛条例｝", f"２ {FULL}の改定"),  # not yet defined
        (
            "理由: ｛条例｝\n｛条例｝の改定: 甲",
            f"２ {FULL}の改定",
        ),  # used once: nowhere defined; a heading does not count
        ("理由: ｛条例｝と｛条例｝\n｛条例：正式｝の改定: 甲", f"２ {FULL}の改定"),
    ],
)
def test_a_section_heading_prints_the_short_name_once_it_is_defined(text: str, heading: str) -> None:
    assert heading in lines(text, terms=TERMS)


def test_a_reference_prints_a_heading_as_it_stands_there() -> None:
    text = "理由: ｛→条例の改定｝のとおり、｛条例｝と｛条例｝\n｛条例｝の改定: ｛→条例の改定：題名｝"
    found = lines(text, terms=TERMS)
    assert found[1] == f"「２ 条例の改定」のとおり、{DEFINED}と条例"
    assert found[3] == "条例の改定"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("｛条例｝と｛条例：略称｝", f"{DEFINED}と条例"),  # it is a use
        ("｛条例｝と｛条例｝と｛条例：略称｝", f"{DEFINED}と条例と条例"),
    ],
)
def test_the_short_name_may_be_asked_for(text: str, printed: str) -> None:
    assert lines(f"甲: {text}", terms=TERMS)[1] == printed


def test_a_short_name_may_stand_in_a_head() -> None:
    text = "甲:\n  - ｛文｝: ｛条例｝\n  - ｛表｝: {列: [｛条例：略称｝], 行: [[乙]]}"
    assert lines(text, terms=TERMS)[1:3] == [DEFINED, "条例"]


def test_the_full_name_may_be_asked_for() -> None:
    text = "甲: ｛条例：正式｝と｛条例｝と｛条例｝と｛条例：正式｝"
    assert lines(text, terms=TERMS)[1] == f"{FULL}と{DEFINED}と条例と{FULL}"


def test_longer_names_that_contain_a_shorter_one_are_safe() -> None:
    terms = "区: みなと区\n区立図書館: みなと区立図書館\n区立図書館長: みなと区立図書館長"
    text = "甲: ｛区立図書館長｝と｛区立図書館｝と｛区｝と区立図書館長と｛区｝と｛区立図書館｝"
    assert lines(text, terms=terms)[1] == (
        "みなと区立図書館長とみなと区立図書館（以下「区立図書館」という。）とみなと区（以下「区」という。）と"
        "区立図書館長と区と区立図書館"
    )


@pytest.mark.parametrize(
    ("terms", "text", "printed"),
    [
        (
            "番号法: {正式: 番号の利用に関する法律, 法令番号: 平成25年法律第27号}",
            "｛番号法｝と｛番号法｝",
            "番号の利用に関する法律（平成25年法律第27号。以下「番号法」という。）と番号法",
        ),
        (
            "番号法: {正式: 番号の利用に関する法律, 法令番号: 平成25年法律第27号}",
            "｛番号法｝",
            "番号の利用に関する法律（平成25年法律第27号）",
        ),
        (
            "区: {正式: みなと区, 括弧: 以下「区」という。以下同じ。}",
            "｛区｝と｛区｝",
            "みなと区（以下「区」という。以下同じ。）と区",
        ),
        ("区: {正式: みなと区, 括弧: 以下「区」という。以下同じ。}", "｛区｝", "みなと区"),
        (
            "受託者: {正式: 委託を受けた者, 略称: 事業者}",
            "｛受託者｝と｛受託者｝",
            "委託を受けた者（以下「事業者」という。）と事業者",
        ),
        ("区: {正式: みなと区, 定義: 必ず}", "｛区｝", "みなと区（以下「区」という。）"),
        (
            "区: {正式: みなと区, 括弧: 港を含む。以下同じ。, 定義: 必ず}",
            "｛区｝",
            "みなと区（港を含む。以下同じ。）",
        ),
        ("法: {正式: 第１回の第3号の法律}", "｛法｝と｛法｝", "第１回の第３号の法律（以下「法」という。）と法"),
    ],
)
def test_the_bracket(terms: str, text: str, printed: str) -> None:
    assert lines(f"甲: {text}", terms=terms)[1] == printed


NESTED = "区: みなと区\nシステム: ｛区｝のシステム\n受託者: ｛システム｝の受託者"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # A name within a full name is used where that full name is printed, and only there.
        ("｛システム｝", "みなと区のシステム"),
        ("｛システム｝と｛区｝", "みなと区（以下「区」という。）のシステムと区"),
        ("｛システム｝と｛システム｝", "みなと区のシステム（以下「システム」という。）とシステム"),
        ("｛区｝と｛システム｝", "みなと区（以下「区」という。）と区のシステム"),
        ("｛システム：正式｝と｛区｝", "みなと区のシステムとみなと区"),
        ("｛受託者｝と｛システム｝", "みなと区のシステム（以下「システム」という。）の受託者とシステム"),
        (
            "｛受託者｝と｛受託者｝と｛システム｝と｛区｝",
            "みなと区（以下「区」という。）のシステム（以下「システム」という。）の受託者（以下「受託者」という。）と受託者とシステムと区",
        ),
    ],
)
def test_names_within_names(text: str, printed: str) -> None:
    assert lines(f"甲: {text}", terms=NESTED)[1] == printed


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        ("甲: ｛丙｝の", "｛甲｝", "term-unknown 1:4"),
        ("甲: 乙｛※注｝", "｛甲｝", "note-not-here 1:5"),
    ],
)
def test_what_cannot_be_resolved_is_said(terms: str, text: str, expected: str) -> None:
    assert faults(f"甲: {text}", terms=terms) == [expected]


def test_a_misspelt_term_is_told_the_nearest() -> None:
    result = compose(CASE + "目的: ｛条令｝による\n")
    (fault,) = result.diagnostics
    assert "「｛条例｝」の誤りではありませんか" in fault.remedy


def test_title_addressees_and_opening_text_print_full_names_and_do_not_count() -> None:
    case = edited(CASE, "見本の業務", "｛市｝の業務") + "目的: ｛条例｝と｛市｝による\n"
    assert compose(case).lines == [
        *("22総総送第82号", "令和４年５月６日", "総務部長殿", "総務部長"),
        "みなと市個人情報保護条例の規定による諮問について",
        "みなと市個人情報保護条例第14条第３項の規定に基づき諮問願います。",
        *("１ 事項", "みなと市の業務について", "２ 理由", "委託するため"),
        *("３ 目的", "みなと市個人情報保護条例とみなと市による", "４ 担当", "総務部総務課"),
    ]


def test_a_template_may_let_its_opening_text_define() -> None:
    template = "標題：{{ 根拠例規 }}\n本文（定義）：{{ 根拠 | 定義 }}の規定\n節見出し：理由\n{{ 節.理由 }}\n"
    case = edited(CASE, "委託する", "｛条例｝による")
    assert compose(case, template=template).lines == [FULL, f"{DEFINED}第14条第３項の規定", "１ 理由", "条例によるため"]


def test_a_field_in_full_neither_defines_nor_uses_the_names_in_it() -> None:
    assert compose(CASE + "目的: ｛根拠：正式｝と｛条例｝\n").lines[-3] == f"{FULL}第14条第３項と{FULL}"
    assert compose(CASE + "目的: ｛根拠｝と｛条例｝\n").lines[-3] == f"{DEFINED}第14条第３項と条例"


@pytest.mark.parametrize(
    ("term", "printed"),
    [
        ("総務課: {定義: 必ず}", "総務部総務課（以下「総務課」という。）が行うため"),
        (
            "総務課: {括弧: 以下単に「総務課」という。, 定義: 必ず}",
            "総務部総務課（以下単に「総務課」という。）が行うため",
        ),
        ("条例: {定義: 必ず}", "総務部総務課が行うため"),
    ],
)
def test_a_case_defines_a_term_that_is_given_otherwise(term: str, printed: str) -> None:
    case = edited(CASE, "委託する", "｛総務課｝が行う") + f"用語:\n  {term}\n"
    assert printed in compose(case).lines


def test_each_paper_stands_for_itself() -> None:
    template = "節見出し：理由\n{{ 節.理由 }}\n"
    case = edited(CASE, "委託する", "｛条例｝による") + "目的: ｛条例｝\n"
    assert compose(case, template=template).lines == ["１ 理由", f"{FULL}によるため"]
    assert f"{DEFINED}によるため" in compose(case).lines


def test_a_case_may_word_a_term_of_its_own_over_that_of_the_organization() -> None:
    case = CASE + "用語: {市: みなと市（旧町村を除く。）}\n目的: ｛市｝と｛市｝\n"
    assert "みなと市（旧町村を除く。）（以下「市」という。）と市" in compose(case).lines


def test_departments_and_their_heads_are_terms_where_one_has_the_name() -> None:
    case = CASE + "目的: ｛介護課｝の｛介護課長｝と｛文書係長｝\n"
    assert "福祉局介護課の福祉局介護課長と総務部総務課文書係長" in compose(case).lines
    two = edited(ORGANIZATION, "      - {名: 介護課, 記号: 福介}", "      - {名: 総務課, 記号: 福総}")
    (fault,) = compose(CASE + "目的: ｛総務課｝\n", organization=two).faults
    assert fault == "term-unknown 7:5"


def test_the_department_in_charge_is_always_named_in_full() -> None:
    first = HEADER + "理由: 甲\n目的: ｛総務課｝と｛総務課｝\n"
    assert compose(first).lines[-4:] == [
        *("３ 目的", "総務部総務課（以下「総務課」という。）と総務課"),
        *("４ 担当", "総務部総務課"),
    ]
    once = HEADER + "理由: 甲\n目的: ｛総務課｝\n"
    assert compose(once).lines[-4:] == ["３ 目的", "総務部総務課", "４ 担当", "総務部総務課"]
    later = HEADER + "理由: 甲\n業務: {概要: ｛総務課｝の業務}\n"
    assert compose(later).lines[-5:] == [
        *("３ 担当", "総務部総務課（以下「総務課」という。）"),
        *("４ 業務", "項目 | 内容", "概要 | 総務課の業務"),
    ]


CHAIN = "子: 第一の名\n親: ｛子｝を含む名\n祖父: ｛親｝と｛子｝"
USES = st.lists(st.sampled_from(["｛子｝", "｛親｝", "｛祖父｝", "｛子：正式｝", "、"]), max_size=8)


@given(st.lists(USES, min_size=1, max_size=4))
def test_a_bracket_stands_exactly_where_short_names_follow(sections: list[list[str]]) -> None:
    text = "".join(f"節{index}:\n  - ｛文｝: 文{''.join(uses)}\n" for index, uses in enumerate(sections))
    printed = "".join(lines(text, terms=CHAIN))
    for name in ("子", "親", "祖父"):
        before, bracket, after = printed.partition(f"（以下「{name}」という。）")
        assert name not in before.replace("以下「", "")
        assert bool(bracket) is (name in after)


@pytest.mark.parametrize(
    ("terms", "rules"),
    [
        ([f"語{n}: 甲｛語{n + 1}｝" for n in range(400)], "term-too-long"),  # each names the next
        ([f"語{n}: ｛語{n + 1}｝｛語{n + 1}｝" for n in range(40)], "term-too-long"),  # twice, so that it doubles
        ([f"語{n}: 甲｛語{n + 1}｝" for n in range(15)], ""),
        (["語0: " + "甲" * 1999], ""),
        (["語0: " + "甲" * 2001], "term-too-long"),
    ],
)
def test_terms_within_terms_have_an_end(terms: list[str], rules: str) -> None:
    text = "".join(f"  {term}\n" for term in terms) + f"  語{len(terms)}: 終わり\n"
    faults = compose(f"{CASE}用語:\n{text}目的: ｛語0｝と｛語0｝\n").faults
    assert {fault.split()[0] for fault in faults} == set(rules.split())
    assert len(faults) < 25
