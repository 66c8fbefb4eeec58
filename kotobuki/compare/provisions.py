"""The parts of two versions as they stand side by side in a 新旧対照表, line by line (conventions C5).

In: a `Pair`. Out: `Beside` values, each a line of the new and one of the old text. Rules: what changed is underlined on both
sides; what is new or gone is underlined whole, （新設） or （削る） against it; what has moved has its number and heading
underlined, its body （略）, and stands where it now is; what is alike is （略）, a run of it in one line, which ends where
something stood that is shown elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import groupby

from kotobuki.compare import look
from kotobuki.compare.kinds import Kind
from kotobuki.compare.pairs import Pair
from kotobuki.compare.tree import Node
from kotobuki.document import Paragraph, Run
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.settings.house_style import ComparisonStyle

_LONG = 40
"""Characters of a text that need not be repeated where only what stands under it has changed.

What parts headings from sentences: of the texts with parts under them in the sample cases, 95 in 100 have 25 characters or
fewer, the sentences up to 220.
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A line on both sides; None leaves a side blank."""

    new: Paragraph | None
    old: Paragraph | None


@dataclass(frozen=True, slots=True)
class _Article:
    """The article that is being set: its number stands before its first 項, on each side its own."""

    new: Node | None
    old: Node | None
    marked: bool

    def number_before(self, node: Node) -> str:
        """第３条 before the first 項 of one side, "" before anything else."""
        for article in (self.new, self.old):
            if article and article.children and article.children[0] is node:
                return article.label
        return ""


@dataclass(frozen=True, slots=True)
class Provisions:
    """Sets pairs side by side.

    law      a number that changed is a change, as in a regulation it is
    origins  the numbers of what a part stood under that moved from there, by the id of its old node (`origins_of`)
    """

    style: ComparisonStyle
    law: bool = False
    origins: Mapping[int, str] = field(default_factory=dict)
    _article: _Article | None = None

    def differs(self, found: Pair) -> bool:
        """Whether there is anything of it to show."""
        if is_gone(found):  # it is shown where it stands now
            return False
        return (
            found.one_sided or found.reworded or found.moved or self._renumbered(found) or self._differs_within(found)
        )

    def is_shown(self, found: Pair) -> bool:
        """Whether it is printed, and not in a run of （略）."""
        only_renumbered = self._renumbered(found) and not (found.moved or found.reworded or self._differs_within(found))
        return self.differs(found) and not only_renumbered

    def lines(self, pairs: Sequence[Pair], level: int = 0) -> Iterator[Beside]:
        """Parts that stand under one heading, runs of what is alike in one line. `level`: of the item they stand under."""
        for is_shown, group in groupby(self._runs(pairs), key=lambda each: each[0]):
            run = [found for _, found in group]
            if is_shown is not None:
                yield self._alike(run, level)
                continue
            for each in run:
                yield from self.part(each, level)

    def part(self, found: Pair, level: int = 0) -> Iterator[Beside]:
        """A part that is shown, with what stands under it."""
        node = found.node
        if found.one_sided and not any(map(_is_elsewhere, found.walk())):
            yield from self._alone(node, look.whole(node, level), is_new=found.new is not None)
        elif node.kind is Kind.ARTICLE:
            yield from self._set_article(found)
        else:
            yield from self.own(found, level)
            yield from self._under(found, node.level or level)

    def own(self, found: Pair, level: int = 0) -> Iterator[Beside]:
        """The own line of a part, without what stands under it: （１）名簿を事前に出す beside （１）名簿を出す, against （新設）
        where the old version has none.
        """
        node = found.node
        if found.old and found.new:
            yield self._heading(found, found.old, found.new, level)
        elif node.text or node.label or node.name:
            line = look.line(node, level, (Run(text=node.text, underlined=True),) * bool(node.text), marked=True)
            yield from self._alone(node, iter((line,)), is_new=found.new is not None)

    def _heading(self, found: Pair, old: Node, new: Node, level: int) -> Beside:
        numbered = found.moved or self._renumbered(found)
        named = bool(new.label and old.label) and not new.children
        all_marked = (found.moved and not named) or (found.redrawn and all(each.same for each in found.stretches))

        def side(node: Node, *, is_new: bool) -> Paragraph:
            runs = look.words(found.stretches, is_new=is_new, marked=all_marked)
            if self._is_shortened(found):
                runs = (Run(text=self.style.same),)
            origin = "" if is_new or not found.moved else self.origins.get(id(node), "")
            runs = runs or (Run(text="（図）", underlined=True),) * found.redrawn
            return self._numbered(node, look.line(node, level, runs, marked=numbered, origin=origin))

        return Beside(side(new, is_new=True), side(old, is_new=False))

    def _under(self, found: Pair, level: int) -> Iterator[Beside]:
        """What stands under a heading: what moved unchanged is not printed again."""
        if found.moved and found.children and not self._differs_within(found):
            same = Paragraph(role=look.body_role(level).style, inlines=(Run(text=self.style.same),))
            yield Beside(same, same)
        else:
            yield from self.lines(found.children, level)

    def _set_article(self, found: Pair) -> Iterator[Beside]:
        """（見出し）, then 第３条 with its first 項."""
        old, new = found.old, found.new
        marked = found.moved or self._renumbered(found) or found.one_sided
        captions = [
            look.caption(found.stretches or look.alone(node), is_new=node is new, marked=found.moved or found.one_sided)
            if node and node.text
            else None
            for node in (new, old)
        ]
        if any(captions):
            yield Beside(*captions)
        if old and new and not self._differs_within(found):
            same = Paragraph(role=look.TEXT.style, inlines=(Run(text=self.style.same),))
            yield Beside(look.behind(new.label, same, marked=marked), look.behind(old.label, same, marked=marked))
        else:
            yield from replace(self, _article=_Article(new, old, marked)).lines(found.children)

    def _alone(self, node: Node, paragraphs: Iterator[Paragraph], *, is_new: bool) -> Iterator[Beside]:
        """What is in one version alone, against （新設） or （削る）."""
        sign = self.style.added if is_new else self.style.removed
        for at, paragraph in enumerate(paragraphs):
            own = paragraph if at else self._numbered(node, paragraph)
            against = Paragraph(role=look.TEXT.style, inlines=(Run(text=sign),)) if at == 0 and sign else None
            yield Beside(own, against) if is_new else Beside(against, own)

    def _alike(self, run: Sequence[Pair], level: int) -> Beside:
        """A run of parts of which nothing but the number can have changed."""
        marked = self._renumbered(run[0])
        sides = ([each.new for each in run if each.new], [each.old for each in run if each.old])
        lines = (look.omitted(nodes, level, self.style.same, marked=marked) for nodes in sides)
        return Beside(*(self._numbered(nodes[0], line) for nodes, line in zip(sides, lines, strict=True)))

    def _numbered(self, node: Node, line: Paragraph) -> Paragraph:
        """A line, behind 第３条 where it is the first of an article."""
        number = self._article.number_before(node) if self._article else ""
        return look.behind(number, line, marked=self._article.marked) if self._article and number else line

    def _runs(self, pairs: Sequence[Pair]) -> Iterator[tuple[Hashable, Pair]]:
        """What has a line of its own (None) or runs together with its like: no table but its rows, no head alike."""
        stretch = 0
        for each in self._standing(pairs):
            if is_gone(each):
                stretch += 1
            elif not each.node.kind.traits.silent or self.differs(each):
                yield None if self.is_shown(each) else (stretch, self._kind(each)), each

    def _standing(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        for each in pairs:
            if each.node.kind is Kind.TABLE and not each.node.text and not each.moved:
                yield from self._standing(each.children)
            else:
                yield each

    def _kind(self, found: Pair) -> Hashable:
        """What runs together in one （略）. The first 項 of an article stands behind the number of it."""
        first = [bool(self._article and node and self._article.number_before(node)) for node in (found.new, found.old)]
        return found.node.kind, self._renumbered(found), *first

    def _differs_within(self, found: Pair) -> bool:
        """Whether anything in it is to be shown, or stands elsewhere now."""
        here = {id(each.old) for each in found.children if each.new}
        return any(self.differs(each) or (is_gone(each) and id(each.old) not in here) for each in found.children)

    def _renumbered(self, found: Pair) -> bool:
        return bool(self.law and found.old and found.new and found.old.label != found.new.label)

    def _is_shortened(self, found: Pair) -> bool:
        """A long text of which only what stands under it has changed, or only the number."""
        long = len(found.node.text) > _LONG and bool(found.children)
        return not found.reworded and not found.moved and (long or (self._renumbered(found) and not found.children))


def is_gone(found: Pair) -> bool:
    """Whether a pair marks where something stood that stands elsewhere now."""
    return found.moved and found.new is None


def origins_of(pairs: Sequence[Pair]) -> dict[int, str]:
    """Under what each part stood that came from under something else: its numbers, by the id of the old node."""
    came: dict[int, tuple[Node, ...]] = {}
    stood: dict[int, tuple[Node, ...]] = {}

    def walk(found: Pair, above: tuple[Node, ...]) -> None:
        if found.old and found.moved:
            (stood if found.new is None else came)[id(found.old)] = above
        below = (*above, found.old) if found.old else above
        for child in found.children:
            walk(child, below)

    for each in pairs:
        walk(each, ())
    return {
        old: "".join(_step(node) for node in above if all(node is not other for other in came[old]))
        for old, above in stood.items()
        if old in came
    }


def _step(node: Node) -> str:
    """A part as a step of where something stood."""
    if node.kind is Kind.CLAUSE:
        return f"第{node.label}項" if node.label else ""
    if node.kind.traits.bracketed:
        return f"［{node.name}］" if node.name else ""
    return node.label if node.kind.traits.located else ""


def _is_elsewhere(found: Pair) -> bool:
    """Whether what stands in a part that one version alone has is in both."""
    return found.moved or not found.one_sided
