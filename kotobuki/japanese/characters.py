"""What each character is to a Japanese line: how wide it is, what it may stand beside, where it may not stand.

In: characters. Out: their advance in em, their traits, and the space between two neighbours. Rules: Word's standard
and strict kinsoku sets, the closing-up of adjacent marks and the quarter em between Japanese and Western text (JLREQ).
Which line a character comes to is decided in `kotobuki.layout.lines`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

OPENING_BRACKETS = "（「『【〈《〔［｛“‘〝"
CLOSING_BRACKETS = "）」』】〉》〕］｝”’〟"
STOPS = "、。，．"
HALF_OPENING_BRACKETS = "｢"
HALF_CLOSING_BRACKETS = "｣"
HALF_STOPS = "､｡"
HANGING_STOPS = "、。"
SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
PROLONGED_SOUND_MARKS = "ーｰ"
MIDDLE_DOTS = "・：；"  # neighbours that make a mark close up, and never do so themselves; ！ and ？ are none
LEADERS = "…‥—―"  # set in runs, which are never parted
SPACES = " \u3000"

# Word's "standard" level; its "strict" level forbids small kana and ー, too, to begin a line.
_WORD_NOT_STARTING = "!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕〟゛゜ゝゞ・ヽヾ！％），．：；？］｝｡｣､･ﾞﾟ￠"
_WORD_NOT_ENDING = "$([\\{£¥‘“〈《「『【〔〝＄（［｛｢￡￥"
# What JLREQ forbids besides: hyphens and wave dashes (cl-03), and signs that stand before a number (cl-12). Every .docx
# says so, too (w:noLineBreaksBefore, w:noLineBreaksAfter).
NOT_STARTING = frozenset(_WORD_NOT_STARTING + "‐–〜～゠")
NOT_STARTING_STRICT = NOT_STARTING | frozenset(SMALL_KANA + PROLONGED_SOUND_MARKS)
NOT_ENDING = frozenset(_WORD_NOT_ENDING + "№＃€")

AUTO_SPACE_EM = 0.25
"""Between Japanese and Western characters: 四分アキ (JIS X 4051), as Word has it."""
CLOSED_UP_EM = -0.5
"""Between two full-width marks: one of the two blanks of half an em goes."""


class Trait:
    """What the rules of lines ask about a character."""

    JAPANESE = 1  # kana, kanji, full-width letters and digits: auto-space beside WESTERN
    WESTERN = 2  # half-width letters and digits
    SOLID = 4  # all that is half-width and not Japanese: not parted from its like, so words and numbers stay whole
    OPENING = 8  # its blank is on the left
    CLOSING = 16  # a bracket or a stop: its blank is on the right
    FULL_MARK = 32  # OPENING or CLOSING and one em wide: closes up to its like
    HANGING = 64
    NOT_STARTING = 128
    NOT_STARTING_STRICT = 256
    NOT_ENDING = 512
    LEADER = 1024
    SPACE = 2048
    MIDDLE_DOT = 8192
    ATTACHED = 16384  # no advance of its own (variation selectors, combining marks): part of the character before it


_MARKS = Trait.OPENING | Trait.CLOSING
_MEMBERS: tuple[tuple[int, frozenset[str]], ...] = (
    (Trait.OPENING, frozenset(OPENING_BRACKETS + HALF_OPENING_BRACKETS)),
    (Trait.CLOSING, frozenset(CLOSING_BRACKETS + STOPS + HALF_CLOSING_BRACKETS + HALF_STOPS)),
    (Trait.FULL_MARK, frozenset(OPENING_BRACKETS + CLOSING_BRACKETS + STOPS)),
    (Trait.HANGING, frozenset(HANGING_STOPS)),
    (Trait.NOT_STARTING, NOT_STARTING),
    (Trait.NOT_STARTING_STRICT, NOT_STARTING_STRICT),
    (Trait.NOT_ENDING, NOT_ENDING),
    (Trait.MIDDLE_DOT, frozenset(MIDDLE_DOTS)),
    (Trait.LEADER, frozenset(LEADERS)),
    (Trait.SPACE, frozenset(SPACES)),
)


@cache
def advance_em(ch: str) -> float:
    """The width of a character in em: 1, ½ (half-width, also half-width kana) or 0 (what is drawn on its neighbour)."""
    if unicodedata.category(ch) in {"Mn", "Me", "Cc", "Cf"}:
        return 0.0
    if ch < "\u0250" and (ch.isalpha() or ch == "\u00a0"):  # accented letters: ambiguous for Unicode, narrow in 明朝
        return 0.5
    return 1.0 if unicodedata.east_asian_width(ch) in {"F", "W", "A"} else 0.5


@cache
def traits(ch: str) -> int:
    """The `Trait` bits of one character, as a plain int (the hot loops of layout hash and compare it)."""
    if advance_em(ch) == 0:
        return Trait.ATTACHED
    found = 0
    for trait, members in _MEMBERS:
        if ch in members:
            found |= trait
    if found & (_MARKS | Trait.SPACE):
        return found
    japanese = advance_em(ch) == 1 or "\uff61" <= ch <= "\uffdc"  # half-width kana
    if not japanese:
        found |= Trait.SOLID
    if ch.isalnum():
        found |= Trait.JAPANESE if japanese else Trait.WESTERN
    return found


_PLAIN: set[str] = set()
"""Characters that have been found one em wide, spaces not among them: what parts them from others are marks alone."""
_MARK = "".join(map(re.escape, OPENING_BRACKETS + CLOSING_BRACKETS + STOPS + MIDDLE_DOTS))
_MARKS_APART = re.compile(rf"[^{_MARK}]*+(?:[{_MARK}][^{_MARK}]++)*+[{_MARK}]?")


def is_even(text: str) -> bool:
    """Whether all characters of a text are one em wide and nothing stands between any two of them, as in most text: no
    half-width letter or digit, no space, no two marks side by side. Of such text not each pair of neighbours need be asked.
    """
    if not _PLAIN.issuperset(text):
        new = set(text) - _PLAIN
        if any(advance_em(ch) != 1 or ch in SPACES for ch in new):
            return False
        _PLAIN.update(new)
    return are_marks_apart(text)


def are_marks_apart(text: str) -> bool:
    """Whether no two full-width marks stand side by side."""
    return _MARKS_APART.fullmatch(text) is not None


def is_japanese(ch: str) -> bool:
    """Whether a half-width letter or digit stands a quarter em off this character (brackets and signs: no)."""
    return bool(traits(ch) & Trait.JAPANESE)


def text_traits(text: str) -> list[int]:
    """The traits of each character of `text`; an attached one has those of its base as well."""
    found = list(map(traits, text))
    if found and max(found) >= Trait.ATTACHED:
        for at in range(1, len(found)):
            if found[at] & Trait.ATTACHED:
                found[at] |= found[at - 1]
    return found


def space_em(left: int, right: int) -> float:
    """What stands between two neighbours, given by their traits, beyond their advances, in em; negative: they close up.

    Two full-width marks close up by the blank between them, half an em; an opening bracket and the closing mark after
    it have none between them. A mark closes up to a middle dot alike. A quarter em parts Japanese from Western text.
    """
    if is_closed_up(left, right):
        return CLOSED_UP_EM
    if (left & Trait.JAPANESE and right & Trait.WESTERN) or (left & Trait.WESTERN and right & Trait.JAPANESE):
        return AUTO_SPACE_EM
    return 0.0


class _Spaces(dict[tuple[int, int], float]):
    """`space_em` by the two neighbours, worked out when first asked for: few pairs of traits are met at all."""

    def __missing__(self, neighbours: tuple[int, int]) -> float:
        space = self[neighbours] = space_em(*neighbours)
        return space


_SPACES = _Spaces()


def spaces_em(found: Sequence[int]) -> list[float]:
    """What stands between each two neighbours of a text, given by the traits of its characters, as by `space_em`."""
    return list(map(_SPACES.__getitem__, pairwise(found)))


def is_closed_up(left: int, right: int) -> bool:
    """Whether two neighbours, given by their traits, are full-width marks with a blank between them.

    One of them may be a middle dot (・ ： ；): it keeps its own blank, and takes that of the mark beside it.
    """
    if right & Trait.ATTACHED:
        return False
    closing = left & Trait.FULL_MARK and left & Trait.CLOSING and right & (Trait.FULL_MARK | Trait.MIDDLE_DOT)
    opening = right & Trait.FULL_MARK and right & Trait.OPENING and left & (Trait.FULL_MARK | Trait.MIDDLE_DOT)
    return bool(closing or opening)


def natural_width_em(text: str) -> float:
    """The width of `text` set on one endless line, in em."""
    if is_even(text):
        return float(len(text))
    return sum(map(advance_em, text)) + sum(spaces_em(text_traits(text)))
