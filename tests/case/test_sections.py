"""A case held against its form: sections and rows renamed, added, left out, moved; and what is missing or misspelt."""

from __future__ import annotations

import pytest
from support import faulty_content, spellings
from support.samples import (
    CASE,
    FORM,
    HEADER,
    Result,
    compose,
    edited,
    kind,
    marked,
    paragraphs,
    read,
    read_faultless,
    runs,
)
from support.spellings import WIDE

from kotobuki.case.head import USUAL
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Paper, Table
from kotobuki.settings.form_reading import read_form

BODY = "節見出し：{{ 項.見出し }}\n{{ 項.内容 }}\n"
SECTIONS = "{% for 項 in 各節 %}\n" + BODY + "{% endfor %}\n"


def headings(case: str) -> list[str]:
    """The headings of a case's sections."""
    lines = compose(case, template="{% for 項 in 各節 %}\n節見出し：{{ 項.見出し }}\n{% endfor %}\n").lines
    return [line.split(" ", 1)[1] for line in lines]


def body(case: str) -> list[str]:
    return compose(case, template=SECTIONS).lines


def rows(row: str) -> list[str]:
    """What the rows of the form's table print."""
    printed = body(CASE + "業務:\n" + "".join(f"  {line}\n" for line in row.splitlines()))
    return printed[printed.index("項目 | 内容") + 1 :]


def test_sections_stand_in_the_order_of_the_form_whatever_the_order_of_the_case() -> None:
    case = HEADER + "時期: [2022-05: 開始]\n目的: 乙\n理由: 甲\n"
    assert body(case) == [
        *("１ 事項", "見本の業務について", "２ 理由", "甲", "３ 目的", "乙"),
        *("４ 時期（予定）", "令和４年 | ５月 | 開始", "５ 担当", "総務部総務課"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("｛目的｝再実施の理由: 乙", "事項 理由 再実施の理由 担当"),
        ("｛時期｝実施の時期: [2022-05: 開始]", "事項 理由 実施の時期 担当"),
        ("｛事項｝諮問事項: 丙", "諮問事項 理由 担当"),
        ("｛追加｝周知: 乙", "事項 理由 周知 担当"),  # it is written after 理由
        ("業務: {概要: 乙}\n｛追加｝周知: 丙", "事項 理由 担当 業務 周知"),
        ("｛追加｝周知: 乙\n｛追加｝評価: 丙\n業務: {概要: 乙}", "事項 理由 周知 評価 担当 業務"),
        ("｛追加｝｛市｝の方針: 乙", "事項 理由 みなと市の方針 担当"),
        ("｛順序｝: [担当, 理由]", "担当 理由 事項"),
        ("目的: 乙\n｛追加｝周知: 丙\n｛順序｝: [理由, 周知]", "理由 周知 事項 目的 担当"),
    ],
)
def test_sections_may_be_renamed_added_and_moved(text: str, expected: str) -> None:
    assert headings(CASE + text) == expected.split()


def test_a_section_added_before_all_others_stands_before_the_one_that_follows_it() -> None:
    assert headings(HEADER + "｛追加｝前書: 甲\n理由: 乙\n") == ["事項", "前書", "理由", "担当"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("概要: 乙", ["概要 | 乙"]),
        ("体制: {管理責任者: 課長}\n概要: 乙", ["概要 | 乙", "体制 | 管理責任者 | 課長"]),
        ("｛概要｝業務の概要: 乙", ["業務の概要 | 乙"]),
        ("概要: 乙\n｛追加｝利用方法: 丙\n情報: {項目: [氏名]}", ["概要 | 乙", "利用方法 | 丙", "情報 | 氏名"]),
        ("｛追加｝前提: 甲\n概要: 乙", ["前提 | 甲", "概要 | 乙"]),
        ("概要: 乙\n情報: {項目: [氏名]}\n｛順序｝: [情報]", ["情報 | 氏名", "概要 | 乙"]),
    ],
)
def test_rows_may_be_renamed_added_and_moved(text: str, expected: list[str]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("体制: {甲: 課長, 乙: 係長}", "体制 | 甲 | 課長\n乙 | 係長"),
        ("体制: ｛→概要｝に同じ", "体制 | 「概要」に同じ"),
        ("体制: [甲, 乙]", "体制 | １ 甲／２ 乙"),
        ("体制: [｛文｝: 次のとおり。, ｛体制｝: {甲: 課長}]", "体制 | 次のとおり。／甲： | 課長"),
        ("体制: [｛様式の内容｝: {甲: 課長}, ｛※｝: 注]", "体制 | 甲： | 課長／※ 注"),
        ("体制: {｛値｝: {甲: 課長}}", "体制 | 甲： | 課長"),
        ("情報: {項目: [氏名, 住所], 件数: 9件}", "情報 | １ 扱う項目／氏名及び住所／２ 予定件数／９件"),
        (
            "情報: [｛文｝: 文。, ｛様式の内容｝: {項目: [氏名], 件数: 9件}]",
            "情報 | 文。／１ 扱う項目／氏名／２ 予定件数／９件",
        ),
        ("情報: [甲, 乙]", "情報 | １ 甲／２ 乙"),
        ("情報: {｛様式の内容｝: {項目: [氏名]}}", "情報 | 氏名"),
        ("予定: [2022-05: 開始]", "予定 | 令和４年 | ５月 | 開始"),
        ("予定: [｛日程｝: [2022-05: 開始], ｛※｝: 注]", "予定 | 令和４年 | ５月 | 開始／※ 注"),
    ],
)
def test_a_typed_row_takes_its_block_or_mixed_content_around_it(row: str, expected: str) -> None:
    assert rows(f"概要: 乙\n{row}")[1:] == expected.split("\n")


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("事項: [｛文｝: 甲, ｛様式の内容｝: ]", ["甲", "見本の業務について"]),
        ("事項: 乙について", ["乙について"]),
        ("事項: {｛様式の内容｝: }", ["見本の業務について"]),
    ],
)
def test_what_the_form_derives_may_be_replaced_or_surrounded(section: str, expected: list[str]) -> None:
    assert body(CASE + section)[1 : 1 + len(expected)] == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("業務: {｛文｝: ｛→理由｝に同じ}", ["「２ 理由」に同じ"]),
        ("業務: [｛文｝: 文。, 甲]", ["文。", "（１）甲"]),
        ("業務: [｛文｝: 次のとおり。, ｛様式の内容｝: {概要: 乙}]", ["次のとおり。", "項目 | 内容", "概要 | 乙"]),
    ],
)
def test_a_table_may_be_replaced_or_surrounded(section: str, expected: list[str]) -> None:
    assert body(CASE + section)[-len(expected) :] == expected


def test_posts_split_the_content_column_and_leave_it_the_width_of_the_form() -> None:
    paper = compose(CASE + "業務: {概要: 乙, 体制: {管理責任者: 課長, 運用責任者: 係長}}\n").paper
    assert isinstance(paper, Paper)
    table = paper.blocks[-1]
    assert isinstance(table, Table)
    assert len(table.widths) == 3
    assert sum(table.widths) == pytest.approx(8 + 29 - 0.9)  # the margins between the two new cells
    assert [[(cell.columns, cell.rows) for cell in row.cells] for row in table.rows] == [
        *([(1, 1), (2, 1)], [(1, 1), (2, 1)]),
        *([(1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1)]),
    ]


def test_long_heads_of_columns_are_not_spread() -> None:
    form = edited(FORM, "[項目, 内容]", "[対象となる項目, 内容]")
    paper = compose(CASE + "業務: {概要: 乙}\n", form=form).paper
    assert isinstance(paper, Paper)
    heads = [each for each in paragraphs(paper.blocks) if each.role == "表見出し"]
    assert [(run.text, run.fit_em) for each in heads for run in runs(each)] == [("対象となる項目", None), ("内容", 4.0)]


def test_posts_leave_room_in_a_narrow_column() -> None:
    narrow = edited(FORM, "[8, 29]", "[30, 5]")
    paper = compose(CASE + "業務: {概要: 乙, 体制: {管理責任者補佐: 課長}}\n", form=narrow).paper
    assert isinstance(paper, Paper)
    table = paper.blocks[-1]
    assert isinstance(table, Table)
    assert min(table.widths) > 1


@pytest.mark.parametrize(
    ("text", "rules"),
    faulty_content.SECTIONS,
)
def test_what_does_not_fit_the_form_is_said_where_it_stands(text: str, rules: str) -> None:
    case, expected = marked(CASE + text, rules)
    assert compose(case).faults == expected


def test_a_missing_section_is_said_once_though_a_template_prints_it() -> None:
    template = "節見出し：理由\n{{ 節.理由 }}\n{{ 節.目的 }}\n"
    assert compose(HEADER + "目的: 甲\n", template=template).faults == ["section-missing 1:1"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("目釣: 乙", "目的"),
        ("件各: 乙", "件名"),  # of the head of the case, too
        ("業務: {概要: 乙, 本制: 丙}", "体制"),
        ("｛順序｝: [理出]", "理由"),
    ],
)
def test_a_misspelt_name_is_told_the_nearest(text: str, meant: str) -> None:
    (fault,) = compose(CASE + text).diagnostics
    assert f"「{meant}」の誤りではありませんか" in fault.remedy


def test_sections_keep_their_names_for_templates_and_references() -> None:
    sections = read_faultless(CASE + "｛目的｝再実施の理由: 乙\n｛追加｝周知: 丙\n").sections
    assert [each.name for each in sections] == ["事項", "理由", "目的", "周知", "担当"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("様式: 試験", "▼様式:", "missing-value"),
        ("様式: 試験", "▼様武: 試験", "unknown-key"),
        (FORM, "▼- 様式", "form-form"),
        (FORM[FORM.index("  表紙") : FORM.index("節:")], "  ▼{}\n", "form-paper"),
        ("{雛形: 試験/依頼書.txt}", "▼試験/依頼書.txt", "form-paper"),
        ("{雛形: 試験/依頼書.txt}", "{▼雛型: 試験/依頼書.txt}", "unknown-key"),
        ("ページ番号: なし", "ページ番号: ▼無し", "choice"),
        ("会議のときだけ: はい", "会議のときだけ: ▼ときどき", "choice"),
        ("  依頼書:", "  ▼議案:", "form-paper-name"),
        ("  依頼書:", "  ▼../依頼書:", "form-paper-name"),
        ("  依頼書:", "  '▼C:依頼書':", "form-paper-name"),
        ("  依頼書:", "  ▼nul:", "form-paper-name"),
        ("  依頼書:", "  '▼依頼書.':", "form-paper-name"),
        ("  依頼書:", "  A: {雛形: 試験/表紙.txt}\n  ▼a:", "form-paper-name"),
        ("- {名: 目的}", "- ▼目的", "form-entry"),
        ("- {名: 目的}", "- ▼{見出し: 目的}", "missing-key"),
        ("- {名: 目的}", "- {名: ▼理由}", "form-name"),
        ("- {名: 目的}", "- {名: ▼件名}", "form-name"),
        ("- {名: 目的}", "- {名: 目的, 列幅: ▼[8, 9]}", "form-table"),
        ("種類: 日程}\n  - {名: 担当", "種類: ▼日定}\n  - {名: 担当", "choice"),
        ("[項目, 内容]\n    列幅: [8, 29]", "[項目, 内容, 備考]\n    列幅: ▼[8, 29]", "form-columns"),
        ("[項目, 内容]\n    列幅: [8, 29]", "[▼項目, 内容, 備考]", "form-columns"),  # with rows of kinds
        ("[項目, 内容]\n    列幅: [8, 29]", "[▼項目]", "form-columns"),
        ("列: [項目, 内容]\n    列幅: [8, 29]", "列幅: ▼[8, 20, 9]", "form-columns"),
        ("[8, 29]", "▼[8]", "form-columns"),
        ("[8, 29]", "[▼八, 29]", "table-width"),
        ("[8, 29]", "[8, ▼nan]", "table-width"),
        ("[8, 29]", "[8, ▼1e9]", "table-width"),
        ("- {名: 予定, 種類: 日程}", "- {名: ▼概要}", "form-name"),
        ("- {名: 予定, 種類: 日程}", "- ▼予定", "form-entry"),
        ("様式: 試験", "様式: 試験\n先頭: {根拠: ▼不要}", "choice"),
        ("様式: 試験", "様式: 試験\n先頭: {▼様式: 任意}", "unknown-key"),
    ],
)
def test_a_faulty_form_is_said_where_it_stands(old: str, new: str, rule: str) -> None:
    form, expected = marked(edited(FORM, old, new), rule)
    diagnostics = Diagnostics()
    read_form(read(form, diagnostics, "form.yaml"), USUAL, diagnostics)
    assert sorted(Result(None, diagnostics).faults) == sorted(expected)


def test_a_form_is_data() -> None:
    form = kind()
    assert [each.name for each in form.papers] == ["表紙", "依頼書"]
    assert [(each.numbering, each.meeting) for each in form.papers] == [("none", True), ("continue", False)]
    assert [each.name for each in form.sections if each.required] == ["理由"]
    assert [row.name for row in form.sections[-1].rows] == ["概要", "体制", "情報", "予定"]


@pytest.mark.parametrize(
    ("said", "widths"), [("[8, 0]", (8.0, 0.0)), ("[比1, 比2.5]", (-1.0, -2.5)), ("[0, 0]", (0, 0))]
)
def test_a_form_may_leave_a_column_what_is_left(said: str, widths: tuple[float, ...]) -> None:
    result = compose(CASE + "業務:\n  概要: 甲\n", form=edited(FORM, "列幅: [8, 29]", f"列幅: {said}"))
    assert result.faults == [] and result.paper is not None
    assert next(block for block in result.paper.blocks if isinstance(block, Table)).widths == widths


def test_a_form_tells_those_who_draft_what_to_write() -> None:
    form = kind(
        edited(
            edited(FORM, "様式: 試験", "様式: 試験\n説明: 試みの諮問"), "{名: 目的}", "{名: 目的, 手引: 狙いを書く。}"
        )
    )
    assert form.purpose == "試みの諮問"
    assert [(each.name, each.guide) for each in form.sections if each.guide] == [("目的", "狙いを書く。")]


@pytest.mark.parametrize(
    ("use", "removed", "expected"),
    [
        ("根拠: 任意", "根拠: {条例: 第14条第3項}\n", []),
        ("根拠: なし", "根拠: {条例: 第14条第3項}\n", []),
        ("根拠: なし", "", ["unknown-key 4:1"]),
        ("依頼: 必須", "依頼: {番号: 82, 日付: 2022-05-06}\n", ["missing-key 1:1"]),
    ],
)
def test_a_form_says_what_the_head_of_its_cases_holds(use: str, removed: str, expected: list[str]) -> None:
    form = edited(FORM, "様式: 試験", f"様式: 試験\n先頭: {{{use}}}")
    assert compose(CASE.replace(removed, ""), form=form, template="標題：{{ 件名 }}\n").faults == expected


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("  - {名: 目的}\n", "  - {名: 目的}\n  - {名: ▼目的, 必須: はい}\n", "form-name"),
        ("      - {名: 概要, 必須: はい}\n", "      - {名: 概要}\n      - {名: ▼概要, 必須: はい}\n", "form-name"),
        ("節:\n", "▼説:\n", "unknown-key"),  # and 節 is missing
        (FORM[FORM.index("節:") :], "節: ▼[]\n", "form-section"),
    ],
)
def test_a_faulty_form_is_not_blamed_on_the_case(old: str, new: str, rules: str) -> None:
    form, expected = marked(edited(FORM, old, new), rules)
    faults = compose(CASE + "業務: {体制: {甲: 乙}, 概要: 丙}\n", form=form).faults
    assert [fault for fault in faults if fault != "missing-key 1:1"] == expected


def wide(text: str) -> Result:
    return compose(CASE + text, form=WIDE, template=SECTIONS)


@pytest.mark.parametrize(
    ("text", "expected"),
    spellings.WIDE_TABLES,
)
def test_a_form_may_have_tables_of_several_columns(text: str, expected: list[str]) -> None:
    result = wide(text)
    assert result.faults == []
    printed = [line.rstrip() for line in result.lines]
    heads = [at for at, line in enumerate(printed) if line in ("区分 | 内容 | 措置", "項目 | 手法 | 条文")]
    assert printed[heads[0] + 1 if heads else len(printed) :] == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    faulty_content.WIDE_TABLES,
)
def test_such_a_table_is_checked(text: str, rule: str) -> None:
    case, expected = marked(CASE + text, rule)
    assert sorted(compose(case, form=WIDE, template=SECTIONS).faults) == sorted(expected)


TABLE = "業務:\n  ｛列幅｝: [6, 32]\n  ｛見出しの行｝: {head}\n  概要: 甲\n"


@pytest.mark.parametrize(
    ("head", "heads", "repeats"), [("なし", 0, True), ("初めだけ", 1, False), ("毎ページ", 1, True)]
)
def test_a_case_sets_the_table_of_its_form(head: str, heads: int, repeats: bool) -> None:
    result = compose(CASE + TABLE.replace("{head}", head))
    assert result.faults == [] and result.paper is not None
    found = next(block for block in result.paper.blocks if isinstance(block, Table))
    assert (found.widths, found.repeats, sum(row.head for row in found.rows)) == ((6.0, 32.0), repeats, heads)


def test_a_table_of_a_form_that_lists_rows_is_set_alike() -> None:
    form = FORM + "  - {名: 措置, 種類: 表, 列: [項目, 指摘, 措置], 列幅: [8, 12, 16]}\n"
    case = CASE + "措置:\n  - ｛列幅｝: [6, 10, 20]\n  - ｛見出しの行｝: なし\n  - [契約, 甲, 乙]\n"
    result = compose(case, form=form)
    assert result.faults == [] and result.paper is not None
    found = next(block for block in result.paper.blocks if isinstance(block, Table))
    assert (found.widths, len(found.rows)) == ((6.0, 10.0, 20.0), 1)


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ("｛列幅｝: [8]", "table-columns"),
        ("｛列幅｝: [8, 甲]", "table-width"),
        ("｛見出しの行｝: いつも", "choice"),
    ],
)
def test_settings_that_cannot_be(setting: str, rule: str) -> None:
    assert [each.split()[0] for each in compose(CASE + f"業務:\n  {setting}\n  概要: 甲\n").faults] == [rule]
