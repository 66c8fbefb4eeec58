"""A file put into the canonical layout (`kotobuki fmt`), saying the same as before.

In: the bytes of a file without errors, what kind of file it is, and how it is read. Out: its bytes in order. The order of
keys and the width of digits are changed only where the file still means the same: both are read, and compared as values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.digits import blind, narrow_digits
from kotobuki.manuscript.order import order_case, order_keys, set_apart
from kotobuki.manuscript.parse import parse
from kotobuki.manuscript.tree import Tree, comments_of
from kotobuki.manuscript.writing import write
from kotobuki.reading import source
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.parse import sound_node
from kotobuki.settings.form import Form

Meaning = Callable[[Node, Diagnostics], object]
"""What a file's node says, as a value to compare; its faults are diagnostics."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is. `form`: of a case; else `keys`: in their order. `known_keys`: as for `read_text`."""

    meaning: Meaning
    form: Form | None = None
    keys: tuple[str, ...] = ()
    known_keys: tuple[str, ...] = ()


def tidy(data: bytes, kind: FileKind) -> bytes | None:
    """The bytes in the canonical layout; None where that cannot be had without changing what the file says.

    `data` must have been read without error, as a mapping.
    """
    lines = source.sound_lines(data)
    for digits, reorder in ((True, True), (True, False), (False, True), (False, False)):
        tree = parse(lines)
        comments = comments_of(tree)
        _change(tree, kind, digits, reorder)
        found = "".join(f"{line}\n" for line in write(tree, kind.known_keys)).encode()
        if found == data:
            return found
        before = sound_node(data, kind.known_keys)
        after = sound_node(found, kind.known_keys)
        again = parse(tuple(found.decode().split("\n"))) if after else None
        if after and again and before and comments_of(again) == comments and _same(before, after, kind, digits):
            return found
    return None


def _change(tree: Tree, kind: FileKind, digits: bool, reorder: bool) -> None:
    """What is changed besides the layout."""
    if kind.form and digits:
        narrow_digits(tree)
    if kind.form and reorder:
        order_case(tree, kind.form)
    elif reorder:
        order_keys(tree, kind.keys)
    if kind.form:
        set_apart(tree)


def _same(before: Node, after: Node, kind: FileKind, digits: bool) -> bool:
    """Whether both say the same, as texts and as what they mean; `digits`: but for the width of those."""
    if _content(before, digits) != _content(after, digits):
        return False
    one, other = (kind.meaning(node, Diagnostics()) for node in (before, after))
    return blind(one) == blind(other) if digits else one == other


def _content(node: Node, digits: bool) -> object:
    """A node as plain values, the keys of mappings in any order."""
    match node:
        case Scalar():
            return to_half(node.value) if digits else node.value
        case Sequence():
            return [_content(item, digits) for item in node.items]
        case Mapping():
            return {key.value: _content(value, digits) for key, value in node.entries}
        case _:
            assert_never(node)
