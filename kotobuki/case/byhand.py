"""What Kotobuki prints by itself, typed by hand: numbers at the head of a text, and （以下「…」という。）.

In: a text as authored. Out: warnings, for such words may be meant as they stand (a quotation). Rule: labels are computed
from the place of an item, brackets from the first use of a term; typed ones do not follow when something moves.
"""

from __future__ import annotations

import re

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.nodes import Scalar

_COUNTER = "(?:[0-9０-９]{1,2}|[ア-ンｱ-ﾝ]|[a-zａ-ｚ])"
_LABEL = re.compile(
    rf"^(?:[（(]{_COUNTER}[）)]|[０-９]{{1,2}}[　．.]|[0-9]{{1,2}}　|[ア-ン]　|[①-⑳]|※(?![→｝])|・)",
    re.MULTILINE,
)
_DEFINED = re.compile("(?<!＝)（以下「[^」]*」という。[^）]*）")


def check_by_hand(scalar: Scalar, diagnostics: Diagnostics) -> None:
    """Warn of labels at the head of each paragraph, and of definitions."""
    for match in _LABEL.finditer(scalar.value):
        diagnostics.warning(
            scalar.place(match.start()),
            "label-by-hand",
            f"文の頭の「{match.group().rstrip('　')}」は、そのまま印字され、番号が動いても変わりません",
            "番号や印は書かず、項目は「- 」の一覧に、注は「- ｛※｝:」に、中点は「- ｛・｝:」に書いてください。"
            f"このまま印字するなら｛＝{match.group().rstrip('　')}｝と書いてください",
        )
    for match in _DEFINED.finditer(scalar.value):
        diagnostics.warning(
            scalar.place(match.start()),
            "definition-by-hand",
            f"「{match.group()}」は自動で付くものなので、ほかの文とそろわなくなることがあります",
            "案件の「用語」に略称と正式な名称を書き、文中には｛略称｝と書いてください。このまま印字するなら｛＝（以下…）｝と書いてください",
        )
