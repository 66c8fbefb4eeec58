"""Two versions of a paragraph in, its pieces out: the words, labels and figures that are kept, inserted and deleted.

A label changes as a whole. So does what has a width, a blank or a link of its own, and a page number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from kotobuki.compare.words import Word, stretches, words_of
from kotobuki.document import Enclosed, Figure, Inline, Paragraph, Piece, Revision, Run

OwnLine = Paragraph | Figure | None
"""What stands on a line of its own; None = a line of 1 pt."""


def whole(line: OwnLine, revision: Revision) -> tuple[Piece, ...]:
    """All that stands in a line, as one version alone has it."""
    match line:
        case None:
            return ()
        case Figure():
            return (Piece(revision, figure=line),)
        case Paragraph():
            words = (Piece(revision, line.inlines),) if line.inlines else ()
            label = (Piece(revision, label=line.label, tab=line.tab),) if line.label or line.tab else ()
            return (*label, *words)
        case _:
            assert_never(line)


def pieces(old: OwnLine, new: OwnLine) -> tuple[Piece, ...]:
    """All that stands in a line, in both versions."""
    if not isinstance(old, Paragraph) or not isinstance(new, Paragraph):
        return whole(new, "") if old == new else (*whole(old, "deleted"), *whole(new, "inserted"))
    before, after = replace(old, inlines=()), replace(new, inlines=())
    if (old.label, old.tab) == (new.label, new.tab):
        labels = whole(after, "")
    else:
        labels = (*whole(before, "deleted"), *whole(after, "inserted"))
    return (*labels, *_words(old, new))


def _words(old: Paragraph, new: Paragraph) -> Iterator[Piece]:
    same_look = old.role == new.role or not any(map(_is_measured, (*old.inlines, *new.inlines)))
    if old.inlines == new.inlines and same_look:
        yield from (Piece("", new.inlines),) if new.inlines else ()
        return
    if not same_look or any(isinstance(each, Enclosed) for each in (*old.inlines, *new.inlines)):
        yield from whole(replace(old, label="", tab=False), "deleted")
        yield from whole(replace(new, label="", tab=False), "inserted")
        return
    before, after = _Cutter(old.inlines), _Cutter(new.inlines)
    for stretch in stretches(_keyed(old.inlines), _keyed(new.inlines)):
        gone, come = before.next(len(stretch.old)), after.next(len(stretch.new))
        if stretch.same:
            yield Piece("", come)
            continue
        yield from (Piece("deleted", gone),) if gone else ()
        yield from (Piece("inserted", come),) if come else ()


def _is_measured(inline: Inline) -> bool:
    """Whether the size of the type around it decides on its widths and blanks."""
    return isinstance(inline, Enclosed) or (
        isinstance(inline, Run) and (inline.fit_em is not None or inline.gap_em != 0)
    )


def _keyed(inlines: Sequence[Inline]) -> list[Word]:
    """The words; a link, a page number and what has a width or blank of its own are one word, equal only to its like."""
    found: list[Word] = []
    for inline in inlines:
        if isinstance(inline, Run) and not inline.link and not _is_measured(inline):
            found += words_of(inline.text)
        elif inline.text:
            found.append(Word(inline.text, f"\0{inline!r}"))
    return found


class _Cutter:
    """Takes inlines off a row, as many characters as are asked for."""

    def __init__(self, inlines: Sequence[Inline]) -> None:
        self._left = [each for each in inlines if each.text]

    def next(self, size: int) -> tuple[Inline, ...]:
        """The inlines of the next `size` characters, in the middle of which only runs may end."""
        found: list[Inline] = []
        while size:
            first = self._left.pop(0)
            if isinstance(first, Run) and len(first.text) > size:
                self._left.insert(0, replace(first, text=first.text[size:], at=()))
                first = replace(first, text=first.text[:size], at=())
            found.append(first)
            size -= len(first.text)
        return tuple(found)
