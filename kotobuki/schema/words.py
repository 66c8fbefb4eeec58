"""What blocks and kinds mean, in Japanese, for editors; what a key means is said where it is declared (`reading.records`).

In: nothing. Out: tables of words. `cases/README.md` tells how to write a case; here is what fits under a cursor. Sections
and rows are described by the 手引 of their form.
"""

from __future__ import annotations

from kotobuki.settings.form import TYPED

BLOCKS: dict[str, str] = {
    "文": "番号のない段落",
    "※": "印のない注。その場所に ※ と内容",
    "注": "表の注。その場所に「注」と内容",
    "（１）": "（１）から始まる項目の一覧",
    "ア": "アから始まる項目の一覧",
    "①": "①から始まる項目の一覧",
    "・": "中点の箇条書",
    "○": "丸の箇条書",
    "値": "見出しと値の組",
    "表": "罫線のある表",
    "図": "流れ図、システム図、新旧、スキーム図",
    "画像": "PNG、JPEG、SVG、PDF",
    "日程": "- 時: 事柄 の一覧（例：- 2022-05: 審査会への諮問）",
    "体制": "役割: 職 の組",
    "個人情報": "項目と件数",
    "事業者": "法人名、所在地などの組の一覧",
    "共同事業体": "代表企業と構成企業から成る事業者",
    "号": "すぐ前の項の号の一覧",
    "様式の内容": "この節（行）に様式が印字するもの。前後に文章を足すときに",
}
"""What a ｛…｝ key makes, those that are offered; and a consortium, offered among the firms."""

KINDS: dict[str, str] = {
    "内容": "文章か一覧（- …）",
    **{kind: BLOCKS[kind] for kind in TYPED},
    "表": "行の名: 内容 の組",
}
"""What a section or row of a form takes, by its kind."""

ADDED = "様式にない節や行。｛追加｝の後に見出しを書く"
ORDER = "様式と順を変えるときに、名を並べる"
RENAMED = "見出しを変えた「{name}」"
