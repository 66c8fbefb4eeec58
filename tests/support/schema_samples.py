"""Schemas for tests: YAML as a language server sees it, and what a validator says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jsonschema import Draft7Validator
from support.samples import FORM, ORGANIZATION, city, edited, kind

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.parse import read_text
from kotobuki.schema.files import schemas

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def typed(node: Node) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """A node as a language server types it: by the core schema of YAML 1.2."""
    match node:
        case Sequence():
            return [typed(each) for each in node.items]
        case Mapping():
            return {key.value: typed(value) for key, value in node.entries}
        case Scalar(value=text, quoted=True):
            return text
        case Scalar(value=text):
            if _NULL.fullmatch(text):
                return None
            if _INTEGER.fullmatch(text):
                return int(text) if len(text) < 4000 else 0
            if _FLOAT.fullmatch(text):
                return float(text)
            return _BOOLEAN.get(text, text)


def instance(text: str) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """A YAML text as a language server types it; None if it is no YAML."""
    node = read_text(text.encode(), "案件.yaml", Diagnostics())
    return None if node is None else typed(node)


@cache
def validator(name: str, organization: str = ORGANIZATION, form: str = FORM) -> Draft7Validator:
    """The validator of a schema of the small city: organization, meeting, case or case-試験."""
    return Draft7Validator(schemas(city(organization), [kind(form)])[name])


def flagged(text: str, check: Draft7Validator) -> list[str]:
    """Where and what the validator flags, the innermost faults, in the order of the schema."""
    return [
        f"{'／'.join(map(str, each.absolute_path))}: {each.message[:200]}"
        for each in _leaves(check.iter_errors(instance(text)))
    ]


def _leaves(errors: Iterable[Any]) -> Iterable[Any]:
    for each in errors:
        yield from _leaves(each.context) if each.context else [each]


FULL_ORGANIZATION = f"""\
{ORGANIZATION}\
  番号法: {{正式: 番号の利用に関する法律, 法令番号: 平成25年法律第27号, 括弧: 以下「番号法」という。, 略称: 番号法}}
表記:
  数字: {{一桁: 全角, 二桁以上: 半角}}
  項目番号: [１, （１）, ア, （ｱ）]
  文書番号: ｛元号｝｛年｝｛記号｝送第｛番号｝号｛枝番｝
  文書番号の年: 和暦
  敬称: 様
  書体: ＭＳ 明朝
  写しの標示: （写）
  言い換え: {{諮問: 付議}}
  新旧対照表: {{新: 改正後, 旧: 改正前, 左: 新, 新設: なし, 削る: （削る）, 略: （略）, 備考: いいえ}}
  別紙の標示: 別紙
  別添の標示: 別添
  別紙の括弧: 【】
  規程: {{条の数字: 全角, 号: [（１）, ア], 引用: 近称, 別表: 別表第１, 様式: 様式第１号, 別紙: 別紙１}}
  行見出しの再掲: 続き
  禁則: 厳格
  詰め: yes
"""
FULL_MEETING = """\
会議体: 審査会
年度: 2022
回: １
諮問: {番号: 80, 枝番: ２, 記号: 総総, 日付: 令和４年５月１１日}
議案: {2: 案件.yaml, ３: 欠番}
日時: 2022-05-18 14:00
場所: 庁舎
資料: {通し番号: 資料｛番号｝, 白紙: はい, 両面: いいえ, 枝番: no}
"""
FULL_CASE = """\
様式: 試験
件名: 見本の業務について
主管課: [総務部総務課, 福祉局介護課]
根拠: {条例: [第14条第3項, 第４項], 規則: 附則第2項}
依頼: {番号: 82, 枝番: 2, 記号: 総総, 日付: 2022-05-06, 発信者: 副市長, 宛先: 市長}
会議体: 審査会
用語: {業者: {正式: 受託する者, 法令番号: 第1号, 括弧: 以下「業者」という。, 略称: 業者}, 甲: 乙}
組版: {詰め: true}
別紙:
  - {題名: 一覧, 識別: 表, 向き: 横, 添付省略: いいえ, 内容: [甲]}
  - {題名: 見積書, 添付省略: はい}
  - 規程:
      題名: 規程
      制定: 平成15年9月21日
      改正: [2012-04-01, '令和4年?月?日']
      用語: {管理者: 管理する者}
      本則:
        - ｛章｝総則:
            - 目的: 本文
            - ｛節｝通則:
                - 定義: [次による。, ｛号｝: [甲｛同行｝: 乙]]
                - ｛枝｝細則: [文: [号, 号]]
                - 削除
      附則: [この規程は、令和4年7月1日から施行する。, 経過: 文]
      別表: [{題名: 権限, 識別: 権, 内容: [甲], 向き: 縦}]
      様式: [{題名: 届, 添付省略: はい}]
      別紙: [{題名: 図面, 内容: 甲}]
別添: [{題名: 評価書, 識別: 評, ファイル: 付録/hyoka.pdf}]
理由: 委託するため
｛目的｝狙い:
  - ｛文｝: 文
  - ｛※｝: 注
  - ｛※名｝: 注
  - ｛注｝: 注
  - ｛①｝: [甲, 乙: 丙]
  - ｛◎｝: [甲]
  - ｛値｝: {電話: 03-1111-2222}
  - ｛体制｝: {責任者: 課長}
  - ｛個人情報｝: {項目: [氏名, 住所], 件数: 100}
  - ｛事業者｝:
      - {法人名: 甲社, 代表者: 乙, 所在地: 1番, 認証: 済み}
      - {共同事業体: 丙, 代表企業: {法人名: 丁}, 構成企業: [{法人名: 戊}]}
  - ｛表｝:
      題名: 件数
      列: [[区分, 件数, ｛←｝], [｛↑｝, 前年, 今年]]
      列幅: [8, 比2, 0]
      見出し列: 1
      番号: [1.]
      再掲: 続き
      文字: 小
      行: [甲: [1, ''], 乙: ['1,000件', 3]]
  - ｛画像｝: {ファイル: 図.pdf, 説明: 図, 幅: 30, ページ: 2}
  - ｛図｝:
      種類: システム図
      説明: 図
      区画: {区: [端末: {文: 甲, 内容: [甲, 乙], 破線: はい, 段: 1}], 国: [サーバ]}
      囲み: {守る: [端末]}
      矢印: [端末 → サーバ: {文: 送る, 線: 破線, 番号: はい}, サーバ ⇔ 端末]
  - ｛図｝:
      種類: スキーム図
      説明: 図
      当事者: [区: {列: 1, 段: 1, 破線: いいえ, 文: 甲, 内容: 乙}, 団体: {列: 2}]
      矢印: [区 → 団体: {線: 金銭}]
  - ｛図｝:
      種類: 流れ図
      説明: 図
      レーン: [甲, 乙]
      手順:
        - 申請: {形: 開始, レーン: 甲, 文: 出す, 内容: [急ぐ], 段: 1, 次: 確認}
        - 確認: {分岐: {ある: 補正, ない: 決定}}
        - 補正: {次: 確認}
        - 決定: {形: 終了}
  - ｛図｝: {種類: 新旧, 説明: 図, 対比: [予約: {現行: 甲, 変更後: [乙, 丙], 備考: 丁}, {現行: 甲, 変更後: 乙}]}
  - ｛図｝: {種類: 新旧, 説明: 図, 見出し: [前, 後], 対比: [予約: {前: 甲, 後: 乙}, {前: 甲, 後: 乙, 備考: 丙}]}
時期: [｛年｝: 毎行, 2022-05: 甲, 令和4年 6月以降: [乙, 丙], 2022-07～2022-09: 丁, 2022年度: 戊, 未定: 己]
業務:
  概要: [｛文｝: 文, 甲]
  体制: {責任者: 課長}
  情報: {項目: 氏名, 件数: 約1000件}
  予定: [2022-05: 開始]
  ｛追加｝ほか: 丙
  ｛順序｝: [体制]
｛追加｝周知: 広報
｛順序｝: [周知, 理由]
"""
LETTER = edited(
    edited(
        FORM, "様式: 試験", "様式: 手紙\n先頭: {根拠: なし, 依頼: なし, 発信: 必須, 会議体: なし}\n種別: [通知, 照会]"
    ),
    "節:\n",
    "自由な節: はい\n節:\n",
)
FULL_LETTER = """\
様式: 手紙
件名: 見本について
主管課: 総務部総務課
発信:
  {種別: 通知, 番号: 82, 枝番: 2, 記号: 総総, 日付: 2022-05-06, 発信者: 副市長, 敬称: 様, 公印省略: はい,
   来文: {文書番号: 4環第12号, 日付: 2022-05-02},
   宛先: [総務部長, {名称: みなと市, 職: 部長, 氏名: 海野 渚, 敬称: 殿}]}
理由: 委託するため
独自の見出し: 文
"""
"""Everything that the small city's files can say, for a case at least once each key of each record."""
