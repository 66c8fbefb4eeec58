"""What readers of values share: how a value is asked for, and what is said of one that is of another type.

In: nodes, and the name of what is asked for. Out: the node, if it is of the wanted type; diagnostics.
"""

from __future__ import annotations

from typing import TypeVar

from kotobuki.diagnostics import Diagnostics, Guess, guess
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import nodes
from kotobuki.reading.mistakes import mistyped_key
from kotobuki.reading.nodes import Node, Scalar

_N = TypeVar("_N", nodes.Scalar, nodes.Sequence, nodes.Mapping)
_WRITTEN: dict[type[Node], str] = {
    nodes.Scalar: "文",
    nodes.Sequence: "一覧（- …）",
    nodes.Mapping: "項目の組（キー: 値）",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """How a value is asked for: what users call it (its key), whether it must be there, and how one is written."""

    name: str
    required: bool = False
    example: str = ""


def of_type(wanted: type[_N], node: Node, name: str, diagnostics: Diagnostics, where: str = "") -> _N | None:
    """The node if it is of the wanted type; else None, and a report that calls it `name`, `where` behind it."""
    if isinstance(node, wanted):
        return node
    mistyped = mistyped_key(node.value, node.place()) if isinstance(node, Scalar) and wanted is nodes.Mapping else None
    if mistyped:
        diagnostics.error(*mistyped)
        return None
    reason = f"「{name}」{where}には{_WRITTEN[wanted]}を書きます。ここにあるのは{_WRITTEN[type(node)]}です"
    diagnostics.error(node.place(), "wrong-type", reason, _how_to_write(name, node, wanted))
    return None


def is_blank(node: Node) -> bool:
    """Whether nothing is written there: nothing or blanks, even in quotes."""
    return isinstance(node, Scalar) and not node.value.strip()


def _how_to_write(name: str, found: Node, wanted: type[Node]) -> str:
    if wanted is nodes.Sequence:
        return f"「{name}:」の次の行から、字下げして「- …」と一つずつ書いてください"
    if wanted is nodes.Mapping:
        return f"「{name}:」の次の行から、字下げして「キー: 値」と書いてください"
    if isinstance(found, nodes.Mapping) and all(is_blank(value) for _, value in found.entries):
        return "｛条例｝などの印は、半角の「{ }」ではなく全角の「｛ ｝」で書いてください"
    return f"「{name}: …」のように、文を書いてください"


def suggestion(word: str, known: list[str], opening: str) -> Guess:
    """What may have been meant, and what is known, as a remedy; and the fix that goes with it."""
    hint, fix = guess(word, known)
    listed = f"{opening}{'、'.join(f'「{each}」' for each in known)}です"
    return Guess(f"{hint}{listed}" if known else "この行を消してください", fix)


def shortened(text: str) -> str:
    """A text that is quoted in a message."""
    return text if len(text) <= 30 else text[:30] + "…"
