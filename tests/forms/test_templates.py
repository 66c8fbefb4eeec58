"""Templates: lines of 役割：本文 that clerks can read, run in a sandbox; text of a case never becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import ROOT
from support.samples import CASE, COVER, HEADER, MEETING, compose, edited, marked, paragraphs, roles, runs, show

from kotobuki.document import Enclosed, PageRef, Paragraph
from kotobuki.forms.engine import text
from kotobuki.forms.engine.allowed import LOOP, TESTS
from kotobuki.forms.engine.evaluation import Language
from kotobuki.forms.engine.functions import FILTERS
from kotobuki.forms.engine.text import render_text
from kotobuki.forms.faults import TemplateError
from kotobuki.forms.plan import PaperPages

TITLE = "見本の業務について"


def only(template: str, case: str = CASE, **settings: str) -> Paragraph:
    """The one paragraph that a template prints."""
    paper = compose(case, template=template, **settings).paper
    assert paper is not None
    (found,) = paragraphs(paper.blocks)
    return found


@pytest.mark.parametrize(
    ("template", "lines"),
    [
        ("本文：文\n", ["文"]),
        ("本文：{{ 件名 }}\n", [TITLE]),
        ("本文：「{{ 件名 }}」の{{ 主管課 }}\n", [f"「{TITLE}」の総務部総務課"]),
        ("本文：{{ 長.職 }}　{{ 長.氏名 }}\n", ["みなと市長　海野 渚"]),
        ("本文：{{ 件名 ~ '等' }}\n", [f"{TITLE}等"]),
        ("本文：{{ [件名, 主管課] | join('、') }}\n", [f"{TITLE}、総務部総務課"]),
        ("{# 注釈\n二行目 #}\n本文：文\n", ["文"]),
        ("\n　\n本文：文\n\n", ["文"]),
        ("本文 ：文\n", ["文"]),
        ("本文：文：文\n", ["文：文"]),
        ("本文：第14条第3項\n", ["第14条第３項"]),
        ("本文：{{ 1 + 2 }}件\n", ["３件"]),
        ("{% for 字 in ['甲', '乙'] %}\n本文：{{ loop.index }}{{ 字 }}\n{% endfor %}\n", ["１甲", "２乙"]),
        (
            "{% for 字, 数 in [['甲', 1], ['乙', 2]] if 数 > 1 %}\n本文：{{ 字 }}{{ loop.length }}\n{% endfor %}\n",
            ["乙１"],
        ),
        ("{% for 字 in [] %}\n本文：甲\n{% else %}\n本文：なし\n{% endfor %}\n", ["なし"]),
        ("{% set 数 = 7 %}\n本文：{{ 数 * 2 - 1 }}・{{ 数 // 2 }}・{{ 数 % 2 }}・{{ -数 + 9 }}\n", ["13・３・１・２"]),
        ("本文：{% if 1 < 2 <= 2 and '甲' in ['甲'] and not 写し %}可{% elif 写し %}写{% endif %}\n", ["可"]),
        ("本文：{{ '甲' if 写し }}{{ '乙' if 写し else '丙' }}\n", ["丙"]),
        ("本文：{{ 無い | default('甲') }}{{ '丙' if 会議 is defined else '乙' }}\n", ["甲乙"]),
        ("本文：{{ [主管課, 件名] | first }}{{ '甲乙' | length }}{{ [1, 2] | last }}\n", ["総務部総務課22"]),
        ("本文：{{ 'ab ' | trim | upper | replace('B', 'C') | lower }}{{ 3 if 3 is odd }}\n", ["ac3"]),
        ("本文：{{ '' or '甲' }}{{ '' and '乙' }}{{ '丙' and '丁' }}{{ '可' if 1 < 3 < 2 else '否' }}\n", ["甲丁否"]),
        ("本文：{% if 写し %}写{% elif 2 < 1 %}甲{% elif 2 > 1 %}乙{% else %}丙{% endif %}\n", ["乙"]),
        ("{% for 字 in [] %}{% else %}{% set 数 = 1 %}{% endfor %}\n本文：{{ 数 | default('なし') }}\n", ["なし"]),
        ("本文：{{ 均等('甲', width=3) }}{{ '乙' if 4 is divisibleby(by=2) }}\n", ["甲乙"]),
        ("{% if 写し %}\n本文：写\n{% else %}\n本文：原本\n{% endif %}\n", ["原本"]),
        ("本文：甲{% if not 写し -%}\n乙{% endif %}丙\n", ["甲乙丙"]),  # a tag may eat the line break
        ("本文：甲\n{%- if 写し %}\n本文：乙\n{%- endif %}\n本文：丙\n", ["甲", "丙"]),
        ("節見出し：目的\n節本文：甲\n節見出し：結果\n節本文：乙\n", ["１ 目的", "甲", "２ 結果", "乙"]),
        ("節見出し：理由\n{{ 節.理由 }}\n", ["１ 理由", "委託するため"]),
        ("{{ 節.理由 }}\n", ["委託するため"]),
        ("節見出し：目的\n{{ 節.目的 }}\n", ["１ 目的"]),  # which the form has and the case leaves out
        ("本文：｛市｝の{{ 件名 }}\n", [f"みなと市の{TITLE}"]),  # marks work in templates, too
        ("本文：{{ 件名 | upper }}{{ 件名 | lower }}{{ 件名 | trim }}\n", [TITLE * 3]),
    ],
)
def test_templates_read_like_papers(template: str, lines: list[str]) -> None:
    assert compose(template=template).lines == lines


def test_a_section_may_be_printed_without_its_notes() -> None:
    case = HEADER + "理由: 甲｛※注｝のため\n"
    assert compose(case, template="節見出し：理由\n{{ 節.理由 }}\n").lines == ["１ 理由", "甲（※）のため", "※ 注"]
    assert compose(case, template="節見出し：理由\n{{ 節.理由 | 注なし }}\n").lines == ["１ 理由", "甲のため"]


@pytest.mark.parametrize(
    ("template", "parts"),
    [
        ("本文：{{ 均等('件名', 3) }}：甲\n", [("件名", 3.0, 0.0), ("：甲", None, 0.0)]),
        ("本文：{{ '件名' | 均等(3) }}\n", [("件名", 3.0, 0.0)]),
        ("本文：{{ 長.職 | 字間(0.5) }}\n", [("みなと市長", 7.0, 0.0)]),
        ("本文：{{ 件名 | 字間(1) }}\n", [(TITLE, 17.0, 0.0)]),  # of what is printed, not of its name
        ("本文：{{ 長.職 }}{{ 空き(1.5) }}甲\n", [("みなと市長", None, 1.5), ("甲", None, 0.0)]),
        ("本文：{{ 長.職 | 字間(0.5) }}{{ 空き(1) }}甲\n", [("みなと市長", 7.0, 1.0), ("甲", None, 0.0)]),
    ],
)
def test_letter_spacing_is_a_property_and_no_stored_space(
    template: str, parts: list[tuple[str, float | None, float]]
) -> None:
    assert [(run.text, run.fit_em, run.gap_em) for run in runs(only(template))] == parts


def test_number_and_date_are_spread_to_one_width() -> None:
    paper = compose(CASE, template="文書番号：{{ 依頼.文書番号 }}\n日付：{{ 依頼.日付 }}\n").paper
    assert paper is not None
    number, date = (runs(each)[0] for each in paragraphs(paper.blocks))
    assert (number.text, date.text) == ("22総総送第82号", "令和４年５月６日")
    assert number.fit_em == date.fit_em == 8.0


def test_the_cover_lists_papers_with_leaders_links_and_pages() -> None:
    attached = (PaperPages("paper2", "諮問書", "1", "1"), PaperPages("paper3", "依頼書", "2", "5"))
    result = compose(
        template=COVER.replace("リンク(書.名, 書)", "リンク(点線(書.名, 9), 書)"), meeting=MEETING, attached=attached
    )
    assert result.lines == ["令和４年度第２号議案", "諮問書‥‥‥‥‥‥ 1", "依頼書‥‥‥‥‥‥ 2～5"]
    assert result.paper is not None
    *_, last = paragraphs(result.paper.blocks)
    assert runs(last)[0].link == "paper3"
    assert [each for each in last.inlines if isinstance(each, PageRef)] == [
        PageRef("paper3", "first", "2"),
        PageRef("paper3", "last", "5"),
    ]


def test_a_character_may_be_circled() -> None:
    assert only("写しの印：{{ 丸('写') }}\n").inlines == (Enclosed("写"),)


@pytest.mark.parametrize(
    ("template", "rules"),
    [
        ("本文：文\n本文：{{ ▼件命 }}\n", "template"),
        ("本文：文\n　本文：{{ 節▼.理出 }}\n", "template"),
        ("{#\n注釈\n#}\n本文：{{ ▼無い.もの }}\n", "template"),
        ("{% set 甲 = 1\n%}\n本文：{{ ▼無い }}\n", "template"),
        ("本文：文\n▼本文：{{ 件名\n", "template"),
        ("▼本文：{% if 写し %}文\n", "template"),
        ("▼本文：{% もし %}文\n", "template"),
        ("本文：{{ 件名 | ▼無い }}\n", "template"),
        ("本文：{{ range▼(3) }}\n", "template"),
        ("本文：{{ ▼1 // 0 }}\n", "template"),
        ("本文：{{ ▼1 + '一' }}\n", "template"),
        ("本文：{{ 件名 | ▼字間('広い') }}\n", "template"),
        ("本文：{{ 均等▼('甲', -1) }}\n", "template"),
        ("本文：{{ 均等('甲', ▼1e400) }}\n", "template"),
        ("本文：{{ 点線▼('甲', 1e9) }}\n", "template"),
        ("本文：{{ 件名 | ▼length }}\n", "template"),
        ("{% ▼macro 甲() %}{{ 甲() }}{% endmacro %}\n", "template"),
        ("本文：文\n{% for 甲▼, 乙 in [1] %}{% endfor %}\n", "template"),
        ("本文：文\n{% ▼for 甲 in 1 %}{% endfor %}\n", "template"),
        ("▼文\n", "template-role"),
        ("▼{{ 件名 }}\n", "template-role"),
        ("▼本文:文\n", "template-role"),
        ("▼未知の役割：文\n", "template-role"),
        ("本文：▼甲{{ 節.理由 }}\n", "template-body"),
        ("本文：▼{{ 節.理由 | 注なし }}\n", "template-body"),
        ("本文：甲▼｛市\n", "brace-unclosed"),
        ("本文：甲▼｛※注｝\n", "note-not-here"),
        ("本文：▼｛未知｝\n", "term-unknown"),
        ("▼本文：\x02" + "0\x03\n", "character-control"),
        ("本文：甲\n▼本文：\u202e乙\n", "character-bidi"),
    ],
)
def test_a_faulty_template_is_said_at_its_line(template: str, rules: str) -> None:
    plain, expected = marked(template, rules)
    result = compose(template=plain)
    assert result.faults == expected
    (fault,) = result.diagnostics
    assert fault.place.path == "雛形.txt"
    assert fault.source == plain.split("\n")[fault.place.line - 1]


@pytest.mark.parametrize("line", ["{{ 甲 | 字間 }}", "{{ 均等(甲) }}", "{{ 甲 | 字間 }}{{ 無い }}"])
def test_what_one_language_allows_is_refused_in_another(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by a process that reads nothing itself, but remembers what was read."""

    def said(language: Language) -> object:
        try:
            return render_text(line, {"甲": "乙"}, language)
        except TemplateError as error:
            return error.faults

    languages = Language({"均等": str}, {"字間": str}), Language({}, {}), Language({"字間": str}, {"均等": str})
    first = [said(each) for each in languages]
    assert len({str(each) for each in first}) == 3
    text._read.cache_clear()
    monkeypatch.setattr("kotobuki.forms.engine.reading.read", None)
    assert [said(each) for each in languages] == first


def test_the_guide_names_all_that_may_be_written_and_it_runs() -> None:
    guide = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
    told = [*(f"`loop.{name}`" for name in LOOP), *TESTS, *(f"\\| {name}" for name in FILTERS)]
    assert [each for each in told if each not in guide and each != "undefined"] == []
    shown = " ".join(f"{{{{ '真' if loop.{name} is defined }}}}" for name in LOOP)
    tested = "{{ '真' if 甲 is divisibleby(1) and 甲 is odd and not 甲 is even and 乙 is undefined }}"
    assert compose(template=f"{{% for 甲 in [1] %}}\n本文：{shown}{tested}\n{{% endfor %}}\n").lines == [
        " ".join(["真"] * len(LOOP)) + "真"
    ]


def test_what_nobody_needs_is_told_at_once() -> None:
    """Each with what may be written instead."""
    found = list(compose(template="本文：{{ range(3) }}{{ 件名 | 無い }}\n本文：{{ 件名.encode() }}\n").diagnostics)
    assert [(each.place.line, each.place.column) for each in found] == [(1, 12), (1, 26), (2, 16)]
    assert "均等(…)" in found[0].remedy
    assert "| join" in found[1].remedy


def test_every_fault_of_a_template_is_said() -> None:
    lines = [
        "本文：{{ 件命 }}",
        "本分：文",
        "{% if 写し %}",
        "{% endif %}",
        "本文：{{ 1 // 0 }}",
        "本文：{{ 件名",
        "本文：文",
    ]
    assert compose(template="\n".join(lines)).faults == [
        "template 1:7",
        "template-role 2:1",
        "template 5:7",
        "template 6:1",
    ]


def test_a_misspelt_name_or_role_is_named() -> None:
    (name,) = compose(template="本文：{{ 件命 }}\n").diagnostics
    assert "「件命」" in name.reason
    (role,) = compose(template="本分：文\n").diagnostics
    assert "「本文」の誤りではありませんか" in role.remedy


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ 件命 }}", "「件命」"),
        ("{{ 節.理出 }}", "「理出」"),
        ("{{ 添付資料[7].名 }}", "7番目"),
        ("{{ 会議.回 }}", "「会議」は会議があるときだけ使えます"),
        ("{{ 件名 | 無い }}", "「| 無い」"),
        ("{% if 件名 is 無い %}{% endif %}", "「is 無い」"),
        ("{% もし 写し %}", "「{% もし %}」"),
        ("{% if 写し %}", "「{% if %}」が閉じていません"),
        ("{{ 件名", "閉じていません"),
        ("{{ 件名 + }}", "式が途中で終わっています"),
        ("{{ 件名 $ }}", "「$」"),
        ("{{ 件名 主管課 }}", "「主管課」"),
        ("{{ 1 // 0 }}", "0で割っています"),
        ("{{ 均等('甲') }}", "渡す値の数が違います：均等"),
        ("{{ 件名 | length }}", "値の種類が、働きに合いません"),
        ("{{ 均等('甲', 1e9) }}", "幅は0から100まで"),
        ("{{ 件名.__init__ }}", "「__init__」"),
        ("{% include '甲.txt' %}", "ほかのファイルは読み込めません"),
    ],
)
def test_a_fault_is_told_in_japanese(line: str, said: str) -> None:
    (fault,) = compose(template=f"本文：{line}\n").diagnostics
    assert said in fault.reason
    assert not re.search("[a-z]{4}", re.sub("「.*?」", "", fault.reason))  # a name concerned, but no words


@pytest.mark.parametrize("tag", ["{% include '/etc/passwd' %}", "{% extends 'x' %}", "{% import 'x' as x %}"])
def test_templates_read_no_other_files(tag: str) -> None:
    assert compose(template=f"{tag}\n").faults == ["template 1:4"]


def test_a_filter_cannot_falsify_what_stands_for_a_value() -> None:
    template = "本文：{{ 件名 | replace('0', '9') }}\n"
    assert compose(template=template).faults == ["template-body 1:4"]


HOSTILE = [
    "{{ 1 + 1 }}",
    "{% for 甲 in 乙 %}",
    "{# 注釈 #}",
    "{{ ''.__class__ }}",
    "<b>&amp;</b><!-- -->]]>",
    "</w:t></w:r><w:r><w:t>",
    "節見出し：偽の節",
    "本文：偽の本文",
    "\\x02 %s %d {名}",
    "あ" * 10_000,
    "a" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_text_of_a_case_never_becomes_markup(text: str) -> None:
    quoted, heading = (each.replace("'", "''") for each in (text, text[:50]))
    printed = compose(edited(CASE, TITLE, f"'{quoted}'") + f"目的: ['{quoted}', '{heading}': '{quoted}']\n").lines
    assert printed[printed.index("１ 事項") + 1] == text
    assert printed[printed.index("３ 目的") + 1 :][:3] == [f"（１）{text}", f"（２）{text[:50]}", text]


@given(st.text(alphabet="{}%#<>&\\\"'：/｛｝_.0甲乙 ", min_size=1, max_size=30).filter(lambda text: bool(text.strip())))
def test_no_title_changes_the_lines_around_it(text: str) -> None:
    doubled = text.strip().replace("'", "''").replace("｛", "｛｛").replace("｝", "｝｝")
    case = edited(CASE, TITLE, f"'{doubled}'")
    result = compose(case, template="本文：前\n本文：{{ 件名 }}\n本文：{{ 件名 }}\n本文：後\n")
    assert result.paper is not None
    first, one, two, last = show(result.paper.blocks)
    assert (first, last) == ("前", "後")
    assert one == two
    assert [each for each in result.faults if each.startswith("template")] == []


@pytest.mark.parametrize("file", sorted((ROOT / "templates").glob("*/*.txt")), ids=lambda file: file.name)
def test_the_templates_that_come_with_kotobuki_use_roles_of_base_docx(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        role, colon, _ = line.partition("：")
        if colon and "{" not in role:
            assert role.removesuffix("（定義）") in roles()


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("1873-01-01", "72総総送第82号"),
        ("1873-03-31", "72総総送第82号"),
        ("1873-04-01", "73総総送第82号"),
        ("1989-01-07", "88総総送第82号"),
        ("2019-04-30", "19総総送第82号"),
        ("9999-12-31", "99総総送第82号"),
    ],
)
def test_a_paper_of_any_day_has_a_number(day: str, number: str) -> None:
    assert compose(edited(CASE, "2022-05-06", day), template="文書番号：{{ 依頼.文書番号 }}\n").lines == [number]
