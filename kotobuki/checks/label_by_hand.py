"""label-by-hand (注意): a number or sign typed at the head of a text.

Flags （１）, ア, ①, ※, ・ and their like where a paragraph, heading or item begins with one. Numbers are computed from the
place of an item: one that is typed is printed besides, and does not follow when something moves. It may be meant as it
stands (a quotation), and so it is a warning.

Flagged::

    内容:
      - （１）氏名
      - （２）住所

Use instead::

    内容:
      - 氏名
      - 住所

To print it as it stands: ｛＝（１）｝氏名.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.reading.nodes import Scalar

_COUNTER = "(?:[0-9０-９]{1,2}|[ア-ンｱ-ﾝ]|[a-zａ-ｚ])"
_LABEL = re.compile(rf"[（(]{_COUNTER}[）)]|[０-９]{{1,2}}[　．.]|[0-9]{{1,2}}　|[ア-ン]　|[①-⑳]|※(?![→｝])|・")


def check(text: Scalar) -> Iterator[Diagnostic]:
    """One at the head of each paragraph of a text."""
    start = 0
    for paragraph in text.value.split("\n"):
        at, start = start, start + len(paragraph) + 1
        match = _LABEL.match(paragraph)
        if match is None:
            continue
        label = match.group().rstrip("　")
        yield Diagnostic(
            place=text.place(at),
            reason=f"文の頭の「{label}」は、そのまま印字され、番号が動いても変わりません",
            remedy="番号や印は書かず、項目は「- 」の一覧に、注は「- ｛※｝:」に、中点は「- ｛・｝:」に書いてください。"
            f"このまま印字するなら｛＝{label}｝と書いてください",
            rule="label-by-hand",
            severity="warning",
        )
