"""A text measured for its lines: what each character and each place between two neighbours adds, and may do.

In: a text, the widths of the font's characters in em, the rules of its paragraph. Out: a `MeasuredText`, of which
`lines` asks how wide any stretch is as a line, where it may break, and how far it can be squeezed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from operator import add

from kotobuki.japanese.characters import (
    SPACES,
    Trait,
    are_marks_apart,
    is_closed_up,
    is_even,
    spaces_em,
    text_traits,
    traits,
)
from kotobuki.japanese.western import address_places
from kotobuki.named_tuples import NamedTuple

BLANK_EM = 0.5
"""All the blank that a mark has."""

EPSILON = 1e-6
"""Sums of quarters and of measures in em are not exact."""

_SPACES = re.compile(f"[{SPACES}]+")

Advance = Callable[[str], float]


class LineRules(NamedTuple):
    """What of Word's rules a paragraph sets on or off.

    squeeze  marks give up blank so that one more character comes in (`characterSpacingControl`)
    hang     、 and 。 may stand past the measure (`overflowPunct`)
    strict   small kana and ー may not begin a line (`strictFirstAndLastChars`)
    """

    squeeze: bool = False
    hang: bool = True
    strict: bool = False


USUAL = LineRules()


class Joint(NamedTuple):
    """What may happen between two neighbours."""

    closed_up: bool
    blank: bool  # the blank of a mark stands here and can be squeezed
    stretches: bool
    breaks: bool


class _Joints(dict[tuple[int, int], Joint]):
    """Joints by the traits of the two neighbours, worked out when first asked for."""

    def __init__(self, not_starting: int) -> None:
        self._not_starting_line = not_starting | Trait.SPACE

    def __missing__(self, neighbours: tuple[int, int]) -> Joint:
        left, right = neighbours
        one = bool(left & right & Trait.SOLID or right & Trait.ATTACHED)
        forbidden = right & self._not_starting_line or left & Trait.NOT_ENDING or left & right & Trait.LEADER
        blank_left = left & Trait.CLOSING and not right & (Trait.CLOSING | Trait.MIDDLE_DOT)
        blank_right = right & Trait.OPENING and not left & (Trait.OPENING | Trait.MIDDLE_DOT)
        joint = self[neighbours] = Joint(
            closed_up=is_closed_up(left, right),
            # 。） and 「（ have none left once they closed up; ）（, with a blank on both sides, keeps one.
            blank=bool(blank_left or blank_right) and not right & Trait.ATTACHED,
            stretches=not one,
            breaks=not (one or forbidden),
        )
        return joint


_STANDARD, _STRICT = _Joints(Trait.NOT_STARTING), _Joints(Trait.NOT_STARTING_STRICT)


def is_in_ems(text: str, advance: Advance) -> bool:
    """Whether a text is as many em wide as it has characters, and so is each stretch of it, as most texts are: it is even
    (`is_even`), and each of its characters is one em wide in the font.
    """
    known = _one_em_wide(advance)
    if not known.issuperset(text):
        new = set(text) - known
        if not all(is_even(ch) and advance(ch) == 1 for ch in new):
            return False
        known.update(new)
    return are_marks_apart(text)


@lru_cache(maxsize=64)
def _one_em_wide(advance: Advance) -> set[str]:
    """Characters that have been found even and one em wide in a font."""
    return set()


class Body(NamedTuple):
    """The part of a line that must fit its measure: without spaces at its end, without a hanging mark."""

    end: int
    width: float
    hung: bool


class MeasuredText:
    """A text measured once, as sums from its beginning, so that any question about a stretch of it is a subtraction.

    A stretch [start, end) is measured as a line of its own: what is between it and its neighbours does not count.
    `rules`: what its paragraph is broken and set by.
    """

    def __init__(self, text: str, advance: Advance, rules: LineRules) -> None:
        self.text, self.rules = text, rules
        self._joint_of = (_STRICT if rules.strict else _STANDARD).__getitem__
        self.advance = advance
        self.even = is_in_ems(text, advance)
        # rights[i]: the right edge of text[:i] on one endless line; lefts[i]: the left edge of text[i].
        if self.even:
            self.rights = self.lefts = list(map(float, range(len(text) + 1)))
            self._ink_ends: Mapping[int, int] = {}
            self._in_addresses: Container[int] = ()
        else:
            gaps = [0.0, *self.gaps, 0.0]
            self.rights = list(accumulate(map(add, map(advance, text), gaps), initial=0.0))
            self.lefts = list(map(add, self.rights, gaps))
            self._ink_ends = {run.end(): run.start() for run in _SPACES.finditer(text)}
            self._in_addresses = frozenset(address_places(text))

    @cached_property
    def traits(self) -> list[int]:
        """Those of each character."""
        return text_traits(self.text)

    @cached_property
    def gaps(self) -> list[float]:
        """What stands between each two characters beyond their advances."""
        return spaces_em(self.traits)

    @cached_property
    def joints(self) -> list[Joint]:
        """What may happen between each two characters."""
        return list(map(self._joint_of, pairwise(self.traits)))

    def trait(self, at: int) -> int:
        """That of text[at]."""
        return traits(self.text[at]) if self.even else self.traits[at]

    def joint(self, at: int) -> Joint:
        """What may happen before text[at]."""
        if self.even:
            return self._joint_of((traits(self.text[at - 1]), traits(self.text[at])))
        return self._joint_of((self.traits[at - 1], self.traits[at]))

    def breaks(self, at: int) -> bool:
        """Whether the text may be broken before text[at]."""
        return self.joint(at).breaks or at in self._in_addresses

    @cached_property
    def _blanks(self) -> list[int]:
        return list(accumulate([joint.blank for joint in self.joints], initial=0))

    @cached_property
    def _pairs(self) -> list[int]:
        return list(accumulate([joint.closed_up for joint in self.joints], initial=0))

    def body(self, start: int, end: int, measure: float) -> Body:
        """What of text[start:end] must fit the measure; a mark hangs only if it would not fit."""
        ink = self._ink_ends.get(end, end)
        if ink <= start:
            return Body(start, 0.0, hung=False)
        width = self.rights[ink] - self.lefts[start]
        if self.rules.hang and width > measure + EPSILON and self.trait(ink - 1) & Trait.HANGING:
            return Body(ink - 1, width - self.advance(self.text[ink - 1]), hung=True)
        return Body(ink, width, hung=False)

    def blanks(self, start: int, body: Body) -> int:
        """How many blanks of marks the line has: not that of an opening bracket at its beginning."""
        if body.end == start:
            return 0
        last = not body.hung and bool(self.trait(body.end - 1) & Trait.CLOSING)
        return self._blanks[body.end - 1] - self._blanks[start] + last

    def pairs(self, start: int, body: Body) -> int:
        """How many pairs of marks have closed up in the line."""
        return self._pairs[body.end - 1] - self._pairs[start] if body.end > start else 0

    def squeezed(self, start: int, body: Body, excess: float) -> float:
        """What each blank of the line gives up so that it becomes narrower by `excess`."""
        blanks = self.blanks(start, body)
        return min(excess / blanks, BLANK_EM) if blanks else 0.0
