"""Mixed content: each block has one spelling, printed in the order written; whatever else is typed is refused."""

from __future__ import annotations

import pytest
from support.samples import faults, lines, marked, paragraphs, resolved, runs

SPELLINGS = {
    "paragraphs": ("一つ目の段落。\n\n        二つ目の段落。", ["一つ目の段落。", "二つ目の段落。"]),
    "sentences a line": ("一文目。\n        二文目。", ["一文目。二文目。"]),
    "items": ("[甲, 乙]", ["（１）甲", "（２）乙"]),
    "heading": ("[甲: 文。, 乙: [丙]]", ["（１）甲", "文。", "（２）乙", "ア 丙"]),
    "paragraph in a list": ("[｛文｝: 文。, 甲]", ["文。", "（１）甲"]),
    "bullets": ("[｛・｝: [甲, 乙: 文。], ｛○｝: [丙]]", ["・甲", "・乙", "文。", "○ 丙"]),
    "label–value": (
        "[｛値｝: {電話: 03-1111-2222, 本店 所在地: 1番}]",
        ["電話： | 03-1111-2222", "本店 所在地： | １番"],
    ),
    "posts": ("[｛体制｝: {管理責任者: 課長, 運用責任者: 係長}]", ["管理責任者： | 課長", "運用責任者： | 係長"]),
    "table": (
        "[｛表｝: {題名: 件数の表, 列: [区分, 件数], 列幅: [8, 0], 行: [[甲, 10件], [乙, '']]}]",
        ["件数の表", "区分 | 件数", "甲 | 10件", "乙 | "],
    ),
    "schedule": (
        "[｛日程｝: [2022-05: 甲, 2022-06以降: [乙, 丙], 2023-01: 丁, 未定: 戊, 2023年度: 己]]",
        [
            *("令和４年 | ５月 | 甲", " | ６月以降 | 乙", " |  | 丙"),
            *("令和５年 | １月 | 丁", " | 未定 | 戊", "令和５年度 |  | 己"),
        ],
    ),
    "schedule, each year": (
        "[｛日程｝: [｛年｝: 毎行, 2022-05: 甲, 2022-06: 乙]]",
        ["令和４年 | ５月 | 甲", "令和４年 | ６月 | 乙"],
    ),
    "personal data": (
        "[｛個人情報｝: {項目: [氏名, 住所, 性別], 件数: 約100件}]",
        ["（１）個人情報の項目", "氏名、住所及び性別", "（２）件数", "約100件"],
    ),
    "personal data among items": (
        "[甲, ｛個人情報｝: {項目: [氏名], 件数: 1件}, 乙]",
        ["（１）甲", "（２）個人情報の項目", "氏名", "（３）件数", "１件", "（４）乙"],
    ),
    "personal data, no count": ("[｛個人情報｝: {項目: [氏名, 住所]}]", ["氏名及び住所"]),
    "personal data, one item": ("[｛個人情報｝: {項目: 氏名}]", ["氏名"]),
    "a firm": (
        "[｛事業者｝: {法人名: 甲社, 代表者: 代表 乙, 所在地: 1番, 認証: 取得済み}]",
        ["甲社", "代表者代表 乙", "（１番）", "取得済み"],
    ),
    "firms": ("[｛事業者｝: [{法人名: 甲社}, {所在地: 1番}]]", ["甲社", "（１番）"]),
    "a consortium": (
        "[｛事業者｝: [{共同事業体: 甲, 代表企業: {法人名: 乙}, 構成企業: [{法人名: 丙}, {法人名: 丁}]}]]",
        ["共同事業体甲", "代表企業乙", "構成企業丙", "構成企業丁"],
    ),
    "by place": (
        "[本館: [｛事業者｝: {法人名: 甲社}], 分館: [｛事業者｝: {法人名: 乙社}]]",
        ["（１）本館", "甲社", "（２）分館", "乙社"],
    ),
    "a firm in a note": ("[甲｛※→乙｝, ｛※乙｝: [｛事業者｝: {法人名: 丙社}]]", ["（１）甲（※）", "※ 丙社"]),
    "a block without a hyphen": ("{｛表｝: {行: [[甲]]}}", ["甲"]),
    "blocks in items": (
        "[甲: [｛文｝: 文。, ｛表｝: {行: [[乙]]}, 丙, ｛文｝: 文。]]",
        ["（１）甲", "文。", "乙", "ア 丙", "文。"],
    ),
    "a table in a table": ("[｛表｝: {行: [[甲, [｛表｝: {行: [[乙, 丙]]}]]]}]", ["甲 | 乙 | 丙"]),
    "a block in bullets": ("[｛・｝: [｛表｝: {行: [[甲, 乙]]}]]", ["・", "甲 | 乙"]),
    "personal data in words": ("[｛個人情報｝: [甲, 乙]]", ["（１）甲", "（２）乙"]),
    "verbatim": ("第｛＝１０｝条第2項", ["第１０条第２項"]),
    "literal braces": ("｛｛文｝｝と{ }", ["｛文｝と{ }"]),
}


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.values(), ids=SPELLINGS.keys())
def test_spellings(text: str, expected: list[str]) -> None:
    assert lines(f"内容: >-\n        {text}" if text[0] not in "[{" else f"内容: {text}")[1:] == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("内容: ▼{甲: 文}", "content-mapping"),
        ("内容: ▼{甲: 文, 乙: 文}", "content-mapping"),
        ("内容: ▼{市}", "brace-half-width"),
        ("内容: [甲: ▼{市}]", "brace-half-width"),
        ("内容: [▼{文}: 文]", "key-not-text"),
        ("内容: [▼[甲]]", "list-in-list"),
        ("内容: [甲, ▼'']", "item-empty"),
        ("内容: [甲, ▼{}]", "item-empty"),
        ("内容:\n  - 甲\n  -▼\n  - 乙", "item-empty"),
        ("内容:\n  - 甲: 文\n    ▼乙: 文", "item-two-keys"),
        ("内容: [▼｛→｝]", "reference-empty"),
        ("内容: [▼甲: ]", "heading-empty"),
        ("内容: [甲▼｛同行｝乙: 文]", "run-in-not-here"),
        ("内容: [甲▼｛同行｝乙]", "run-in-not-here"),
        ("内容: 甲▼｛同行｝乙", "run-in-not-here"),
        ("内容: [甲｛同行｝｛＃名｝: 文]", ""),
        ("内容: [▼甲: []]", "heading-empty"),
        ("内容: [▼｛評｝: []]", "block-empty"),
        ("内容: [▼｛評｝: 文]", "block-unknown"),
        ("内容: [▼｛日定｝: 文]", "block-unknown"),
        ("内容: [▼｛一覧｝: [甲]]", "block-unknown"),
        ("内容: [▼｛様式の内容｝: 甲]", "block-unknown"),
        ("内容: [▼｛｝: 甲]", "block-unknown"),
        ("内容: [｛文｝: ▼[甲]]", "paragraph-not-text"),
        ("内容: [▼｛文｝: ]", "block-empty"),
        ("内容: [｛・｝: ▼甲]", "list-expected"),
        ("内容: [｛（１）｝: ▼甲]", "list-expected"),
        ("内容: [▼｛（１）｝: []]", "block-empty"),
        ("内容: [▼｛※｝: ]", "block-empty"),
        ("内容: [｛値｝: ▼甲]", "pairs-expected"),
        ("内容: [｛体制｝: {▼甲: }]", "pair-empty"),
        ("内容: [｛日程｝: ▼{2022-05: 甲}]", "list-expected"),
        ("内容: [｛日程｝: [▼甲]]", "event-form"),
        ("内容: [｛日程｝: [▼2022-13: 甲]]", "event-time"),
        ("内容: [｛日程｝: [▼いつか: 甲]]", "event-time"),
        ("内容: [｛日程｝: [2022-05: ▼]]", "event-text"),
        ("内容: [｛日程｝: [2022-05: ▼{甲: 乙}]]", "event-text"),
        ("内容: [｛日程｝: [｛年｝: ▼一度]]", "event-year"),
        ("内容: [｛個人情報｝: ▼{件数: 1件}]", "missing-key"),
        ("内容: [｛個人情報｝: {項目: [氏名], ▼件教: 1件}]", "unknown-key"),
        ("内容: [｛事業者｝: ▼甲社]", "contractor-form"),
        ("内容: [｛事業者｝: [▼{}]]", "contractor-empty"),
        ("内容: [｛事業者｝: [▼{▼社名: 甲社}]]", "contractor-empty unknown-key"),
        ("内容: [｛事業者｝: [▼{共同事業体: 甲}]]", "missing-key"),
        ("内容: [｛事業者｝: [{共同事業体: 甲, 代表企業: ▼乙社}]]", "wrong-type"),
        ("内容: [｛事業者｝: [{共同事業体: 甲, 代表企業: {法人名: 乙}, 構成企業: [▼丙社]}]]", "contractor-form"),
        ("内容: [｛表｝: ▼甲]", "table-form"),
        ("内容: [｛表｝: ▼{列: [甲]}]", "missing-key"),
        ("内容: [｛表｝: {行: ▼[]}]", "table-empty"),
        ("内容: [｛表｝: {行: [▼甲]}]", "table-row"),
        ("内容: [｛表｝: {行: [▼[]]}]", "table-row"),
        ("内容: [｛表｝: {列: [甲], 行: [▼[乙, 丙]]}]", "table-columns"),
        ("内容: [｛表｝: {行: [[甲, 乙], ▼[丙]]}]", "table-columns"),
        ("内容: [｛表｝: {行: [[甲, 1人], ▼[乙, 21,345人], [丙, 2人]]}]", "table-columns"),
        ("内容: [｛表｝: {列幅: [8, 8], 行: [[甲, 1人], ▼[乙, 21,345人]]}]", "table-columns"),
        ("内容: [｛表｝: ▼{列幅: [8], 行: [[甲, 乙]]}]", "table-columns"),
        ("内容: [｛表｝: {列幅: [▼八], 行: [[甲]]}]", "table-width"),
        ("内容: [｛表｝: {列幅: [▼nan], 行: [[甲]]}]", "table-width"),
        ("内容: [｛表｝: {列幅: [▼-1], 行: [[甲]]}]", "table-width"),
        ("内容: [｛表｝: {行: [[甲]], ▼見出: 乙}]", "unknown-key"),
    ],
)
def test_what_is_no_spelling_is_refused_where_it_stands(text: str, rules: str) -> None:
    plain, expected = marked(text, rules)
    assert faults(plain) == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("内容: [▼（１）甲, ▼ア　乙, ▼①丙, ▼１　丁, ▼・戊, ▼２．己]", " ".join(["label-by-hand"] * 6)),
        ("内容: [▼（１）甲: 文, ｛文｝: ▼※注の文]", "label-by-hand label-by-hand"),
        ("内容: ▼（ア）甲", "label-by-hand"),
        ("内容: 甲▼（以下「乙」という。）は", "definition-by-hand"),
        ("内容: [｛個人情報｝: {項目: [氏名▼、住所, 障害（手話、車椅子）]}]", "personal-item-comma"),
        ("内容: [１階の窓口, ア行の索引, 1,000件, （仮称）甲, ｛＝（１）｝甲, 2022　年, ｛※→注｝甲, ｛※注｝: 文]", ""),
        ("内容: 甲｛＝（以下「乙」という。）｝は（以下同じ。）", ""),
    ],
)
def test_what_is_printed_by_itself_is_not_typed(text: str, rules: str) -> None:
    plain, expected = marked(text, rules)
    result = resolved(plain)
    assert result.faults == expected
    assert {each.severity for each in result.diagnostics} <= {"warning"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[｛表｝: {列幅: [100], 行: [[甲]]}]", "使える範囲（0～60）にありません"),
        ("[｛表｝: {列幅: [八], 行: [[甲]]}]", "数ではありません"),
        ("[｛表｝: {行: [[甲, 1人], [乙, 21,345人]]}]", "'21,345人'"),
        ("[｛日程｝: [2022-07～2022-05: 甲]]", "終わりが始めより前です"),
        ("[｛日程｝: [2022-13: 甲]]", "ない日付です"),
        ("{市}", "全角の「｛ ｝」"),
        ("[{文}: 甲]", "「｛文｝: …」"),
    ],
)
def test_the_message_names_the_mistake(text: str, said: str) -> None:
    (fault,) = resolved(f"内容: {text}").diagnostics
    assert said in fault.reason + fault.remedy


def test_a_misspelt_block_is_told_the_nearest() -> None:
    (fault,) = resolved("内容: [｛事業主｝: 甲]").diagnostics
    assert "「｛事業者｝」の誤りではありませんか" in fault.remedy


def test_all_faults_are_said_at_once() -> None:
    text = "甲: ｛乙\n丙:\n  - []\n  - ｛表｝: 丁\n  - 戊: {}\n  - ｛→己｝"
    assert [fault.split()[0] for fault in faults(text)] == [
        *("brace-unclosed", "item-empty", "table-form", "heading-empty", "reference-target"),
    ]


def test_a_letter_spaced_word_before_a_name_is_no_space_in_the_text() -> None:
    paper = resolved("内容: [｛事業者｝: {代表者: 山田 花子}]").paper
    assert paper is not None
    *_, line = paragraphs(paper.blocks)
    assert [(run.text, run.gap_em) for run in runs(line)] == [("代表者", 1), ("山田 花子", 0)]
