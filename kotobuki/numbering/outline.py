"""A draft paper laid flat, every item, note and target labelled.

In: a `DraftPaper` and the names. Out: `Flat` blocks in print order, by the scope of their terms, and the targets of
references. Rule: sections with a heading count through (conventions A7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from kotobuki.diagnostics import Diagnostics
from kotobuki.numbering import targets
from kotobuki.numbering.annexes import Annexes
from kotobuki.numbering.book import Book
from kotobuki.numbering.context import Context
from kotobuki.numbering.draft import DraftAnnexes, DraftPaper, DraftParagraph, DraftSection, Names
from kotobuki.numbering.flat import Flat, FlatParagraph, Scoped
from kotobuki.numbering.flattening import Flattener
from kotobuki.numbering.targets import TargetMark
from kotobuki.roles import BODY, SECTION_BODY, SECTION_HEADING, RoleFamily


class Outline:
    """Flattens one paper. `parts`, `targets` and `scopes` (the names of each scope of terms, see `Book`) are the result."""

    def __init__(self, paper: DraftPaper, names: Names, diagnostics: Diagnostics) -> None:
        self._book = Book(names, diagnostics)
        self._flattener = Flattener(self._book)
        self.targets, self.scopes = self._book.targets, self._book.scopes
        self.annexes = Annexes(self._book, self._flattener, paper.annexes)
        self.parts = tuple(self._paper(paper))

    def _paper(self, paper: DraftPaper) -> Iterator[Scoped]:
        flat: list[Flat] = []
        number = 0
        for block in paper.blocks:
            match block:
                case DraftParagraph():
                    flat.append(FlatParagraph(role=block.role, inlines=block.inlines, defines=block.defines))
                case DraftSection():
                    number += bool(block.heading)
                    flat += self._section(block, number)
                case DraftAnnexes():
                    yield Scoped(tuple(flat))
                    flat = []
                    yield from self.annexes.parts()
                case _:
                    assert_never(block)
        yield Scoped(tuple(flat))

    def _section(self, section: DraftSection, number: int) -> Sequence[Flat]:
        book, flattener = self._book, self._flattener
        context = Context(
            family=RoleFamily.TEXT,
            level=2,
            role=SECTION_BODY,
            labels=book.style.labels,
            inside=SECTION_BODY.style,
            notes=section.notes,
        )
        if not section.heading and not number:  # no section above: the words of the paper itself, as of a letter
            context = Context(family=RoleFamily.TEXT, level=1, role=BODY, labels=book.style.labels, notes=section.notes)
        if not section.heading:
            return flattener.noted(flattener.content(section.content, context, ()), context)
        label, tab = book.label(book.style.labels[0], number, section.place)
        called = book.heading(section.heading, section.place, section.names)
        target = book.add(targets.section(called, TargetMark(label, number)))
        heading = FlatParagraph(
            role=SECTION_HEADING,
            inlines=section.heading,
            label=label,
            tab=tab,
            heading=1,
            keep_next=True,
            defines=False,
            owner=target,
        )
        return flattener.noted([heading, *flattener.content(section.content, context, (target,))], context)
