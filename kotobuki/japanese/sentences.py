"""What is a sentence and what a phrase, by how it ends.

In: words. Out: whether they are a sentence. Rule (公用文作成の考え方, Ⅰ－３): a sentence ends with 。; a remark on all of it
stands behind that, in brackets.
"""

from __future__ import annotations


def is_sentence(text: str) -> bool:
    """Whether words end as a sentence: 次の業務を行う。 and 次の業務を行う。（詳細は別紙） do, 区の指定する場所（屋内に限る。） does not."""
    rest = text.rstrip()
    while rest.endswith("）"):
        rest = _without_bracket(rest)
    return rest.endswith("。")


def _without_bracket(text: str) -> str:
    """What stands before the bracket that ends a text, which may hold others; nothing if it was never opened."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {"）": 1, "（": -1}.get(text[at], 0)
        if depth == 0:
            return text[:at].rstrip()
    return ""
