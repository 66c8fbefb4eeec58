"""personal-item-comma (注意): several items of personal data in one entry.

Flags a 、 outside brackets in an entry of 個人情報の項目. The items are joined by 、 and 及び when they are printed: an
entry that is a list by itself has its 及び in the wrong place.

Flagged::

    - ｛個人情報｝: {項目: [氏名、住所, 障害（手話、車椅子）]}

Use instead::

    - ｛個人情報｝: {項目: [氏名, 住所, 障害（手話、車椅子）]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.reading.nodes import Scalar

_BRACKETED = re.compile("（[^（）]*）|「[^「」]*」|｛[^｛｝]*｝")


def check(item: Scalar) -> Iterator[Diagnostic]:
    """The first 、 of an entry."""
    outside = _BRACKETED.sub(lambda found: "□" * len(found.group()), item.value)
    if "、" in outside:
        yield Diagnostic(
            place=item.place(outside.index("、")),
            reason="一つの項目の中に「、」があります",
            remedy="一つずつ、半角の「,」で区切るか、行を分けて書いてください（読点と及びは自動で付きます）",
            rule="personal-item-comma",
            severity="warning",
        )
