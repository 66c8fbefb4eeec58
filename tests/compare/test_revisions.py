"""Realistic revisions, each with what the listing and the 新旧対照表 say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.compared import POLICY, Edits, listing, table, versions
from support.samples import edited


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

LAW = "別紙 江戸川区図書館オンラインシステム運用規程…"
POINT = "                - 業務端末及び運用管理サーバにウイルス対策ソフトを入れる。\n"
FIRST = "            - 利用者は、｛システム｝を業務の目的以外に利用してはならない。\n"
SECOND = "            - 利用者は、｛システム｝にアクセスすることのできる状態のまま、業務端末を長く離れてはならない。\n"
PATH = "７ 委託における個人情報の保護対策 ＞ 外部委託に係る対策 ＞ ３ 委託業務に係る個人情報保護対策"
ABOVE = (
    "７　委託における個人情報の保護対策 | ７　委託における個人情報の保護対策",
    "［外部委託に係る対策］ | ［外部委託に係る対策］",
    "３　委託業務に係る個人情報保護対策 | ３　委託業務に係る個人情報保護対策",
)
ROSTER = "        - 業務に従事する者の名簿を事前に提出すること。\n"
ENCRYPTED = "        - 個人情報をネットワーク経由で送るときは、これを暗号化すること。\n"

MOVES = [
    Revision(
        "an item moved: the runs around it leave it out on both sides",
        "02",
        [(ROSTER, ""), (ENCRYPTED, ROSTER + ENCRYPTED)],
        (PATH, "移動  （12）業務に従事する者の名簿を事前に提出すること。（もとは （２））"),
        (
            *ABOVE,
            "（２）～（11）（略） | （３）～（12）（略）",
            "_（12）_業務に従事する者の名簿を事前に提出すること。 | _（２）_業務に従事する者の名簿を事前に提出すること。",
        ),
    ),
    Revision(
        "an item moved under a new heading: the heading is new, the item is not",
        "02",
        [(ENCRYPTED, f"        - 通信の対策:\n    {ENCRYPTED}            - 通信を監視すること。\n")],
        (
            PATH,
            "追加  （13）通信の対策",
            "イ 通信を監視すること。",
            f"{PATH} ＞ （13）通信の対策",
            f"移動  ア 個人情報をネットワーク経由で送るときは、これを暗号化すること。（もとは「{PATH}」の （13））",
        ),
        (
            *ABOVE,
            "_（13）通信の対策_ | （新設）",
            "_ア　_個人情報をネットワーク経由で送るときは、これを暗号化すること。"
            " | _（13）_個人情報をネットワーク経由で送るときは、これを暗号化すること。",
            "_イ　通信を監視すること。_ | （新設）",
        ),
    ),
    Revision(
        "an item moved to another article: it is gone from the old one, and is called by it",
        "03",
        [
            (POINT, ""),
            ("                - 委託した業務で使うデータ", f"{POINT}                - 委託した業務で使うデータ"),
        ],
        (
            f"{LAW} ＞ 第１４条（外部委託に関する情報セキュリティ対策） ＞ 管理者は、窓口業務その他システムへのアクセスを…",
            "移動  （２）業務端末及び運用管理サーバにウイルス対策ソフトを入れる。"
            f"（もとは「{LAW} ＞ 第１５条（不正アクセス及びウイルス対策） ＞ WWWサーバへの不正なアクセス、電子メールによ…」の （２））",
        ),
        (
            "（外部委託に関する情報セキュリティ対策） | （外部委託に関する情報セキュリティ対策）",
            "_（２）_業務端末及び運用管理サーバにウイルス対策ソフトを入れる。"
            " | _第１５条（２）_業務端末及び運用管理サーバにウイルス対策ソフトを入れる。",
            "_（３）_（略） | _（２）_（略）",
            "（不正アクセス及びウイルス対策） | （不正アクセス及びウイルス対策）",
        ),
    ),
    Revision(
        "a first 項 inserted: the number of the article stands before the first one of each side",
        "03",
        [(FIRST, f"            - 利用者は、善良な管理者の注意をもって利用する。\n{FIRST}")],
        (f"{LAW} ＞ 第１２条（利用時の制限等）", "追加  利用者は、善良な管理者の注意をもって利用する。"),
        (
            "（利用時の制限等） | （利用時の制限等）",
            "第１２条　_利用者は、善良な管理者の注意をもって利用する。_ | （新設）",
            "_２_　（略） | 第１２条　（略）",
            "_３～５_　（略） | _２～４_　（略）",
        ),
    ),
    Revision(
        "the first 項 dropped",
        "03",
        [(FIRST, "")],
        (f"{LAW} ＞ 第１２条（利用時の制限等）", "削除  利用者は、システムを業務の目的以外に利用してはならない。"),
        (
            "（利用時の制限等） | （利用時の制限等）",
            "（削る） | 第１２条　_利用者は、システムを業務の目的以外に利用してはならない。_",
            "第１２条　（略） | _２_　（略）",
            "_２・３_　（略） | _３・４_　（略）",
        ),
    ),
    Revision(
        "two 項 swapped",
        "03",
        [(FIRST + SECOND, SECOND + FIRST)],
        (
            f"{LAW} ＞ 第１２条（利用時の制限等）",
            "移動  利用者は、システムにアクセスすることのできる状態のまま、業務端末を長く離れてはならない。（もとは ２）",
        ),
        (
            "（利用時の制限等） | （利用時の制限等）",
            "第１２条　_利用者は、システムにアクセスすることのできる状態のまま、業務端末を長く離れてはならない。_"
            " | _２　利用者は、システムにアクセスすることのできる状態のまま、業務端末を長く離れてはならない。_",
            "_２_　（略） | 第１２条　（略）",
        ),
    ),
]

LAWS = [
    Revision(
        "an article replaced by 削除: in its own row",
        "03",
        [
            (
                "        - 情報提供の制限: ｛→機能と構成｝に掲げる情報のうち特定の個人を識別することができるものは、"
                "第三者に提供してはならない。\n",
                "        - 削除\n",
            )
        ],
        (
            LAW,
            "変更  第７条[-情報提供の制限-]",
            f"{LAW} ＞ 第７条",
            "変更  [-第３条に掲げる情報のうち特定の個人を識別することができるものは、第三者に提供してはならない。-]{+削除+}",
        ),
        (
            " | （_情報提供の制限_）",
            "第７条　_削除_ | 第７条　_第３条に掲げる情報のうち特定の個人を識別することができるものは、第三者に提供してはならない。_",
        ),
    ),
]

REVISIONS = [*TABLES, *MOVES, *LAWS]


@pytest.mark.thinned
@pytest.mark.parametrize("each", REVISIONS, ids=[each.name for each in REVISIONS])
def test_every_change_is_shown_and_nothing_else(each: Revision, tmp_path: Path) -> None:
    old, new = versions(tmp_path, each.case, each.edits)
    assert tuple(listing(old, new)) == each.listed
    alike = re.compile(r"(.*（略）) \| \1")
    rows = [row for row in table(old, new)[-1][1:] if not row.startswith("備考") and not alike.fullmatch(row)]
    assert tuple(rows) == each.rows


def chapters(text: str) -> str:
    """The articles of item 3 under two chapters."""
    ends = ("目的: >-", "利用者資格:\n", "{題名: 利用者権限一覧")
    start, middle, end = (text.index(f"        - {each}") for each in ends)
    end = text.rindex("      別表:\n", 0, end)
    first, second = (
        "".join(f"      {line}" for line in part.splitlines(keepends=True))
        for part in (text[start:middle], text[middle:end])
    )
    return f"{text[:start]}        - ｛章｝総則:\n{first}        - ｛章｝利用:\n{second}{text[end:]}"


def test_an_article_has_not_moved_because_a_chapter_was_put_over_it_or_taken_away(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "03", [])
    new.write_text(chapters(new.read_text(encoding="utf-8")), encoding="utf-8")
    assert listing(old, new) == [LAW, "追加  第１章 総則", "追加  第２章 利用"]
    assert table(old, new)[0][1:5] == [
        "_第１章　総則_ | （新設）",
        "第１条～第４条　（略） | 第１条～第４条　（略）",
        "_第２章　利用_ | （新設）",
        "第５条～第１７条　（略） | 第５条～第１７条　（略）",
    ]
    assert listing(new, old) == [LAW, "削除  第１章 総則", "削除  第２章 利用"]
    assert "（削る） | _第１章　総則_" in table(new, old)[0]


@pytest.mark.parametrize(
    ("case", "edit", "listed"),
    [
        (
            "02",
            ("  条例: 江戸川区個人情報保護条例\n", "  条例: 江戸川区個人情報の保護に関する条例\n"),
            ["変更  条例：江戸川区個人情報{+の+}保護{+に関する+}条例"],
        ),
        ("03", ("  区: 江戸川区\n", "  区: 特別区江戸川区\n"), ["変更  区：{+特別区+}江戸川区"]),
        ("02", ("  評価規則: 特定個人情報保護評価に関する規則\n", ""), []),  # of no use to the case
    ],
)
def test_a_term_of_the_organization_that_the_case_uses_and_that_changed(
    case: str, edit: tuple[str, str], listed: list[str], tmp_path: Path
) -> None:
    old, new = versions(tmp_path, case, [])
    organization = new.parents[1] / "organization.yaml"
    organization.write_text(edited(organization.read_text(encoding="utf-8"), *edit), encoding="utf-8")
    assert listing(old, new) == (["用語", *listed] if listed else ["違いはありません。"])


def test_a_term_renamed_in_the_organization_is_one_change(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "02", [("｛区｝", "｛本区｝")])
    organization = new.parents[1] / "organization.yaml"
    organization.write_text(
        edited(organization.read_text(encoding="utf-8"), "  区: 江戸川区\n", "  本区: 江戸川区\n"), encoding="utf-8"
    )
    assert listing(old, new) == ["用語", "改称  {+本+}区：江戸川区"]
