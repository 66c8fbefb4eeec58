"""Realistic revisions, each with what the listing and the 新旧対照表 say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from compared import POLICY, Edits, listing, table, versions


@dataclass(frozen=True)
class Revision:
    """An edit of a case. `rows`: of its last table, without heads, the remark and what is （略） on both sides alike."""

    name: str
    case: str
    edits: Edits
    listed: tuple[str, ...]
    rows: tuple[str, ...]


TABLES = [
    Revision(
        "cells of a row: each by the heading of its column, where it stands",
        POLICY,
        [
            (
                "電子メールによる送信: [禁止, 暗号化して送信, 制限なし]",
                "電子メールによる送信: [制限なし, 暗号化して送信, 禁止]",
            )
        ],
        (
            "別紙１ 分類ごとの取扱い ＞ 電子メールによる送信",
            "変更  機密性３：[-禁止-]{+制限なし+}",
            "変更  機密性１：[-制限なし-]{+禁止+}",
        ),
        (
            "別紙１　分類ごとの取扱い | 別紙１　分類ごとの取扱い",
            "［電子メールによる送信］ | ［電子メールによる送信］",
            "機密性３：_制限なし_ | 機密性３：_禁止_",
            "機密性１：_禁止_ | 機密性１：_制限なし_",
        ),
    ),
    Revision(
        "the heading of a column: no change of what stands under it",
        POLICY,
        [("列: [取扱い, 機密性３, 機密性２, 機密性１]", "列: [取扱い, 機密性３, 機密性２, 公開]")],
        ("別紙１ 分類ごとの取扱い", "変更  取扱い ｜ 機密性３ ｜ 機密性２ ｜ [-機密性１-]{+公開+}"),
        (
            "別紙１　分類ごとの取扱い | 別紙１　分類ごとの取扱い",
            "取扱い ｜ 機密性３ ｜ 機密性２ ｜ _公開_ | 取扱い ｜ 機密性３ ｜ 機密性２ ｜ _機密性１_",
        ),
    ),
    Revision(
        "a row dropped, a row added",
        POLICY,
        [
            ("            - 電子メールによる送信: [禁止, 暗号化して送信, 制限なし]\n", ""),
            ("            - 廃棄:", "            - 印刷: [禁止, 可, 可]\n            - 廃棄:"),
        ],
        (
            "別紙１ 分類ごとの取扱い",
            "削除  電子メールによる送信",
            "機密性３：禁止",
            "機密性２：暗号化して送信",
            "機密性１：制限なし",
            "追加  印刷",
            "機密性３：禁止",
            "機密性２：可",
            "機密性１：可",
        ),
        (
            "別紙１　分類ごとの取扱い | 別紙１　分類ごとの取扱い",
            "（削る） | _［電子メールによる送信］_",
            " | _機密性３：禁止_",
            " | _機密性２：暗号化して送信_",
            " | _機密性１：制限なし_",
            "_［印刷］_ | （新設）",
            "_機密性３：禁止_ | ",
            "_機密性２：可_ | ",
            "_機密性１：可_ | ",
        ),
    ),
    Revision(
        "the first row of a group renamed: the group is not",
        "06",
        [
            (
                "                - 物理的セキュリティ対策:\n                    - - ｛○｝:\n"
                "                          - サーバ等の設置場所: 【国の委託事業者が対応する】\n",
                "                - 施設の対策:\n                    - - ｛○｝:\n"
                "                          - サーバ等の設置場所: 【国の委託事業者が対応する】\n",
            )
        ],
        (
            "別紙２ 犬と猫のマイクロチップ情報登録システム…",
            "変更  [-物理的セキュリティ-]{+施設の+}対策",
        ),
        ("［_施設の_対策］ | ［_物理的セキュリティ_対策］",),
    ),
]

REVISIONS = [*TABLES]


@pytest.mark.parametrize("each", REVISIONS, ids=[each.name for each in REVISIONS])
def test_every_change_is_shown_and_nothing_else(each: Revision, tmp_path: Path) -> None:
    old, new = versions(tmp_path, each.case, each.edits)
    assert tuple(listing(old, new)) == each.listed
    alike = re.compile(r"(.*（略）) \| \1")
    rows = [row for row in table(old, new)[-1][1:] if not row.startswith("備考") and not alike.fullmatch(row)]
    assert tuple(rows) == each.rows
