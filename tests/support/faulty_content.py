"""What the readers of the content of a case refuse: ▼ marks where, one for each rule."""

from __future__ import annotations

FLOW = "｛図｝:\n  種類: 流れ図\n  説明: 手順\n  手順:\n"
SYSTEM = "｛図｝:\n  種類: システム図\n  説明: 図\n  区画:\n    区:\n      - 端末\n    国:\n      - サーバ\n  矢印:\n"
"""The beginnings of two figures."""


def regulation(*articles: str) -> str:
    """A 規程 of these articles."""
    return "題名: 規程\n本則:\n" + "".join(f"  - {article}\n" for article in articles)


SECTIONS = [
    ("▼目釣: 乙", "key-unknown"),
    ("▼｛目釣｝理由: 乙", "key-unknown"),
    ("▼｛追加｝: 乙", "added-unnamed"),
    ("▼理由 : 乙", "duplicate-key"),
    ("▼｛理由｝別の理由: 乙", "slot-twice"),
    ("▼｛追加｝目的: 乙", "slot-twice"),
    ("▼｛追加｝理由: 乙", "slot-twice"),
    ("｛追加｝周知: 乙\n▼｛追加｝｛＝周知｝: 丙", "slot-twice"),
    ("▼目的:", "section-empty"),
    ("▼目的: []", "section-empty"),
    ("▼目的: '　'", "section-empty"),
    ("目的: ▼{甲: 乙}", "content-mapping"),
    ("▼時期: []", "section-empty"),
    ("時期: ▼{2022-05: 開始}", "list-expected"),
    ("時期: [▼2022-05: 開始, ｛※｝: 注]", "event-outside"),
    ("業務: ▼{体制: {甲: 課長}}", "row-missing"),
    ("業務: {概要: 乙, ▼本制: {甲: 課長}}", "key-unknown"),
    ("業務: {▼概用: 乙}", "key-unknown"),  # misspelt, and not missing besides
    ("業務: {概要: 乙, ▼体制: {}}", "row-empty"),
    ("業務: {▼概要: }", "row-empty"),
    ("業務: {概要: 乙, ▼｛追加｝体制: 丙}", "slot-twice"),
    ("業務: {概要: 乙, 予定: [▼2022-05: 甲, ｛文｝: 文]}", "event-outside"),
    ("業務: [｛様式の内容｝: ▼甲]", "rows-expected"),
    ("業務: ▼甲", "rows-expected"),
    ("業務: ▼[甲, 乙]", "rows-expected"),
    ("業務: {概要: 乙, 情報: {項目: ▼[]}}", "missing-value"),
    ("業務: {概要: 乙, 情報: [｛様式の内容｝: ▼]}", "missing-key"),
    ("▼｛順序｝: 理由", "order-form"),
    ("▼｛順序｝:", "order-form"),
    ("▼｛順序｝: [理由, [担当]]", "order-form"),
    ("｛順序｝: [▼理出]", "order-unknown"),
    ("｛順序｝: [理由, ▼理由]", "order-twice"),
    ("業務: {概要: 乙, ｛順序｝: [▼情報]}", "order-unknown"),
]
"""(what follows CASE, rules)."""

WIDE_TABLES = [
    ("指摘:\n  - ▼[重, 甲]\n  - [軽, 丙, 丁]\n", "table-columns"),
    ("指摘: ▼{重: [甲, 乙]}\n", "rows-expected"),
    ("指摘:\n  - ▼重\n", "table-row"),
    ("対応: {管理体制: ▼[甲]}\n", "row-cells"),
    ("対応: {管理体制: ▼甲}\n", "row-cells"),
    ("対応: {管理体制: [甲, 乙], ▼運営: [甲, 乙]}\n", "key-unknown"),
    ("対応: ▼{運用: [甲, 乙]}\n", "row-missing"),
    ("対応:\n  ▼- [管理体制, 甲, 乙]\n", "rows-expected"),
]
"""(what follows CASE, rule), for a form with tables of several columns."""

CONTENT = [
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
    ("内容: [｛表｝: {行: [[甲, 1人], [乙, 21,▼345人], [丙, 2人]]}]", "comma-in-number"),
    ("内容: [｛表｝: {列幅: [8, 8], 行: [[甲, 1人], [乙, 21,▼345人]]}]", "comma-in-number"),
    ("内容: [｛表｝: ▼{列幅: [8], 行: [[甲, 乙]]}]", "table-columns"),
    ("内容: [｛表｝: {列幅: [▼八], 行: [[甲]]}]", "table-width"),
    ("内容: [｛表｝: {列幅: [▼nan], 行: [[甲]]}]", "table-width"),
    ("内容: [｛表｝: {列幅: [▼-1], 行: [[甲]]}]", "table-width"),
    ("内容: [｛表｝: {行: [[甲]], ▼見出: 乙}]", "unknown-key"),
]
"""(a section, rules)."""

ANNEXES = [
    ("別紙: [{題名: 一覧}]\n", "｛→一覧｝", "annex-empty"),
    ("別紙: [{題名: 一覧, 内容: 文, 添付省略: はい}]\n", "｛→一覧｝", "annex-omitted"),
    ("別紙: [{題名: 一覧, 内容: 文}]\n", "", "annex-uncited"),
    ("別添: [{題名: 評価書}]\n", "", "annex-uncited"),
    ("", "｛→一覧｝", "reference-target"),
    ("別紙: [一覧]\n", "", "annex-form"),
    ("別紙: [{内容: 文}]\n", "", "missing-key"),
    ("別紙: [{題名: 一覧, 内容: 文, 向き: 斜め}]\n", "｛→一覧｝", "choice"),
    ("別添: [{題名: 評価書, ファイル: ../秘密.pdf}]\n", "｛→評価書｝", "attachment-outside"),
    ("別添: [{題名: 評価書, ファイル: 'C:\\秘密.pdf'}]\n", "｛→評価書｝", "attachment-outside"),
    ("別添: [{題名: 評価書, ファイル: /etc/passwd}]\n", "｛→評価書｝", "attachment-outside"),
]
"""(what follows CASE, what cites the annexes in it, rule)."""

REGULATIONS = [
    (regulation("目的: ''"), "article-empty"),
    (regulation("目的だけ"), "article-form"),
    (regulation("｛枝｝目的: 本文"), "article-branch"),
    (regulation("｛しょう｝目的: 本文"), "article-kind"),
    (regulation("｛章｝総則: 本文"), "chapter-form"),
    (regulation("目的:\n      - ｛号｝: [甲]"), "paragraph-missing"),
    (regulation("目的:\n      - [甲]"), "paragraph-form"),
    (regulation("目的: 本文") + "制定: いつか\n", "date-format"),
    (regulation("目的: 本文") + "別表: [{題名: 料金}]\n", "annex-empty"),
    (regulation("目的: ｛→別の条｝"), "reference-target"),
    (regulation("目的: 本文") + "第一条: 本文\n", "unknown-key"),
    ("題名: 規程\n", "missing-key"),
]
"""(what stands under 規程, rule)."""

TABLES = [
    ("行: [[甲, 乙], [丙]]", "table-columns"),
    ("行: [[｛←｝, 甲]]", "table-merge"),
    ("行: [[甲, ｛↑｝]]", "table-merge"),
    ("行: [[甲, 乙], [｛↑｝, ｛←｝]]", "table-merge"),
    ("行: [[甲, ｛←｝], [｛↑｝, 丙]]", "table-merge"),
    ("行: [甲]", "table-row"),
    ("番号: [いろ]\n行: [[甲]]", "label-sample"),
    ("列幅: [比あ]\n行: [[甲]]", "table-width"),
    ("列: [[甲], 乙]\n行: [[丙]]", "table-heads"),
    ("再掲: たぶん\n行: [[甲]]", "choice"),
]
"""(what stands under ｛表｝, rule)."""

FIGURES = [
    (SYSTEM + "    - 端末 → サーパ: 送信", "figure-name-unknown", 10, "「サーバ」の誤り"),
    (SYSTEM + "    - 端末: 送信", "figure-arrow", 10, "甲 → 乙"),
    (SYSTEM + "    - 端末 → 端末: 送信", "figure-arrow-self", 10, "別に"),
    (SYSTEM.replace("サーバ", "端末") + "    - 端末 → 端末: 送信", "figure-name-twice", 8, "別に"),
    (SYSTEM.replace("- サーバ", "- サーバ: {段: 1}\n      - 控え: {段: 1}"), "figure-place-taken", 9, "段か列"),
    (SYSTEM.replace("説明: 図", "題: 図"), "missing-key", 2, "説明"),
    (SYSTEM.replace("システム図", "システム囲"), "choice", 2, "「システム図」の誤り"),
    (SYSTEM + "  囲み: {保護: [端末, サーバ]}", "figure-area", 10, "同じ区画"),
    (FLOW + "    - 受付\n    - 審査: {分岐: {可: 終わり}}\n    - 終わり: {形: 終了}", "figure-decision", 6, "分岐"),
    (FLOW + "    - 受付\n    - 審査: {形: 判断}\n    - 終わり: {形: 終了}", "figure-decision", 6, "分岐"),
    (FLOW + "    - 受付: {次: 審差}\n    - 審査: {形: 終了}", "figure-name-unknown", 5, "「審査」の誤り"),
    (FLOW + "    - 受付\n    - 審査", "figure-dead-end", 6, "形: 終了"),
    (FLOW + "    - 受付: {形: 終了}\n    - 審査: {形: 終了}", "figure-unreached", 6, "形: 開始"),
    (FLOW + "    - 受付: {レーン: 区}\n    - 審査: {形: 終了}", "figure-name-unknown", 5, "レーンを書いて"),
    ("｛図｝:\n  種類: 新旧\n  説明: 図\n  対比:\n    - 予約: {現行: 窓口}", "missing-key", 5, "変更後"),
    ("｛図｝: 流れ図", "figure-form", 1, "種類"),
    ("｛図｝: {説明: 図, 手順: [受付]}", "missing-key", 1, "「種類」がありません"),
]
"""(a ｛図｝, rule, line, words of the message)."""
