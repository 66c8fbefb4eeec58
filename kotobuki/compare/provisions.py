"""The parts of two versions as they stand side by side in a 新旧対照表, line by line (conventions C5).

In: a `Pair`. Out: `Beside` values, each a line of the new and one of the old text. Rules: what changed is underlined on both
sides; what is new or gone is underlined whole, （新設） or （削る） against it; what has moved has its number and heading
underlined, its body （略）; what is alike is （略）, a run of it in one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kotobuki.case.house_style import ComparisonStyle
from kotobuki.compare import look
from kotobuki.compare.pairs import Pair
from kotobuki.compare.tree import Node
from kotobuki.document import Paragraph, Run

_SILENT = ("見出しの行", "日付", "先頭", "用語")
"""Kinds that are not worth a （略）."""
_LONG = 40
"""Characters of a text that need not be repeated where only what stands under it has changed."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A line on both sides; None leaves a side blank."""

    new: Paragraph | None
    old: Paragraph | None


@dataclass(frozen=True, slots=True)
class Provisions:
    """Sets pairs side by side. `law`: a number that changed is a change, as in a regulation it is."""

    style: ComparisonStyle
    law: bool = False

    def differs(self, found: Pair) -> bool:
        """Whether there is anything of it to show."""
        if found.moved and found.new is None:  # it is shown where it stands now
            return False
        alone = found.old is None or found.new is None
        return alone or found.reworded or found.moved or self._renumbered(found) or self._differs_within(found)

    def is_shown(self, found: Pair) -> bool:
        """Whether it is printed, and not in a run of （略）."""
        only_renumbered = self._renumbered(found) and not (found.moved or found.reworded or self._differs_within(found))
        return self.differs(found) and not only_renumbered

    def lines(self, pairs: Sequence[Pair], level: int = 0) -> Iterator[Beside]:
        """Parts that stand under one heading, runs of what is alike in one line. `level`: of the item they stand under."""
        for kind, group in groupby(self._standing(pairs), key=self._kind):
            run = list(group)
            if kind is None:
                for each in run:
                    yield from self.part(each, level)
                continue
            if run[0].node.kind == "項" and not run[0].node.label:  # behind the number of the article
                yield self._alike([run.pop(0)], level)
            if run:
                yield self._alike(run, level)

    def part(self, found: Pair, level: int = 0) -> Iterator[Beside]:
        """A part that is shown, with what stands under it."""
        match found:
            case Pair(old=None, new=Node() as node):
                yield from self._alone(look.whole(node, level), self.style.added, is_new=True)
            case Pair(old=Node() as node, new=None):
                yield from self._alone(look.whole(node, level), self.style.removed, is_new=False)
            case Pair(old=Node() as old, new=Node() as new) if new.kind == "条":
                yield from self._article(found, old, new)
            case _:
                yield self.heading(found, level)
                yield from self._under(found, found.node.level or level)

    def heading(self, found: Pair, level: int = 0) -> Beside:
        """The own line of a part that is in both versions."""
        assert found.old and found.new  # asked of those alone
        numbered = found.moved or self._renumbered(found)
        all_marked = (found.moved and bool(found.children)) or (
            found.redrawn and all(each.same for each in found.stretches)
        )

        def side(node: Node, *, is_new: bool) -> Paragraph:
            runs = look.words(found.stretches, is_new=is_new, marked=all_marked)
            if self._is_shortened(found):
                runs = (Run(self.style.same),)
            return look.line(node, level, runs or (Run("（図）", underlined=True),) * found.redrawn, marked=numbered)

        return Beside(side(found.new, is_new=True), side(found.old, is_new=False))

    def _under(self, found: Pair, level: int) -> Iterator[Beside]:
        """What stands under a heading: what moved unchanged is not printed again."""
        if found.moved and found.children and not self._differs_within(found):
            same = Paragraph(look.body_role(level), (Run(self.style.same),))
            yield Beside(same, same)
        else:
            yield from self.lines(found.children, level)

    def _article(self, found: Pair, old: Node, new: Node) -> Iterator[Beside]:
        """（見出し）, then 第３条 with its first 項."""
        if new.text or old.text:
            new_caption = look.caption(found.stretches, is_new=True, marked=found.moved)
            yield Beside(new_caption, look.caption(found.stretches, is_new=False, marked=found.moved))
        marked = found.moved or self._renumbered(found)
        same = Paragraph(look.TEXT, (Run(self.style.same),))
        first, *rest = self.lines(found.children) if self._differs_within(found) else [Beside(same, same)]
        yield Beside(look.behind(new.label, first.new, marked=marked), look.behind(old.label, first.old, marked=marked))
        yield from rest

    @staticmethod
    def _alone(paragraphs: Iterator[Paragraph], sign: str, *, is_new: bool) -> Iterator[Beside]:
        """What is in one version alone, against （新設） or （削る）."""
        for at, paragraph in enumerate(paragraphs):
            against = Paragraph(look.TEXT, (Run(sign),)) if at == 0 and sign else None
            yield Beside(paragraph, against) if is_new else Beside(against, paragraph)

    def _alike(self, run: Sequence[Pair], level: int) -> Beside:
        """A run of parts of which nothing but the number can have changed."""
        marked = self._renumbered(run[0])
        sides = ([each.new for each in run if each.new], [each.old for each in run if each.old])
        return Beside(*(look.omitted(nodes, level, self.style.same, marked=marked) for nodes in sides))

    def _standing(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """What has a line of its own or in a run: not where something moved from, no table but its rows, no head alike."""
        for each in pairs:
            if each.moved and each.new is None:
                continue
            if each.node.kind == "表" and not each.node.text and not each.moved:
                yield from self._standing(each.children)
            elif each.node.kind not in _SILENT or self.differs(each):
                yield each

    def _kind(self, found: Pair) -> str | None:
        """What runs together in one （略）; None: it is shown."""
        return None if self.is_shown(found) else f"{found.node.kind}{self._renumbered(found)}"

    def _differs_within(self, found: Pair) -> bool:
        return any(map(self.differs, found.children))

    def _renumbered(self, found: Pair) -> bool:
        return bool(self.law and found.old and found.new and found.old.label != found.new.label)

    def _is_shortened(self, found: Pair) -> bool:
        """A long text of which only what stands under it has changed, or only the number."""
        long = len(found.node.text) > _LONG and bool(found.children)
        return not found.reworded and not found.moved and (long or (self._renumbered(found) and not found.children))
