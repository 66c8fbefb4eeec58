"""Which words of a text changed: what is marked on a terminal, underlined in a 新旧対照表, tracked in Word.

In: two texts, or two rows of `Word`s. Out: `Stretch`es, in order, that make up both. Rules: a number, a Latin word and a
word in katakana change as a whole, everything else by the character (with the signs attached to it, such as variation
selectors); a few characters that happen to be alike between two changes are part of one change, so that a rewritten
phrase reads as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from kotobuki.lazy_dataclasses import dataclass

_WORD = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*"
    r"|[A-Za-zＡ-Ｚａ-ｚ]+(?:['’-][A-Za-z]+)*"
    r"|[ァ-ヺｦ-ﾟ][ァ-ヺーｦ-ﾟ]*"
    r"|.[\ufe00-\ufe0f\U000e0100-\U000e01ef\u3099\u309a]*",
    re.DOTALL,
)
_LEAST_ALIKE = 0.25
"""Two texts of which less is alike are not marked word by word: one stands for the other.

By characters no two Japanese texts are wholly unlike (の, を, 務): of 2,000 pairs of unrelated texts of the sample cases, 95 in
100 have 0.24 or less in common; a text of which half is rewritten keeps 0.43 to 0.63. With 0.3 約1,000件, now 約1,200件, would
be replaced whole; with 0.1 an article of 46 characters, now 14 others, is marked around the few signs that happen to stay.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that change together. `key`: what they are compared by, "" = the characters themselves."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both texts. `same`: nothing changed, though the characters may differ where their keys do not."""

    old: str
    new: str
    same: bool


def words_of(text: str) -> list[Word]:
    """A text as words: 令和４年のＡＩ is 令, 和, ４, 年, の, ＡＩ."""
    return [Word(part) for part in _WORD.findall(text)]


def stretches(old: str | Sequence[Word], new: str | Sequence[Word]) -> tuple[Stretch, ...]:
    """What is alike and what changed, the two taking turns; () for two empty texts."""
    before = words_of(old) if isinstance(old, str) else old
    after = words_of(new) if isinstance(new, str) else new
    matcher = SequenceMatcher(None, [each.key or each.text for each in before], _keys(after), autojunk=False)
    found = [
        Stretch(_text(before[a:b]), _text(after[c:d]), same=tag == "equal") for tag, a, b, c, d in matcher.get_opcodes()
    ]
    if not any(each.same for each in found):
        return tuple(found)
    alike = sum(len(each.old) + len(each.new) for each in found if each.same)
    if alike < _LEAST_ALIKE * sum(len(each.old) + len(each.new) for each in found):
        return (Stretch(_text(before), _text(after), same=False),)
    return tuple(_joined(_without_islands(found)))


def _keys(words: Iterable[Word]) -> list[str]:
    return [each.key or each.text for each in words]


def _text(words: Iterable[Word]) -> str:
    return "".join(each.text for each in words)


def _size(stretch: Stretch) -> int:
    return max(len(stretch.old), len(stretch.new))


def _without_islands(found: list[Stretch]) -> list[Stretch]:
    """Stretches that are alike only by chance, one character or shorter than the changes on both sides, become changes."""
    marked = list(found)
    for at in range(1, len(found) - 1):
        here, before, after = marked[at], marked[at - 1], marked[at + 1]
        by_chance = _size(here) == 1 or _size(here) < min(_size(before), _size(after))
        if here.same and not before.same and not after.same and by_chance:
            marked[at] = Stretch(here.old, here.new, same=False)
    return marked


def _joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one kind as one: two changes with no island left between them are one change."""
    last: Stretch | None = None
    for each in found:
        if last is None or last.same != each.same:
            if last is not None:
                yield last
            last = each
        else:
            last = Stretch(last.old + each.old, last.new + each.new, each.same)
    if last is not None:
        yield last
