"""A number that YAML takes apart: within { } and [ ] a comma ends an entry, and 約49,000件 becomes 約49 and 000件.

In: a tree. Out: `Mistake`s at what was cut off. Rule: three digits and a word right behind such a comma, or a word and at
most three digits right before it, are one number; and so are digits alone, if those behind begin with 0 ([1,000]) or
would be a key ({件数: 1,234}). Of others nobody can tell ([100,200]).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading.mistakes import Mistake
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence, all_nodes

_COMMA = re.compile("[0-9],[0-9]{3}")
_BEFORE = lazy_pattern(r"(?:^|.*[^0-9.])[0-9]{1,3}$", re.DOTALL)
_BEHIND = lazy_pattern(r"[0-9]{3}(?![0-9])")


def may_be_split(lines: Iterable[str]) -> bool:
    """Whether it is worth looking: most files have no such comma anywhere."""
    return _COMMA.search("\n".join(lines)) is not None


def split_numbers(root: Node) -> Iterator[Mistake]:
    """Every number in the tree that was cut at its commas."""
    for node in all_nodes(root):
        number: list[Scalar] = []
        for piece in (*_pieces(node), None):
            if number and piece and _is_one_number(number, piece, in_list=isinstance(node, Sequence)):
                number.append(piece)
                continue
            if len(number) > 1:
                yield _mistake(number)
            number = [piece] if piece else []


def _pieces(node: Node) -> Iterator[Scalar | None]:
    """What may stand on either side of a comma: the texts of a list, or the keys and values of a mapping."""
    if isinstance(node, Sequence):
        for item in node.items:
            last = item.entries[-1][1] if isinstance(item, Mapping) and item.entries else item  # [2022-05: 約49,000件]
            yield last if isinstance(last, Scalar) else None
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            if not isinstance(value, Scalar):
                yield None
            elif value.value:
                yield value


def _is_one_number(number: list[Scalar], behind: Scalar, *, in_list: bool) -> bool:
    before = number[-1]
    first, second = before.place(), behind.place()
    touch = first.line == second.line and first.column + len(before.value) + 1 == second.column
    digits_alone = len(number) == 1 and before.value.isdigit() and behind.value.isdigit()
    unclear = digits_alone and in_list and not behind.value.startswith("0")
    found = _BEFORE.match(before.value) and _BEHIND.match(behind.value)
    return bool(touch and found and not unclear and not (before.quoted or behind.quoted))


def _mistake(number: list[Scalar]) -> Mistake:
    whole = ",".join(piece.value for piece in number)
    return Mistake(
        number[1].place(),
        "comma-in-number",
        f"「{whole}」が、半角の「,」の所で分かれます",
        f"一つの数であれば「'{whole}'」と囲んでください。別々のものであれば、「, 」と後ろに空白を入れてください",
    )
