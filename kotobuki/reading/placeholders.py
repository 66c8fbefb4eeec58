"""｛記入：何を書くか｝: what is still to be written, wherever text or the value of a key may stand.

In: nodes. Out: `Placeholder`s. A build prints them and marks its papers 案; a final one refuses each of them. Readers of
what is not text (a department, a date, a provision) ask `placeholder_of` first and take what they find for open.
"""

from __future__ import annotations

import re
from dataclasses import field

from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.nodes import Node, Scalar

SIGN = "記入"
PRINTED = f"【{SIGN}"
"""How every placeholder begins on paper."""
_ALONE = re.compile(rf"\s*｛\s*{SIGN}\s*(?:：([^｛｝\n]*))?｝\s*")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Room for words. `what` says which; "" = it is not said."""

    what: str
    place: Place = field(default=Place(""), compare=False)

    @property
    def text(self) -> str:
        """As printed: 【記入：件名】."""
        return f"{PRINTED}：{self.what}】" if self.what else f"{PRINTED}】"

    @property
    def source(self) -> str:
        """As written: ｛記入：件名｝."""
        return f"｛{SIGN}：{self.what}｝" if self.what else f"｛{SIGN}｝"


def is_placeholder(body: str) -> bool:
    """Whether the words between ｛ and ｝ make a placeholder."""
    return body.partition("：")[0].rstrip() == SIGN


def placeholder_of(node: Node | None) -> Placeholder | None:
    """The placeholder that is all there is in the place of a value."""
    match = _ALONE.fullmatch(node.value) if isinstance(node, Scalar) else None
    return Placeholder((match[1] or "").strip(), node.place()) if match and isinstance(node, Scalar) else None
