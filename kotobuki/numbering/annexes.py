"""The annexes of a paper, marked, laid flat and bound in behind it (conventions A10).

In: draft annexes. Out: their targets, made before anything refers to them; and, where the paper binds them in, parts of
flat blocks: mark, title, content or regulation, each annex on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Orientation
from kotobuki.numbering.context import Context
from kotobuki.numbering.draft import DraftAnnex
from kotobuki.numbering.flat import Flat, FlatParagraph, Target
from kotobuki.numbering.regulations import RegulationOutline
from kotobuki.reading.inlines import Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kotobuki.numbering.outline import Outline, Part

MARK, TITLE = "別紙標示", "別紙題名"


class Annexes:
    """The annexes of one paper. `bound`: the paper has come to where they stand."""

    def __init__(self, outline: Outline, annexes: Sequence[DraftAnnex]) -> None:
        self._outline = outline
        self.bound = False
        self._pairs: list[tuple[DraftAnnex, Target]] = []
        style = outline.style
        for mark, is_existing in ((style.annex_mark, False), (style.existing_mark, True)):
            kind = [annex for annex in annexes if annex.existing == is_existing]
            for index, annex in enumerate(kind, 1):
                label = mark + ("" if len(kind) == 1 else style.digits.set_number(index))
                names = tuple(name for name in (plain(annex.title), annex.anchor, label) if name)
                outline.note_anchor(annex.anchor, annex.place)
                target = outline.target("annex", names, label, annex.title, annex.place, index=index)
                self._pairs.append((annex, target))

    def parts(self) -> Iterator[Part]:
        """Every annex that is bound in, each by itself: a regulation has a scope of its own."""
        from kotobuki.numbering.outline import Part

        self.bound = True
        for annex, target in self._pairs:
            if annex.regulation:
                scope = self._outline.scope_of(annex.regulation.terms)
                law = RegulationOutline(self._outline, annex.regulation, target)
                yield Part((self._mark(annex, target), *law.blocks()), scope)
            elif annex.content:
                yield Part((self._mark(annex, target), *self._content(annex, target)))

    def check(self, cited: Iterable[Target], diagnostics: Diagnostics) -> None:
        """What is bound in, or declared, is cited somewhere in the paper or its annexes."""
        names = {target.place for target in cited if target.kind == "annex"}
        for annex, target in self._pairs if self.bound else ():
            if target.place not in names:
                title = plain(annex.title)
                diagnostics.warning(
                    annex.place,
                    "annex-uncited",
                    f"{target.label}「{title}」を引く文がありません",
                    f"本文に「｛→{title}：番号と題名｝のとおり」のように書くか、この別紙・別添を消してください",
                )

    def _mark(self, annex: DraftAnnex, target: Target) -> FlatParagraph:
        before, after = self._outline.style.annex_bracket
        words = Text(before + target.label + after, verbatim=True, at=((0, annex.place),))
        page: Orientation = "landscape" if annex.landscape else "portrait"
        return FlatParagraph(MARK, (words,), keep_next=True, page=page, defines=False)

    def _content(self, annex: DraftAnnex, target: Target) -> Iterator[Flat]:
        yield FlatParagraph(TITLE, annex.title, heading=1, keep_next=True, defines=False, owner=target)
        context = Context("", 1, "本文", self._outline.style.labels, parents=(target,))
        yield from self._outline.scope(self._outline.content(annex.content, context), context)
