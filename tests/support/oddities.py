"""What nobody means to type into a case, and trees of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

ODDITIES = """~ [] {} -  ： : ｛ ｝ ｛→ ｛※ ｛＃ ｛｝ ｛同行｝ ｛件名｝ {a:b} [a,b] " ' & &a *a !x | >- # -1 nan 1e999 2022-13-45
<b>&amp; {{x}} {%if%} \u202e \x00 \ufeff 𠮷 葛\U000e0100 か\u3099 \U0001f600"""
ODD = [*ODDITIES.split(" "), "", "　", "\t", "\n\n", ": ", " #", "9" * 30, "あ" * 300, "a" * 300]
MARKS = """見出し 見出し｛同行｝ 2022-05 ｛追加｝甲 ｛順序｝ ｛文｝ ｛※｝ ｛※甲｝ ｛（１）｝ ｛ア｝ ｛①｝ ｛・｝ ｛値｝ ｛表｝ ｛日程｝ ｛体制｝
｛個人情報｝ ｛事業者｝ ｛様式の内容｝ ｛年｝ 項目 件数 行 列 列幅 法人名 共同事業体 代表企業 構成企業 番号 題名 ｛実施目的｝目的"""
KEYS = MARKS.split()
TEXTS = "文である。 ｛区｝の｛条例｝ ｛→実施目的｝｛→運用方法｝ 甲｛※乙｛条例｝｝丙 ｛※→甲｝ ｛＃甲｝乙 2022-05 1 第14条第3項"
TEXT = [*(each for each in ODD if each), *TEXTS.split()]
VALUES = st.recursive(
    st.sampled_from(TEXT) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=2),
    max_leaves=5,
)


def nodes(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  (whatever YAML holds)
    """Each node below a tree of dicts and lists, as (what holds it, its key or index)."""
    for key in tree if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from nodes(tree[key])
