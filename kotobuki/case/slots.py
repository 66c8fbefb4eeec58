"""Keys that name sections and rows: which of the form's they mean, and the order in which they are printed.

In: a mapping of a case and the names its form has. Out: its entries matched with those, in the order of the paper. A key is
the form's name, ｛name｝heading to rename it, or ｛追加｝heading to add one (in a free form, 自由な節, the heading alone, unless
it is a name of the form mistyped); ｛順序｝ lists names in another order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as List
from typing import Protocol, TypeVar

from kotobuki.case.shapes import block_kind
from kotobuki.diagnostics import Diagnostics, Place, guess, mistyped, nearest
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines, inlines_of, parse_line, plain
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence

ORDER_KEY = "｛順序｝"
ADDED = "追加"
SLOT = re.compile(r"｛([^｝→※＃＝]+)｝(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SlotEntry:
    """A key of a case matched with its slot in the form; `heading` where the case gives its own."""

    slot: str
    heading: Inlines
    value: Node
    place: Place


def slot_name(key: str) -> str:
    """The name of the section or row that a key writes: its form's, or the heading of one that is added."""
    match = SLOT.match(key)
    if not match:
        return key
    heading = Scalar(match.group(2), "", ((0, 0, 0),))
    return plain(next(iter(inlines_of(heading)), ())) if match.group(1) == ADDED else match.group(1)


def in_order(written: List[str], slots: List[str]) -> list[str]:
    """The names of `slots`, in the form's order, with those written besides: each behind the one written before it."""
    sequence = list(slots)
    for index, name in enumerate(written):
        if name not in sequence:
            sequence.insert(_place_of_added(index, written, sequence), name)
    return sequence


def _place_of_added(index: int, written: List[str], sequence: list[str]) -> int:
    """Behind the one written before it; the first of all stands before the one written after it."""
    if index:
        return sequence.index(written[index - 1]) + 1
    return next((sequence.index(name) for name in written if name in sequence), len(sequence))


def misspelt(node: Mapping, known: list[str], *, free: bool = False) -> set[str]:
    """The `known` names that its unknown keys were meant to be: those are reported, and not missing besides."""
    slots = [SLOT.sub(r"\1", key.value) if "｝" in key.value else key.value for key, _ in node.entries]
    meant = mistyped if free else nearest
    return {close for slot in slots if slot not in known and (close := meant(slot, known))}


def matched(
    node: Mapping, slots: list[str], known: list[str], what: str, diagnostics: Diagnostics, *, free: bool = False
) -> tuple[list[SlotEntry], list[Scalar]]:
    """The entries of a mapping against the slots of the form, and the order asked for. `free`: other keys are headings."""
    entries, order = list[SlotEntry](), list[Scalar]()
    for key, value in node.entries:
        if key.value == ORDER_KEY:
            order = _order(key, value, what, diagnostics)
            continue
        slot, heading = _slot(key, diagnostics)
        own = slot not in known and slot != ADDED and block_kind(key.value) is None
        if free and own and not mistyped(slot, known):
            slot, heading = ADDED, parse_line(key, diagnostics)
        added = slot == ADDED
        name = plain(heading) if added else slot
        if not added and slot not in slots:
            _unknown(key, slot, known, what, diagnostics)
        elif any(entry.slot == name for entry in entries) or (added and name in slots):
            of_form = added and name in slots
            diagnostics.error(
                key.place(),
                "slot-twice",
                f"{what}「{name}」は様式にあります" if of_form else f"{what}「{name}」が二つあります",
                f"様式の{what}は「{name}: …」と、別の{what}は見出しを変えて「｛追加｝見出し: …」と書いてください",
            )
        else:
            entries.append(SlotEntry(name, heading, value, key.place()))
    return entries, order


def _order(key: Scalar, value: Node, what: str, diagnostics: Diagnostics) -> list[Scalar]:
    """The names that ｛順序｝ lists: ｛順序｝: [目的, 理由] puts these two first, in this order."""
    entries = value.items if isinstance(value, Sequence) else ()
    names = [each for each in entries if isinstance(each, Scalar)]
    if not entries or len(names) < len(entries):
        diagnostics.error(
            key.place(), "order-form", f"｛順序｝には{what}の名を並べます", f"例：{ORDER_KEY}: [{what}の名, {what}の名]"
        )
    return names


def _slot(key: Scalar, diagnostics: Diagnostics) -> tuple[str, Inlines]:
    match = SLOT.match(key.value)
    if not match:
        return key.value, ()
    start = match.start(2)
    heading = Scalar(
        match.group(2), key.path, tuple((o, p.line, p.column) for o, p in key.places(start, len(key.value)))
    )
    return match.group(1), parse_line(heading, diagnostics)


def _unknown(key: Scalar, slot: str, known: list[str], what: str, diagnostics: Diagnostics) -> None:
    if slot == "｛追加｝":
        remedy = f"「｛追加｝見出し: …」のように、足す{what}の見出しを書いてください"
        diagnostics.error(key.place(), "added-unnamed", "｛追加｝のあとに見出しがありません", remedy)
        return
    hint, fix = guess(slot, known)
    diagnostics.error(
        key.place(),
        "key-unknown",
        f"「{slot}」は、この様式の{what}にありません",
        f"{hint}様式にない{what}を足すときは「｛追加｝{slot}: …」と書いてください。使える名は {'・'.join(known)} です",
        fix,
    )


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


_Named = TypeVar("_Named", bound=_HasName)


def ordered(
    found: List[_Named], written: list[str], slots: list[str], order: list[Scalar], diagnostics: Diagnostics
) -> tuple[_Named, ...]:
    """By the form, an added one behind the one it is written after; or in the order that the case gives."""
    by_name = {each.name: each for each in found}
    sequence: list[str] = in_order(written, [name for name in slots if name in by_name])
    asked: dict[str, None] = {}
    for scalar in order:
        if scalar.value not in by_name:
            hint, fix = guess(scalar.value, list(by_name))
            reason, remedy = f"順序の「{scalar.value}」がありません", f"{hint}書いた節か行の名を並べてください"
            diagnostics.error(scalar.place(), "order-unknown", reason, remedy, fix)
        elif scalar.value in asked:
            reason = f"順序に「{scalar.value}」が二度書かれています"
            diagnostics.error(scalar.place(), "order-twice", reason, "どちらか一方を消してください")
        else:
            asked[scalar.value] = None
    return tuple(by_name[name] for name in (*asked, *(name for name in sequence if name not in asked)))
