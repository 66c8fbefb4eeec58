"""definition-by-hand (注意): （以下「…」という。） typed in a text.

The bracket is printed by itself where a term is first used, if it is used again. A typed one stays where it is when the
first use moves, and is worded as its author pleased. It may be a quotation, and so it is a warning.

Flagged::

    内容: みなと市個人情報保護条例（以下「条例」という。）に基づき…

Use instead::

    用語:
      条例: みなと市個人情報保護条例
    内容: ｛条例｝に基づき…

To print it as it stands: ｛＝（以下「条例」という。）｝.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostic
from kotobuki.reading.nodes import Scalar

_DEFINED = re.compile("（(?<!＝（)以下「[^」]*」という。[^）]*）")  # what it begins with is looked for fast


def check(text: Scalar) -> Iterator[Diagnostic]:
    """Each definition in a text."""
    for match in _DEFINED.finditer(text.value):
        yield Diagnostic(
            place=text.place(match.start()),
            reason=f"「{match.group()}」は自動で付くものなので、ほかの文とそろわなくなることがあります",
            remedy="案件の「用語」に略称と正式な名称を書き、文中には｛略称｝と書いてください。このまま印字するなら｛＝（以下…）｝と書いてください",
            rule="definition-by-hand",
            severity="warning",
        )
