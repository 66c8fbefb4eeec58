"""The annexes of a paper, marked, laid flat and bound in behind it (conventions A10).

In: draft annexes. Out: their targets, made before anything refers to them; and, where the paper binds them in, parts of
flat blocks: mark, title, content or regulation, each annex on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kotobuki.checks.subjects import AnnexInPaper
from kotobuki.document import Orientation
from kotobuki.numbering import targets
from kotobuki.numbering.book import Book
from kotobuki.numbering.context import Context
from kotobuki.numbering.draft import DraftAnnex
from kotobuki.numbering.flat import Flat, FlatParagraph, Scoped
from kotobuki.numbering.flattening import Flattener
from kotobuki.numbering.notes import apart
from kotobuki.numbering.regulations import RegulationOutline
from kotobuki.numbering.targets import Target, TargetHeading, TargetKind, TargetMark
from kotobuki.reading.inlines import Text, plain
from kotobuki.roles import ANNEX_MARK, ANNEX_TITLE, BODY, SPACED_ITEM, RoleFamily, within


class Annexes:
    """The annexes of one paper. `bound`: the paper has come to where they stand."""

    def __init__(self, book: Book, flattener: Flattener, annexes: Sequence[DraftAnnex]) -> None:
        self._book, self._flattener = book, flattener
        self.bound = False
        self._pairs: list[tuple[DraftAnnex, Target]] = []
        style = book.style
        for mark, is_existing in ((style.annex_mark, False), (style.existing_mark, True)):
            kind = [annex for annex in annexes if annex.existing == is_existing]
            for index, annex in enumerate(kind, 1):
                label = mark + ("" if len(kind) == 1 else style.digits.set_number(index))
                names = tuple(filter(None, (plain(annex.title), annex.anchor, label)))
                book.note_anchor(annex.anchor, annex.place)
                heading = TargetHeading(names, annex.title, annex.place)
                self._pairs.append((annex, book.add(targets.annex(heading, TargetMark(label, index)))))

    def parts(self) -> Iterator[Scoped]:
        """Every annex that is bound in, each by itself: a regulation has a scope of its own."""
        self.bound = True
        for annex, target in self._pairs:
            if annex.regulation:
                scope = self._book.scope_of(annex.regulation.terms)
                law = RegulationOutline(self._book, self._flattener, annex.regulation, target)
                yield Scoped((self._mark(annex, target), *law.blocks()), scope)
            elif annex.content:
                yield Scoped((self._mark(annex, target), *self._content(annex, target)))

    def held_against(self, cited: Iterable[Target]) -> Iterator[AnnexInPaper]:
        """The annexes, if the paper binds them in, held against what is cited in the paper and in themselves."""
        places = {target.place for target in cited if target.kind is TargetKind.ANNEX}
        for annex, target in self._pairs if self.bound else ():
            yield AnnexInPaper(target.label, plain(annex.title), target.place in places, annex.place)

    def _mark(self, annex: DraftAnnex, target: Target) -> FlatParagraph:
        before, after = annex.bracket or self._book.style.annex_bracket
        words = Text(before + target.label + after, verbatim=True, at=((0, annex.place),))
        page: Orientation = "landscape" if annex.landscape else "portrait"
        return FlatParagraph(role=ANNEX_MARK, inlines=(words,), keep_next=True, page=page, defines=False)

    def _content(self, annex: DraftAnnex, target: Target) -> Iterator[Flat]:
        yield FlatParagraph(
            role=ANNEX_TITLE, inlines=annex.title, heading=1, keep_next=True, defines=False, owner=target
        )
        context = Context(
            family=RoleFamily.TEXT,
            level=1,
            role=BODY,
            labels=self._book.style.labels,
            spaced=annex.spaced,
        )
        flat = self._flattener.content(annex.content, context, (target,))
        item = context.item_role(1)
        under = replace(context, inside=within(context.base, item.beneath) if item else context.inside)
        for part in apart(flat, (BODY, item, SPACED_ITEM)):
            is_item = isinstance(part[0], FlatParagraph) and part[0].role in (item, SPACED_ITEM)
            yield from self._flattener.noted(part, under if is_item else context)
