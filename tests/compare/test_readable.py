"""A case as git shows it: by item and sentence, whatever its layout."""

from __future__ import annotations

import pytest

from kotobuki.compare.readable import readable

TEXT = """\
# 見本
様式: 外部委託
依頼: {番号: 82, 日付: 2022-05-06}
諮問理由: >-
  ｛区｝が業務を委託することは、
  条例に該当する。そこで
  （次のとおりとする。）諮問する。

  次の段落
業務:
  - 受付: 参加者から受け付ける。
  - 'その他':
      - 質問に答える。
      - 一つ目。二つ目。
  - ｛表｝: {列: [甲, 乙]}
"""
READABLE = """\
様式: 外部委託
依頼:
  番号: 82
  日付: 2022-05-06
諮問理由: ｛区｝が業務を委託することは、条例に該当する。
  そこで（次のとおりとする。）
  諮問する。

  次の段落
業務:
  - 受付: 参加者から受け付ける。
  - その他:
      - 質問に答える。
      - 一つ目。
        二つ目。
  - ｛表｝:
      列:
        - 甲
        - 乙
"""


def test_a_file_reads_by_item_and_sentence() -> None:
    assert readable(TEXT.encode()).replace("  \n", "\n") == READABLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("依頼: {番号: 82, 日付: 2022-05-06}", "依頼:\n  番号: '82'\n  日付: 2022-05-06  # 済"),
        ("  条例に該当する。そこで\n", "  条例に\n  該当する。\n  そこで\n"),
        ("# 見本\n", ""),
    ],
)
def test_looks_make_no_difference(old: str, new: str) -> None:
    assert readable(TEXT.replace(old, new).encode()) == readable(TEXT.encode())


@pytest.mark.parametrize("text", ["", "a: [\n", "件名: a\n件名: b\n", "漢字".encode("shift_jis").decode("latin-1")])
def test_what_is_no_yaml_comes_out_as_it_is(text: str) -> None:
    assert readable(text.encode()) == text


def test_bytes_of_another_encoding_do_not_stop_it() -> None:
    assert readable("件名: 見本".encode("shift_jis"))
