"""Terms within terms, bounded: what a full name may grow to when the names in it are printed in full.

In: terms by name. Out: the same, those that go too far cut to their own name, after a diagnostic at each. Rule: at most
`MAX_LENGTH` characters and `MAX_DEPTH` terms within each other; so that every later stage ends. Terms that name themselves
are told where they are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kotobuki.case.inlines import Inlines, Name, Note, Spread, Text
from kotobuki.diagnostics import Diagnostics

if TYPE_CHECKING:  # which reads its terms through this module
    from kotobuki.case.organization import Term

MAX_DEPTH = 20
MAX_LENGTH = 2000


def bounded(terms: Mapping[str, Term], diagnostics: Diagnostics) -> dict[str, Term]:
    """The terms, each of which has an end."""
    found = dict(terms)
    sizes: dict[str, tuple[int, int]] = {}  # length and depth of each full name
    for name in _inner_first(terms):
        term = terms[name]
        inner = [sizes.get(each, (0, 0)) for each in _names(term.full)]
        length = sum(map(len, _words(term.full))) + sum(length for length, _ in inner)
        depth = 1 + max((depth for _, depth in inner), default=0)
        fault = f"{MAX_LENGTH}字を超えます" if length > MAX_LENGTH else ""
        fault = f"{MAX_DEPTH}段を超えて入れ子になります" if depth > MAX_DEPTH else fault
        if fault:
            diagnostics.error(
                term.place,
                "term-too-long",
                f"用語「{name}」は、その中の用語を正式な名称にすると{fault}",
                "正式な名称の中の用語の印を減らしてください",
            )
            found[name], length, depth = replace(term, full=(Text(name),)), len(name), 1
        sizes[name] = length, depth
    return found


def _inner_first(terms: Mapping[str, Term]) -> Iterator[str]:
    """The names, each behind those that its full name names (a circle is broken somewhere)."""
    seen: set[str] = set()
    waiting = [(name, False) for name in terms]
    while waiting:
        name, is_left = waiting.pop()
        if is_left:
            yield name
        elif name not in seen and name in terms:
            seen.add(name)
            waiting += [(name, True), *((each, False) for each in _names(terms[name].full))]


def _names(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Name):
            yield inline.name
        elif isinstance(inline, Note | Spread):
            yield from _names(inline.inlines)


def _words(inlines: Inlines) -> Iterator[str]:
    return (inline.text for inline in inlines if isinstance(inline, Text))
