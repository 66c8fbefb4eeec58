"""Two trees paired: which part became which, what was added, removed, moved; the words of each pair compared.

In: two nodes. Out: a `Pair` for them, with the pairs of their parts in the order of the new one, each removed part where
it stood. Rules: parts with a name are paired by it, others by their words; a part that stands elsewhere has moved, if it
is much like itself; a number that changed with its place alone is no change; an article has not moved because a chapter was
put over it or taken away.

How moves are found, from trees with 甲 before 乙, and （１） as printed:

    old              new              first pairing              second pairing
    甲               甲               甲–甲                       甲–甲
      （１）名簿…      （１）研修…      名簿… removed, 研修… added    研修… added, 名簿… was here
      （２）入退室…    （２）入退室…    入退室…–入退室…               入退室…–入退室…
    乙               乙               乙–乙                       乙–乙
                       （１）名簿…      名簿… added                   名簿…–名簿…, moved

The first pairing looks under each pair of parents alone. What it leaves as removed in one place and added in another is
weighed, the largest first; what is much alike moved, and with it all that is in it. The second pairing starts from there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kotobuki.compare.alignment import aligned, likeness
from kotobuki.compare.kinds import Kind
from kotobuki.compare.tree import Node
from kotobuki.compare.words import Stretch, stretches
from kotobuki.lazy_dataclasses import dataclass

_MOVED = 0.8
"""What is less like what was removed elsewhere was not moved, but written anew.

A fifth of a text may be rewritten on the way. Anything in the whole case can be mistaken for it, so it is far above `LEAST`:
of 9,166 pairs of different parts within one sample case, 8 are so alike (a heading and its like), but 128 are alike by half.
In the tests 0.5 to 0.8 find the same moves; with 0.9 an item that was moved and edited is lost.
"""
_SHORTEST = 4
"""Shorter texts (なし, 同上) do not tell that a part has moved.

The sample cases have too few to measure by: four parts are shorter, and none of them recurs; the tests pass with 1 as well.
"""
_OTHER_SHAPE = 0.9
"""What the likeness of two texts counts where one of them alone has parts: of two that read alike, the one that has parts
under it just as the other has, or none, is taken.
"""
_HEADING_ALONE = 0.95
"""What the likeness of headings counts where what stands under them is unlike: of two parts with one heading, the one that
says the same under it is taken.
"""
_Both = tuple[Node | None, Node | None]
_REPEALED = "削除"
"""What stands in the place of an article that is gone, so that the numbers behind it stay."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A part in both versions, None where it is in one alone.

    moved      it stands elsewhere; the pair without `new` marks where it stood
    stretches  its own words compared; () where it is in one version alone
    """

    old: Node | None
    new: Node | None
    stretches: tuple[Stretch, ...] = ()
    children: tuple[Pair, ...] = ()
    moved: bool = False

    @property
    def node(self) -> Node:
        """The part as it now is; a removed one as it was."""
        node = self.new or self.old
        assert node is not None  # a pair is of something
        return node

    @property
    def one_sided(self) -> bool:
        """Whether it is in one version alone, here at least."""
        return self.old is None or self.new is None

    @property
    def reworded(self) -> bool:
        """Whether its own words changed, or what it is made of besides."""
        return not self.one_sided and (any(not each.same for each in self.stretches) or self.redrawn)

    @property
    def redrawn(self) -> bool:
        """Whether what changed is no words: a line of a figure, a file, the way a page lies."""
        return self.old is not None and self.new is not None and self.old.seal != self.new.seal

    @property
    def changed(self) -> bool:
        """Whether anything changed, in it or its parts."""
        return self.one_sided or self.moved or self.reworded or any(child.changed for child in self.children)

    def walk(self) -> Iterator[Pair]:
        """Itself and the pairs of all its parts, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def pair(old: Node, new: Node) -> Pair:
    """The two versions paired.

    The sole item 名簿を出す of one list, now 名簿を事前に出す, is Pair(old, new, stretches=(名簿を, +事前に, 出す)); were it gone,
    Pair(old, None).
    """
    first = _Pairing({}).pair(old, new)
    moves = _moves(first)
    if not moves:
        return first
    return _Pairing(moves, _staying(old, new, first, moves)).pair(old, new)


def same_places(found: Pair) -> Iterator[tuple[Node, Node]]:
    """Each part that is in both versions, as it was and as it is."""
    return ((each.old, each.new) for each in found.walk() if each.old and each.new)


class _Pairing:
    """Pairs nodes. `moves`: what stands under another part, the new node to the old one, by their ids: equal texts are
    not one part. `staying`: the new nodes of them that have not moved for all that.
    """

    def __init__(self, moves: Mapping[int, Node], staying: frozenset[int] = frozenset()) -> None:
        self._moves, self._staying = moves, staying
        self._gone = {id(node) for node in moves.values()}

    def pair(self, old: Node, new: Node, *, moved: bool = False) -> Pair:
        """Two nodes that stand for each other."""
        return Pair(old, new, _compared(old, new), tuple(self._children(old.children, new.children)), moved)

    def _children(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Pair]:
        staying = [each for each in old if id(each) not in self._gone]
        settled = [each for each in new if id(each) not in self._moves]
        found = aligned(staying, settled, lambda node: node.identity, _likeness)
        pairs = _sole_ones_paired(
            [(None if a is None else staying[a], None if c is None else settled[c]) for a, c in found]
        )
        for was, now in _in_order(old, new, pairs):
            yield self._one(was, now)

    def _one(self, old: Node | None, new: Node | None) -> Pair:
        if old and new:
            return self.pair(old, new)
        if new is not None:
            if (was := self._moves.get(id(new))) is not None:
                return self.pair(was, new, moved=id(new) not in self._staying)
            return Pair(None, new, (), tuple(self._one(None, child) for child in new.children))
        assert old is not None
        if id(old) in self._gone:
            return Pair(old, None, moved=True)
        return Pair(old, None, (), tuple(self._one(child, None) for child in old.children))


def _sole_ones_paired(pairs: Sequence[_Both]) -> list[_Both]:
    """The one text that is gone and the one that came are one text rewritten, where there is room for one alone."""
    gone = [(at, old) for at, (old, new) in enumerate(pairs) if old and new is None and old.kind.traits.sole]
    come = [(at, new) for at, (old, new) in enumerate(pairs) if new and old is None and new.kind.traits.sole]
    if len(gone) != 1 or len(come) != 1:
        return list(pairs)
    (first, was), (second, now) = gone[0], come[0]
    if was.kind is not now.kind or second != first + 1:
        return list(pairs)
    return [*pairs[:first], (was, now), *pairs[second + 1 :]]


def _in_order(old: Sequence[Node], new: Sequence[Node], pairs: Sequence[_Both]) -> Iterator[_Both]:
    """The pairs, with what moved away or here in its place."""
    before, after = list(old), list(new)
    for was, now in pairs:
        while before and was is not None and before[0] is not was:
            yield before.pop(0), None
        while after and now is not None and after[0] is not now:
            yield None, after.pop(0)
        if was is not None:
            before.pop(0)
        if now is not None:
            after.pop(0)
        yield was, now
    yield from ((each, None) for each in before)
    yield from ((None, each) for each in after)


def _compared(old: Node, new: Node) -> tuple[Stretch, ...]:
    """The words of both; what prints alike has not changed, whatever it was made of."""
    if old.words == new.words:
        return (Stretch(old.text, new.text, same=True),) if new.words else ()
    return tuple(
        Stretch(each.old, each.new, same=each.same or each.old == each.new) for each in stretches(old.words, new.words)
    )


def _likeness(old: Node, new: Node) -> float:
    """How likely the one became the other."""
    if old.kind is not new.kind:
        return 0.0
    if old.name and new.name and old.name == new.name:
        return 1.0
    if old.kind is Kind.ARTICLE and old.label == new.label and _REPEALED in (old.whole.strip(), new.whole.strip()):
        return 1.0
    if old.name and new.name and not old.kind.traits.renamable:
        return 0.0
    own = likeness(old.text, new.text) if old.text or new.text else 0.0
    if not (old.children and new.children):
        return own if not (old.children or new.children) else _OTHER_SHAPE * own
    return max(_HEADING_ALONE * own, likeness(old.whole, new.whole))


def _moves(found: Pair) -> dict[int, Node]:
    """What was removed in one place and added in another: the new node's id to the old node. The largest come first: what is in them has moved with them."""
    removed = [each for each in _alone(found, is_new=False) if _is_movable(each)]
    added = [each for each in _alone(found, is_new=True) if _is_movable(each)]
    weighed = sorted(
        (
            (-len(new.whole), -like, at, place)
            for at, old in enumerate(removed)
            for place, new in enumerate(added)
            if old.kind is new.kind and (like := _sameness(old, new)) >= _MOVED
        ),
    )
    moves: dict[int, Node] = {}
    taken: set[int] = set()
    for _, _, at, place in weighed:
        old, new = removed[at], added[place]
        if id(old) in taken or id(new) in taken:
            continue
        moves[id(new)] = old
        taken |= {id(each) for node in (old, new) for each in node.walk()}
    return moves


def _staying(old: Node, new: Node, first: Pair, moves: Mapping[int, Node]) -> frozenset[int]:
    """Articles that stand in the order they stood in, and came under a chapter that is new, or from one that is gone."""
    both = {id(now): was for was, now in same_places(first)} | dict(moves)
    order = {id(node): at for at, node in enumerate(_articles(old))}
    row = [node for node in _articles(new) if id(both.get(id(node))) in order]
    in_order = [row[at] for at in _longest_rise([order[id(both[id(node)])] for node in row])]
    alone = (each.node for each in first.walk() if each.node.kind is Kind.CHAPTER and each.one_sided)
    loose = {id(node) for chapter in alone for node in _articles(chapter)}
    return frozenset(
        id(node) for node in in_order if id(node) in moves and (id(node) in loose or id(moves[id(node)]) in loose)
    )


def _articles(node: Node) -> Iterator[Node]:
    return (each for each in node.walk() if each.kind is Kind.ARTICLE)


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The places of a longest row of numbers, each greater than the one before."""
    ends: list[int] = []  # the place of the least number that ends a row of each length
    before: dict[int, int] = {}
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number, key=lambda at: numbers[at])
        before[place] = ends[length - 1] if length else -1
        ends[length : length + 1] = [place]
    found = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _sameness(old: Node, new: Node) -> float:
    """How surely they are one part in two places."""
    if old.name and old.name == new.name and old.kind.traits.unmistakable:
        return 1.0
    return likeness(old.whole, new.whole)


def _is_movable(node: Node) -> bool:
    return node.kind.traits.movable and (len(node.whole) >= _SHORTEST or bool(node.name))


def _alone(found: Pair, *, is_new: bool) -> Iterator[Node]:
    """What is in one version alone, with its parts."""
    node, other = (found.new, found.old) if is_new else (found.old, found.new)
    if node is not None and other is None:
        yield from node.walk()
        return
    for child in found.children:
        yield from _alone(child, is_new=is_new)
